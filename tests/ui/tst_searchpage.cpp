#include "models/roles.h"
#include "ui/plaintext.h"
#include "ui/searchmodel.h"
#include "ui/searchpage.h"
#include "windowfixture.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QTest>
#include <QTextLayout>

using namespace casement;
using namespace Qt::StringLiterals;

/// What a search over all messages shows.
class TestSearchPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsAreCutWithAnEllipsis_data();
    void textsAreCutWithAnEllipsis();
    void resultsAreCounted();
};

void TestSearchPage::textsAreCutWithAnEllipsis_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("lines");
    QTest::addColumn<bool>("cut");
    QTest::newRow("short") << u"Two words"_s << 2 << false;
    QTest::newRow("nothing") << QString() << 2 << false;
    QTest::newRow("long prose") << u"The dump shows a cache that is never evicted. "_s.repeated(10) << 2 << true;
    QTest::newRow("one long word") << QString(500, u'x') << 2 << true;
    QTest::newRow("Japanese") << u"接続が切断されます。"_s.repeated(30) << 2 << true;
    QTest::newRow("one line") << u"The dump shows a cache that is never evicted. "_s.repeated(10) << 1 << true;
}

void TestSearchPage::textsAreCutWithAnEllipsis()
{
    QFETCH(QString, text);
    QFETCH(int, lines);
    QFETCH(bool, cut);
    const QFont font = QApplication::font();
    QWidget device;
    const QString fitting = fittingText(text, font, &device, 240, lines);
    QCOMPARE(fitting.endsWith(u'…'), cut);
    if (!cut)
        QCOMPARE(fitting, text);
    QTextLayout layout(fitting, font, &device);
    layOut(layout, 240, lines + 2);
    QVERIFY(layout.lineCount() <= lines);
}

void TestSearchPage::resultsAreCounted()
{
    const QTemporaryDir folder;
    test::DemoFixture demo;
    test::WindowFixture fixture(folder.path(), &demo);
    fixture.openAccounts(4);
    QVERIFY(fixture.waitUntilFilled());
    SearchPage &page = fixture.window().searchPage();
    const auto *title = page.findChild<QLabel *>(u"title"_s);
    page.search(u"no such words anywhere"_s);
    QTRY_VERIFY(page.isReady());
    QCOMPARE(title->text(), u"Nothing found for “no such words anywhere”"_s);
    // A case whose subject has a word that its messages have, too, and one whose subject alone has it.
    page.search(u"Intermittent 503"_s);
    QTRY_VERIFY(page.isReady());
    const QAbstractItemModel *hits = page.findChild<QListView *>(u"results"_s)->model();
    QVERIFY(hits->rowCount() > 0);
    QVERIFY2(title->text().contains(u"“Intermittent 503”"_s) && !title->text().contains(u"message"_s),
             qPrintable(title->text()));
    bool inSubject = false;
    for (int row = 0; row < hits->rowCount(); ++row) {
        const QModelIndex hit = hits->index(row, 0);
        if (!hit.data(SearchModel::MessageRole).toString().isEmpty())
            continue;
        inSubject = true;
        QVERIFY(hit.data(SearchModel::ExcerptRole).toString() != hit.data(SubjectRole).toString()); // once is enough
    }
    QVERIFY(inSubject);
    page.search(u"heap.hprof"_s);
    QTRY_VERIFY(page.isReady());
    bool inFile = false;
    for (int row = 0; row < hits->rowCount(); ++row)
        inFile = inFile || hits->index(row, 0).data(SearchModel::ExcerptRole).toString() == u"Attachment: heap.hprof"_s;
    QVERIFY(inFile);
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestSearchPage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_searchpage.moc"
