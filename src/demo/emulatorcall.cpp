#include "demo/emulatorcall.h"

#include "support/timestamp.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <limits>

namespace casement::demo {

EmulatorAnswer refused(const QByteArray &code, const QString &message, int status)
{
    const QJsonObject body{{QStringLiteral("__type"), QLatin1StringView("com.amazonaws.support#" + code)},
                           {QStringLiteral("message"), message}};
    return {status, QJsonDocument(body).toJson(QJsonDocument::Compact), code};
}

EmulatorAnswer rehearsed()
{
    return refused("DryRunOperationException",
                   QStringLiteral("The request would have succeeded, but the dryRun parameter is set to true."));
}

LinkAnswer linkRefused(int status, const QByteArray &code, const QString &message)
{
    LinkAnswer answer;
    answer.status = status;
    answer.headers = {{"Content-Type", "application/xml"}};
    answer.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>"
        + message.toHtmlEscaped().toUtf8() + "</Message></Error>";
    return answer;
}

qsizetype countRecent(QList<qint64> &times, qint64 now, qint64 span)
{
    times.removeIf([now, span](qint64 at) { return at <= now - span; });
    return times.size();
}

namespace {

QByteArray freshBytes(Call &call, const char *kind, int number)
{
    return QCryptographicHash::hash(QByteArray(kind) + '/' + call.state.account.accountId.toLatin1() + '/'
                                        + QByteArray::number(call.now) + '/' + QByteArray::number(call.state.counter)
                                        + '/' + QByteArray::number(number),
                                    QCryptographicHash::Sha256);
}

QString fresh(Call &call, const char *kind, int characters, QByteArray (*spell)(const QByteArray &))
{
    ++call.state.counter;
    QByteArray text;
    for (int number = 0; text.size() < characters; ++number)
        text += spell(freshBytes(call, kind, number));
    return QString::fromLatin1(text.first(characters));
}

} // namespace

QString freshHex(Call &call, const char *kind, int digits)
{
    return fresh(call, kind, digits, [](const QByteArray &bytes) { return bytes.toHex(); });
}

QString freshName(Call &call, const char *kind, int characters)
{
    return fresh(call, kind, characters, [](const QByteArray &bytes) {
        return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    });
}

QDateTime utc(qint64 msecs) { return QDateTime::fromMSecsSinceEpoch(msecs, Qt::UTC); }

QString isoTime(const QDateTime &time) { return timestampText(time.toMSecsSinceEpoch()); }

bool TimeWindow::isAll() const
{
    return after == std::numeric_limits<qint64>::min() && before == std::numeric_limits<qint64>::max();
}

std::optional<TimeWindow> timeWindow(const QString &afterTime, const QString &beforeTime, QString &wrong)
{
    TimeWindow window{std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max()};
    const auto read = [&wrong](const char *name, const QString &text, qint64 &time) {
        if (text.isEmpty())
            return true;
        const QByteArray utf8 = text.toUtf8();
        const qint64 value = parseTimestamp({utf8.constData(), size_t(utf8.size())});
        if (value == 0) {
            wrong = QStringLiteral(
                        "1 validation error detected: Value '%1' at '%2' failed to satisfy constraint: Member must "
                        "be a date in ISO 8601 format")
                        .arg(text, QLatin1StringView(name));
            return false;
        }
        time = value;
        return true;
    };
    if (!read("afterTime", afterTime, window.after) || !read("beforeTime", beforeTime, window.before))
        return std::nullopt;
    return window;
}

} // namespace casement::demo
