#include "ui/caseactions.h"
#include "ui/caseexporter.h"
#include "ui/dialogs.h"
#include "ui/toast.h"
#include "windowfixture.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPrintDialog>
#include <QPushButton>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Exporting and printing from the window, to the file that somebody chose.
class TestCaseExporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void theNameSaysTheFormat_data();
    void theNameSaysTheFormat();
    void suggestedNamesHarmNothing_data();
    void suggestedNamesHarmNothing();
    void writesWhatIsSelected_data();
    void writesWhatIsSelected();
    void anEndingOfNoFormatIsTold_data();
    void anEndingOfNoFormatIsTold();
    void theNoticeOpensTheFile();
    void aFileThatCannotBeWrittenIsTold();
    void cancellingLeavesTheOldFile();
    void printingAsksFirst();
    void copiesWhatIsSelected();
    void tooMuchIsNotCopied();

private:
    /// Chooses a file in the dialog that the menu opened.
    void choose(const QString &path, const QString &filter);

    std::unique_ptr<test::DemoFixture> m_demo;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::WindowFixture> m_fixture;
};

void TestCaseExporter::initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }

void TestCaseExporter::init()
{
    m_fixture.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_demo = std::make_unique<test::DemoFixture>();
    m_fixture = std::make_unique<test::WindowFixture>(m_folder->path(), m_demo.get());
    m_fixture->settings().set(u"export/folder"_s, m_folder->path());
    m_fixture->openAccounts(1);
    QVERIFY(m_fixture->waitUntilFilled());
}

void TestCaseExporter::choose(const QString &path, const QString &filter)
{
    m_fixture->child<QAction>("actionExport")->trigger();
    auto *dialog = m_fixture->child<QFileDialog>("exportDialog");
    QVERIFY(dialog);
    for (const QString &one : dialog->nameFilters()) {
        if (one.contains(filter)) {
            dialog->selectNameFilter(one);
            Q_EMIT dialog->filterSelected(one);
        }
    }
    dialog->selectFile(path);
    static_cast<QDialog *>(dialog)->accept();
}

void TestCaseExporter::theNameSaysTheFormat_data()
{
    using Format = CaseExporter::Format;
    QTest::addColumn<QString>("path");
    QTest::addColumn<std::optional<CaseExporter::Format>>("format");
    const auto is = [](Format format) { return std::optional(format); };
    QTest::newRow("pdf") << u"/a/b.pdf"_s << is(Format::Pdf);
    QTest::newRow("in capitals") << u"/a/b.JSON"_s << is(Format::Json);
    QTest::newRow("html") << u"b.html"_s << is(Format::Html);
    QTest::newRow("htm") << u"b.htm"_s << is(Format::Html);
    QTest::newRow("md") << u"b.md"_s << is(Format::Markdown);
    QTest::newRow("markdown") << u"b.markdown"_s << is(Format::Markdown);
    QTest::newRow("none, then the filter") << u"/a.pdf/b"_s << is(Format::Html);
    QTest::newRow("a dot alone") << u"b."_s << is(Format::Html);
    QTest::newRow("a part of the name") << u"EKS 1.31 report"_s << is(Format::Html);
    QTest::newRow("that of no format") << u"b.txt"_s << std::optional<Format>();
    QTest::newRow("nor this") << u"b.pdf.foo"_s << std::optional<Format>();
}

void TestCaseExporter::theNameSaysTheFormat()
{
    QFETCH(QString, path);
    QFETCH(std::optional<CaseExporter::Format>, format);
    QCOMPARE(CaseExporter::formatOf(path, CaseExporter::Format::Html), format);
}

void TestCaseExporter::suggestedNamesHarmNothing_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("name");
    QTest::newRow("words") << u"The disk is full"_s << u"123 The disk is full"_s;
    QTest::newRow("Japanese") << u"接続が切断されます"_s << u"123 接続が切断されます"_s;
    QTest::newRow("no subject") << QString() << u"123"_s;
    QTest::newRow("a path") << u"../../etc/passwd"_s << u"123 etc passwd"_s;
    QTest::newRow("what Windows refuses") << u"a<b>c:d\"e|f?g*h\\i"_s << u"123 a b c d e f g h i"_s;
    QTest::newRow("an ending of its own") << u"error in app.log"_s << u"123 error in app log"_s;
    QTest::newRow("controls and turned directions") << u"a\n\u202Eb\0c"_s << u"123 a b c"_s;
    QTest::newRow("halves of surrogates") << u"a\xD800"_s << u"123 a"_s;
    QTest::newRow("a long one") << u"long "_s.repeated(100) << u"123 "_s + u"long "_s.repeated(12).trimmed();
}

void TestCaseExporter::suggestedNamesHarmNothing()
{
    QFETCH(QString, subject);
    QFETCH(QString, name);
    QCOMPARE(CaseExporter::suggestedName(u"123"_s, subject), name);
    QVERIFY(!CaseExporter::suggestedName(u"--"_s, u"-rf"_s).startsWith(u'-'));
}

void TestCaseExporter::writesWhatIsSelected_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<bool>("all");
    QTest::newRow("one case as PDF") << u"pdf"_s << u".pdf"_s << QByteArray("%PDF-") << false;
    QTest::newRow("all as PDF") << u"pdf"_s << u".pdf"_s << QByteArray("%PDF-") << true;
    QTest::newRow("one case as a page") << u"html"_s << u".html"_s << QByteArray("<!DOCTYPE html>") << false;
    QTest::newRow("all as Markdown") << u"md"_s << u".md"_s << QByteArray("# ") << true;
    QTest::newRow("all as JSON") << u"json"_s << u".json"_s << QByteArray("{\"cases\":[") << true;
}

void TestCaseExporter::writesWhatIsSelected()
{
    QFETCH(QString, filter);
    QFETCH(QString, suffix);
    QFETCH(QByteArray, start);
    QFETCH(bool, all);
    m_fixture->table().setFocus();
    if (all)
        m_fixture->table().selectAll();
    choose(m_folder->filePath(u"out"_s), filter);
    const QString path = m_folder->filePath(u"out"_s) + suffix;
    QTRY_VERIFY2(QFile::exists(path), qPrintable(QDir(m_folder->path()).entryList().join(u' ')));
    QTRY_VERIFY(!m_fixture->child<Toast>("toast")->text().isEmpty());
    const QByteArray written = contents(path);
    QVERIFY(written.startsWith(start));
    if (suffix != u".pdf"_s) {
        for (int row = 0; row < m_fixture->cases().rowCount(); ++row) {
            const CaseRecord &record = m_fixture->cases().recordAt(row);
            const bool isCurrent = record.caseId.toString() == m_fixture->window().caseList().currentCase().caseId;
            QCOMPARE(written.contains(record.displayId.toString().toUtf8()), all || isCurrent);
        }
    }
    // The next one starts where this one ended.
    m_fixture->child<QAction>("actionExport")->trigger();
    auto *dialog = m_fixture->child<QFileDialog>("exportDialog");
    QVERIFY(dialog->selectedNameFilter().contains(filter));
    QCOMPARE(QDir(dialog->directory()).canonicalPath(), QDir(m_folder->path()).canonicalPath());
}

void TestCaseExporter::anEndingOfNoFormatIsTold_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("text") << u"out.txt"_s;
    QTest::newRow("nothing known") << u"out.foo"_s;
}

/// Nothing is written under a name by which other programs would take it for something else.
void TestCaseExporter::anEndingOfNoFormatIsTold()
{
    QFETCH(const QString, name);
    choose(m_folder->filePath(name), u"pdf"_s);
    QTRY_VERIFY(m_fixture->child<QMessageBox>("exportEnding"));
    const QString ending = name.mid(name.indexOf(u'.'));
    auto *box = m_fixture->child<QMessageBox>("exportEnding");
    QCOMPARE(box->text(), ending + u" is the ending of no format."_s);
    QVERIFY(box->informativeText().contains(u".pdf, .html, .md, .json, .zip"_s));
    QVERIFY(!QFile::exists(m_folder->filePath(name)));
    QTRY_VERIFY(!m_fixture->child<QFileDialog>("exportDialog"));
    m_fixture->child<QPushButton>("otherName")->click();
    QTRY_VERIFY(m_fixture->child<QFileDialog>("exportDialog"));
    QCOMPARE(QFileInfo(m_fixture->child<QFileDialog>("exportDialog")->selectedFiles().constFirst()).completeBaseName(),
             u"out"_s);
    QVERIFY(m_fixture->workspace().jobs().rowCount() == 0);
}

void TestCaseExporter::theNoticeOpensTheFile()
{
    QList<QUrl> opened;
    const auto before = std::exchange(dialogs::fileOpener(), [&opened](const QUrl &url) {
        opened.append(url);
        return true;
    });
    for (const char *button : {"toastButton", "toastSecondButton"}) {
        choose(m_folder->filePath(QLatin1StringView(button)), u"md"_s);
        QTRY_VERIFY(m_fixture->child<Toast>("toast") && !m_fixture->child<Toast>("toast")->isHidden());
        m_fixture->child<QPushButton>(button)->click();
    }
    dialogs::fileOpener() = before;
    QCOMPARE(opened,
             (QList<QUrl>{QUrl::fromLocalFile(m_folder->filePath(u"toastButton.md"_s)),
                          QUrl::fromLocalFile(m_folder->path())}));
}

void TestCaseExporter::aFileThatCannotBeWrittenIsTold()
{
    choose(m_folder->filePath(u"none/out.pdf"_s), u"pdf"_s);
    QTRY_VERIFY(m_fixture->child<QMessageBox>("exportProblem") || m_fixture->child<QFileDialog>("exportDialog"));
    // The dialog may refuse by itself; what comes after it must not fail silently either.
    auto *exporter = m_fixture->window().findChild<CaseExporter *>();
    exporter->write({m_fixture->cases().keyAt(0)}, m_folder->filePath(u"none/out.pdf"_s), CaseExporter::Format::Pdf);
    QTRY_VERIFY(m_fixture->child<QMessageBox>("exportProblem"));
    QVERIFY(m_fixture->child<QMessageBox>("exportProblem")->text().contains(u"out.pdf"_s));
    QCOMPARE(m_fixture->child<QMessageBox>("exportProblem")->textFormat(), Qt::PlainText);
}

void TestCaseExporter::cancellingLeavesTheOldFile()
{
    const QString path = m_folder->filePath(u"old.pdf"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("what was there") > 0);
    file.close();
    auto *exporter = m_fixture->window().findChild<CaseExporter *>();
    QSignalSpy finished(exporter, &CaseExporter::finished);
    exporter->write({m_fixture->cases().keyAt(0)}, path, CaseExporter::Format::Pdf);
    QCOMPARE(m_fixture->workspace().jobs().rowCount(), 1);
    QVERIFY2(m_fixture->child<QLabel>("statusJob")->text().contains(u"Exporting"_s),
             qPrintable(m_fixture->child<QLabel>("statusJob")->text()));
    m_fixture->child<QAction>("actionCancelJobs")->trigger();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.at(0).at(0).value<Result<void>>().error().kind, Error::Kind::Cancelled);
    QVERIFY(!m_fixture->child<QMessageBox>("exportProblem")); // nobody needs to be told
    QCOMPARE(contents(path), QByteArray("what was there"));
}

void TestCaseExporter::printingAsksFirst()
{
    m_fixture->child<QAction>("actionPrint")->trigger();
    auto *dialog = m_fixture->child<QPrintDialog>("printDialog");
    QVERIFY(dialog);
    QVERIFY(dialog->isVisible());
    QCOMPARE(m_fixture->workspace().jobs().rowCount(), 0);
    dialog->reject();
    QCOMPARE(m_fixture->workspace().jobs().rowCount(), 0);
}

void TestCaseExporter::copiesWhatIsSelected()
{
    CaseTable &table = m_fixture->table();
    table.setFocus();
    table.selectRow(0);
    table.selectionModel()->select(m_fixture->cases().index(1, 0),
                                   QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const QList<CaseKey> keys = m_fixture->window().caseList().selectedCases();
    QCOMPARE(keys.size(), 2);
    auto *toast = [this] { return &m_fixture->window().caseActions().toast(); }();
    QGuiApplication::clipboard()->clear();
    m_fixture->child<QAction>("actionCopyMarkdown")->trigger();
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QString markdown = QGuiApplication::clipboard()->text();
    for (const CaseKey &key : keys) {
        const CaseRecord *record = m_fixture->cases().findCase(key);
        QVERIFY2(markdown.contains(record->displayId.toString()), qPrintable(markdown.left(500)));
    }
    QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"text/markdown"_s), markdown.toUtf8());
    QTRY_COMPARE(toast->text(), u"2 cases copied."_s);

    QGuiApplication::clipboard()->clear();
    m_fixture->child<QAction>("actionCopyJson")->trigger();
    QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
    const QJsonArray cases =
        QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object().value(u"cases"_s).toArray();
    QCOMPARE(cases.size(), 2);
    for (const QJsonValue &one : cases) {
        QVERIFY(keys.contains(CaseKey{keys.first().account, one["caseId"_L1].toString()}));
        QVERIFY(!one["recentCommunications"_L1]["communications"_L1].toArray().isEmpty()); // with what was written
    }
}

void TestCaseExporter::tooMuchIsNotCopied()
{
    QGuiApplication::clipboard()->setText(u"untouched"_s);
    CaseExporter exporter(m_fixture->workspace(), m_fixture->window(),
                          [this]() -> Toast & { return m_fixture->window().caseActions().toast(); });
    QList<CaseKey> many;
    for (int i = 0; i <= CaseExporter::mostCopied; ++i)
        many.append(m_fixture->cases().keyAt(0));
    exporter.copy(many, ExportFormat::Markdown);
    QVERIFY(m_fixture->window().caseActions().toast().text().contains(u"50"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"untouched"_s);
    exporter.copy({CaseKey{many.first().account, u"case-nowhere"_s}}, ExportFormat::Json);
    QTRY_VERIFY(m_fixture->window().caseActions().toast().text().contains(u"case-nowhere"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"untouched"_s);
}

QTEST_MAIN(TestCaseExporter)
#include "tst_caseexporter.moc"
