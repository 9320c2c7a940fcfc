#include "demo/faults.h"

#include "support/operations.h"

#include <QMutexLocker>
#include <QStringList>

#include <algorithm>
#include <array>

namespace casement::demo {

namespace {

struct Name
{
    const char *word;
    FaultKind kind;
    bool done; ///< the service does its work before
};

constexpr std::array<Name, 20> names{{
    {"throttle", FaultKind::Throttle, false},
    {"rate", FaultKind::Rate, false},
    {"deny", FaultKind::Deny, false},
    {"plan", FaultKind::Plan, false},
    {"delay", FaultKind::Delay, true},
    {"slow", FaultKind::Slow, true},
    {"hang", FaultKind::Hang, true},
    {"drop", FaultKind::Drop, true},
    {"reset", FaultKind::Reset, true},
    {"truncate", FaultKind::Truncate, true},
    {"cut", FaultKind::Cut, true},
    {"html", FaultKind::Html, true},
    {"garbage", FaultKind::Garbage, true},
    {"notjson", FaultKind::NotJson, true},
    {"badgzip", FaultKind::BadGzip, true},
    {"redirect", FaultKind::Redirect, false},
    {"repeattoken", FaultKind::RepeatToken, true},
    {"expire", FaultKind::Expire, true},
    {"skew", FaultKind::Skew, true},
    {"failupload", FaultKind::FailUpload, true},
}};

constexpr std::array<int, 5> statuses{429, 500, 502, 503, 504};

/// `200ms`, `2s`, `5m`, `1h`, with a sign or without.
std::optional<std::chrono::milliseconds> duration(const QString &text)
{
    static constexpr std::array<std::pair<const char *, qint64>, 4> units{
        {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}}};
    for (const auto &[unit, factor] : units) {
        const QLatin1StringView suffix(unit);
        if (!text.endsWith(suffix))
            continue;
        bool ok = false;
        const double number = text.chopped(suffix.size()).toDouble(&ok);
        if (ok && number > -1e6 && number < 1e6)
            return std::chrono::milliseconds(qint64(number * double(factor)));
    }
    return std::nullopt;
}

bool readValue(const QString &value, Fault &fault)
{
    bool ok = false;
    const int number = value.toInt(&ok);
    if (ok) {
        fault.count = number;
        return number > 0;
    }
    if (value.endsWith(QLatin1Char('%'))) {
        fault.probability = value.chopped(1).toDouble(&ok) / 100;
        return ok && fault.probability >= 0 && fault.probability <= 1;
    }
    if (const auto length = duration(value)) {
        fault.duration = *length;
        return fault.kind == FaultKind::Delay || fault.kind == FaultKind::Slow || fault.kind == FaultKind::Skew;
    }
    if (value == QLatin1StringView("done") || value == QLatin1StringView("undone")) {
        fault.done = value == QLatin1StringView("done");
        return true;
    }
    if (value == QLatin1StringView("inside")) {
        fault.what = "inside";
        return fault.kind == FaultKind::Reset;
    }
    static const QStringList things{QStringLiteral("tokens"), QStringLiteral("sets"), QStringLiteral("links"),
                                    QStringLiteral("credentials")};
    fault.what = value.toLatin1();
    return fault.kind == FaultKind::Expire && things.contains(value);
}

std::optional<Fault> faultOfName(const QString &name)
{
    Fault fault;
    bool isNumber = false;
    const int status = name.toInt(&isNumber);
    if (isNumber) {
        if (std::find(statuses.begin(), statuses.end(), status) == statuses.end())
            return std::nullopt;
        fault.kind = FaultKind::Status;
        fault.status = status;
        fault.done = status == 502 || status == 504;
        return fault;
    }
    const auto known =
        std::find_if(names.begin(), names.end(), [&name](const Name &n) { return name == QLatin1StringView(n.word); });
    if (known == names.end())
        return std::nullopt;
    fault.kind = known->kind;
    fault.done = known->done;
    return fault;
}

bool isOperation(const QString &name)
{
    static const QStringList others{QStringLiteral("PutPart"), QStringLiteral("GetFile"),
                                    QStringLiteral("GetCallerIdentity"), QStringLiteral("AssumeRole"),
                                    QStringLiteral("ListAccounts")};
    return others.contains(name) || findOperation(name);
}

} // namespace

QList<Fault> parseFaults(const QString &text, QString &wrong)
{
    QList<Fault> faults;
    const auto refuse = [&wrong](const QString &why) {
        wrong = why;
        return QList<Fault>();
    };
    const QStringList items = text.split(QLatin1Char(','), Qt::SkipEmptyParts);
    if (items.isEmpty() && !text.isEmpty())
        return refuse(QStringLiteral("\"%1\" names no fault.").arg(text));
    for (const QString &untrimmed : items) {
        const QString item = untrimmed.trimmed();
        QString head = item.section(QLatin1Char('='), 0, 0);
        int everyNth = 1;
        if (const qsizetype at = head.indexOf(QLatin1Char('@')); at >= 0) {
            bool isNumber = false;
            everyNth = head.mid(at + 1).toInt(&isNumber);
            if (!isNumber || everyNth < 1)
                return refuse(QStringLiteral("\"%1\": behind @ stands a number from 1 on.").arg(head));
            head.truncate(at);
        }
        const QString name = head.section(QLatin1Char(':'), 0, 0);
        std::optional<Fault> fault = faultOfName(name);
        if (!fault)
            return refuse(QStringLiteral("There is no fault named \"%1\".").arg(name));
        fault->everyNth = everyNth;
        if (head.contains(QLatin1Char(':'))) {
            const QString operation = head.section(QLatin1Char(':'), 1);
            if (!isOperation(operation))
                return refuse(QStringLiteral("There is no operation named \"%1\".").arg(operation));
            const OperationInfo *info = findOperation(operation);
            fault->operation = info ? info->name : operation.toLatin1();
        }
        if (item.contains(QLatin1Char('='))) {
            const QStringList values = item.section(QLatin1Char('='), 1).split(QLatin1Char('/'));
            for (const QString &value : values) {
                if (!readValue(value, *fault))
                    return refuse(QStringLiteral("The fault \"%1\" takes no value \"%2\".").arg(name, value));
            }
        }
        if (fault->kind == FaultKind::Delay && fault->duration.count() <= 0)
            return refuse(QStringLiteral("The fault \"delay\" needs a duration, as in delay=200ms."));
        if (fault->kind == FaultKind::Skew && fault->duration.count() == 0)
            return refuse(QStringLiteral("The fault \"skew\" needs a duration, as in skew=1h or skew=-1h."));
        if (fault->kind == FaultKind::Rate && !fault->count)
            return refuse(QStringLiteral("The fault \"rate\" needs a number, as in rate=5."));
        if (fault->kind == FaultKind::Expire && fault->what.isEmpty())
            return refuse(
                QStringLiteral("The fault \"expire\" needs to know what: tokens, sets, links or credentials."));
        if (fault->kind == FaultKind::Slow && fault->duration.count() <= 0)
            fault->duration = std::chrono::milliseconds(100);
        faults.append(*fault);
    }
    return faults;
}

QString FaultPlan::set(const QString &text)
{
    QString wrong;
    QList<Fault> faults = parseFaults(text, wrong);
    if (!wrong.isEmpty())
        return wrong;
    const QMutexLocker locker(&m_mutex);
    m_faults = std::move(faults);
    m_recent.clear();
    return {};
}

RequestFaults FaultPlan::next(const QByteArray &operation, qint64 nowMsecs, qsizetype account)
{
    const QMutexLocker locker(&m_mutex);
    RequestFaults result;
    for (Fault &fault : m_faults) {
        if (fault.kind == FaultKind::Skew || (!fault.operation.isEmpty() && fault.operation != operation))
            continue;
        if (account % fault.everyNth != 0)
            continue;
        const bool replacesAnswer = fault.kind != FaultKind::Delay && fault.kind != FaultKind::Slow
            && fault.kind != FaultKind::RepeatToken && fault.kind != FaultKind::Expire
            && fault.kind != FaultKind::FailUpload;
        if (replacesAnswer && result.answer)
            continue; // one at a time; the others keep their counts
        if (fault.kind == FaultKind::Rate) {
            QList<qint64> &recent = m_recent[fault.operation];
            recent.removeIf([nowMsecs](qint64 at) { return at <= nowMsecs - 1000 || at > nowMsecs; });
            if (recent.size() >= *fault.count)
                result.answer = fault;
            else
                recent.append(nowMsecs);
            continue;
        }
        if (fault.count && *fault.count <= 0)
            continue;
        if (fault.probability < 1) {
            m_random ^= m_random << 13;
            m_random ^= m_random >> 7;
            m_random ^= m_random << 17;
            if (double(m_random >> 11) / double(1ULL << 53) >= fault.probability)
                continue;
        }
        if (fault.count)
            --*fault.count;
        switch (fault.kind) {
        case FaultKind::Delay:
            result.delay += fault.duration;
            break;
        case FaultKind::Slow:
            result.drip = fault.duration;
            break;
        case FaultKind::RepeatToken:
            result.repeatToken = true;
            break;
        case FaultKind::FailUpload:
            result.failUpload = true;
            break;
        case FaultKind::Expire:
            result.tokensExpired = result.tokensExpired || fault.what == "tokens";
            result.setsExpired = result.setsExpired || fault.what == "sets";
            result.linksExpired = result.linksExpired || fault.what == "links";
            result.credentialsExpired = result.credentialsExpired || fault.what == "credentials";
            break;
        default:
            result.answer = fault;
        }
    }
    return result;
}

std::chrono::milliseconds FaultPlan::skew() const
{
    const QMutexLocker locker(&m_mutex);
    std::chrono::milliseconds sum{0};
    for (const Fault &fault : m_faults) {
        if (fault.kind == FaultKind::Skew)
            sum += fault.duration;
    }
    return sum;
}

void TrafficCounter::count(const QByteArray &operation)
{
    const QMutexLocker locker(&m_mutex);
    ++m_counts[operation];
    ++m_all;
}

int TrafficCounter::requests(const QByteArray &operation) const
{
    const QMutexLocker locker(&m_mutex);
    return operation.isEmpty() ? m_all : m_counts.value(operation);
}

} // namespace casement::demo
