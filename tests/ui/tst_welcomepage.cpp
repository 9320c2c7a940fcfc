#include "ui/theme.h"
#include "ui/welcomepage.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// The first start: what is there to choose from, and how.
class TestWelcomePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyProfilesAreChosenAtOnce();
    void manyProfilesAreFiltered();
    void oneProfileIsOneClick();
    void whatCannotBeUsedSaysWhy();
    void noProfileIsSaid();
    void demoAndKeysAreOffered();
    void enterTakesWhatIsChecked();

private:
    struct Page
    {
        explicit Page(const QList<ListedProfile> &profiles, const QString &problem = {})
        {
            page.setProfiles(profiles, problem);
            page.resize(800, 600);
            page.show();
        }
        template <class T> T *child(const char *name) { return page.findChild<T *>(QString::fromLatin1(name)); }
        QListWidget &list() { return *child<QListWidget>("profiles"); }
        QPushButton &use() { return *child<QPushButton>("useProfile"); }

        WelcomePage page;
        QSignalSpy chosen{&page, &WelcomePage::profilesChosen};
    };
    static QList<ListedProfile> some(int count)
    {
        QList<ListedProfile> profiles;
        for (int i = 1; i <= count; ++i)
            profiles.append({u"team-%1"_s.arg(i), ProfileUses::StaticKeys, false});
        return profiles;
    }

    Theme m_theme;
};

void TestWelcomePage::manyProfilesAreChosenAtOnce()
{
    Page page(some(3));
    QVERIFY(!page.use().isEnabled());
    auto *all = page.child<QCheckBox>("selectAll");
    QVERIFY(all->isVisible());
    all->click();
    QCOMPARE(page.use().text(), u"&Use 3 Profile(s)"_s); // without translations
    page.list().item(1)->setCheckState(Qt::Unchecked);
    QCOMPARE(all->checkState(), Qt::PartiallyChecked);
    page.use().click();
    QCOMPARE(page.chosen.size(), 1);
    QCOMPARE(page.chosen.first().first().toStringList(), QStringList({u"team-1"_s, u"team-3"_s}));
    all->click();
    QCOMPARE(all->checkState(), Qt::Checked);
    all->click();
    QVERIFY(!page.use().isEnabled());
}

void TestWelcomePage::manyProfilesAreFiltered()
{
    Page few(some(ProfileList::mostWithoutFilter));
    QVERIFY(few.child<QLineEdit>("profileFilter")->isHidden());
    Page page(some(200));
    auto *filter = page.child<QLineEdit>("profileFilter");
    QVERIFY(filter->isVisible());
    filter->setText(u"team-19"_s);
    page.child<QCheckBox>("selectAll")->click(); // those that are seen
    filter->setText(u"TEAM-2"_s);
    page.list().item(1)->setCheckState(Qt::Checked);
    filter->clear();
    page.use().click();
    QCOMPARE(page.chosen.first().first().toStringList().size(), 12); // 19, 190 to 199, and 2
}

void TestWelcomePage::oneProfileIsOneClick()
{
    Page page({{u"only"_s, ProfileUses::Sso, false}, {u"x"_s, ProfileUses::Login, false}});
    QVERIFY(page.use().isEnabled());
    page.use().click();
    QCOMPARE(page.chosen.first().first().toStringList(), QStringList{u"only"_s});
    Page usual({{u"a"_s, ProfileUses::Sso, false}, {u"default"_s, ProfileUses::StaticKeys, false}});
    usual.use().click();
    QCOMPARE(usual.chosen.first().first().toStringList(), QStringList{u"default"_s});
}

void TestWelcomePage::whatCannotBeUsedSaysWhy()
{
    Page page({{u"signin"_s, ProfileUses::Login, false}, {u"work"_s, ProfileUses::StaticKeys, false}});
    QVERIFY2(page.list().item(0)->text().contains(u"aws login"_s), qPrintable(page.list().item(0)->text()));
    QVERIFY(!page.list().item(0)->flags().testFlag(Qt::ItemIsUserCheckable));
    page.list().setCurrentRow(0);
    const QString hint = page.child<QLabel>("profilesHint")->text();
    QVERIFY2(hint.contains(u"export-credentials --profile signin"_s), qPrintable(hint));
    Page broken(some(1), u"~/.aws/config:3: <b>no</b>"_s);
    const auto *label = broken.child<QLabel>("profilesHint");
    QVERIFY2(label->isVisible() && label->text().contains(u"~/.aws/config:3"_s), qPrintable(label->text()));
    QCOMPARE(label->textFormat(), Qt::PlainText);
}

void TestWelcomePage::noProfileIsSaid()
{
    Page page({});
    QVERIFY(page.list().isHidden());
    QVERIFY(page.use().isHidden());
    QVERIFY(page.child<QLabel>("profilesHint")->isVisible());
}

void TestWelcomePage::demoAndKeysAreOffered()
{
    Page page(some(2));
    QSignalSpy demo(&page.page, &WelcomePage::demoChosen);
    QSignalSpy keys(&page.page, &WelcomePage::keysRequested);
    page.child<QPushButton>("demo")->click();
    page.child<QPushButton>("enterKeys")->click();
    QCOMPARE(demo.size(), 1);
    QCOMPARE(keys.size(), 1);
    // 800 by 600 is enough for all of it.
    for (const char *name : {"demo", "useProfile", "enterKeys"}) {
        const auto *button = page.child<QPushButton>(name);
        QVERIFY2(page.page.rect().contains(QRect(button->mapTo(&page.page, QPoint()), button->size())), name);
    }
}

void TestWelcomePage::enterTakesWhatIsChecked()
{
    Page page(some(3));
    page.list().setFocus();
    page.list().setCurrentRow(1);
    QTest::keyClick(&page.list(), Qt::Key_Space);
    QCOMPARE(page.list().item(1)->checkState(), Qt::Checked);
    QTest::keyClick(&page.list(), Qt::Key_Return);
    QCOMPARE(page.chosen.first().first().toStringList(), QStringList{u"team-2"_s});
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestWelcomePage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_welcomepage.moc"
