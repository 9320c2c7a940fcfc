#include "archive/caserecordbuilder.h"

#include "archive/searchtext.h"
#include "support/codes.h"

#include <algorithm>
#include <span>

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
    m_joined.clear();
    for (const std::string_view part : {texts.subject, texts.displayId, texts.caseId, texts.submittedBy, texts.status,
                                        texts.severityCode, texts.serviceCode, texts.categoryCode}) {
        if (!m_joined.empty())
            m_joined += '\n';
        const size_t start = m_joined.size();
        m_joined += part;
        bool ascii = true;
        for (char &c : std::span(m_joined).subspan(start)) {
            ascii &= static_cast<unsigned char>(c) < 0x80;
            if (c >= 'A' && c <= 'Z')
                c = char(c | 0x20);
        }
        if (ascii)
            continue;
        // Only the part that needs it takes the long way; it is mostly the subject.
        const QByteArray folded = foldForSearch(QString::fromUtf8(part.data(), qsizetype(part.size()))).toUtf8();
        m_joined.resize(start);
        m_joined.append(folded.constData(), size_t(folded.size()));
    }
    return m_arena->add(std::string_view(m_joined));
}

CaseRecords CaseRecordBuilder::take()
{
    m_arena = std::make_shared<Arena>();
    return std::exchange(m_records, {});
}

} // namespace casement
