#include "archive/caserecordbuilder.h"

#include "archive/searchtext.h"
#include "support/codes.h"

#include <algorithm>
#include <array>

namespace casement {

void setTurn(CaseRecord &record, const TurnFacts &facts)
{
    record.updated = std::max({facts.created, facts.newestAws, facts.newestCustomer});
    if (facts.gone || isResolved(facts.status)) {
        record.turn = Turn::Nobody;
        record.turnSince = record.updated;
    } else if (needsReply(facts.status)) {
        record.turn = Turn::You;
        record.turnSince = facts.newestAws ? facts.newestAws : facts.created;
    } else {
        record.turn = Turn::Aws;
        record.turnSince =
            facts.newestCustomer ? facts.newestCustomer : facts.created; // a case begins with the customer's words
    }
}

void setFirstAnswer(CaseRecord &record, const AnswerFacts &facts)
{
    record.answered = 0;
    if (facts.anyFromAws) {
        record.firstAnswer = FirstAnswer::Given;
        if (facts.whole)
            record.answered = facts.oldestFromAws;
    } else {
        // A service that tells no message at all leaves them out: every case begins with one.
        record.firstAnswer = facts.whole && facts.any ? FirstAnswer::NotYet : FirstAnswer::NotKnown;
    }
}

CaseRecord &CaseRecordBuilder::add(AccountId account, const Texts &texts)
{
    CaseRecord &record = m_records.emplace_back();
    record.account = account;
    record.caseId = m_arena->add(texts.caseId);
    record.displayId = m_arena->add(texts.displayId);
    record.subject = m_arena->add(texts.subject);
    record.timeCreatedText = m_arena->add(texts.timeCreated);
    record.status = m_arena->addShared(texts.status);
    record.severityCode = m_arena->addShared(texts.severityCode);
    record.serviceCode = m_arena->addShared(texts.serviceCode);
    record.categoryCode = m_arena->addShared(texts.categoryCode);
    record.submittedBy = m_arena->add(texts.submittedBy); // many different ones
    record.language = m_arena->addShared(texts.language);
    record.folded = fold(texts);
    record.texts = m_arena;
    return record;
}

Text CaseRecordBuilder::fold(const Texts &texts)
{
    // Without status and severity: whoever looks for "opened" does not mean "reopened", nor for "low" a "slow" one.
    const std::array parts{texts.subject,     texts.displayId,   texts.caseId,
                           texts.submittedBy, texts.serviceCode, texts.categoryCode};
    size_t size = parts.size();
    for (const std::string_view part : parts)
        size += part.size();
    m_joined.resize(size);
    char *at = m_joined.data();
    for (const std::string_view part : parts) {
        if (at != m_joined.data())
            *at++ = '\n';
        unsigned char all = 0;
        for (size_t i = 0; i < part.size(); ++i) { // simple enough for the compiler to take many at once
            const auto c = static_cast<unsigned char>(part[i]);
            all |= c;
            at[i] = char(c + (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));
        }
        if (all < 0x80 || isFoldedButForCase(part)) {
            at += part.size();
            continue;
        }
        // Only the part that needs it takes the long way; it is mostly the subject.
        const QByteArray folded = foldForSearch(QString::fromUtf8(part.data(), qsizetype(part.size()))).toUtf8();
        const size_t used = size_t(at - m_joined.data());
        if (size_t(folded.size()) > part.size()) { // a ligature gives several letters
            m_joined.resize(m_joined.size() + size_t(folded.size()) - part.size());
            at = m_joined.data() + used;
        }
        at = std::copy(folded.cbegin(), folded.cend(), at);
    }
    return m_arena->add(std::string_view(m_joined).substr(0, size_t(at - m_joined.data())));
}

CaseRecords CaseRecordBuilder::take()
{
    m_arena = std::make_shared<Arena>();
    return std::exchange(m_records, {});
}

} // namespace casement
