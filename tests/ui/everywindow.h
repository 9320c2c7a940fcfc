#pragma once

#include "fakedesk.h"

#include "app/application.h"
#include "aws/secretstore.h"
#include "ui/accountactions.h"
#include "ui/accountdialog.h"
#include "ui/accounttestdialog.h"
#include "ui/advisoractions.h"
#include "ui/advisorpage.h"
#include "ui/advisorwork.h"
#include "ui/attachmentactions.h"
#include "ui/attachmentpreview.h"
#include "ui/caselistpage.h"
#include "ui/casetable.h"
#include "ui/composer.h"
#include "ui/conversationchips.h"
#include "ui/conversationpage.h"
#include "ui/conversationview.h"
#include "ui/dialogs.h"
#include "ui/editaccountsdialog.h"
#include "ui/errorbanner.h"
#include "ui/importaccountsdialog.h"
#include "ui/leftdraftdialog.h"
#include "ui/messageedit.h"
#include "ui/mfadialog.h"
#include "ui/newaccountsdialog.h"
#include "ui/newcasewindow.h"
#include "ui/profilesdialog.h"
#include "ui/searchpage.h"
#include "ui/settingsdialog.h"
#include "ui/signindialog.h"
#include "ui/unlisteddialog.h"
#include "ui/windowmenus.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <functional>
#include <memory>
#include <set>
#include <utility>

namespace casement::test {

/// The whole program on its demo, and all of its windows one after the other, each in the states that show other
/// controls than the last one.
///
/// To look at them: CASEMENT_PICTURES names a folder that gets a picture of each, CASEMENT_THEME the theme and
/// CASEMENT_SIZE the size of the main window (1024x700); QT_SCALE_FACTOR scales them.
class EveryWindow
{
public:
    /// Gets each window while it is shown; `name` says which one it is.
    using Look = std::function<void(const QString &name, QWidget &window)>;

    explicit EveryWindow(const QString &language)
    {
        for (const char *name : {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_ENDPOINT_URL"})
            qunsetenv(name);
        QFile credentials(m_folder.filePath(QStringLiteral("credentials")));
        if (!credentials.open(QIODevice::WriteOnly))
            qFatal("no file for profiles");
        for (const char *name : {"one", "two"})
            credentials.write(QByteArray("[") + name + "]\naws_access_key_id = A\naws_secret_access_key = s\n");
        credentials.close();
        qputenv("AWS_CONFIG_FILE", QFile::encodeName(m_folder.filePath(QStringLiteral("config"))));
        qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(credentials.fileName()));
        CommandLine line;
        line.portable = m_folder.path();
        line.language = language;
        line.demo = true;
        line.theme = themeChoice(qEnvironmentVariable("CASEMENT_THEME"));
        m_application = std::make_unique<Application>(line);
        m_application->start();
        const QStringList size = qEnvironmentVariable("CASEMENT_SIZE", QStringLiteral("1400x900")).split(u'x');
        window().resize(size.value(0).toInt(), size.value(1).toInt());
    }

    MainWindow &window() { return m_application->window(); }
    Workspace &workspace() { return m_application->workspace(); }

    /// False when one of them did not come.
    bool visit(const Look &look)
    {
        m_look = look;
        return QTest::qWaitFor([this] { return window().isFilled() && workspace().cases().rowCount() > 0; }, 30'000)
            && visitMain() && visitPreviews() && visitAdvisor() && visitSettings() && visitDialogs() && visitAccounts()
            && visitWelcome();
    }

private:
    template <class T> T *child(const char *name) { return window().findChild<T *>(QString::fromLatin1(name)); }
    void trigger(const char *name) { child<QAction>(name)->trigger(); }
    void show(const QString &name, QWidget &shown)
    {
        for (int turn = 0; turn < 3; ++turn)
            QCoreApplication::processEvents(); // a layout asks its parent's for room, and so on
        const QPixmap picture = shown.grab(); // and everything was painted
        if (const QString folder = qEnvironmentVariable("CASEMENT_PICTURES"); !folder.isEmpty())
            picture.save(folder + QStringLiteral("/%1 %2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name));
        m_look(name, shown);
    }
    template <class T> T *opened(const QString &name)
    {
        T *dialog = nullptr;
        const auto found = [&] {
            const auto all = QApplication::topLevelWidgets();
            for (QWidget *one : all) {
                if (T *is = qobject_cast<T *>(one); is && is->isVisible() && is->objectName() == name)
                    dialog = is;
            }
            return dialog != nullptr;
        };
        return QTest::qWaitFor(found, 10'000) ? dialog : nullptr;
    }
    bool closes(QWidget *dialog)
    {
        dialog->close();
        return QTest::qWaitFor([guard = QPointer<QWidget>(dialog)] { return !guard || !guard->isVisible(); });
    }
    /// What an action opens.
    template <class T> bool opens(const char *action, const QString &name)
    {
        trigger(action);
        T *dialog = opened<T>(name);
        if (!dialog)
            return false;
        show(name, *dialog);
        return closes(dialog);
    }

    bool visitMain()
    {
        CaseTable &table = window().caseList().table();
        for (int row = 0; row < workspace().cases().rowCount(); ++row) {
            const CaseRecord &record = workspace().cases().recordAt(row);
            if (record.status != "pending-customer-action")
                continue;
            table.setCurrentIndex(workspace().cases().index(row, 0)); // the newest, which has files
            break;
        }
        if (!QTest::qWaitFor([this] { return window().conversation().isReady(); }, 10'000))
            return false;
        show(QStringLiteral("cases"), window());
        Composer &composer = window().conversation().composer();
        composer.findChild<QToolButton *>(QStringLiteral("ccButton"))->click();
        composer.text().setPlainText(QStringLiteral("The key is AKIAIOSFODNN7EXAMPLE and "
                                                    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
        auto *mask = composer.findChild<QPushButton *>(QStringLiteral("secretMask"));
        if (!QTest::qWaitFor([mask] { return mask->isVisible(); }, 10'000))
            return false;
        trigger("actionFind");
        show(QStringLiteral("reply with CC and a secret"), window());
        composer.text().clear();
        if (!QTest::qWaitFor([mask] { return !mask->isVisible(); }, 10'000))
            return false;
        window().showError({.kind = Error::Kind::Keychain, .code = keychaincode::locked}, QStringLiteral("A"));
        ErrorBanner &banner = *window().banners().constFirst();
        banner.findChild<QPushButton *>(QStringLiteral("detailsButton"))->click();
        show(QStringLiteral("banner"), window());
        banner.findChild<QToolButton *>(QStringLiteral("closeButton"))->click();
        window().searchField().setText(QStringLiteral("zzqx"));
        show(QStringLiteral("no match"), window());
        window().startSearch();
        if (!QTest::qWaitFor([this] { return window().searchPage().isReady(); }, 10'000))
            return false;
        show(QStringLiteral("search"), window());
        window().searchField().clear();
        trigger("actionDrafts");
        show(QStringLiteral("drafts"), window());
        composer.text().setPlainText(QStringLiteral("A draft"));
        const auto isKept = [this] { return !workspace().outbox().entries().isEmpty(); };
        if (!QTest::qWaitFor(isKept, 10'000))
            return false;
        show(QStringLiteral("a draft"), window());
        trigger("actionCases");
        for (const char *menu : {"menuSort", "menuColumns"})
            Q_EMIT child<QMenu>(menu)->aboutToShow();
        return true;
    }

    /// Where nothing opens its file.
    bool visitGuide()
    {
        const auto before = std::exchange(dialogs::fileOpener(), [](const QUrl &) { return false; });
        const bool isThere = opens<QDialog>("actionUserGuide", QStringLiteral("guideWindow"));
        dialogs::fileOpener() = before;
        return isThere;
    }

    /// Of every kind of file that the case on screen has.
    bool visitPreviews()
    {
        std::set<PreviewContent::Kind> seen;
        const auto chips = window().conversation().view().chips().all();
        const AccountId account = window().conversation().key().account;
        for (const ConversationChips::Chip &chip : chips) {
            window().menus().attachments().preview({account, chip.attachment});
            auto *preview = opened<AttachmentPreview>(QStringLiteral("attachmentPreview"));
            if (!preview || !QTest::qWaitFor([preview] { return preview->isReady(); }, 10'000))
                return false;
            if (seen.insert(preview->content().kind).second)
                show(QStringLiteral("preview %1").arg(int(preview->content().kind)), *preview);
            if (!closes(preview))
                return false;
        }
        return seen.size() > 1;
    }

    bool visitAdvisor()
    {
        AdvisorActions &advisor = window().advisor();
        trigger("actionAdvisor");
        // Rows that come and go while all is loaded take the focus of the table with them.
        const auto isLoaded = [&advisor] {
            return advisor.page().checks().rowCount() > 0 && !advisor.work().isLoading(advisor.page().accounts());
        };
        if (!QTest::qWaitFor(isLoaded, 60'000))
            return false;
        show(QStringLiteral("Trusted Advisor"), window());
        trigger("actionAdvisorChecks");
        show(QStringLiteral("checks"), window());
        trigger("actionCases");
        return true;
    }

    bool visitSettings()
    {
        SettingsDialog &settings = window().settingsDialog();
        settings.present();
        QStringList pages;
        const auto all = settings.findChildren<SettingsPage *>();
        for (const SettingsPage *page : all) {
            settings.present(page->objectName());
            show(page->objectName(), settings);
        }
        settings.close();
        return all.size() > 5;
    }

    bool visitDialogs()
    {
        return opens<NewCaseWindow>("actionNewCase", QStringLiteral("newCaseWindow"))
            && opens<QDialog>("actionGoTo", QStringLiteral("goToDialog"))
            && opens<QDialog>("actionTags", QStringLiteral("tagsDialog"))
            && opens<QDialog>("actionAttachments", QStringLiteral("attachmentsDialog"))
            && opens<QDialog>("actionResolve", QStringLiteral("resolveDialog"))
            && opens<QDialog>("actionExport", QStringLiteral("exportDialog"))
            && opens<QDialog>("actionShortcuts", QStringLiteral("shortcutsDialog"))
            && opens<QDialog>("actionActivity", QStringLiteral("activityWindow"))
            && opens<QDialog>("actionLog", QStringLiteral("logWindow")) && visitGuide()
            && opens<QDialog>("actionReportProblem", QStringLiteral("reportDialog"))
            && opens<QDialog>("actionAbout", QStringLiteral("aboutDialog"));
    }

    bool visitAccounts()
    {
        const auto look = [this](const char *name, QDialog &dialog) {
            dialog.show();
            show(QString::fromLatin1(name), dialog);
        };
        AccountDialog account(m_application->keeper());
        look("account", account);
        UnlistedDialog unlisted(m_application->keeper());
        unlisted.setAttribute(Qt::WA_DeleteOnClose, false);
        look("unlisted", unlisted);
        ListedAccount fresh;
        fresh.name = QStringLiteral("fresh");
        fresh.source = ListedAccount::Source::Profile;
        fresh.profile = QStringLiteral("no such profile");
        NewAccountsDialog fresher(m_application->keeper(), {fresh});
        fresher.setAttribute(Qt::WA_DeleteOnClose, false);
        look("new accounts", fresher);
        ImportAccountsDialog import;
        ListedAccount base;
        base.id = base.name = QStringLiteral("base");
        import.setBaseAccounts({base});
        auto *source = import.findChild<QComboBox *>(QStringLiteral("importSource"));
        for (int i = 0; i < source->count(); ++i) {
            source->setCurrentIndex(i);
            Q_EMIT source->activated(i);
            look("import", import);
        }
        FakeDesk desk;
        desk.fill(1);
        EditAccountsDialog many(desk, {desk.accounts().first().id});
        many.setAttribute(Qt::WA_DeleteOnClose, false);
        look("many accounts", many);
        for (const auto &answer : {Result<PermissionReport>(reportOf({QStringLiteral("CreateCase")})),
                                   Result<PermissionReport>(Error{.kind = Error::Kind::HostNotFound,
                                   .host = QStringLiteral("nowhere.example")})}) {
            desk.report = answer;
            AccountTestDialog test(desk, desk.accounts().first());
            test.setAttribute(Qt::WA_DeleteOnClose, false);
            auto *again = test.findChild<QPushButton *>(QStringLiteral("testAgain"));
            look("account test, asking", test);
            if (!QTest::qWaitFor([again] { return again->isEnabled(); }, 10'000))
                return false;
            look("account test", test);
        }
        const AccountId first = workspace().accountRecords().first().id;
        OutboxEntry left = Outbox::newEntry(first, AddCommunicationToCase::name, QStringLiteral("case-left"));
        AddCommunicationToCase::Request words;
        words.caseId = left.caseId;
        words.communicationBody = QStringLiteral("Words that are left");
        words.ccEmailAddresses = {QStringLiteral("hana@example.com")};
        left.input = encode(words);
        workspace().outbox().save(left);
        LeftDraftDialog leftDraft(workspace(), left.id, &window());
        leftDraft.setAttribute(Qt::WA_DeleteOnClose, false);
        look("left draft", leftDraft);
        workspace().outbox().discard(left.id);
        MfaDialog mfa({QStringLiteral("a profile with a long name"),
                       QStringLiteral("arn:aws:iam::999900001111:mfa/hana"),
                       QStringLiteral("MultiFactorAuthentication failed with invalid MFA one time pass code.")});
        look("mfa", mfa);
        SignInDialog signIn({QStringLiteral("production"), QStringLiteral("https://example.awsapps.com/start"),
                             QStringLiteral("ABCD-EFGH"),
                             // Of a scheme that no browser is opened for.
                             QUrl(QStringLiteral("ftp://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH")),
                             QDateTime::currentDateTimeUtc().addSecs(600)});
        look("sign in", signIn);
        ProfilesDialog profiles({{QStringLiteral("one"), ProfileUses::StaticKeys, false}}, {});
        profiles.setAttribute(Qt::WA_DeleteOnClose, false);
        look("profiles", profiles);
        return true;
    }

    bool visitWelcome()
    {
        trigger("actionChooseAccount");
        auto *question = child<QMessageBox>("leaveQuestion");
        if (!question)
            return false;
        show(QStringLiteral("leaveQuestion"), *question);
        question->findChild<QPushButton *>(QStringLiteral("leaveButton"))->click();
        if (!QTest::qWaitFor([this] { return workspace().isWithoutAccount(); }, 10'000))
            return false;
        show(QStringLiteral("welcome"), window());
        return true;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Application> m_application;
    Look m_look;
    int m_pictures = 0;
};

} // namespace casement::test
