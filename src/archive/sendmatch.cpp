#include "archive/sendmatch.h"

#include "support/codes.h"

#include <QStringList>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView redacted("[REDACTED_BY_AWS]");

QString plain(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    return text.trimmed().normalized(QString::NormalizationForm_C);
}

/// What stands around the redactions, without the last digits of a card.
QStringList around(const QString &arrived)
{
    QStringList parts = arrived.split(redacted);
    for (qsizetype i = 1; i < parts.size(); ++i) {
        QString &part = parts[i];
        qsizetype digits = part.startsWith(u'-') ? 1 : 0;
        while (digits > 0 && digits < part.size() && part.at(digits).isDigit() && digits <= 4)
            ++digits;
        if (digits == 5)
            part.remove(0, digits);
    }
    return parts;
}

} // namespace

bool isSameMessage(const QString &sent, const QString &arrived)
{
    const QString mine = plain(sent);
    const QString theirs = plain(arrived);
    if (mine == theirs)
        return true;
    const QStringList parts = around(theirs);
    if (parts.size() < 2 || !mine.startsWith(parts.first()) || !mine.endsWith(parts.last()))
        return false;
    qsizetype at = parts.first().size();
    for (qsizetype i = 1; i + 1 < parts.size(); ++i) {
        const qsizetype found = mine.indexOf(parts.at(i), at);
        if (found < 0)
            return false;
        at = found + parts.at(i).size();
    }
    return at <= mine.size() - parts.last().size();
}

SendMatch matchOf(const Communication &message, const QString &body)
{
    if (isFromAws(message.submittedBy.toUtf8().toStdString()))
        return SendMatch::No;
    if (message.body.isNull())
        return SendMatch::Maybe;
    return isSameMessage(body, message.body) ? SendMatch::Yes : SendMatch::No;
}

SendMatch matchOf(const CaseDetails &details, const CreateCase::Request &request)
{
    if (!details.subject.isNull() && !isSameMessage(request.subject, details.subject))
        return SendMatch::No;
    // Every case has a message: where there is none, the answer leaves it out.
    if (!details.recentCommunications || details.recentCommunications->communications.isEmpty())
        return SendMatch::Maybe;
    SendMatch began = details.recentCommunications->nextToken.isEmpty() ? SendMatch::No : SendMatch::Maybe;
    for (const Communication &message : details.recentCommunications->communications) {
        const SendMatch match = matchOf(message, request.communicationBody);
        if (match == SendMatch::Yes)
            return details.subject.isNull() || details.caseId.isEmpty() ? SendMatch::Maybe : SendMatch::Yes;
        if (match == SendMatch::Maybe)
            began = SendMatch::Maybe;
    }
    return began;
}

} // namespace casement
