#include "ui/accountreport.h"

#include "aws/localcode.h"
#include "fakedesk.h"
#include "support/operations.h"
#include "support/rehearsal.h"
#include "ui/theme.h"

#include <QTest>

using namespace casement;
using test::reportOf;
using namespace Qt::StringLiterals;

/// What a test of keys is told as.
class TestAccountReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNobodyKnowsIsNotDenied();
    void theVerdictSaysWhatIsKnown_data();
    void theVerdictSaysWhatIsKnown();

private:
    Theme m_theme;
};

/// A service older than dryRun can't be asked whether a case may be opened.
void TestAccountReport::whatNobodyKnowsIsNotDenied()
{
    PermissionReport report = reportOf({});
    for (OperationPermission &one : report.operations) {
        if (one.operation == "CreateCase"_L1)
            one = {one.operation, Permission::Unknown, noRehearsalsError("CreateCase")};
    }
    AccountReport shown;
    shown.showReport(report);
    QVERIFY2(shown.verdict().contains(u"could not be found out"_s) && !shown.verdict().contains(u"but not all"_s),
             qPrintable(shown.verdict()));
    for (OperationPermission &one : report.operations) {
        if (one.operation == "ResolveCase"_L1)
            one.permission = Permission::Denied;
    }
    shown.showReport(report);
    QVERIFY2(shown.verdict().contains(u"but not all"_s), qPrintable(shown.verdict()));
}

void TestAccountReport::theVerdictSaysWhatIsKnown_data()
{
    QTest::addColumn<Result<PermissionReport>>("report");
    QTest::addColumn<QString>("verdict");

    const Error away{.kind = Error::Kind::Unavailable, .httpStatus = 503};
    PermissionReport unknown = reportOf({});
    for (OperationPermission &one : unknown.operations)
        one = {one.operation, Permission::Unknown, away};
    QTest::newRow("the service says nothing, STS knows them")
        << Result<PermissionReport>(unknown)
        << u"The keys are accepted. Whether they may read cases could not be found out. AWS Support does not work at "
           "the moment (status 503)."_s;
    unknown.arn.clear();
    unknown.accountNumber.clear();
    unknown.identityError = away;
    QTest::newRow("nobody says anything")
        << Result<PermissionReport>(unknown)
        << u"Whether the keys are accepted could not be found out. AWS Support does not work at the moment (status "
           "503)."_s;
    QTest::newRow("reading is denied") << Result<PermissionReport>(reportOf({u"DescribeCases"_s}))
                                       << u"The keys are accepted, but they may not read cases."_s;
    const Error process{.kind = Error::Kind::NoCredentials,
                        .code = localcode::profileProcess,
                        .message = u"~/.aws/config:3: credential_process ended with exit code 3"_s,
                        .output = u"no vault"_s};
    bool good = true;
    const QString told = AccountReport::verdictOf(process, good);
    QVERIFY(!good);
    QVERIFY2(told.contains(u"Details says why"_s) && told.contains(u"Details: ~/.aws/config:3"_s)
                 && told.contains(u"no vault"_s),
             qPrintable(told)); // and there they are
    const Error file{.kind = Error::Kind::CredentialsFile, .message = u"~/.aws/config:3: no key"_s};
    QTest::newRow("a sentence has its full stop")
        << Result<PermissionReport>(file)
        << u"The keys or settings can't be used: ~/.aws/config:3: no key.\nCorrect what is named, then try again."_s;
}

void TestAccountReport::theVerdictSaysWhatIsKnown()
{
    QFETCH(Result<PermissionReport>, report);
    bool good = true;
    QTEST(AccountReport::verdictOf(report, good), "verdict");
    QVERIFY(!good);
}

QTEST_MAIN(TestAccountReport)
#include "tst_accountreport.moc"
