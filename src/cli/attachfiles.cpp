#include "cli/attachfiles.h"

#include "archive/outboxfiles.h"
#include "base/secretscan.h"
#include "cli/terminaltext.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

Error refusal(QLatin1StringView code, const QString &sentence)
{
    return {.kind = Error::Kind::File, .code = code, .message = sentence};
}

constexpr qsizetype mostWarnings = 10; // of a file or text; then the number of the others

QLatin1StringView secretName(SecretFinding::Kind kind)
{
    using Kind = SecretFinding::Kind;
    switch (kind) {
    case Kind::AccessKeyId:
        return "an AWS access key ID"_L1;
    case Kind::SecretAccessKey:
        return "an AWS secret access key"_L1;
    case Kind::SessionToken:
        return "an AWS session token"_L1;
    case Kind::PrivateKey:
        return "a private key"_L1;
    case Kind::PresignedUrl:
        return "a presigned address"_L1;
    case Kind::WebToken:
        return "a web token (JWT)"_L1;
    case Kind::ServiceToken:
        return "a token of a service"_L1;
    case Kind::Authorization:
        return "an Authorization header"_L1;
    case Kind::UrlPassword:
        return "a password in an address"_L1;
    case Kind::Password:
        return "a password or key"_L1;
    case Kind::CardNumber:
        return "a card number"_L1;
    case Kind::OwnPattern:
        break;
    }
    return "a secret"_L1;
}

} // namespace

QString shellQuoted(const QString &word)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./:@%+=,-]+$"_s);
    if (plain.match(word).hasMatch())
        return word;
    return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
}

QStringList secretWarnings(const QString &name, const QString &text)
{
    QStringList warnings;
    const QList<SecretFinding> findings = findSecrets(text);
    qsizetype line = 1;
    qsizetype counted = 0;
    for (qsizetype i = 0; i < std::min(mostWarnings, findings.size()); ++i) {
        const SecretFinding &finding = findings.at(i);
        line += QStringView(text).mid(counted, finding.start - counted).count(u'\n');
        counted = finding.start;
        const QString mask =
            secretMask(QStringView(text).mid(finding.start, finding.length), finding.kind).section(u'\n', 0, 0);
        warnings.append(u"warning: %1, line %2 holds what looks like %3 (%4); people at AWS would read it."_s.arg(
            name, QString::number(line), secretName(finding.kind), terminalLine(mask)));
    }
    if (findings.size() > mostWarnings)
        warnings.append(u"warning: %1 holds %2 more."_s.arg(name).arg(findings.size() - mostWarnings));
    return warnings;
}

QStringList secretWarnings(const QList<LocalFile> &files)
{
    QStringList warnings;
    for (const LocalFile &file : files)
        warnings += secretWarnings(terminalLine(readableName(file.path)), readText(file));
    return warnings;
}

Result<QList<LocalFile>> inspectAttachments(const QStringList &paths)
{
    const UploadLimits limits = UploadLimits::of(UploadWay::Undecided);
    if (paths.size() > limits.mostFiles) {
        return refusal(
            {}, u"--attach names %1 files; a message takes %2 at most."_s.arg(paths.size()).arg(limits.mostFiles));
    }
    QList<LocalFile> files;
    for (const QString &path : paths) {
        if (isInKeyFolder(path)) {
            return refusal(filecode::holdsKeys,
                           u"%1 is where keys and passwords are kept, and is not sent."_s.arg(shownPath(path)));
        }
        const Result<LocalFile> file = inspectFile(path);
        if (!file)
            return file.error();
        if (file->size > limits.largestFile) {
            return refusal(filecode::tooLarge,
                           u"%1 has %2 bytes; the service takes files of %3 bytes at most."_s.arg(shownPath(path))
                               .arg(file->size)
                               .arg(limits.largestFile));
        }
        files.append(*file);
    }
    return files;
}

QString tooManyReport(const QList<LocalFile> &files, qsizetype most, const QString &account, const QString &command)
{
    QString report = u"--attach names %1 files, and the service of %2 takes %3 a message. Nothing was sent.\n"
                     "  Attach the first %3 to this command, and send the others when it is done:"_s.arg(files.size())
                         .arg(terminalLine(account))
                         .arg(most);
    for (qsizetype first = most; first < files.size(); first += most) {
        QString next = command + u" --body TEXT --attach"_s;
        for (const LocalFile &file : files.sliced(first, std::min(most, files.size() - first)))
            next += u' ' + shellQuoted(file.path);
        report += u"\n  "_s + terminalLine(next);
    }
    return report;
}

QStringList sentNames(const QList<LocalFile> &files)
{
    QStringList names;
    for (const LocalFile &file : files)
        names.append(distinctName(sentFileName(file.name), names));
    return names;
}

bool haveSamePaths(const QList<OutboxFile> &known, const QList<LocalFile> &files)
{
    return std::equal(known.begin(), known.end(), files.begin(), files.end(),
                      [](const OutboxFile &one, const LocalFile &other) { return one.file.path == other.path; });
}

bool isUnchanged(const LocalFile &known, const LocalFile &now)
{
    return known.path == now.path && known.size == now.size && known.modified == now.modified
        && (known.ctime == now.ctime || known.ctime == 0);
}

} // namespace casement::cli
