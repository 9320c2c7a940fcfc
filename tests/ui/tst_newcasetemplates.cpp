#include "newcaseworld.h"
#include "ui/caseactions.h"
#include "ui/caseproblems.h"
#include "ui/casetemplates.h"
#include "ui/uisettings.h"

#include <QAccessible>
#include <QClipboard>
#include <QDir>
#include <QMenu>
#include <QMessageBox>
#include <QTest>
#include <QToolButton>

using namespace casement;
using namespace Qt::StringLiterals;

using World = test::NewCaseWorld;

/// Templates in the form for a new case: what they fill, and what is said of them.
class TestNewCaseTemplates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void aTemplateFillsTheForm();
    void whatStoodThereIsKept();
    void unknownCodesAreSaid();
    void aCategoryTooManyIsSaid();
    void hoursThatNobodyTellsAreSaid();
    void whatIsNotFilledInIsAskedAbout();
    void aServiceOfTheOtherTypeIsSaid();
    void aDraftOfTheOtherTypeIsSaid();
    void theFolderIsAMenu();
    void whatIsBeyondLimitsLoads();
    void whatIsNoTemplateIsSaid();
    void theTemplateMenuIsReachedByAccessibility();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestNewCaseTemplates::aTemplateFillsTheForm()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    const auto made = readTemplate(R"({"subject": "Report of {{date}} for {{account}}", "communicationBody": "{{what}}",
        "severityCode": "normal", "issueType": "technical", "language": "ja", "dryRun": true, "ticket": 1})");
    QVERIFY(made);
    world.window->load(*made);
    const QString subject = world.child<QLineEdit>("subject")->text();
    QVERIFY2(subject.contains(world.demo.account().name) && !subject.contains(u"{{"_s), qPrintable(subject));
    QCOMPARE(world.body().text(), u"{{what}}"_s);
    QVERIFY(world.child<QWidget>("rehearsal")->isVisible());
    QVERIFY(!world.create()->isEnabled());
    QTest::mouseClick(world.child<QPushButton>("makeReal"), Qt::LeftButton);
    QVERIFY(!world.child<QWidget>("rehearsal")->isVisible());

    const QString file = m_folder->filePath(u"saved.yaml"_s);
    QVERIFY(CaseTemplates::writeFile(file, *made));
    CaseTemplate back;
    CaseTemplates::readFile(
        *world.window, file, [&](const CaseTemplate &read) { back = read; },
        [](const QString &sentence) { QFAIL(qPrintable(sentence)); });
    QTRY_VERIFY(back.isRehearsal());
}

void TestNewCaseTemplates::whatStoodThereIsKept()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    world.write(u"Typed by hand"_s, u"A long morning's work."_s);
    const auto made = readTemplate(R"({"subject": "", "communicationBody": ""})"); // an empty skeleton
    QVERIFY(made);
    world.window->load(*made);
    QVERIFY(world.body().text().isEmpty());
    QVERIFY(!world.child<QLabel>("templateNoticeText")->text().isEmpty());
    QTest::keySequence(world.window, QKeySequence::Close);
    QTRY_VERIFY(!world.window);
    // The text is a draft, and the emptied form is none.
    const QList<OutboxEntry> drafts = world.fixture.workspace().outbox().entries();
    QCOMPARE(drafts.size(), 1);
    QVERIFY(drafts.first().input.contains("A long morning's work."));
    QVERIFY(drafts.first().input.contains("Typed by hand"));
}

void TestNewCaseTemplates::unknownCodesAreSaid()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s)); // the lists are there
    const auto load = [&world](const QByteArray &codes) {
        const auto made = readTemplate("{\"subject\": \"s\", \"communicationBody\": \"b\", " + codes + "}");
        if (made)
            world.window->load(*made);
    };
    const auto said = [&world](const char *label) {
        auto *one = world.child<QLabel>(label);
        return one->isVisible() ? one->text() : QString();
    };
    load(R"("serviceCode": "no-such", "categoryCode": "other", "ticket": 1, "Priority": "x")");
    QVERIFY2(said("serviceProblem").contains(u"“no-such”"_s), qPrintable(said("serviceProblem")));
    QVERIFY(!world.create()->isEnabled());
    QCOMPARE(world.child<QLabel>("why")->text(), said("serviceProblem"));
    const QString notice = said("templateNoticeText");
    QVERIFY2(notice.contains(u"ticket, Priority"_s), qPrintable(notice));
    QTest::mouseClick(world.child<QToolButton>("templateNoticeClose"), Qt::LeftButton);
    QVERIFY(said("templateNoticeText").isEmpty());

    // A severity that there is not leaves no hole behind for the next template.
    load(R"("severityCode": "no-such")");
    QVERIFY(world.child<QComboBox>("severity")->currentIndex() < 0);
    load(R"("language": "en")");
    QCOMPARE(world.child<QComboBox>("severity")->currentData().toString(), u"low"_s);

    QVERIFY(world.chooseService(u"lambda"_s));
    const QByteArray service = "\"serviceCode\": \"aws-lambda\", ";
    load(service + R"("categoryCode": "xyz", "severityCode": "panic", "issueType": "rant", "language": "tlh")");
    QTRY_VERIFY(!said("categoryProblem").isEmpty());
    QCOMPARE(said("categoryProblem"), u"“xyz” is none of this service's categories; choose one."_s);
    QVERIFY(said("severityProblem").contains(u"“panic”"_s));
    QVERIFY(said("issueTypeProblem").contains(u"“rant”"_s));
    QVERIFY(said("languageProblem").contains(u"“tlh”"_s));
    QVERIFY(!world.create()->isEnabled());
    for (const char *name : {"issueType", "category", "severity", "language"}) {
        auto *box = world.child<QComboBox>(name);
        QCOMPARE(box->currentIndex(), -1);
        box->setCurrentIndex(0);
        Q_EMIT box->activated(0);
        QTRY_VERIFY(box->currentIndex() >= 0);
    }
    QTRY_VERIFY2(world.create()->isEnabled(), qPrintable(world.child<QLabel>("why")->text()));
    for (const char *name : {"issueTypeProblem", "categoryProblem", "severityProblem", "languageProblem"})
        QCOMPARE(said(name), QString());
}

void TestNewCaseTemplates::aCategoryTooManyIsSaid()
{
    ServiceModel services;
    services.setServices({Service{.code = u"plain"_s, .name = u"Plain"_s},
                          Service{.code = u"rich"_s, .name = u"Rich"_s, .categories = {{u"a"_s, u"A"_s}}}});
    CategoryModel categories;
    const QComboBox box;
    const CaseProblems::Lists lists{services, categories, box, box, box};
    categories.setCategories(services.categories(u"plain"_s));
    QCOMPARE(CaseProblems::leftOutCategory(u"plain"_s, u"xyz"_s, lists),
             u"This service has no categories, so “xyz” is left out."_s);
    QCOMPARE(CaseProblems::leftOutCategory(u"plain"_s, {}, lists), QString());
    QCOMPARE(CaseProblems::leftOutCategory(u"nobody knows it"_s, u"xyz"_s, lists), QString());
    categories.setCategories(services.categories(u"rich"_s));
    QCOMPARE(CaseProblems::leftOutCategory(u"rich"_s, u"a"_s, lists), QString());
}

void TestNewCaseTemplates::hoursThatNobodyTellsAreSaid()
{
    for (const auto &[fault, words] : {std::pair(u"deny"_s, u"support:DescribeCreateCaseOptions"_s),
                                       std::pair(u"plan"_s, u"When AWS can be reached could not be asked: "_s)}) {
        World world(m_folder->path());
        world.demo.setFaults(fault + u":DescribeCreateCaseOptions"_s);
        QVERIFY(world.ready(u"s"_s));
        const auto *hours = world.child<QLabel>("hours");
        QTRY_VERIFY(hours->isVisible());
        QVERIFY2(hours->text().contains(words), qPrintable(hours->text()));
    }
}

void TestNewCaseTemplates::whatIsNotFilledInIsAskedAbout()
{
    World world(m_folder->path());
    QVERIFY(world.ready(u"Outage of {{ system }}"_s));
    world.body().setPlainText(u"Since {{when}} the {{system}} is down, as {{ .Values }} in a chart."_s);
    const auto question = [&] { return world.window->findChild<QMessageBox *>(u"sendQuestion"_s); };
    QTRY_VERIFY(world.create()->isEnabled());
    world.create()->click();
    QVERIFY(question());
    const QString words = question()->informativeText();
    QVERIFY2(words.contains(u"Not filled in yet: {{system}}, {{when}}."_s), qPrintable(words));
    QCOMPARE(question()->defaultButton(), question()->button(QMessageBox::Cancel));
    question()->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!question());
    world.write(u"Outage of the shop"_s, u"Since nine the shop is down."_s);
    QTRY_VERIFY(world.create()->isEnabled());
    world.create()->click();
    QVERIFY(!question());
    QTRY_COMPARE(world.cases(u"Outage of the shop"_s).size(), 1);
}

void TestNewCaseTemplates::aServiceOfTheOtherTypeIsSaid()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s)); // the lists are there
    const auto load = [&world](const QByteArray &codes) {
        const auto made = readTemplate("{\"subject\": \"s\", \"communicationBody\": \"b\", " + codes + "}");
        if (made)
            world.window->load(*made);
    };
    auto *problem = world.child<QLabel>("issueTypeProblem");
    const QByteArray billing = R"("serviceCode": "billing", "categoryCode": "general-billing-question")";
    load(billing + R"(, "issueType": "technical")");
    QTRY_VERIFY(problem->isVisible());
    QCOMPARE(problem->text(), u"AWS takes cases about Billing only as “Account and billing”; choose that type."_s);
    QCOMPARE(world.child<QLabel>("why")->text(), problem->text());
    QVERIFY(!world.create()->isEnabled());
    QVERIFY(!world.child<QLabel>("hours")->isVisible());
    QCOMPARE(world.demo.requestCount("CreateCase"), 0); // AWS was not made to refuse a case for it

    auto *type = world.child<QComboBox>("issueType");
    type->setCurrentIndex(type->findData(u"customer-service"_s));
    Q_EMIT type->activated(type->currentIndex());
    QTRY_VERIFY2(world.create()->isEnabled(), qPrintable(world.child<QLabel>("why")->text()));
    QVERIFY(!problem->isVisible());

    load(R"("serviceCode": "aws-lambda", "categoryCode": "errors", "issueType": "customer-service")");
    QTRY_VERIFY(problem->isVisible());
    QCOMPARE(problem->text(),
             u"AWS takes cases about %1 only as “Technical”; choose that type."_s.arg(
                 world.child<QLineEdit>("service")->text()));
    load(R"("serviceCode": "general-info", "categoryCode": "using-aws", "issueType": "customer-service")");
    QTRY_VERIFY(!problem->isVisible());
    QTRY_VERIFY(world.create()->isEnabled());
}

// Its category waits for the list of services.
void TestNewCaseTemplates::aDraftOfTheOtherTypeIsSaid()
{
    World world(m_folder->path());
    CreateCase::Request request;
    request.subject = u"s"_s;
    request.communicationBody = u"b"_s;
    request.serviceCode = u"billing"_s;
    request.categoryCode = u"dispute-a-charge"_s;
    request.issueType = u"technical"_s;
    OutboxEntry draft =
        Outbox::newEntry(world.fixture.workspace().accountRecords().first().id, CreateCase::name, QString());
    draft.input = encode(request);
    world.fixture.workspace().outbox().save(draft);
    world.fixture.window().caseActions().open(draft.id);
    QVERIFY(world.found());
    QTRY_VERIFY(world.child<QLabel>("issueTypeProblem")->isVisible());
    QVERIFY(!world.create()->isEnabled());
}

// Names that two files share are told apart, and what does not fit into a menu is still reached from it.
void TestNewCaseTemplates::theFolderIsAMenu()
{
    World world(m_folder->path());
    const QString folder = m_folder->filePath(u"templates"_s);
    QVERIFY(QDir().mkpath(folder));
    const auto make = [&folder](const QString &name, const QByteArray &text = "{\"subject\": \"s\"}") {
        QFile file(folder + u'/' + name);
        return file.open(QIODevice::WriteOnly) && file.write(text) > 0;
    };
    QVERIFY(make(u"reset.json"_s) && make(u"reset.yaml"_s) && make(u"quota.json"_s));
    QVERIFY(make(u"package.json"_s, R"({"name": "x", "version": "1"})"));
    QVERIFY(make(u"cut.json"_s, R"({"subject": "s", "communicationBody": "b)"));
    world.fixture.workspace().settings().set(u"templates/folder"_s, folder);
    QMenu menu;
    const auto names = [&menu] {
        QStringList texts;
        for (const QAction *action : menu.actions()) {
            if (!action->isSeparator())
                texts.append(action->text());
        }
        return texts;
    };
    QString told;
    const auto open = [&menu, &world, &told] {
        menu.clear();
        CaseTemplates::addFolder(menu, world.fixture.window(), world.fixture.workspace().settings(),
                                 {.tell = [&told](const QString &sentence) { told = sentence; }});
    };
    open();
    QTRY_COMPARE(names(), QStringList({u"cut"_s, u"quota"_s, u"reset.json"_s, u"reset.yaml"_s}));
    QVERIFY(menu.actions().first()->isSeparator() && menu.actions().last()->isSeparator());
    menu.actions().at(1)->trigger(); // the damaged one
    QTRY_VERIFY2(told.startsWith(u"cut.json was not loaded. "_s) && told.contains(u"not whole JSON"_s),
                 qPrintable(told));

    // What changes meanwhile is seen the next time, and there at once then.
    QVERIFY(make(u"package.json"_s, R"({"subject": "now it is one"})"));
    QVERIFY(make(u"quota.json"_s, R"({"name": "and this is none any more"})"));
    QVERIFY(QFile::remove(folder + u"/reset.yaml"_s));
    open();
    QCOMPARE(names().size(), 4); // as it was, until somebody has looked
    QTRY_COMPARE(names(), QStringList({u"cut"_s, u"package"_s, u"reset"_s}));

    for (int i = 0; i < 50; ++i)
        QVERIFY(make(u"x%1.json"_s.arg(i)));
    open();
    QTRY_COMPARE(names().size(), 41);
    QCOMPARE(names().last(), u"13 more: Load Template…"_s);
}

void TestNewCaseTemplates::whatIsBeyondLimitsLoads()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QVERIFY(world.chooseService(u"lambda"_s));
    QStringList copies;
    for (int i = 0; i < 11; ++i)
        copies.append(u"\"a%1@example.com\""_s.arg(i));
    const auto made =
        readTemplate("{\"subject\": \"" + QByteArray(300, 's') + "\\u0000\", \"communicationBody\": \""
                     + QByteArray(8001, 'b') + "\", \"ccEmailAddresses\": [" + copies.join(u',').toUtf8() + "]}");
    QVERIFY(made);
    world.window->load(*made);
    QCOMPARE(world.body().text().size(), 8001);
    QVERIFY(world.child<QLabel>("left")->text().contains(u"1 over"_s));
    QVERIFY(world.child<QLabel>("ccProblem")->text().contains(u"at most 10"_s));
    QVERIFY(world.child<QLabel>("subjectProblem")->isVisible());
    QVERIFY(!world.create()->isEnabled());
    QVERIFY(world.child<QLabel>("templateNoticeText")->text().contains(u"characters that no message can hold"_s));
}

void TestNewCaseTemplates::whatIsNoTemplateIsSaid()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    const QString path = m_folder->filePath(u"note.json"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"subject": 12})");
    file.close();
    QString told;
    CaseTemplates::readFile(
        *world.window, path, [](const CaseTemplate &) { QFAIL("it is none"); },
        [&told](const QString &sentence) { told = sentence; });
    QTRY_VERIFY(!told.isEmpty());
    QVERIFY2(told.startsWith(u"note.json was not loaded. "_s) && told.contains(u"write it in quotes"_s),
             qPrintable(told));
}

// As a screen reader does it: no pointer, no key.
void TestNewCaseTemplates::theTemplateMenuIsReachedByAccessibility()
{
    World world(m_folder->path());
    QVERIFY(world.open());
    QAccessibleInterface *button = QAccessible::queryAccessibleInterface(world.child<QToolButton>("templateButton"));
    QVERIFY(button);
    QCOMPARE(button->text(QAccessible::Name), u"Template"_s);
    QVERIFY(button->state().hasPopup);
    QAccessibleActionInterface *actions = button->actionInterface();
    auto *menu = world.child<QMenu>("templateMenu");
    for (const QString &action :
         {QAccessibleActionInterface::showMenuAction(), QAccessibleActionInterface::pressAction()}) {
        QVERIFY(actions->actionNames().contains(action));
        bool opened = false;
        bool isInTree = false;
        // The menu has an event loop of its own.
        const auto look = [&] {
            opened = menu->isVisible() && button->state().expanded;
            QAccessibleInterface *shown = button->child(0);
            isInTree = shown && shown->object() == menu;
            for (int i = 0; shown && i < shown->childCount(); ++i) {
                QAccessibleInterface *item = shown->child(i);
                if (item && item->text(QAccessible::Name) == u"Copy as AWS CLI Command"_s)
                    item->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
            }
            isInTree &= !menu->isVisible(); // what was chosen closes it
            menu->hide();
        };
        const auto connection = connect(menu, &QMenu::aboutToShow, this,
                                        [&] { QMetaObject::invokeMethod(this, look, Qt::QueuedConnection); });
        QGuiApplication::clipboard()->clear();
        actions->doAction(action);
        QTRY_VERIFY(opened);
        disconnect(connection);
        QVERIFY(isInTree);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.contains(u"create-case"_s), qPrintable(copied));
    }
}

QTEST_MAIN(TestNewCaseTemplates)
#include "tst_newcasetemplates.moc"
