#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "cataloguefile.h"
#include "cli/errorreport.h"
#include "transfer/filecode.h"

#include <QTest>

using namespace casement;
using namespace casement::cli;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const QString host = u"support.us-east-1.amazonaws.com"_s;

struct Case
{
    QString key;
    Error error;
};

/// What standard error says of each kind of error and of each code that has advice of its own.
QList<Case> cases()
{
    using Kind = Error::Kind;
    QList<Case> all;
    const auto add = [&all](const QString &key, Error error) {
        if (error.host.isEmpty())
            error.host = host;
        all.append({u"cli/"_s + key, error});
    };
    for (int number = 1; !kindName(Kind(number)).isEmpty(); ++number) {
        const bool isAnswer = Kind(number) == Kind::Throttled || Kind(number) == Kind::Unavailable;
        add(kindName(Kind(number)),
            {.kind = Kind(number),
             .message = u"words of the service or the system"_s,
             .operation = u"DescribeCases"_s,
             .requestId = isAnswer ? u"0a1b2c"_s : QString(),
             .httpStatus = isAnswer ? 503 : 0});
    }
    // Without words, and without a code of the service
    add(u"Refused/403"_s,
        {.kind = Kind::Refused, .code = u"403"_s, .operation = u"DescribeCases"_s, .httpStatus = 403});
    add(u"BadAnswer/204"_s,
        {.kind = Kind::BadAnswer, .code = u"204"_s, .operation = u"DescribeCases"_s, .httpStatus = 204});
    const auto codes = [&add](Kind kind, std::initializer_list<QLatin1StringView> list) {
        for (const QLatin1StringView code : list)
            add(kindName(kind) + u'/' + code, {.kind = kind, .code = code, .message = u"words of this program"_s});
    };
    using namespace localcode;
    codes(Kind::NoCredentials,
          {profileNotFound, profileWithoutKeys, profileAssumesRole, profileSso, profileLogin, profileProcess,
           personNeeded, roleRefused, roleKeysRefused, stsRegionOff, secretKeyNotSet, keysExpired, keysUnusable,
           notConnected, told, held});
    codes(Kind::Tls,
          {unknownAuthority, certificateExpired, certificateNotYetValid, otherHost, weakKey, oldTls, noHandshake});
    codes(Kind::Invalid, {plainHttp});
    codes(Kind::CannotConnect, {proxyUnreachable, demoFailed});
    codes(Kind::Proxy, {proxySetting});
    codes(Kind::Refused, {foreignLink, linkRefused, downloadRefused, filecode::uploadFailed});
    codes(Kind::File,
          {filecode::vanished, filecode::deadLink, filecode::folder, filecode::notRegular, filecode::empty,
           filecode::changed, filecode::tooLarge, filecode::tooMany, filecode::holdsKeys, filecode::paused,
           filecode::busy, filecode::partlyReplaced, filecode::notPainted, filecode::notPrinted});
    codes(Kind::Keychain,
          {keychaincode::absent, keychaincode::locked, keychaincode::waiting, keychaincode::denied,
           keychaincode::silent, keychaincode::garbled, keychaincode::missing});
    add(u"File/"_s + filecode::notReadable,
        {.kind = Kind::File,
         .code = filecode::notReadable,
         .message = u"/home/hana/a.log can't be read: Permission denied"_s});
    for (const QLatin1StringView code :
         {filecode::exists, filecode::noFolder, filecode::notWritable, filecode::diskFull})
        add(u"File/"_s + code,
            {.kind = Kind::File, .code = code, .message = u"/home/hana/cases.csv can't be written: the reason"_s});
    add(u"Refused/"_s + wrongScope,
        {.kind = Kind::Refused,
         .code = u"InvalidSignatureException"_s,
         .message = u"Credential should be scoped to a valid region, not 'eu-west-1'."_s,
         .httpStatus = 400});
    add(u"Unavailable/of AWS STS"_s,
        {.kind = Kind::Unavailable, .operation = u"AssumeRole"_s, .host = u"sts.amazonaws.com"_s, .httpStatus = 500});
    add(u"Redirected/of AWS STS"_s,
        {.kind = Kind::Redirected,
         .operation = u"GetCallerIdentity"_s,
         .host = u"sts.amazonaws.com"_s,
         .httpStatus = 302});
    add(u"NotTheService/of IAM Identity Center"_s,
        {.kind = Kind::NotTheService, .operation = u"GetRoleCredentials"_s, .httpStatus = 200});
    add(u"Refused/AccessDenied/of AWS Organizations"_s,
        {.kind = Kind::Refused,
         .code = u"AccessDeniedException"_s,
         .message = u"words of AWS"_s,
         .operation = u"ListAccounts"_s,
         .httpStatus = 400});
    for (const char *code : {"AccessDeniedException",
                             "UnauthorizedOperation",
                             "UnrecognizedClientException",
                             "InvalidClientTokenId",
                             "InvalidAccessKeyId",
                             "InvalidSignatureException",
                             "SignatureDoesNotMatch",
                             "SubscriptionRequiredException",
                             "ExpiredTokenException",
                             "CaseCreationLimitExceeded",
                             "AttachmentLimitExceeded",
                             "DescribeAttachmentLimitExceeded",
                             "AttachmentIdNotFound",
                             "AttachmentSetExpired",
                             "AttachmentSetIdNotFound",
                             "AttachmentSetSizeLimitExceeded",
                             "UploadIdNotFound",
                             "CaseIdNotFound",
                             "UnknownOperationException",
                             "IncompleteSignature",
                             "MissingAuthenticationToken",
                             "ValidationException",
                             "InvalidParameterValueException",
                             "SerializationException"}) {
        add(u"Refused/"_s + QLatin1StringView(code),
            {.kind = Kind::Refused,
             .code = QLatin1StringView(code),
             .message = u"words of AWS"_s,
             .operation = u"DescribeCases"_s,
             .httpStatus = 400});
    }
    add(u"Refused/413"_s, {.kind = Kind::Refused, .code = u"413"_s, .httpStatus = 413});
    add(u"a change that did not arrive"_s,
        {.kind = Kind::CannotConnect, .message = u"Connection refused"_s, .operation = u"CreateCase"_s});
    add(u"a change that may have arrived"_s,
        {.kind = Kind::TimedOut, .effect = Error::Effect::Unknown, .operation = u"CreateCase"_s});
    return all;
}

} // namespace

/// What casement-cli says of errors against docs/errors.md. With CASEMENT_WRITE_ERRORS set, that is written instead.
class TestErrorReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInTheCatalogue();
    void everyRowIsMade();
    void everyCodeIsTold();
};

void TestErrorReport::isInTheCatalogue()
{
    CatalogueFile catalogue(u"en"_s);
    const bool writes = qEnvironmentVariableIsSet("CASEMENT_WRITE_ERRORS");
    QStringList differences;
    for (const Case &one : cases()) {
        const ShownError shown{errorReport(one.error), {}, {}};
        if (writes)
            catalogue.put(one.key, shown);
        if (const QString found = difference(one.key, catalogue.cells(one.key), shown); !found.isEmpty())
            differences.append(found);
    }
    if (writes)
        catalogue.write();
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

void TestErrorReport::everyRowIsMade()
{
    QStringList made;
    for (const Case &one : cases())
        made.append(one.key);
    QCOMPARE(made.removeDuplicates(), 0);
    QStringList extra = CatalogueFile(u"en"_s).keys();
    extra.removeIf([&made](const QString &key) { return made.contains(key) || !key.startsWith("cli/"_L1); });
    QCOMPARE(extra, QStringList());
}

void TestErrorReport::everyCodeIsTold()
{
    const QStringList keys = CatalogueFile(u"en"_s).keys();
    static const QRegularExpression constant(
        uR"re(inline constexpr QLatin1StringView \w+[({]"([A-Z][A-Za-z]+)"[)}])re"_s);
    int codes = 0;
    for (const char *header : {"src/aws/localcode.h", "src/aws/secretstore.h", "src/transfer/filecode.h"}) {
        auto found = constant.globalMatch(readSource(QString::fromLatin1(header)));
        while (found.hasNext()) {
            const QString code = found.next().captured(1);
            const bool has = std::any_of(keys.begin(), keys.end(), [&code](const QString &key) {
                return key.startsWith("cli/"_L1) && key.endsWith(u'/' + code);
            });
            QVERIFY2(has, qPrintable(code));
            ++codes;
        }
    }
    QVERIFY(codes > 40);
}

QTEST_APPLESS_MAIN(TestErrorReport)
#include "tst_errorreport.moc"
