#include "base/job.h"
#include "windowfixture.h"

#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

class LongJob final : public Job
{
public:
    QString title() const override
    {
        return u"Sending a reply to "_s + u"a case with a subject that never ends "_s.repeated(8);
    }

protected:
    void run() override { }
    void stop() override { }
};

} // namespace

/// Accounts, what runs and how far it is share one line.
class TestStatusPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAccountsKeepTheirRoom_data();
    void theAccountsKeepTheirRoom();
};

void TestStatusPanel::theAccountsKeepTheirRoom_data()
{
    QTest::addColumn<int>("width");
    QTest::newRow("wide") << 1400;
    QTest::newRow("small") << 1024;
    QTest::newRow("narrow") << 700;
}

void TestStatusPanel::theAccountsKeepTheirRoom()
{
    QFETCH(const int, width);
    QTemporaryDir folder;
    test::DemoFixture demo;
    test::WindowFixture fixture(folder.path(), &demo);
    fixture.openAccounts();
    QVERIFY(fixture.waitUntilFilled());
    fixture.window().resize(width, 700);
    auto *job = new LongJob;
    fixture.workspace().jobList().add(job);
    job->start();
    const auto *accounts = fixture.child<QLabel>("statusAccounts");
    const auto shown = [&fixture] { return fixture.window().findChild<QLabel *>(u"statusJob"_s); };
    QTRY_VERIFY(shown() && shown()->isVisible() && shown()->text() == job->title());
    QTRY_VERIFY(shown()->width() > 200);
    QTRY_VERIFY(accounts->width() >= 20 * accounts->fontMetrics().averageCharWidth());
    QVERIFY(shown()->width() > accounts->fontMetrics().averageCharWidth() * 8);
    QCOMPARE(fixture.window().width(), width); // nothing pushed it
    job->cancel();
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestStatusPanel test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_statuspanel.moc"
