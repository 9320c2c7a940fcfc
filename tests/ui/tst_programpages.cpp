#include "app/application.h"
#include "aws/networkpreferences.h"
#include "base/logbuffer.h"
#include "ui/archivepage.h"
#include "ui/casetemplates.h"
#include "ui/generalpage.h"
#include "ui/logwindow.h"
#include "ui/networkpage.h"
#include "ui/notificationsettings.h"
#include "ui/settingstransfer.h"
#include "ui/transferpage.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

template <class Widget> Widget &of(QWidget &page, const char *name)
{
    auto *widget = page.findChild<Widget *>(QString::fromLatin1(name));
    if (!widget)
        qFatal("There is no %s", name);
    return *widget;
}

void choose(QWidget &page, const char *name, int row) { of<QComboBox>(page, name).setCurrentIndex(row); }

} // namespace

/// The pages of the program's settings, and the log.
class TestProgramPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void languageAndThemeHoldAtOnce();
    void aLanguageOfTheCommandLineIsTold();
    void textsOfTheServiceHaveALanguageOfTheirOwn();
    void refreshingIsChosen();
    void aTemplateFolderMustBeThere();
    void aProxyHoldsWhenItIsWhole();
    void apastedAddressIsTakenApart();
    void aTypedAddressIsTakenApartWhenItIsWhole();
    void wordsInAnotherLanguageChangeNothing();
    void whatIsImportedHolds();
    void aCaFileMustHoldCertificates();
    void whatIsKeptIsChosen();
    void theDialogHasAllPages();
    void everyControlHasAName();
    void theLogIsFiltered();
    void aLongLineOfTheLogBeginsInSight();
    void theLogIsCopiedAndSaved();

private:
    UiSettings &settings() { return m_application->workspace().settings(); }
    SettingsDialog &dialog() { return m_application->window().settingsDialog(); }
    template <class Page> Page &page(const char *name)
    {
        dialog().present(QString::fromLatin1(name));
        return of<Page>(dialog(), name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
};

void TestProgramPages::init()
{
    for (const char *name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "HTTPS_PROXY", "https_proxy"})
        qunsetenv(name);
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder->filePath(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(m_folder->filePath(u"credentials"_s)));
    CommandLine line;
    line.portable = m_folder->path();
    line.language = u"en"_s;
    m_application = std::make_unique<Application>(line);
    m_application->start();
    QVERIFY(QTest::qWaitForWindowExposed(&m_application->window()));
}

void TestProgramPages::cleanup()
{
    m_application.reset();
    setNetworkPreferences({});
}

void TestProgramPages::languageAndThemeHoldAtOnce()
{
    auto &general = page<GeneralPage>("generalPage");
    QCOMPARE(general.title(), u"General"_s);
    choose(general, "language", 2);
    QCOMPARE(settings().word(u"language"_s), u"ja"_s);
    QTRY_COMPARE(general.title(), u"全般"_s);
    QCOMPARE(of<QComboBox>(general, "language").currentIndex(), 2);
    choose(general, "language", 1);
    QTRY_COMPARE(general.title(), u"General"_s);
    choose(general, "theme", 2);
    QCOMPARE(settings().word(u"theme"_s), u"dark"_s);
    QTRY_VERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
    choose(general, "theme", 1);
    QTRY_VERIFY(qApp->palette().color(QPalette::Window).lightness() > 128);
}

/// As after `--language ja`.
void TestProgramPages::aLanguageOfTheCommandLineIsTold()
{
    page<GeneralPage>("generalPage");
    Theme theme;
    {
        InterfaceLanguage language;
        language.set(u"ja"_s);
        GeneralPage page(m_application->workspace(), language, theme);
        page.show();
        const auto &hint = of<QLabel>(page, "languageHint");
        QVERIFY(hint.isVisible() && hint.text().contains(u"日本語"_s) && hint.text().contains(u"--language"_s));
        QVERIFY(of<QComboBox>(page, "language").itemText(0).contains(u"English"_s)); // what the desktop says
        choose(page, "language", 2);
        QVERIFY(hint.isHidden());
        choose(page, "language", 0);
        QVERIFY(hint.isHidden());
    }
    QCOMPARE(settings().word(u"language"_s), QString());
}

void TestProgramPages::textsOfTheServiceHaveALanguageOfTheirOwn()
{
    auto &general = page<GeneralPage>("generalPage");
    Workspace &workspace = m_application->workspace();
    QSignalSpy changed(&workspace, &Workspace::serviceLanguageChanged);
    QCOMPARE(workspace.serviceLanguage(), u"en"_s);
    choose(general, "serviceLanguage", 1); // the one that holds anyway
    QCOMPARE(changed.size(), 0);
    choose(general, "serviceLanguage", 2);
    QCOMPARE(workspace.serviceLanguage(), u"ja"_s);
    QCOMPARE(changed.size(), 1);
    choose(general, "serviceLanguage", 0);
    QCOMPARE(workspace.serviceLanguage(), u"en"_s);
}

void TestProgramPages::refreshingIsChosen()
{
    auto &general = page<GeneralPage>("generalPage");
    const auto poll = [this] { return NotificationSettings::read(settings()).poll; };
    QVERIFY(poll().on && !poll().fixed);
    choose(general, "refresh", 1);
    of<QSpinBox>(general, "minutes").setValue(9);
    QCOMPARE(poll(), (PollSettings{true, std::chrono::minutes(9), true}));
    QCOMPARE(m_application->sessions().poller().settings(), poll());
    choose(general, "refresh", 2);
    QVERIFY(!poll().on);
    QVERIFY(!of<QSpinBox>(general, "minutes").isEnabled());
    QCOMPARE(PollSchedule::interval({true, std::chrono::minutes(9), true}, PollPace::Quiet), std::chrono::minutes(9));
}

void TestProgramPages::aTemplateFolderMustBeThere()
{
    auto &general = page<GeneralPage>("generalPage");
    auto &field = of<QLineEdit>(general, "templateFolder");
    auto &problem = of<QLabel>(general, "templateProblem");
    field.setText(m_folder->path());
    QCOMPARE(settings().text(CaseTemplates::folderSetting), m_folder->path());
    QVERIFY(!problem.isVisible());
    field.setText(m_folder->path() + u"/none"_s);
    QVERIFY(problem.isVisible());
    QCOMPARE(settings().text(CaseTemplates::folderSetting), m_folder->path());
    field.clear();
    QVERIFY(!problem.isVisible());
    QVERIFY(settings().text(CaseTemplates::folderSetting).isEmpty());
}

void TestProgramPages::aProxyHoldsWhenItIsWhole()
{
    auto &network = page<NetworkPage>("networkPage");
    auto &problem = of<QLabel>(network, "proxyProblem");
    QCOMPARE(networkPreferences(), NetworkPreferences(readNetworkPreferences(settings())));
    QVERIFY(!of<QLineEdit>(network, "host").isEnabled());
    choose(network, "proxy", 1);
    QVERIFY(problem.isVisible()); // half of it: nothing holds yet
    QCOMPARE(networkPreferences().proxy, NetworkPreferences::Proxy::System);
    of<QLineEdit>(network, "host").setText(u"proxy.example"_s);
    of<QSpinBox>(network, "port").setValue(3128);
    QVERIFY(!problem.isVisible());
    QCOMPARE(networkPreferences().proxy, NetworkPreferences::Proxy::Http);
    QCOMPARE(networkPreferences().host, u"proxy.example"_s);
    QCOMPARE(networkPreferences().port, 3128);
    for (const QString &wrong : {u"a b"_s, u"proxy.example:80"_s, u"ann:pw@proxy.example"_s, u"proxy.example/x"_s}) {
        of<QLineEdit>(network, "host").setText(wrong);
        QVERIFY2(problem.isVisible(), qPrintable(wrong));
        QCOMPARE(networkPreferences().host, u"proxy.example"_s);
    }
    // Half a name that is being typed is no proxy, and nothing of it is written.
    auto &host = of<QLineEdit>(network, "host");
    host.clear();
    QTest::keyClicks(&host, u"ann"_s);
    QCOMPARE(networkPreferences().host, u"proxy.example"_s);
    QTest::keyClicks(&host, u":pw@proxy.corp"_s);
    Q_EMIT host.editingFinished();
    QCOMPARE(networkPreferences().host, u"proxy.example"_s);
    QVERIFY(m_application->workspace().settings().save());
    QFile file(settings().fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    QVERIFY(!written.contains("pw") && !written.contains("ann"));
    host.setText(u"other.example"_s);
    Q_EMIT host.editingFinished();
    QCOMPARE(networkPreferences().host, u"other.example"_s);
    choose(network, "proxy", 3);
    QCOMPARE(networkPreferences().proxy, NetworkPreferences::Proxy::None);
}

void TestProgramPages::apastedAddressIsTakenApart()
{
    auto &network = page<NetworkPage>("networkPage");
    choose(network, "proxy", 1);
    auto &host = of<QLineEdit>(network, "host");
    host.setFocus();
    QApplication::clipboard()->setText(u"socks5://proxy.example:1081"_s);
    host.paste();
    QCOMPARE(networkPreferences().proxy, NetworkPreferences::Proxy::Socks);
    QCOMPARE(networkPreferences().host, u"proxy.example"_s);
    QCOMPARE(networkPreferences().port, 1081);
}

void TestProgramPages::aTypedAddressIsTakenApartWhenItIsWhole()
{
    const auto used = [] { return networkPreferences().host + u':' + QString::number(networkPreferences().port); };
    auto &network = page<NetworkPage>("networkPage");
    auto &host = of<QLineEdit>(network, "host");
    auto &problem = of<QLabel>(network, "proxyProblem");
    choose(network, "proxy", 1);
    const auto type = [&](const QString &text) {
        host.selectAll();
        for (const QChar one : text) {
            const QString before = used();
            QTest::keyClicks(&host, one);
            if (used() != before)
                return false; // half of it holds
        }
        QTest::keyClick(&host, Qt::Key_Return); // as leaving the field
        return true;
    };
    QVERIFY(type(u"works.example"_s));
    QCOMPARE(used(), u"works.example:8080"_s);
    QVERIFY(type(u"http://proxy.corp:3128"_s));
    QCOMPARE(used(), u"proxy.corp:3128"_s);
    QCOMPARE(host.text(), u"proxy.corp"_s);
    QVERIFY(!problem.isVisible());
    for (const QString &wrong : {u"http://ann:pw@other.corp"_s, u"https://other.corp"_s, u"http://"_s}) {
        QVERIFY2(type(wrong), qPrintable(wrong));
        QVERIFY2(problem.isVisible(), qPrintable(wrong));
        QCOMPARE(used(), u"proxy.corp:3128"_s);
        QCOMPARE(host.text(), wrong);
    }
    QVERIFY(settings().save());
    QFile file(settings().fileName());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray written = file.readAll();
    QVERIFY2(!written.contains("pw") && !written.contains("other"), written.constData());
}

/// What the fields hold is older than what was set: by a menu, or by a file.
void TestProgramPages::wordsInAnotherLanguageChangeNothing()
{
    page<GeneralPage>("generalPage");
    const QJsonObject wanted{{u"network/proxy"_s, u"http"_s},
                             {u"network/proxyHost"_s, u"good.corp"_s},
                             {u"network/proxyPort"_s, u"3128"_s},
                             {u"archive/old"_s, u"dropCopies"_s},
                             {u"notifications/quietFrom"_s, u"21:07"_s},
                             {u"polling/minutes"_s, u"7"_s},
                             {u"theme"_s, u"dark"_s}};
    for (auto one = wanted.begin(); one != wanted.end(); ++one)
        settings().set(one.key(), one.value().toString());
    const QByteArray before = SettingsTransfer::write(settings());
    for (SettingsPage *one : dialog().findChildren<SettingsPage *>()) {
        one->retranslate();
        QVERIFY2(SettingsTransfer::write(settings()) == before, qPrintable(one->objectName()));
    }
}

void TestProgramPages::whatIsImportedHolds()
{
    auto &transfer = page<TransferPage>("transferPage");
    const QString path = m_folder->filePath(u"import.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"casement":"settings","settings":{"theme":"dark","language":"ja","network/proxy":"http",
 "network/proxyHost":"good.corp","network/proxyPort":"3128","no/such":"x"},"version":1})");
    file.close();
    transfer.importFrom(path);
    of<QPushButton>(transfer, "takeSettings").click();
    QTRY_COMPARE(transfer.title(), u"設定ファイル"_s);
    QTRY_COMPARE(dialog().windowTitle(), u"設定"_s);
    QCOMPARE(networkPreferences().host, u"good.corp"_s);
    QCOMPARE(networkPreferences().port, 3128);
    QCOMPARE(settings().text(u"network/proxyHost"_s), u"good.corp"_s);
    QTRY_COMPARE(of<QLineEdit>(dialog(), "host").text(), u"good.corp"_s);
    QVERIFY(transfer.isVisible());
    auto &outcome = of<QLabel>(transfer, "outcome");
    QVERIFY(outcome.isVisible());
    const QStringList lines = outcome.text().split(u'\n');
    QCOMPARE(lines.size(), 7);
    QVERIFY2(lines.first().startsWith(u"5"_s), qPrintable(lines.first()));
    QVERIFY2(lines.last().contains(u"no/such"_s), qPrintable(lines.last()));
    for (const QString &line : {lines.first(), lines.last()}) // in the language of now
        QVERIFY2(line.contains(u"設定"_s), qPrintable(line));
    QVERIFY2(lines.contains(u"プロキシのホスト: 未設定 → good.corp"_s), qPrintable(lines.join(u'\n')));
    QCOMPARE(of<QListWidget>(dialog(), "pageList").count(), of<QStackedWidget>(dialog(), "pages").count());
}

void TestProgramPages::aCaFileMustHoldCertificates()
{
    auto &network = page<NetworkPage>("networkPage");
    auto &field = of<QLineEdit>(network, "caFile");
    auto &problem = of<QLabel>(network, "caProblem");
    field.setText(m_folder->path() + u"/none.pem"_s);
    QVERIFY(problem.isVisible());
    QVERIFY(networkPreferences().caBundle.isEmpty());
    const QString real = u"/etc/ssl/certs/ca-certificates.crt"_s;
    if (!QFile::exists(real))
        QSKIP("no certificates here");
    field.setText(real);
    QVERIFY(!problem.isVisible());
    QCOMPARE(networkPreferences().caBundle, real);
}

void TestProgramPages::whatIsKeptIsChosen()
{
    auto &archive = page<ArchivePage>("archivePage");
    QCOMPARE(readRetention(settings()), Retention());
    QVERIFY(!of<QPushButton>(archive, "clean").isEnabled());
    choose(archive, "old", 2);
    of<QSpinBox>(archive, "months").setValue(36);
    of<QCheckBox>(archive, "limit").click();
    of<QSpinBox>(archive, "megabytes").setValue(500);
    const Retention wanted{.old = Retention::Old::Remove, .months = 36, .mostCopies = 500LL << 20};
    QCOMPARE(readRetention(settings()), wanted);
    QTRY_COMPARE(of<QLineEdit>(archive, "place").text(), m_folder->path() + u"/archive.sqlite"_s);
    QVERIFY(!of<QPushButton>(archive, "move").isEnabled()); // --portable says where
    of<QPushButton>(archive, "clean").click();
    QTRY_COMPARE(of<QLabel>(archive, "cleaned").text(), u"There was nothing to remove."_s);
    QVERIFY(of<QPushButton>(archive, "clean").isEnabled());
    QCOMPARE(ArchivePage::told({.cases = {{1, u"a"_s}}, .copies = 2, .bytes = 3 << 20}),
             u"Removed from the archive: 1 case, 2 downloaded files (3 MB)."_s);
}

void TestProgramPages::theDialogHasAllPages()
{
    auto &general = page<GeneralPage>("generalPage");
    QVERIFY(general.isVisible());
    QStringList names;
    for (const SettingsPage *one : dialog().findChildren<SettingsPage *>())
        names.append(one->objectName());
    for (const QString &name : {u"generalPage"_s, u"keyboardPage"_s, u"networkPage"_s, u"archivePage"_s,
                                u"transferPage"_s, u"notificationsPage"_s})
        QVERIFY2(names.contains(name), qPrintable(name));
    settings().set(u"theme"_s, u"dark"_s);
    dialog().rebuild(); // as after an import
    QVERIFY(dialog().findChild<GeneralPage *>(u"generalPage"_s));
}

void TestProgramPages::everyControlHasAName()
{
    for (const char *name : {"generalPage", "keyboardPage", "networkPage", "archivePage", "transferPage"}) {
        auto &shown = page<SettingsPage>(name);
        for (const QWidget *field : shown.findChildren<QWidget *>()) {
            if (field->focusPolicy() == Qt::NoFocus || field->objectName().startsWith(u"qt_"_s))
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(field));
            QVERIFY(interface);
            QVERIFY2(!interface->text(QAccessible::Name).isEmpty(), qPrintable(field->objectName()));
        }
    }
}

void TestProgramPages::theLogIsFiltered()
{
    LogBuffer log;
    log.add(QtDebugMsg, u"casement.http"_s, u"quiet detail"_s);
    log.add(QtWarningMsg, u"casement.sync"_s, u"loud trouble"_s);
    LogWindow window(log);
    window.show();
    auto &lines = of<QPlainTextEdit>(window, "lines");
    QCOMPARE(lines.toPlainText().split(u'\n').size(), 2);
    choose(window, "level", 2);
    QVERIFY(lines.toPlainText().endsWith(u"loud trouble"_s) && !lines.toPlainText().contains(u"quiet"_s));
    choose(window, "level", 0);
    of<QLineEdit>(window, "filter").setText(u"HTTP"_s);
    QVERIFY(lines.toPlainText().endsWith(u"quiet detail"_s) && !lines.toPlainText().contains(u"loud"_s));
    log.add(QtInfoMsg, u"casement.http"_s, u"what came later"_s);
    QTRY_VERIFY(lines.toPlainText().endsWith(u"what came later"_s));
    QCOMPARE(of<QLabel>(window, "count").text(), u"2 lines"_s);
}

void TestProgramPages::aLongLineOfTheLogBeginsInSight()
{
    LogBuffer log;
    log.add(QtWarningMsg, u"casement.http"_s, u"far "_s.repeated(200));
    LogWindow window(log);
    window.resize(600, 400);
    window.show();
    auto &lines = of<QPlainTextEdit>(window, "lines");
    QTRY_VERIFY(lines.horizontalScrollBar()->maximum() > 0);
    QCOMPARE(lines.horizontalScrollBar()->value(), 0);
    window.resize(620, 420);
    log.add(QtWarningMsg, u"casement.http"_s, u"further "_s.repeated(200));
    QTRY_COMPARE(of<QLabel>(window, "count").text(), u"2 lines"_s);
    QCOMPARE(lines.horizontalScrollBar()->value(), 0);
}

void TestProgramPages::theLogIsCopiedAndSaved()
{
    LogBuffer log;
    log.add(QtInfoMsg, u"casement.http"_s, u"a line"_s);
    LogWindow window(log);
    window.show();
    of<QPushButton>(window, "copyAll").click();
    QVERIFY(QApplication::clipboard()->text().startsWith(u"Casement "_s));
    QVERIFY(QApplication::clipboard()->text().endsWith(u"a line\n"_s));
    const QString path = m_folder->filePath(u"log.txt"_s);
    window.saveTo(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), window.report());
    window.saveTo(m_folder->filePath(u"no/log.txt"_s));
    QVERIFY(of<QLabel>(window, "hint").text().contains(u"log.txt"_s));
}

QTEST_MAIN(TestProgramPages)
#include "tst_programpages.moc"
