#pragma once

#include "archive/records.h"

namespace casement {

/// What decides whose turn it is: the status, and when each side wrote last (0 = not known to have).
struct TurnFacts
{
    std::string_view status;
    qint64 created = 0;
    qint64 newestAws = 0;
    qint64 newestCustomer = 0;
    bool gone = false; ///< the service has forgotten the case: nobody can answer
};

/// Sets turn, turnSince and updated of a record.
void setTurn(CaseRecord &record, const TurnFacts &facts);

/// What tells of AWS's first answer: the messages that are known.
struct AnswerFacts
{
    bool whole = false; ///< none is missing
    bool any = false;
    bool anyFromAws = false;
    qint64 oldestFromAws = 0; ///< 0 also when the time of one of them can't be read
};

/// Sets firstAnswer and answered of a record. What is known only in part says neither that AWS has not answered nor
/// when it did.
void setFirstAnswer(CaseRecord &record, const AnswerFacts &facts);

/// Makes the records of one page in one arena.
class CaseRecordBuilder
{
public:
    explicit CaseRecordBuilder(size_t expected = 0) : m_arena(std::make_shared<Arena>())
    {
        m_records.reserve(expected);
    }

    /// The texts of a case, wherever they live now; they are copied.
    struct Texts
    {
        std::string_view caseId, displayId, subject, status, severityCode, serviceCode, categoryCode, submittedBy,
            language, timeCreated;
    };
    /// A record with its texts and `folded`; times, turn and unread are the caller's. Valid until the next call.
    CaseRecord &add(AccountId account, const Texts &texts);

    CaseRecords take();
    size_t size() const { return m_records.size(); }

private:
    Text fold(const Texts &texts);

    std::shared_ptr<Arena> m_arena;
    CaseRecords m_records;
    std::string m_joined;
};

} // namespace casement
