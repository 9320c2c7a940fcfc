#include "aws/sources/credentialprocess.h"

#include "aws/localcode.h"
#include "aws/shellwords.h"
#include "aws/sources/childwatch.h"
#include "base/foreignoutput.h"
#include "base/redact.h"
#include "base/secretscan.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMultiHash>
#include <QRegularExpression>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <csignal>

#include <unistd.h>
#endif

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostOutput = 64 << 10; // bytes
constexpr qsizetype mostComplaint = 400; // of stderr in a message: its last lines say why
constexpr qsizetype halfOfComplaint = 32 << 10; // bytes that are kept of its beginning, and of its end

Error unusable(const QString &setting, const QString &why)
{
    return {.kind = Error::Kind::CredentialsFile,
            .code = localcode::profileProcess,
            .message = u"%1 %2"_s.arg(setting, why)};
}

/// Ends it and what it started: a script that hangs mostly waits for a child, which would go on for ever. All of its
/// group goes, also those whose parents have ended, and whatever below it has a group of its own, as of timeout(1).
void endWithChildren(QProcess &process)
{
    const qint64 leader = process.processId();
    if (leader <= 0)
        return;
#ifdef Q_OS_LINUX
    QMultiHash<qint64, qint64> children;
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &entry : entries) {
        bool isProcess = false;
        const qint64 pid = entry.toLongLong(&isProcess);
        QFile stat(u"/proc/"_s + entry + u"/stat"_s);
        if (!isProcess || !stat.open(QIODevice::ReadOnly))
            continue;
        // "PID (name) state PPID …", and the name may hold anything.
        const QByteArray text = stat.readAll();
        children.insert(text.mid(text.lastIndexOf(')') + 2).split(' ').value(1).toLongLong(), pid);
    }
    QList<qint64> all = children.values(leader);
    for (qsizetype i = 0; i < all.size(); ++i)
        all.append(children.values(all.at(i)));
    process.kill();
    for (const qint64 pid : std::as_const(all))
        ::kill(pid_t(pid), SIGKILL);
#else
    process.kill();
#endif
#ifdef Q_OS_UNIX
    ::kill(-pid_t(leader), SIGKILL);
#endif
}

} // namespace

CredentialProcess::CredentialProcess(const QString &setting, const QString &profile,
                                     const QProcessEnvironment &environment, QObject *parent)
    : QObject(parent), m_setting(setting), m_profile(profile), m_process(new QProcess)
{
    m_process->setProcessEnvironment(childEnvironment(environment));
    m_process->setStandardInputFile(QProcess::nullDevice()); // nobody is there who could answer a question
#ifdef Q_OS_UNIX
    // A session of its own, so that all of it can be ended. It has no terminal: what asks there is told so, where a
    // group in the background would be stopped until the time is up. It hangs no longer than this program runs.
    m_process->setChildProcessModifier([parent = int(::getpid())] {
        ::setsid();
        endGroupWithParent(parent);
    });
#endif
    m_limit.setSingleShot(true);
    connect(m_process, &QProcess::readyReadStandardOutput, this, &CredentialProcess::takeOutput);
    connect(m_process, &QProcess::readyReadStandardError, this,
            [this] { m_complaint.add(m_process->readAllStandardError()); });
    connect(m_process, &QProcess::finished, this, &CredentialProcess::ended);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(u"could not be started: %1"_s.arg(m_process->errorString()));
    });
}

CredentialProcess::~CredentialProcess()
{
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning) {
        m_process->deleteLater(); // it may be telling of its end just now
        return;
    }
    // It goes when its end is known, which takes a moment that nobody waits for.
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    endWithChildren(*m_process);
}

QProcessEnvironment CredentialProcess::childEnvironment(const QProcessEnvironment &environment)
{
    QProcessEnvironment child = environment;
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        // AWS_SECRET_KEY and AWS_ACCESS_KEY are older programs' names; some take them in small letters.
        const QString upper = name.toUpper();
        const bool isKey = upper.contains("SECRET"_L1) || upper.contains("ACCESS_KEY"_L1) || upper.contains("TOKEN"_L1)
            || upper == "AWS_CREDENTIAL_EXPIRATION"_L1;
        if (upper.startsWith("AWS_"_L1) && isKey && !upper.endsWith("_FILE"_L1)) // which names a place
            child.remove(name);
    }
    return child;
}

void CredentialProcess::start(const QString &command, std::chrono::milliseconds limit, Callback done)
{
    m_done = std::move(done);
    const std::optional<QStringList> words = shellWords(command);
    if (!words || words->isEmpty() || words->first().isEmpty()) {
        const QString why = words ? u"names no program"_s : u"has a quote or a backslash without its end"_s;
        QMetaObject::invokeMethod(
            this, [this, why] { finish(unusable(m_setting, why)); }, Qt::QueuedConnection);
        return;
    }
    connect(&m_limit, &QTimer::timeout, this, [this, limit] {
        fail(u"did not answer within %1 s"_s.arg(std::chrono::duration_cast<std::chrono::seconds>(limit).count()));
    });
    m_limit.start(limit);
    QString program = words->first();
    if (program.startsWith("~/"_L1)) // the AWS CLI takes it literally; no program is found that way
        program.replace(0, 1, m_process->processEnvironment().value(u"HOME"_s, QDir::homePath()));
    m_process->start(program, words->sliced(1));
}

void CredentialProcess::takeOutput()
{
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > mostOutput)
        fail(u"printed more than 64 kB, which no keys are"_s);
}

void CredentialProcess::ended(int code, QProcess::ExitStatus status)
{
    if (!m_done)
        return;
    m_output += m_process->readAllStandardOutput();
    m_complaint.add(m_process->readAllStandardError());
    if (status == QProcess::CrashExit)
        return fail(u"crashed"_s);
    if (code != 0)
        return fail(u"ended with exit code %1"_s.arg(code));
    if (m_output.size() > mostOutput)
        return fail(u"printed more than 64 kB, which no keys are"_s);
    Result<Credentials> keys = read(m_output, m_setting);
    if (keys)
        keys->source = u"profile %1"_s.arg(m_profile);
    finish(keys);
}

void CredentialProcess::Complaint::add(const QByteArray &bytes)
{
    const qsizetype toHead = m_isCut ? 0 : std::min(halfOfComplaint - m_head.size(), bytes.size());
    m_head += bytes.first(toHead);
    m_tail += bytes.sliced(toHead);
    if (m_tail.size() <= halfOfComplaint)
        return;
    m_isCut = true;
    m_tail = m_tail.right(halfOfComplaint);
}

QString CredentialProcess::Complaint::text() const
{
    QByteArray bytes = m_head + m_tail;
    if (m_isCut) {
        // Half a line may hold half a secret, or one whose name is gone; so may the end of a key that began before.
        const qsizetype lineEnd = m_tail.indexOf('\n');
        QByteArray tail = lineEnd < 0 ? QByteArray() : m_tail.sliced(lineEnd + 1);
        const qsizetype keyEnd = tail.indexOf("PRIVATE KEY-----");
        if (keyEnd >= 0 && tail.lastIndexOf("-----END ", keyEnd) > tail.lastIndexOf("-----BEGIN ", keyEnd))
            tail = tail.sliced(keyEnd);
        bytes = m_head.first(m_head.lastIndexOf('\n') + 1) + tail;
    }
    QString text = QString::fromLocal8Bit(bytes);
    // Colours and links of terminals stand between a name and its value, or within it. A carriage return is a line's
    // end: what is written over is read all the same.
    static const QRegularExpression sequences(
        uR"((?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]*+(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*+[0-~]?)"_s);
    text.remove(sequences);
    text.replace(u'\r', u'\n');
    text.removeIf([](QChar c) {
        return (c < u' ' && c != u'\n' && c != u'\t') || (c >= u'\x7f' && c < u'\xa0') || c == u'\u200b'
            || c == u'\ufeff';
    });
    return text.trimmed();
}

/// The last lines of what it said, without secrets.
QString CredentialProcess::complaintToTell() const
{
    // Cut afterwards: what tells a secret may stand before the cut.
    // Nobody knows what another program writes there: a key without a name before it is masked, too.
    const QString whole = m_complaint.text();
    const QString told = withoutLikelySecrets(redact(masked(whole, findSecrets(whole))));
    if (told.size() <= mostComplaint)
        return told;
    const qsizetype lineEnd = told.indexOf(u'\n', told.size() - mostComplaint - 1);
    if (lineEnd >= 0)
        return told.sliced(lineEnd + 1);
    return told.sliced(told.lastIndexOf(u'\n') + 1).first(mostComplaint - 1) + u'…'; // one long line: how it begins
}

void CredentialProcess::fail(const QString &what)
{
    finish(Error{.kind = Error::Kind::NoCredentials,
                 .code = localcode::profileProcess,
                 .message = u"%1 %2"_s.arg(m_setting, what),
                 .output = complaintToTell()});
}

void CredentialProcess::finish(const Result<Credentials> &result)
{
    if (!m_done)
        return;
    m_limit.stop();
    m_output.fill('\0');
    m_output.clear();
    if (m_process->state() != QProcess::NotRunning)
        endWithChildren(*m_process);
    const Callback done = std::exchange(m_done, nullptr);
    done(result);
}

Result<Credentials> CredentialProcess::read(const QByteArray &json, const QString &setting)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return unusable(setting, u"did not print a JSON object"_s);
    const QJsonObject object = document.object();
    const QJsonValue version = object.value("Version"_L1);
    if (!version.isDouble() || version.toDouble() != 1)
        return unusable(setting, u"must print \"Version\": 1"_s);
    struct Part
    {
        QLatin1StringView name;
        bool isRequired;
        QString value;
    };
    Part parts[]{{"AccessKeyId"_L1, true, {}}, {"SecretAccessKey"_L1, true, {}}, {"SessionToken"_L1, false, {}}};
    for (Part &part : parts) {
        part.value = object.value(part.name).toString();
        if (part.isRequired && part.value.isEmpty())
            return unusable(setting, u"printed no %1"_s.arg(part.name));
        if (const QString why = whyNoKey(part.value); !why.isEmpty())
            return unusable(setting, u"printed a %1 that %2"_s.arg(part.name, why));
    }
    Credentials keys(parts[0].value, parts[1].value, parts[2].value);
    keys.accountId = object.value("AccountId"_L1).toString();
    if (const QJsonValue expiration = object.value("Expiration"_L1);
        !expiration.isUndefined() && !expiration.isNull()) {
        keys.expiry = QDateTime::fromString(expiration.toString(), Qt::ISODateWithMs).toUTC();
        if (!keys.expiry.isValid())
            return unusable(setting, u"printed an Expiration that is no time"_s);
        if (keys.expiry <= QDateTime::currentDateTimeUtc())
            return unusable(setting, u"printed keys that have expired"_s);
    }
    return keys;
}

} // namespace casement
