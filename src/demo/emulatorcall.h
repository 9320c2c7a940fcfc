#pragma once

#include "aws/sigv4.h"
#include "demo/demodata.h"
#include "demo/faults.h"
#include "demo/pagetoken.h"
#include "support/shape.h"

#include <QHash>
#include <QList>

#include <chrono>

/// What the parts of the emulator share.
namespace casement::demo {

/// The limits and times of the service; the defaults are the service's own where it publishes them.
struct EmulatorSettings
{
    std::chrono::milliseconds replyDelay{8000}; ///< 0 or less: nobody answers
    std::chrono::milliseconds uploadProcessing{2000};
    std::chrono::milliseconds linkLifetime{3'600'000};
    std::chrono::milliseconds setLifetime{3'600'000};
    qint64 uploadPartSize = 8LL << 20; ///< bytes
    int casesPerHour = 10;
    int setsPerMinute = 20; ///< AttachmentLimitExceeded beyond; the service doesn't publish its number
    int downloadsPerMinute = 60; ///< DescribeAttachmentLimitExceeded beyond; likewise
    int daysToReopen = 14;
    bool oldApi = false; ///< the service before 2026
    QString baseUrl; ///< of links
};

/// An answer of the service: a JSON object, and for a refusal its code too.
struct EmulatorAnswer
{
    int status = 200;
    QByteArray body;
    QByteArray code; ///< empty on success

    bool isRefusal() const { return !code.isEmpty(); }
};

template <class Response> EmulatorAnswer answered(const Response &response) { return {200, encode(response), {}}; }
EmulatorAnswer refused(const QByteArray &code, const QString &message, int status = 400);
inline EmulatorAnswer invalid(const QString &message) { return refused("ValidationException", message); }
/// The success of a rehearsal.
EmulatorAnswer rehearsed();

/// An answer to a request of a link.
struct LinkAnswer
{
    int status = 200;
    QList<sigv4::Header> headers;
    QByteArray body;
    /// Sent instead of `body` when there is an attachment: its bytes from `offset` on, `length` of them.
    std::optional<DemoAttachment> attachment;
    qint64 offset = 0;
    qint64 length = 0;
};
/// An error as a storage service words it, in XML.
LinkAnswer linkRefused(int status, const QByteArray &code, const QString &message);

/// An account with what the service remembers of it besides its content.
struct AccountState
{
    DemoAccount &account;
    /// Places of cases by id, counted from the oldest one, so that new cases don't move them.
    QHash<QString, qsizetype> caseIndex;
    QHash<QString, std::pair<qint64, qint64>> activity; ///< times of a case's first and last message, where known
    QList<qint64> casesMade; ///< times of the last hour
    QList<qint64> setsMade; ///< of the last minute
    QList<qint64> downloads; ///< of the last minute
    quint64 counter = 0; ///< of ids made

    explicit AccountState(DemoAccount &of) : account(of) { }
};

/// One call while it is answered.
struct Call
{
    AccountState &state;
    qint64 now; ///< milliseconds since 1970
    const RequestFaults &faults;
};

/// Removes times that are `span` milliseconds old; says how many are left.
qsizetype countRecent(QList<qint64> &times, qint64 now, qint64 span);

/// Hexadecimal digits that are made from the account and a counter: an id nobody has yet.
QString freshHex(Call &call, const char *kind, int digits);
/// The same in the alphabet of URLs.
QString freshName(Call &call, const char *kind, int characters);

/// `2026-11-22T01:02:03.004Z`
QString isoTime(const QDateTime &time);
QDateTime utc(qint64 msecs);

/// Reads the two times of a request; a sentence in `wrong` when one is none. Absent: the smallest and largest number.
struct TimeWindow
{
    qint64 after;
    qint64 before;
    bool isAll() const;
    bool has(qint64 time) const { return time >= after && time <= before; }
};
std::optional<TimeWindow> timeWindow(const QString &afterTime, const QString &beforeTime, QString &wrong);

} // namespace casement::demo
