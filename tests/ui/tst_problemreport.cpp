#include "ui/reportdialog.h"

#include "base/log.h"
#include "base/logbuffer.h"
#include "base/redact.h"
#include "replyworld.h"
#include "ui/logwindow.h"
#include "ui/shortcuts.h"

#include <QAction>
#include <QClipboard>
#include <QJsonDocument>
#include <QJsonObject>
#include <QListWidget>
#include <QMap>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <zip.h>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QString secretKey = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYPLANTEDKEY"_s;
const QString sessionToken = u"IQoJb3JpZ2luX2VjPLANTEDtokenOfASession0123456789abcdefghijklmnopqrstuvwxyzAB"_s;
const QString barePassword = u"hunter2-planted-and-registered"_s;
const QString uploadLink = u"https://aws-support-upload.s3.us-east-1.amazonaws.com/planted/part1?X-Amz-Credential="
                           "AKIAPLANTED000000001%2F20261126&X-Amz-Signature=0123456789abcdefplanted"_s;
const QString mail = u"hana.planted@example.co.jp"_s;
const QString number = u"998877665544"_s;

/// Name and content of each file of a ZIP.
QMap<QString, QByteArray> filesOf(const QString &path)
{
    QMap<QString, QByteArray> files;
    int error = 0;
    zip_t *zip = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (!zip)
        return files;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t status;
        zip_file_t *file = zip_fopen_index(zip, zip_uint64_t(i), 0);
        if (!file || zip_stat_index(zip, zip_uint64_t(i), 0, &status) != 0)
            continue;
        QByteArray content(qsizetype(status.size), '\0');
        if (zip_fread(file, content.data(), status.size) == zip_int64_t(status.size))
            files.insert(QString::fromUtf8(status.name), content);
        zip_fclose(file);
    }
    zip_discard(zip);
    return files;
}

/// The real window without an account, a log of its own, and the dialog over them.
struct World
{
    explicit World(const QString &folder) : fixture(folder)
    {
        dialog = std::make_unique<ReportDialog>(ReportDialog::Parts{fixture.workspace(), nullptr, log});
    }

    void present()
    {
        dialog->present();
        QVERIFY(
            QTest::qWaitFor([this] { return dialog->isReady() && !content("system.txt").contains(u"no answer"_s); }));
    }
    template <class T> T *child(const char *name) { return dialog->findChild<T *>(QString::fromLatin1(name)); }
    QListWidgetItem *item(const QString &name)
    {
        auto *list = child<QListWidget>("reportFiles");
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->data(Qt::UserRole).toString() == name)
                return list->item(row);
        }
        return nullptr;
    }
    /// As it is shown.
    QString content(const char *name)
    {
        child<QListWidget>("reportFiles")->setCurrentItem(item(QString::fromLatin1(name)));
        return child<QPlainTextEdit>("reportContent")->toPlainText();
    }
    bool save(const QString &path)
    {
        QSignalSpy ended(dialog.get(), &ReportDialog::saveEnded);
        dialog->saveTo(path);
        return !ended.isEmpty() || ended.wait(20'000);
    }
    QString outcome() { return child<QLabel>("reportOutcome")->text(); }

    test::WindowFixture fixture;
    LogBuffer log;
    std::unique_ptr<ReportDialog> dialog;
};

} // namespace

/// Help > Report a Problem.
class TestProblemReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void theMenuOpensIt();
    void whatIsShownIsWhatIsSaved();
    void whatIsLeftOutIsNotSaved();
    void plantedSecretsAreInNoFile();
    void everyKindOfSecretIsCutEverywhere();
    void aDayAtWorkLeavesNoTrace();
    void systemTellsWhatHelps();
    void whatWasWrittenIsKept();
    void savingReplacesWholeFilesOnly();
    void theZipHasTheUsualRights();
    void everythingHasAName();

private:
    QString path(const QString &name = u"report.zip"_s) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProblemReport::theMenuOpensIt()
{
    test::WindowFixture fixture(m_folder->path());
    fixture.child<QAction>("actionReportProblem")->trigger();
    auto *dialog = fixture.window().findChild<ReportDialog *>();
    QVERIFY(dialog && dialog->isVisible() && !dialog->isModal());
    fixture.child<QAction>("actionReportProblem")->trigger();
    QCOMPARE(fixture.window().findChildren<ReportDialog *>().size(), 1);
}

void TestProblemReport::whatIsShownIsWhatIsSaved()
{
    World world(m_folder->path());
    world.log.add(QtWarningMsg, u"casement.sync"_s, u"a line of the log"_s);
    world.present();
    world.child<QPlainTextEdit>("reportWritten")->setPlainText(u"押したら固まりました。"_s);
    QMap<QString, QByteArray> shown;
    for (const char *name : {"report.txt", "system.txt", "settings.json", "accounts.txt", "log.txt"})
        shown.insert(QString::fromLatin1(name), world.content(name).toUtf8());
    QVERIFY(world.save(path()));
    QCOMPARE(world.outcome(), u"The report is in %1."_s.arg(path()));
    QCOMPARE(filesOf(path()), shown);
    QCOMPARE(shown[u"report.txt"_s], QByteArray("押したら固まりました。\n"));
    QVERIFY(shown[u"log.txt"_s].contains("a line of the log"));
    QTest::mouseClick(world.child<QPushButton>("reportCopy"), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    for (auto file = shown.cbegin(); file != shown.cend(); ++file)
        QVERIFY(copied.contains(u"== %1 ==\n"_s.arg(file.key()) + QString::fromUtf8(file.value())));
}

void TestProblemReport::whatIsLeftOutIsNotSaved()
{
    World world(m_folder->path());
    world.present();
    world.item(u"log.txt"_s)->setCheckState(Qt::Unchecked);
    world.item(u"settings.json"_s)->setCheckState(Qt::Unchecked);
    QVERIFY(world.save(path()));
    QCOMPARE(filesOf(path()).keys(), (QStringList{u"accounts.txt"_s, u"report.txt"_s, u"system.txt"_s}));
    QVERIFY(!world.dialog->text().contains(u"log.txt"_s));
    for (const QString &name : {u"report.txt"_s, u"system.txt"_s, u"accounts.txt"_s})
        world.item(name)->setCheckState(Qt::Unchecked);
    QVERIFY(!world.child<QPushButton>("reportSave")->isEnabled());
    QVERIFY(!world.child<QPushButton>("reportCopy")->isEnabled());
}

void TestProblemReport::plantedSecretsAreInNoFile()
{
    World world(m_folder->path());
    registerSecret(barePassword);
    const QString all =
        u"keys aws_secret_access_key=%1 and %2\ntoken \"SessionToken\": \"%3\"\n%4\nfrom %5 of %6"_s.arg(
            secretKey, barePassword, sessionToken, uploadLink, mail, number);
    for (const QString &line : all.split(u'\n'))
        world.log.add(QtWarningMsg, u"casement.http"_s, line); // as if nothing had been redacted on its way
    UiSettings &settings = world.fixture.settings();
    settings.set(u"secrets/patterns"_s, secretKey);
    settings.set(u"secrets/off"_s, mail);
    settings.set(u"network/proxyHost"_s, u"proxy.planted.example"_s);
    settings.set(u"templates/folder"_s, u"/srv/planted-folder"_s);
    settings.set(u"accounts/profiles"_s, number);
    settings.set(u"notifications/quietDays"_s, number);
    settings.set(u"theme"_s, u"dark"_s);
    world.present();
    world.child<QPlainTextEdit>("reportWritten")->setPlainText(all);
    QVERIFY(world.save(path()));
    const QMap<QString, QByteArray> files = filesOf(path());
    QCOMPARE(files.size(), 5);
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        for (const QString &secret :
             {secretKey, barePassword, sessionToken, uploadLink, mail, number, u"X-Amz-Signature=0123"_s,
              u"/planted/"_s, u"AKIAPLANTED000000001"_s, u"proxy.planted"_s, u"planted-folder"_s, u"hana.planted"_s})
            QVERIFY2(!file.value().contains(secret.toUtf8()), qPrintable(file.key() + u": "_s + secret));
    }
    // It is the rest of the lines that helps.
    for (const char *name : {"log.txt", "report.txt"}) {
        const QByteArray content = files[QString::fromLatin1(name)];
        QVERIFY(content.contains("[e-mail]") && content.contains("[account number]"));
        QVERIFY(content.contains("from ") && content.contains("token "));
    }
    const QJsonObject kept =
        QJsonDocument::fromJson(files[u"settings.json"_s]).object().value(u"settings"_s).toObject();
    QCOMPARE(kept.value(u"theme"_s).toString(), u"dark"_s);
    QCOMPARE(kept.value(u"network/proxyHost"_s).toString(), u"[set]"_s);
    QVERIFY(!kept.contains(u"accounts/profiles"_s));
}

/// On their way from a line of the log, as some library or another program may write it, into what people see and pass
/// on.
void TestProblemReport::everyKindOfSecretIsCutEverywhere()
{
    const QList<std::pair<QString, QString>> planted{
        {u"{\"SecretAccessKey\": \"%1\"}"_s, secretKey},
        {u"stderr of a process: %1"_s, secretKey},
        {u"{\"SessionToken\": \"%1\"}"_s, sessionToken},
        {u"X-Amz-Security-Token: %1"_s, sessionToken},
        {u"GET https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=%1"_s, u"abcdef0123456789planted"_s},
        {u"next=https%3A%2F%2Fb.s3.amazonaws.com%2Fk%3FX-Amz-Signature%3D%1"_s, u"abcdef9876543210planted"_s},
        {u"Authorization: Bearer %1"_s, u"planted.bearer-token_0123456789"_s},
        {u"Proxy-Authorization: Basic %1"_s, u"cGxhbnRlZDpnZWhlaW0="_s},
        {u"HTTPS_PROXY=http://hana:%1@proxy.example:8080"_s, u"pl@nted/geheim:1"_s},
        {u"Action=AssumeRole&TokenCode=%1&Version=2011-06-15"_s, u"314159"_s},
        {u"MFA code %1 was refused"_s, u"271828"_s},
        {u"{\"accessToken\": \"%1\", \"deviceCode\": \"x\"}"_s, u"aoaAAAAAplanted:MGUCMQ"_s},
        {u"password=\"%1\""_s, u"planted and with spaces"_s},
        {u"-----BEGIN PRIVATE KEY-----\n%1\n-----END PRIVATE KEY-----"_s, u"MIIEvplantedQIBADANBgkq"_s},
    };
    installRedactingLog();
    QVERIFY(setLogLevel(u"debug"_s));
    QVERIFY(setLogFile(path(u"casement.log"_s)));
    for (const auto &[line, secret] : planted) {
        qCWarning(logHttp).noquote() << line.arg(secret);
        qCInfo(logCredentials) << line.arg(secret); // with quotes within quotes
    }
    QVERIFY(setLogLevel(u"info"_s));
    LogWindow window(logBuffer());
    window.show();
    test::WindowFixture fixture(m_folder->path());
    ReportDialog dialog({fixture.workspace(), nullptr, logBuffer()});
    dialog.present();
    QTRY_VERIFY(dialog.isReady());
    QSignalSpy ended(&dialog, &ReportDialog::saveEnded);
    dialog.saveTo(path());
    QVERIFY(!ended.isEmpty() || ended.wait(20'000));
    QMap<QString, QByteArray> places = filesOf(path());
    QCOMPARE(places.size(), 5);
    QFile log(path(u"casement.log"_s));
    QVERIFY(log.open(QIODevice::ReadOnly));
    places.insert(u"the log file"_s, log.readAll());
    QTRY_VERIFY(!window.findChild<QPlainTextEdit *>()->toPlainText().isEmpty());
    places.insert(u"the log's window"_s, window.findChild<QPlainTextEdit *>()->toPlainText().toUtf8());
    for (const QString &place : {u"the log file"_s, u"the log's window"_s, u"log.txt"_s})
        QVERIFY2(places.value(place).count("MFA code") >= 2, qPrintable(place)); // the lines did get there
    for (auto place = places.cbegin(); place != places.cend(); ++place) {
        for (const auto &[line, secret] : planted)
            QVERIFY2(!place.value().contains(secret.toUtf8()), qPrintable(place.key() + u": "_s + line));
    }
}

/// The program's own log, at its most talkative, after cases were fetched, one was read, answered and refused.
void TestProblemReport::aDayAtWorkLeavesNoTrace()
{
    installRedactingLog();
    QVERIFY(setLogLevel(u"debug"_s));
    test::ReplyWorld world(m_folder->path());
    world.text().setPlainText(u"A planted reply"_s);
    QTest::keyClick(&world.text(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(world.sent(u"A planted reply"_s).size(), 1);
    world.demo.setFaults(u"deny:DescribeCases=2"_s);
    world.fixture.child<QAction>("actionRefresh")->trigger();
    QVERIFY(world.fixture.waitUntilFilled());
    QVERIFY(setLogLevel(u"info"_s));
    ReportDialog dialog({world.fixture.workspace(), nullptr, logBuffer()});
    dialog.present();
    QTRY_VERIFY(dialog.isReady());
    QSignalSpy ended(&dialog, &ReportDialog::saveEnded);
    dialog.saveTo(path());
    QVERIFY(ended.wait(20'000));
    const QMap<QString, QByteArray> files = filesOf(path());
    QCOMPARE(files.size(), 5);
    QVERIFY(files[u"log.txt"_s].contains("casement.http"));
    QStringList known{world.demo.account().accountId, world.demo.account().name, world.demo.account().accessKeyId,
                      world.demo.account().secretAccessKey, u"A planted reply"_s};
    CaseListModel &cases = world.fixture.cases();
    QVERIFY(cases.rowCount() > 3);
    for (int row = 0; row < cases.rowCount(); ++row) {
        const CaseRecord &record = cases.recordAt(row);
        known << record.caseId.toString() << record.displayId.toString() << record.subject.toString()
              << record.submittedBy.toString();
    }
    known.removeAll(QString());
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        for (const QString &word : std::as_const(known))
            QVERIFY2(!file.value().contains(word.toUtf8()), qPrintable(file.key() + u": "_s + word));
    }
    QVERIFY(files[u"accounts.txt"_s].contains("accounts in the window: 1\n"));
    QVERIFY(files[u"accounts.txt"_s].contains("partition: aws 1\n"));
}

void TestProblemReport::systemTellsWhatHelps()
{
    World world(m_folder->path());
    world.present();
    const QString system = world.content("system.txt");
    for (const QString &line :
         {u"version: " CASEMENT_VERSION "\n"_s, u"library: Qt "_s + QString::fromLatin1(qVersion()),
          u"library: zlib "_s, u"platform plugin: offscreen\n"_s, u"screen: "_s, u"keychain: "_s,
          u"language of the interface: en"_s, u"rows: cases 0\n"_s, u"rows: outbox 0\n"_s, u"in memory: yes\n"_s})
        QVERIFY2(system.contains(line), qPrintable(line + u" is not in "_s + system));
    static const QRegularExpression schema(u"schema: [1-9][0-9]*\n"_s);
    QVERIFY(system.contains(schema));
}

void TestProblemReport::whatWasWrittenIsKept()
{
    {
        World world(m_folder->path());
        world.present();
        world.child<QPlainTextEdit>("reportWritten")->setPlainText(u"Half a sentence"_s);
        world.dialog->close();
        world.present();
        QCOMPARE(world.child<QPlainTextEdit>("reportWritten")->toPlainText(), u"Half a sentence"_s);
        world.child<QPlainTextEdit>("reportWritten")->setPlainText(u"Half a sentence, and"_s);
        // Also when nobody closes it: soon after the last letter.
        QTRY_COMPARE(world.fixture.settings().text(ReportDialog::writtenKey), u"Half a sentence, and"_s);
        QVERIFY(world.fixture.settings().save());
    }
    World world(m_folder->path());
    QCOMPARE(world.child<QPlainTextEdit>("reportWritten")->toPlainText(), u"Half a sentence, and"_s);
    world.present();
    QVERIFY(world.content("report.txt").startsWith(u"Half a sentence, and"_s));
    QVERIFY(!world.content("settings.json").contains(u"Half"_s));
}

void TestProblemReport::savingReplacesWholeFilesOnly()
{
    World world(m_folder->path());
    world.present();
    QVERIFY(world.save(path(u"no/such/folder.zip"_s)));
    QVERIFY2(world.outcome().contains(u"folder.zip"_s), qPrintable(world.outcome()));
    QVERIFY(QDir().mkpath(path(u"a folder.zip"_s)));
    QVERIFY(world.save(path(u"a folder.zip"_s)));
    QVERIFY(world.outcome() != u"The report is in %1."_s.arg(path(u"a folder.zip"_s)));
    QFile old(path());
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("an older report");
    old.close();
    QVERIFY(world.save(path())); // the dialog asked
    QCOMPARE(filesOf(path()).size(), 5);
    const QStringList left = QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    QCOMPARE(left, (QStringList{u"casement.ini"_s, u"report.zip"_s}));
    QVERIFY(world.child<QPushButton>("reportSave")->isEnabled());
}

void TestProblemReport::theZipHasTheUsualRights()
{
    World world(m_folder->path());
    world.present();
    const mode_t before = ::umask(022);
    QVERIFY(world.save(path()));
    ::umask(before);
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(path()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0644U);
}

void TestProblemReport::everythingHasAName()
{
    World world(m_folder->path());
    world.present();
    for (const char *name : {"reportWritten", "reportFiles", "reportContent"})
        QVERIFY(!world.child<QWidget>(name)->accessibleName().isEmpty());
    auto *list = world.child<QListWidget>("reportFiles");
    for (int row = 0; row < list->count(); ++row)
        QVERIFY(list->item(row)->text().endsWith(u')'));
    world.fixture.language().set(u"ja"_s);
    QTRY_VERIFY(world.dialog->windowTitle() != u"Report a Problem"_s);
    QVERIFY(list->item(0)->text().contains(u"report.txt"_s));
    QWidget *one = world.child<QWidget>("reportWritten");
    QStringList order;
    for (int i = 0; i < 40 && order.size() < 6; ++i, one = one->nextInFocusChain()) {
        if (one->focusPolicy() != Qt::NoFocus && one->objectName().startsWith(u"report"_s))
            order.append(one->objectName());
    }
    QCOMPARE(order,
             (QStringList{u"reportWritten"_s, u"reportFiles"_s, u"reportContent"_s, u"reportCopy"_s, u"reportSave"_s,
                          u"reportClose"_s}));
}

QTEST_MAIN(TestProblemReport)
#include "tst_problemreport.moc"
