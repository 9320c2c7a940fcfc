#include "ui/reportmask.h"

#include "base/privacy.h"
#include "base/redact.h"
#include "base/secretscan.h"

#include <QRegularExpression>
#include <QSysInfo>
#include <QUrl>

#include <algorithm>
#include <functional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

void replaceEach(QString &text, const QRegularExpression &pattern,
                 const std::function<QString(const QRegularExpressionMatch &)> &with)
{
    QString out;
    qsizetype from = 0;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        out += QStringView(text).sliced(from, match.capturedStart() - from);
        out += with(match);
        from = match.capturedEnd();
    }
    if (from == 0)
        return;
    out += QStringView(text).sliced(from);
    text = out;
}

/// A host of AWS or of this computer says what was talked to; another one may name somebody's company.
bool isTellableHost(const QString &host)
{
    static const QStringList own{u"localhost"_s, u"127.0.0.1"_s, u"[::1]"_s};
    return own.contains(host) || host.endsWith(".amazonaws.com"_L1) || host.endsWith(".amazonaws.com.cn"_L1);
}

QString maskedLink(const QRegularExpressionMatch &link)
{
    const QString host = link.captured(2).section(u'@', -1).toLower();
    const QString name = host.startsWith("[::"_L1) ? host.section(u']', 0, 0) + u']' : host.section(u':', 0, 0);
    const QString rest = link.captured(3).size() > 1 ? u"/[…]"_s : QString();
    return link.captured(1) + (isTellableHost(name) ? host : u"[host]"_s) + rest;
}

/// The name where it stands alone, not as a part of a longer word.
void replaceName(QString &text, const QString &name, const QString &mask)
{
    for (qsizetype at = text.indexOf(name, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(name, at, Qt::CaseInsensitive)) {
        const qsizetype end = at + name.size();
        const bool isPart = (at > 0 && name.at(0).isLetterOrNumber() && text.at(at - 1).isLetterOrNumber())
            || (end < text.size() && name.back().isLetterOrNumber() && text.at(end).isLetterOrNumber());
        if (isPart) {
            ++at;
            continue;
        }
        text.replace(at, name.size(), mask);
        at += mask.size();
    }
}

} // namespace

ReportMask::ReportMask(const QStringList &accounts)
{
    for (qsizetype i = 0; i < accounts.size(); ++i) {
        if (const QString name = accounts.at(i).trimmed(); !name.isEmpty())
            m_names.append({name, u"[account %1]"_s.arg(i + 1)});
    }
    if (const QString computer = QSysInfo::machineHostName(); computer.size() > 2 && computer != "localhost"_L1)
        m_names.append({computer, u"[computer]"_s});
    std::stable_sort(m_names.begin(), m_names.end(),
                     [](const Name &one, const Name &other) { return one.text.size() > other.text.size(); });
}

QString ReportMask::operator()(const QString &original) const
{
    QString text = withoutUserName(redact(original));
    text = masked(text, findSecrets(text));

    static const QRegularExpression link(uR"(\b([a-z][a-z0-9+.-]*://)([^/\s"'<>“”?#]*)([^\s"'<>“”]*))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    replaceEach(text, link, maskedLink);
    // A bucket's name stands before the host.
    static const QRegularExpression bucket(uR"(\b[\w.-]+?(\.s3[.-][\w.-]*amazonaws\.com))"_s);
    replaceEach(text, bucket, [](const auto &match) { return QString(u"[…]"_s + match.captured(1)); });
    static const QRegularExpression mail(uR"([\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)"_s);
    replaceEach(text, mail, [](const auto &) { return u"[e-mail]"_s; });
    static const QRegularExpression arn(uR"(\b(arn:aws[\w-]*:[\w-]*:)(?!\[…\])[^\s"'<>,;)\]”]+)"_s);
    replaceEach(text, arn, [](const auto &match) { return QString(match.captured(1) + u"[…]"_s); });
    static const QRegularExpression caseId(uR"(\bcase-\d[\w-]*)"_s, QRegularExpression::CaseInsensitiveOption);
    replaceEach(text, caseId, [](const auto &) { return u"[case]"_s; });
    static const QRegularExpression number(uR"((?<!\d)(?:\d{12}|\d{4}-\d{4}-\d{4})(?!\d))"_s);
    replaceEach(text, number, [](const auto &) { return u"[account number]"_s; });
    static const QRegularExpression longNumber(uR"(\d{10,})"_s);
    replaceEach(text, longNumber, [](const auto &) { return u"[number]"_s; });

    for (const Name &name : m_names)
        replaceName(text, name.text, name.mask);
    return text;
}

} // namespace casement
