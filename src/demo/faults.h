#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMutex>
#include <QString>

#include <chrono>
#include <optional>

/// What goes wrong on purpose.
///
/// A plan is a list of faults, separated by commas; each is
///
///     NAME[:OPERATION][@N][=VALUE[/VALUE…]]
///
/// and holds for every request, or for those of one operation (`CreateCase`; `PutPart` and `GetFile` are uploads to and
/// downloads from links; `GetCallerIdentity` and `AssumeRole` are of STS, `ListAccounts` of Organizations). A value is
/// known by its form: `3` (so many times, then no more), `25%` (by chance), `200ms` `2s` `1h` (a duration, `-1h` too),
/// or a word. Without a value a fault lasts for ever. Examples: `throttle=3,drop:CreateCase=1,delay=200ms`,
/// `500:DescribeCases=10%`, `expire=tokens/1`, `skew=-1h`, `504:CreateCase=1/done`.
///
/// | name | what happens |
/// |---|---|
/// | `throttle` | ThrottlingException |
/// | `rate` | ThrottlingException for what exceeds so many requests a second: `rate=5` |
/// | `deny` | AccessDeniedException |
/// | `plan` | SubscriptionRequiredException |
/// | `delay` | the answer comes so much later |
/// | `slow` | the answer drips: 16 bytes per duration (100 ms) |
/// | `hang` | no answer, and the connection stays open |
/// | `drop` | the connection is closed before the answer |
/// | `reset` | the connection is reset (RST) before the answer; `reset=inside`: after half of it |
/// | `truncate` | half of the answer, then the connection is closed |
/// | `cut` | half of the JSON in an answer that claims to be whole |
/// | `500` `502` `503` `504` | that status without a body |
/// | `429` | that status with a body |
/// | `html` | the sign-in page of a hotel, with status 200 |
/// | `garbage` | bytes that are no JSON, with status 200 |
/// | `notjson` | the JSON text `null`, with status 200 |
/// | `badgzip` | `Content-Encoding: gzip` over half a stream |
/// | `redirect` | 307 to another host name |
/// | `repeattoken` | every page has the same token |
/// | `expire` | `tokens`, `sets`, `links` or `credentials` are over their time |
/// | `skew` | the service's clock is off by so much: its Date, and how it judges signatures |
/// | `failupload` | an uploaded file ends as `failed` |
///
/// Of drop, reset, truncate, cut, slow, 502, 504, html, garbage, notjson and badgzip the service has done its work
/// before; of 500, 503 and 429 it has not. The words `done` and `undone` say otherwise.
namespace casement::demo {

enum class FaultKind {
    Throttle,
    Rate,
    Deny,
    Plan,
    Delay,
    Slow,
    Hang,
    Drop,
    Reset,
    Truncate,
    Cut,
    Status,
    Html,
    Garbage,
    NotJson,
    BadGzip,
    Redirect,
    RepeatToken,
    Expire,
    Skew,
    FailUpload,
};

/// One fault of a plan.
struct Fault
{
    FaultKind kind = FaultKind::Throttle;
    QByteArray operation; ///< empty: all
    int status = 0; ///< of FaultKind::Status
    int everyNth = 1; ///< accounts number 0, N, 2 N and so on
    std::optional<int> count; ///< how often it still happens; of Rate: requests a second
    double probability = 1;
    std::chrono::milliseconds duration{0};
    QByteArray what; ///< of Expire: tokens, sets, links or credentials
    bool done = false; ///< the service does its work all the same
};

/// What happens to one request.
struct RequestFaults
{
    std::optional<Fault> answer; ///< what stands in the place of the answer, or is done to it
    std::chrono::milliseconds delay{0};
    std::chrono::milliseconds drip{0}; ///< between 16 bytes of the answer; 0: at once
    bool repeatToken = false;
    bool tokensExpired = false;
    bool setsExpired = false;
    bool linksExpired = false;
    bool credentialsExpired = false;
    bool failUpload = false;
};

/// The faults in force. May be replaced from any thread.
class FaultPlan
{
public:
    /// Replaces the faults; on a wrong text the old ones stay and one sentence says what is wrong. Empty when it was
    /// right.
    QString set(const QString &text);

    /// What happens to this request of the account with that number; counts it.
    RequestFaults next(const QByteArray &operation, qint64 nowMsecs, qsizetype account = 0);
    /// How far the service's clock is off.
    std::chrono::milliseconds skew() const;

private:
    mutable QMutex m_mutex;
    QList<Fault> m_faults;
    QHash<QByteArray, QList<qint64>> m_recent; ///< arrivals of the last second, for Rate
    quint64 m_random = 0x2545f4914f6cdd1dULL;
};

/// How many requests of each operation arrived. May be asked from any thread.
class TrafficCounter
{
public:
    void count(const QByteArray &operation);
    int requests(const QByteArray &operation) const; ///< empty: all

private:
    mutable QMutex m_mutex;
    QHash<QByteArray, int> m_counts;
    int m_all = 0;
};

/// Reads a plan; on a wrong text `wrong` is set to one sentence.
QList<Fault> parseFaults(const QString &text, QString &wrong);

} // namespace casement::demo
