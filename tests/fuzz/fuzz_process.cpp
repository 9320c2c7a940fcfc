#include "aws/sources/credentialprocess.h"
#include "base/redact.h"
#include "fuzzinput.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

// Input: what a `credential_process` printed, and, behind a byte 0x1e, what it complained of. A byte 0x01 in the
// complaint stands for a secret of this program.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestReason = 120;

const QString &setting()
{
    static const QString text = u"~/.aws/config:7: credential_process of profile \"vault\""_s;
    return text;
}

void checkOutput(const QByteArray &output)
{
    const Result<Credentials> keys = CredentialProcess::read(output, setting());
    const QJsonObject printed = QJsonDocument::fromJson(output).object();
    if (keys) {
        require(keys->isSendable() && !keys->accessKeyId().isEmpty() && !keys->secretAccessKey().isEmpty(),
                "keys can be sent");
        require(keys->secretAccessKey() == printed.value("SecretAccessKey"_L1).toString().toUtf8()
                    && keys->accessKeyId() == printed.value("AccessKeyId"_L1).toString().toUtf8()
                    && keys->sessionToken() == printed.value("SessionToken"_L1).toString().toUtf8(),
                "keys are those that were printed");
        require(!keys->expiry.isValid() || keys->expiry > QDateTime::currentDateTimeUtc().addSecs(-60),
                "keys have not expired");
        require(!redact(u"it said: "_s + QString::fromUtf8(keys->secretAccessKey()))
                        .contains(QString::fromUtf8(keys->secretAccessKey()))
                    || keys->secretAccessKey().size() < 8,
                "no log holds the secret");
        return;
    }
    const Error &error = keys.error();
    require(error.kind == Error::Kind::CredentialsFile && error.message.startsWith(setting() + u' '),
            "an error says where the command stands", error.message);
    require(error.message.size() <= setting().size() + longestReason, "an error is one short sentence", error.message);
    require(!hasControls(error.message), "an error holds no control characters", error.toLine());
    for (const char *name : {"AccessKeyId", "SecretAccessKey", "SessionToken"}) {
        const QString value = printed.value(QLatin1StringView(name)).toString();
        // Shorter ones may stand in the sentence by chance.
        require(value.size() < 16 || !error.message.contains(value), "no secret stands in an error", error.message);
    }
}

void checkComplaint(const QByteArray &bytes)
{
    static const QString secret = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYPLANTEDKEY"_s;
    static const bool isKnown = (registerSecret(secret), true);
    Q_UNUSED(isKnown)
    QByteArray said = bytes;
    said.replace('\x01', secret.toLatin1());
    const QString shown = redact(QString::fromUtf8(said));
    require(!shown.contains(secret), "a secret is masked wherever it stands", shown);
    require(!hasControls(shown, u"\n\t"), "what is logged holds no control characters");
    for (const char *prefix : {"SecretAccessKey\": \"", "aws_secret_access_key = ", "AWS_SECRET_ACCESS_KEY=",
                               "aws_session_token=", "x-amz-security-token:"}) {
        const QString named =
            redact(QString::fromUtf8(bytes) + u'\n' + QLatin1StringView(prefix) + u"Unregistered0123456789/abc"_s);
        require(!named.contains("Unregistered0123456789"_L1), "what is named as a secret is masked", named);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    Input input(data, size);
    checkOutput(input.until("\x1e").toByteArray());
    checkComplaint(input.rest().toByteArray());
    return 0;
}
