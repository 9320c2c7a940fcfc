#include "archive/database.h"
#include "aws/localcode.h"
#include "support/client.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "ui/errortext.h"
#include "ui/filetext.h"
#include "ui/interfacelanguage.h"

#include <QLibraryInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QTest>
#include <QTranslator>

#include <cerrno>

using namespace casement;
using namespace Qt::StringLiterals;

/// What banners say of errors.
class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReasonIsTold_data();
    void theReasonIsTold();
    void onlyUnknownAuthoritiesNeedABundle();
    void aMissingProfileNamesTheFiles();
    void theActionIsNamed();
    void aWrongRegionIsNoWrongSecret();
    void noPlanIsNamed();
    void thePasswordOfAProxyHasAPlace();
    void filesHaveSentencesOfTheirOwn();
    void theSystemsWordsAreTranslated();
    void theNetworksWordsAreKeptInEnglish();
    void whatIsInTheWayIsNotSent();
    void changesAreTold();
    void theArchiveSpeaksForItself();
    void uploadsAreNoRefreshes();
    void aFileThatDidNotGoUpIsNamed();
};

void TestErrorText::theReasonIsTold_data()
{
    using Kind = Error::Kind;
    QTest::addColumn<Error>("error");
    QTest::addColumn<QString>("summary");
    QTest::addColumn<QString>("advice");

    const auto row = [](const char *name, Kind kind, const QString &code, const char *summary, const char *advice) {
        QTest::newRow(name) << Error{.kind = kind, .code = code, .message = u"words"_s, .host = u"host.example"_s}
                            << QString::fromUtf8(summary) << QString::fromUtf8(advice);
    };
    row("SSO", Kind::NoCredentials, localcode::profileSso, "IAM Identity Center (SSO)", "aws sso login");
    row("a role", Kind::NoCredentials, localcode::profileAssumesRole, "assumes a role", "export-credentials");
    row("half of the keys", Kind::NoCredentials, localcode::secretKeyNotSet, "AWS_SECRET_ACCESS_KEY is not", "key");
    row("http to another computer", Kind::Invalid, localcode::plainHttp, "only allowed on this computer", "https://");
    row("a setting", Kind::Invalid, {}, "can't be used: words", "");
    row("a weak key", Kind::Tls, localcode::weakKey, "host.example was not accepted: its key is too weak", "server");
    row("an old TLS", Kind::Tls, localcode::oldTls, "host.example speaks only a TLS older than 1.2", "server");
    row("another host", Kind::Tls, localcode::otherHost, "host.example showed is that of another host", "endpoint");
    row("too large", Kind::Refused, u"413"_s, "too large", "8,000 characters a message and three files of 5 MB");
}

void TestErrorText::theReasonIsTold()
{
    QFETCH(Error, error);
    QFETCH(QString, summary);
    QFETCH(QString, advice);
    QVERIFY2(ErrorText::summary(error).contains(summary), qPrintable(ErrorText::summary(error)));
    QVERIFY2(ErrorText::advice(error).contains(advice), qPrintable(ErrorText::advice(error)));
    QVERIFY(!ErrorText::advice(error).contains("%1"_L1));
    QVERIFY(!ErrorText::summary(error).contains("breaks a rule"_L1));
}

void TestErrorText::onlyUnknownAuthoritiesNeedABundle()
{
    for (const QLatin1StringView code : {localcode::certificateExpired, localcode::certificateNotYetValid,
                                         localcode::otherHost, localcode::weakKey, localcode::oldTls}) {
        const QString advice = ErrorText::advice({.kind = Error::Kind::Tls, .code = code});
        QVERIFY2(!advice.isEmpty() && !advice.contains("AWS_CA_BUNDLE"_L1), qPrintable(advice));
    }
    QVERIFY(ErrorText::advice({.kind = Error::Kind::Tls, .code = localcode::unknownAuthority})
                .contains("AWS_CA_BUNDLE"_L1));
}

void TestErrorText::aMissingProfileNamesTheFiles()
{
    qputenv("AWS_CONFIG_FILE", "/mine/config");
    qputenv("AWS_SHARED_CREDENTIALS_FILE", "/mine/credentials");
    const Error error{.kind = Error::Kind::NoCredentials, .code = localcode::profileNotFound};
    QCOMPARE(ErrorText::summary(error, {u"nope"_s}),
             u"“nope” could not be refreshed. There is no such profile in /mine/config or /mine/credentials."_s);
}

void TestErrorText::theActionIsNamed()
{
    Error error{.kind = Error::Kind::Refused, .code = u"AccessDeniedException"_s, .operation = u"ResolveCase"_s};
    QVERIFY2(ErrorText::advice(error).contains(u"“support:ResolveCase”"_s), qPrintable(ErrorText::advice(error)));
    QVERIFY2(ErrorText::summary(error).contains(u"“support:ResolveCase”"_s), qPrintable(ErrorText::summary(error)));
    error.message = u"a is not authorized to perform: support:DescribeCases on resource: *"_s;
    QVERIFY(ErrorText::advice(error).contains(u"“support:DescribeCases”"_s));
    QVERIFY(!ErrorText::advice({.kind = Error::Kind::Refused, .code = u"AccessDenied"_s}).contains(u'“'));
}

void TestErrorText::aWrongRegionIsNoWrongSecret()
{
    Error error{.kind = Error::Kind::Refused, .code = u"InvalidSignatureException"_s};
    error.message = u"Credential should be scoped to a valid region, not 'eu-west-1'."_s;
    QVERIFY2(ErrorText::summary(error).contains(u"another region"_s), qPrintable(ErrorText::summary(error)));
    QVERIFY(ErrorText::advice(error).contains(u"region and the endpoint"_s));
    error.message = u"The request signature we calculated does not match the signature you provided."_s;
    QVERIFY(ErrorText::summary(error).contains(u"secret access key does not belong"_s));
}

void TestErrorText::noPlanIsNamed()
{
    const QString advice = ErrorText::advice({.kind = Error::Kind::Refused, .code = u"SubscriptionRequired"_s});
    QVERIFY(!advice.isEmpty());
    for (const char *name : {"Business", "Enterprise", "Developer", "Unified", "above"})
        QVERIFY2(!advice.contains(QLatin1StringView(name)), qPrintable(advice));
}

void TestErrorText::thePasswordOfAProxyHasAPlace()
{
    QVERIFY(ErrorText::advice({.kind = Error::Kind::Proxy}).contains("HTTPS_PROXY=http://NAME:PASSWORD@"_L1));
}

void TestErrorText::filesHaveSentencesOfTheirOwn()
{
    QStringList sentences;
    for (const QLatin1StringView code :
         {filecode::vanished, filecode::deadLink, filecode::folder, filecode::notRegular, filecode::empty,
          filecode::notReadable, filecode::changed, filecode::tooLarge, filecode::tooMany, filecode::holdsKeys,
          filecode::uploadFailed, filecode::paused, filecode::exists, filecode::busy, filecode::notWritable,
          filecode::noFolder, filecode::diskFull}) {
        const bool isWriting = code == filecode::notWritable || code == filecode::noFolder;
        const QString path = code == filecode::noFolder ? u"/none/b"_s : u"/a/b"_s;
        const Error error{.kind = Error::Kind::File,
                          .code = code,
                          .message =
                              path + (isWriting ? u" can't be written: because"_s : u" can't be read: because"_s)};
        sentences.append(ErrorText::summary(error));
        QVERIFY2(!sentences.last().contains(u"read or written"_s), qPrintable(sentences.last()));
        QVERIFY2(!ErrorText::advice(error).isEmpty(), qPrintable(sentences.last()));
        const bool systemSaysWhy = code == filecode::notReadable || isWriting;
        QCOMPARE(sentences.last().endsWith(u"because”."_s), systemSaysWhy);
    }
    QCOMPARE(sentences.removeDuplicates(), 0);
}

void TestErrorText::theSystemsWordsAreTranslated()
{
    const Error error = cannotWrite(u"/a/b"_s, qt_error_string(EROFS));
    QCOMPARE(ErrorText::summary(error), u"/a/b can't be written: what it lies on can only be read."_s);
    QCOMPARE(cannotWrite(u"/a/b"_s, qt_error_string(ENOSPC)).code, QString(filecode::diskFull));
    QCOMPARE(cannotWrite(u"/a/b"_s, qt_error_string(EEXIST)).code, QString(filecode::exists));
    QCOMPARE(fileTrouble(error).path, u"/a/b"_s);
    QVERIFY(fileTrouble(error).isWriting && !fileTrouble(cannotRead(u"/a/b"_s, {})).isWriting);
    QCOMPARE(fileTrouble({.kind = Error::Kind::Archive, .message = error.message}).path, QString());
}

/// An error is kept in the outbox and shown after the language was changed.
void TestErrorText::theNetworksWordsAreKeptInEnglish()
{
    QTranslator qt;
    QVERIFY(qt.load(u"qtbase_ja"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)));
    const QString refused = u"Connection refused"_s;
    QVERIFY(!qt.translate("QAbstractSocket", "Connection refused").isEmpty()); // it is not for want of them
    InterfaceLanguage language;
    language.set(u"ja"_s);
    QTcpServer nobody;
    QVERIFY(nobody.listen(QHostAddress::LocalHost));
    const quint16 port = nobody.serverPort();
    nobody.close();
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/"_s.arg(port)))));
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->errorString(), refused);
    QVERIFY(QCoreApplication::translate("QPlatformTheme", "Cancel") != u"Cancel"_s); // other texts of Qt's are Japanese
    // Sentences say it in the language of the window.
    const QString untrusted = u"The certificate is self-signed, and untrusted"_s;
    const QString purpose = u"The root CA certificate is not trusted for this purpose"_s;
    const Error error{.kind = Error::Kind::Tls, .message = untrusted + u". "_s + purpose, .host = u"host.example"_s};
    const QString told = ErrorText::happened(error);
    QVERIFY2(told.contains(qt.translate("QSslSocket", untrusted.toUtf8().constData())), qPrintable(told));
    QVERIFY2(told.contains(qt.translate("QSslSocket", purpose.toUtf8().constData())), qPrintable(told));
    QVERIFY(InterfaceLanguage::ofNetwork(u"its key of 512 bits"_s) == u"its key of 512 bits"_s);
    const QString proxy = InterfaceLanguage::ofNetwork(u"Proxy connection refused (proxy localhost:3128)"_s);
    QCOMPARE(proxy, qt.translate("QHttpSocketEngine", "Proxy connection refused") + u" (proxy localhost:3128)"_s);
    language.set(u"en"_s);
    QVERIFY(ErrorText::happened(error).contains(error.message));
}

/// A folder that stands in the way of a copy is not a folder that somebody wants to send.
void TestErrorText::whatIsInTheWayIsNotSent()
{
    for (const QLatin1StringView code : {filecode::folder, filecode::notRegular, filecode::deadLink}) {
        const Error error{
            .kind = Error::Kind::File, .code = code, .message = u"/a/b can't be written: it is a folder"_s};
        QCOMPARE(ErrorText::summary(error), u"/a/b can't be written: it is a folder."_s);
        QVERIFY(!ErrorText::advice(error).contains(u"ZIP"_s));
    }
}

/// Of changes it is told whether they were made; reading changes nothing.
void TestErrorText::changesAreTold()
{
    using Deed = ErrorText::Deed;
    const Error error{.kind = Error::Kind::TimedOut};
    QCOMPARE(ErrorText::changed(Deed::Read, error), QString());
    for (const Deed deed : {Deed::Check, Deed::Upload, Deed::Save, Deed::Write, Deed::Load, Deed::Move})
        QVERIFY(!ErrorText::changed(deed, error).isEmpty());
    QVERIFY(ErrorText::whole(Deed::Check, error).contains(u"Nothing was sent. Check the network."_s));
    QVERIFY(ErrorText::whole(u"It failed."_s, Deed::Write, error).startsWith(u"It failed. AWS did not answer"_s));
    // What may have happened is never denied.
    const Error taken{.kind = Error::Kind::BadAnswer, .effect = Error::Effect::Unknown, .code = rehearsalTaken};
    QVERIFY(!ErrorText::whole(Deed::Check, taken).contains(u"Nothing was sent"_s));
    const Error printed{.kind = Error::Kind::File, .code = filecode::notPrinted};
    QVERIFY(!ErrorText::changed(Deed::Write, printed).contains(u"as it was"_s));
}

/// A full archive is no full folder of downloads, and its sentence says what to do.
void TestErrorText::theArchiveSpeaksForItself()
{
    const Error error{.kind = Error::Kind::Archive, .code = archivecode::diskFull, .message = u"Make room."_s};
    QCOMPARE(ErrorText::summary(error), u"Make room."_s);
    QCOMPARE(ErrorText::advice(error), QString());
    QVERIFY(ErrorText::canRetry(error));
    const Error aside{.kind = Error::Kind::Archive, .code = archivecode::setAside, .message = u"It is in x."_s};
    QCOMPARE(ErrorText::summary(aside), u"The local archive could not be used. It is in x."_s);
    QVERIFY(!ErrorText::canRetry(aside)); // that is over
}

/// A link has no operation, and what it leads to is no account.
void TestErrorText::aFileThatDidNotGoUpIsNamed()
{
    OutboxFile file;
    file.name = u"core.dump"_s;
    file.state = OutboxFileState::Failed;
    file.error = {.kind = Error::Kind::Redirected, .host = u"uploads.example.com"_s, .httpStatus = 302};
    const QString told = FileText::problem(file, UploadLimits::of(UploadWay::Links));
    QVERIFY2(told.startsWith(u"“core.dump” could not be uploaded. The answer of uploads.example.com points "_s),
             qPrintable(told));
    file.error = {.kind = Error::Kind::Dropped, .host = u"uploads.example.com"_s};
    QVERIFY(FileText::problem(file, UploadLimits::of(UploadWay::Links)).startsWith(u"“core.dump” could not be"_s));
}

void TestErrorText::uploadsAreNoRefreshes()
{
    for (const auto &[operation, code] : {std::pair(u"AddAttachmentsToSet"_s, u"AttachmentLimitExceeded"_s),
                                          std::pair(u"AddAttachmentsToSet"_s, u"AttachmentSetSizeLimitExceeded"_s),
                                          std::pair(u"GetAttachmentUploadLinks"_s, u"UploadIdNotFound"_s),
                                          std::pair(u"DescribeAttachmentUploadStatus"_s, u"AttachmentSetExpired"_s)}) {
        const Error error{.kind = Error::Kind::Refused, .code = code, .operation = operation};
        QVERIFY(ErrorText::summary(error).startsWith(u"A file could not be uploaded. AWS "_s));
        QVERIFY(!ErrorText::advice(error).isEmpty());
    }
    QVERIFY(ErrorText::summary({.kind = Error::Kind::TimedOut, .operation = u"DescribeAttachment"_s})
                .startsWith(u"An attachment could not be fetched."_s));
}

QTEST_MAIN(TestErrorText)
#include "tst_errortext.moc"
