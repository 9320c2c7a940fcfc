#include "ui/responsetargetspage.h"

#include "archive/archivefixture.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QString key = u"cases/responseTargets"_s;

/// The page on the settings of a program that just started.
struct World
{
    explicit World(const QString &kept = {})
    {
        UiSettings before(file());
        if (!kept.isNull())
            before.set(key, kept);
        before.save();
        start();
    }
    /// As the next start of the program finds things.
    void start()
    {
        page.reset();
        workspace.reset();
        if (settings)
            settings->save();
        settings = std::make_unique<UiSettings>(file());
        workspace = std::make_unique<Workspace>(archive.archive(), jobs, *settings);
        page = std::make_unique<ResponseTargetsPage>(*workspace);
        page->show();
    }
    QString file() const { return folder.filePath(u"casement.ini"_s); }

    /// "15 minutes"
    QString shown(const QString &severity) const
    {
        return number(severity)->text() + u' ' + unit(severity)->currentText();
    }
    int kept(const char *severity) const { return workspace->targets().minutesFor(severity); }
    QSpinBox *number(const QString &severity) const { return page->findChild<QSpinBox *>(u"target."_s + severity); }
    QComboBox *unit(const QString &severity) const { return page->findChild<QComboBox *>(u"unit."_s + severity); }
    QComboBox &plan() const { return *page->findChild<QComboBox *>(u"plan"_s); }
    QSpinBox &days(const QString &name) const { return *page->findChild<QSpinBox *>(name); }
    QStringList plans() const
    {
        QStringList names;
        for (int i = 0; i < plan().count(); ++i)
            names.append(plan().itemText(i));
        return names;
    }
    /// As a person does: by the keyboard.
    void choose(const QString &name)
    {
        plan().setFocus();
        const int row = plan().findText(name);
        QVERIFY(row >= 0);
        plan().setCurrentIndex(row);
        Q_EMIT plan().activated(row);
    }
    void type(QSpinBox &field, const QString &text)
    {
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, text);
        QTest::keyClick(&field, Qt::Key_Return);
    }
    QString problem() const { return page->findChild<QLabel *>(u"problem"_s)->text(); }

    QTemporaryDir folder;
    test::ArchiveFixture archive;
    JobList jobs;
    std::unique_ptr<UiSettings> settings;
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<ResponseTargetsPage> page;
};

} // namespace

/// What a person sets of response targets, and what holds then.
class TestResponseTargetsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void theFullestPlanIsTheUsualOne();
    void aPlanBringsItsNumbers();
    void aNumberHoldsAtOnceAndIsKept();
    void aNumberIsNotMeantWhileItIsTyped();
    void noTargetIsKeptAsNone();
    void onesOwnNumbersComeBack();
    void resettingBringsTheUsualNumbers();
    void daysStayWhenThePlanChanges();
    void longSpansAreLimited();
    void aSeverityOfTomorrowKeepsItsTarget();
    void whatCantBeReadIsSaid_data();
    void whatCantBeReadIsSaid();
    void everyFieldHasAName();
};

void TestResponseTargetsPage::theFullestPlanIsTheUsualOne()
{
    World world;
    QCOMPARE(world.plan().currentText(), u"Enterprise"_s);
    QCOMPARE(world.plans(),
             (QStringList{u"Basic"_s, u"Developer"_s, u"Business"_s, u"Business Support+ or Enterprise On-Ramp"_s,
                          u"Enterprise"_s, u"Unified Operations"_s}));
    QCOMPARE(world.shown(u"critical"_s), u"15 minutes"_s);
    QCOMPARE(world.shown(u"urgent"_s), u"1 hours"_s);
    QCOMPARE(world.shown(u"high"_s), u"4 hours"_s);
    QCOMPARE(world.shown(u"normal"_s), u"12 hours"_s);
    QCOMPARE(world.shown(u"low"_s), u"24 hours"_s);
    QCOMPARE(world.days(u"daysUntilClosed"_s).value(), 5);
    QCOMPARE(world.days(u"daysToReopen"_s).value(), 14);
    QCOMPARE(world.problem(), QString());
    QVERIFY(!world.settings->contains(key)); // looking changes nothing
}

void TestResponseTargetsPage::aPlanBringsItsNumbers()
{
    World world;
    QSignalSpy changed(world.workspace.get(), &Workspace::targetsChanged);
    world.choose(u"Business"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(world.kept("critical"), 0);
    QCOMPARE(world.kept("urgent"), 60);
    QCOMPARE(world.number(u"critical"_s)->text(), u"no target"_s);
    world.choose(u"Basic"_s);
    for (const char *severity : {"critical", "urgent", "high", "normal", "low"})
        QCOMPARE(world.kept(severity), 0);
    world.start();
    QCOMPARE(world.plan().currentText(), u"Basic"_s);
    for (const char *severity : {"critical", "urgent", "high", "normal", "low"})
        QCOMPARE(world.kept(severity), 0);
}

void TestResponseTargetsPage::aNumberHoldsAtOnceAndIsKept()
{
    World world;
    world.type(*world.number(u"critical"_s), u"20"_s);
    QCOMPARE(world.kept("critical"), 20);
    QCOMPARE(world.plan().currentText(), u"My own numbers"_s);
    world.unit(u"low"_s)->setCurrentText(u"days"_s);
    world.type(*world.number(u"low"_s), u"3"_s);
    QCOMPARE(world.kept("low"), 3 * 24 * 60);
    world.type(world.days(u"daysUntilClosed"_s), u"7"_s);
    QCOMPARE(world.workspace->targets().daysUntilClosed, 7);
    world.start();
    QCOMPARE(world.shown(u"critical"_s), u"20 minutes"_s);
    QCOMPARE(world.shown(u"low"_s), u"3 days"_s);
    QCOMPARE(world.days(u"daysUntilClosed"_s).value(), 7);
    QCOMPARE(world.plan().currentText(), u"My own numbers"_s);
}

void TestResponseTargetsPage::aNumberIsNotMeantWhileItIsTyped()
{
    World world;
    QSpinBox &number = *world.number(u"normal"_s);
    number.setFocus();
    number.selectAll();
    QTest::keyClicks(&number, u"2"_s);
    QCOMPARE(world.kept("normal"), 12 * 60);
    QTest::keyClicks(&number, u"4"_s);
    number.hide(); // the dialog is closed over it: nothing is lost
    QCOMPARE(world.kept("normal"), 24 * 60);
}

void TestResponseTargetsPage::noTargetIsKeptAsNone()
{
    World world;
    world.type(*world.number(u"high"_s), u"0"_s);
    QCOMPARE(world.kept("high"), 0);
    world.start();
    QCOMPARE(world.kept("high"), 0);
    QCOMPARE(world.number(u"high"_s)->text(), u"no target"_s);
}

void TestResponseTargetsPage::onesOwnNumbersComeBack()
{
    World world;
    world.type(*world.number(u"critical"_s), u"20"_s);
    world.choose(u"Developer"_s);
    QCOMPARE(world.kept("critical"), 0);
    world.choose(u"My own numbers"_s);
    QCOMPARE(world.kept("critical"), 20);
    QCOMPARE(world.kept("low"), 24 * 60);
}

void TestResponseTargetsPage::resettingBringsTheUsualNumbers()
{
    World world;
    world.choose(u"Basic"_s);
    world.type(world.days(u"daysToReopen"_s), u"30"_s);
    QTest::mouseClick(world.page->findChild<QPushButton *>(u"reset"_s), Qt::LeftButton);
    QCOMPARE(world.workspace->targets(), ResponseTargets::forPlan({}));
    QCOMPARE(world.plan().currentText(), u"Enterprise"_s);
    QCOMPARE(world.days(u"daysToReopen"_s).value(), 14);
}

void TestResponseTargetsPage::daysStayWhenThePlanChanges()
{
    World world;
    world.type(world.days(u"daysUntilClosed"_s), u"9"_s);
    QCOMPARE(world.plan().currentText(), u"Enterprise"_s); // it says nothing of days
    world.choose(u"Business"_s);
    QCOMPARE(world.workspace->targets().daysUntilClosed, 9);
}

void TestResponseTargetsPage::longSpansAreLimited()
{
    World world;
    world.unit(u"low"_s)->setCurrentText(u"days"_s);
    QCOMPARE(world.shown(u"low"_s), u"24 days"_s);
    world.number(u"low"_s)->setValue(1000);
    QCOMPARE(world.shown(u"low"_s), u"60 days"_s);
    world.start();
    QCOMPARE(world.shown(u"low"_s), u"60 days"_s); // and is read again
    QCOMPARE(world.problem(), QString());
}

void TestResponseTargetsPage::aSeverityOfTomorrowKeepsItsTarget()
{
    World world(u"{\"minutes\":{\"cosmic\":5}}"_s);
    QCOMPARE(world.shown(u"cosmic"_s), u"5 minutes"_s);
    world.choose(u"Basic"_s);
    QCOMPARE(world.kept("cosmic"), 5);
    world.type(*world.number(u"cosmic"_s), u"7"_s);
    world.start();
    QCOMPARE(world.kept("cosmic"), 7);
    QCOMPARE(world.kept("low"), 0);
}

void TestResponseTargetsPage::whatCantBeReadIsSaid_data()
{
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("said");
    QTest::newRow("no JSON") << u"five minutes"_s << u"can't be read"_s;
    QTest::newRow("another kind of JSON") << u"[1]"_s << u"can't be read"_s;
    QTest::newRow("nothing") << u""_s << u"can't be read"_s;
    QTest::newRow("longer than any") << QString(5000, u'x') << u"can't be read"_s;
    QTest::newRow("a target that is none") << u"{\"minutes\":{\"low\":-1}}"_s << u"low"_s;
    QTest::newRow("days that are none") << u"{\"daysToReopen\":\"many\"}"_s << u"daysToReopen"_s;
}

void TestResponseTargetsPage::whatCantBeReadIsSaid()
{
    QFETCH(QString, kept);
    QFETCH(QString, said);
    World world(kept);
    QVERIFY2(world.problem().contains(said), qPrintable(world.problem()));
    QVERIFY(world.page->findChild<QLabel *>(u"problem"_s)->isVisible());
    QCOMPARE(world.workspace->targets(), ResponseTargets::forPlan({}));
    world.type(world.days(u"daysToReopen"_s), u"10"_s); // what is set now is good
    QCOMPARE(world.problem(), QString());
    QVERIFY(!world.page->findChild<QLabel *>(u"problem"_s)->isVisible());
}

void TestResponseTargetsPage::everyFieldHasAName()
{
    World world;
    for (const QWidget *field : world.page->findChildren<QWidget *>()) {
        if (field->focusPolicy() == Qt::NoFocus || qobject_cast<const QPushButton *>(field) || !field->isVisible()
            || field->objectName().startsWith(u"qt_"_s))
            continue;
        QVERIFY2(!field->accessibleName().isEmpty(), qPrintable(field->objectName()));
        QVERIFY(!field->objectName().isEmpty());
    }
    QCOMPARE(world.number(u"urgent"_s)->accessibleName(), u"Urgent: first answer within"_s);
    QCOMPARE(world.unit(u"urgent"_s)->accessibleName(), u"Urgent: unit"_s);
}

QTEST_MAIN(TestResponseTargetsPage)
#include "tst_responsetargetspage.moc"
