#include "print/casedocument.h"

#include "export/exporttext.h"
#include "export/hostilebodies.h"

#include <QAbstractTextDocumentLayout>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QTextBlock>
#include <QTextTable>
#include <QThread>

#include <memory>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QSizeF room(2067, 3083); // A4 without margins of 18 mm

CommunicationRecord message(const QString &body, const QString &writer = u"Amazon Web Services"_s)
{
    CommunicationRecord record;
    record.body = body;
    record.submittedBy = writer;
    record.created = 1'790'000'000'000;
    return record;
}

ExportedCase caseOf(const QList<CommunicationRecord> &messages)
{
    ExportedCase exported;
    exported.details.caseId = u"case-1"_s;
    exported.details.displayId = u"176962049400621"_s;
    exported.details.subject = u"The disk is full"_s;
    exported.details.status = u"opened"_s;
    exported.details.timeCreated = u"2026-09-21T12:00:00Z"_s;
    exported.messages = messages;
    exported.accountName = u"Production"_s;
    exported.partition = u"aws"_s;
    return exported;
}

const std::atomic_bool notCancelled{false};

CaseDocument documentOf(const QList<CommunicationRecord> &messages)
{
    ExportOptions options;
    options.zone = QTimeZone::utc();
    return {caseOf(messages), options, room, notCancelled};
}

qreal pageHeight(const CaseDocument &document) { return document.text().pageSize().height(); }

QImage pageImage(const CaseDocument &document, int page)
{
    QImage image(room.toSize() / 3, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.scale(1 / 3.0, 1 / 3.0);
    document.paint(painter, page);
    return image;
}

} // namespace

/// A case on paper: all of it is there, as it was written, and nothing is cut.
class TestCaseDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAllOfTheCase();
    void hostileTextIsPlainText_data();
    void hostileTextIsPlainText();
    void linesAreWholeOnTheirPages();
    void longLinesOfCodeStayOnThePage();
    void theHeadOfAMessageStaysWithItsText();
    void isBlackOnWhiteAndNumbered();
    void isMadeOnAnyThread();
    void endsEarlyWhenCancelled();
    void aThousandMessagesAreNoTrouble();
};

void TestCaseDocument::hasAllOfTheCase()
{
    CommunicationRecord second = message(u"Hello,\n2026-11-22T10:02:33Z ERROR disk full\nas said"_s, u"Hana"_s);
    second.attachments.append({u"att-1"_s, u"dump.log"_s});
    const CaseDocument document = documentOf({message(u"first\nsee https://aws.amazon.com/ec2/."_s), second});
    const QString text = document.text().toPlainText();
    for (const QString &part :
         {u"The disk is full"_s, u"176962049400621"_s, u"Production"_s, u"opened"_s, u"1. Amazon Web Services"_s,
          u"first\nsee https://aws.amazon.com/ec2/."_s, u"2. Hana"_s,
          u"2026-11-22T10:02:33Z ERROR disk full\nas said"_s, u"dump.log"_s, u"2026-09-21 14:13:20 UTC"_s})
        QVERIFY2(text.contains(part), qPrintable(part + u" in\n"_s + text));
    QStringList links;
    for (const QTextFormat &format : document.text().allFormats()) {
        if (format.isCharFormat() && format.toCharFormat().isAnchor())
            links.append(format.toCharFormat().anchorHref());
    }
    QVERIFY(links.contains(u"https://aws.amazon.com/ec2/"_s));
    QVERIFY(documentOf({}).text().toPlainText().contains(u"The archive has no messages of this case."_s));
}

void TestCaseDocument::hostileTextIsPlainText_data()
{
    QTest::addColumn<QString>("body");
    for (const auto &[name, body] : test::hostileBodies())
        QTest::newRow(name) << body;
    QTest::newRow("objects that are none") << u"a\uFFFCb\uFDD0c\uFDD1d"_s;
    QTest::newRow("a line of a million characters") << u"lorem "_s.repeated(170'000);
}

void TestCaseDocument::hostileTextIsPlainText()
{
    QFETCH(QString, body);
    ExportedCase hostile = caseOf({message(body, body.left(500))});
    hostile.details.subject = body.left(500);
    hostile.accountName = body.left(100);
    hostile.details.displayId = body.left(100);
    const CaseDocument document(hostile, {}, room, notCancelled);
    // Everything stands in it, in its order: a long line may have been parted, nothing else changed.
    const auto bare = [](QString text) { return text.remove(u'\n').replace(QChar(0xfffc), QChar(0xfffd)); };
    QString text;
    for (QTextBlock block = document.text().begin(); block.isValid(); block = block.next())
        text += block.text();
    QVERIFY(bare(text).contains(bare(shownText(body))));
    for (const QTextFormat &format : document.text().allFormats()) {
        QVERIFY(!format.isImageFormat() && !format.isListFormat());
        if (format.isCharFormat() && !format.toCharFormat().anchorHref().isEmpty())
            QVERIFY(format.toCharFormat().anchorHref().startsWith(u"https://"_s));
    }
    QVERIFY(document.pageCount() >= 1);
    QVERIFY(!pageImage(document, document.pageCount() - 1).isNull());
}

void TestCaseDocument::linesAreWholeOnTheirPages()
{
    QString body;
    for (int i = 0; i < 400; ++i)
        body +=
            i % 3 == 0 ? u"2026-11-22T10:02:33Z ERROR line %1 of a log\n"_s.arg(i) : u"日本語の行 %1 です。\n"_s.arg(i);
    const CaseDocument document = documentOf({message(body), message(body)});
    QVERIFY(document.pageCount() > 5);
    int lines = 0;
    for (QTextBlock block = document.text().begin(); block.isValid(); block = block.next()) {
        if (QTextCursor(block).currentTable())
            continue;
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QPointF corner = document.text().documentLayout()->blockBoundingRect(block).topLeft();
            const QRectF rect = block.layout()->lineAt(i).rect().translated(corner);
            const int first = int((rect.top() + 1) / pageHeight(document));
            const int last = int((rect.bottom() - 1) / pageHeight(document));
            QVERIFY2(first == last, qPrintable(block.text()));
            ++lines;
        }
    }
    QVERIFY(lines > 800);
}

void TestCaseDocument::longLinesOfCodeStayOnThePage()
{
    const CaseDocument document = documentOf(
        {message(u"    "_s + QString(3'000, u'x') + u"\n2026-11-22T10:02:33Z "_s + u"key=value "_s.repeated(300))});
    int wrapped = 0;
    for (QTextBlock block = document.text().begin(); block.isValid(); block = block.next()) {
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            const qreal left = document.text().documentLayout()->blockBoundingRect(block).left();
            QVERIFY(left + line.x() + line.naturalTextWidth() <= room.width() + 1);
            wrapped += i > 0 ? 1 : 0;
        }
    }
    QVERIFY(wrapped > 20);
}

void TestCaseDocument::theHeadOfAMessageStaysWithItsText()
{
    // Some of these heads would stand alone at the end of a page.
    for (int lines = 30; lines < 60; ++lines) {
        const CaseDocument document =
            documentOf({message(u"line\n"_s.repeated(lines)), message(u"text below its head"_s, u"Second writer"_s)});
        int pageOfHead = -1;
        int pageOfText = -1;
        for (QTextBlock block = document.text().begin(); block.isValid(); block = block.next()) {
            const qreal top = document.text().documentLayout()->blockBoundingRect(block).bottom() - 1;
            if (block.text() == u"2. Second writer"_s)
                pageOfHead = int(top / pageHeight(document));
            else if (block.text() == u"text below its head"_s)
                pageOfText = int(top / pageHeight(document));
        }
        QVERIFY(pageOfHead >= 0);
        QVERIFY2(pageOfHead == pageOfText, qPrintable(QString::number(lines)));
    }
}

void TestCaseDocument::isBlackOnWhiteAndNumbered()
{
    const auto paintedFirst = [] { return pageImage(documentOf({message(u"line\n"_s.repeated(200))}), 0); };
    const QImage onLight = paintedFirst();
    const QPalette dark(Qt::white, Qt::darkGray, Qt::lightGray, Qt::black, Qt::gray, Qt::white, Qt::black);
    const QPalette before = QGuiApplication::palette();
    QGuiApplication::setPalette(dark);
    const CaseDocument document = documentOf({message(u"line\n"_s.repeated(200))});
    QVERIFY(document.pageCount() > 2);
    const QImage first = pageImage(document, 0);
    const QImage second = pageImage(document, 1);
    const QImage onDark = paintedFirst();
    QGuiApplication::setPalette(before);
    const auto darkPixels = [](const QImage &image, const QRect &where) {
        int count = 0;
        for (int y = where.top(); y <= where.bottom(); ++y) {
            for (int x = where.left(); x <= where.right(); ++x)
                count += qGray(image.pixel(x, y)) < 160 ? 1 : 0;
        }
        return count;
    };
    QCOMPARE(onDark, onLight);
    QCOMPARE(first.pixel(first.width() - 1, 0), qRgb(255, 255, 255));
    QVERIFY(darkPixels(first, QRect(0, 0, first.width(), first.height() / 2)) > 500);
    const QRect right(first.width() - 120, first.height() - 30, 120, 30);
    const QRect left(0, first.height() - 30, 200, 30);
    QVERIFY(darkPixels(first, right) > 20);
    QVERIFY(darkPixels(first, left) > 20);
    QVERIFY(first.copy(right) != second.copy(right)); // another number
    QCOMPARE(first.copy(left), second.copy(left)); // the same case
}

void TestCaseDocument::isMadeOnAnyThread()
{
    const int here = documentOf({message(u"日本語 and English\n"_s.repeated(300))}).pageCount();
    int there = 0;
    const std::unique_ptr<QThread> thread(QThread::create(
        [&there] { there = documentOf({message(u"日本語 and English\n"_s.repeated(300))}).pageCount(); }));
    thread->start();
    QVERIFY(thread->wait(30'000));
    QVERIFY(here > 3);
    QCOMPARE(there, here);
}

void TestCaseDocument::endsEarlyWhenCancelled()
{
    const std::atomic_bool isCancelled{true};
    const CaseDocument document(caseOf({message(u"never laid out"_s)}), {}, room, isCancelled);
    QVERIFY(!document.text().toPlainText().contains(u"never laid out"_s));
}

void TestCaseDocument::aThousandMessagesAreNoTrouble()
{
    QList<CommunicationRecord> messages;
    for (int i = 0; i < 1'000; ++i)
        messages.append(
            message(u"A paragraph of some length that wraps once or twice on its page, as they do. "_s.repeated(6)
                    + u"\n2026-11-22T10:02:33Z ERROR "_s + QString::number(i)));
    const CaseDocument document = documentOf(messages);
    QVERIFY(document.pageCount() > 150);
    QVERIFY(document.text().toPlainText().contains(u"1000. Amazon Web Services"_s));
}

QTEST_MAIN(TestCaseDocument)
#include "tst_casedocument.moc"
