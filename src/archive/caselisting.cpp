#include "archive/caselisting.h"

#include "archive/caserecordbuilder.h"
#include "support/codes.h"
#include "support/shape.h"
#include "support/timestamp.h"

#include <algorithm>
#include <utility>

namespace casement {

namespace {

// The part of DescribeCases' answer that a row of the list is made of.
struct ListedCommunication
{
    Text submittedBy;
    Text timeCreated;

    static constexpr auto shape()
    {
        return std::tuple(field("submittedBy", &ListedCommunication::submittedBy),
                          field("timeCreated", &ListedCommunication::timeCreated));
    }
};

struct ListedCommunications
{
    std::vector<ListedCommunication> communications;
    Text nextToken; ///< there are older ones

    static constexpr auto shape()
    {
        return std::tuple(field("communications", &ListedCommunications::communications),
                          field("nextToken", &ListedCommunications::nextToken));
    }
};

struct ListedCase
{
    Text caseId;
    Text displayId;
    Text subject;
    Text status;
    Text serviceCode;
    Text categoryCode;
    Text severityCode;
    Text submittedBy;
    Text timeCreated;
    Text language;
    ListedCommunications recentCommunications;

    static constexpr auto shape()
    {
        using T = ListedCase;
        return std::tuple(field("caseId", &T::caseId), field("displayId", &T::displayId), field("subject", &T::subject),
                          field("status", &T::status), field("serviceCode", &T::serviceCode),
                          field("categoryCode", &T::categoryCode), field("severityCode", &T::severityCode),
                          field("submittedBy", &T::submittedBy), field("timeCreated", &T::timeCreated),
                          field("language", &T::language), field("recentCommunications", &T::recentCommunications));
    }
};

struct ListedAnswer
{
    std::vector<ListedCase> cases;
    QString nextToken;

    static constexpr auto shape()
    {
        return std::tuple(field("cases", &ListedAnswer::cases, wholeList | placed),
                          field("nextToken", &ListedAnswer::nextToken, exact));
    }
};

/// Walks backwards over text; the steps fail at its beginning.
class Backwards
{
public:
    explicit Backwards(QByteArrayView text) : m_text(text), m_at(text.size()) { }

    void skipSpace()
    {
        while (m_at > 0
               && (m_text[m_at - 1] == ' ' || m_text[m_at - 1] == '\n' || m_text[m_at - 1] == '\r'
                   || m_text[m_at - 1] == '\t'))
            --m_at;
    }
    bool take(QByteArrayView expected)
    {
        if (!m_text.first(m_at).endsWith(expected))
            return false;
        m_at -= expected.size();
        return true;
    }
    /// What stands before here, down to a quote, which is taken; empty when there is none, or where reading it takes
    /// more than copying: something is escaped, or is not ASCII (from UTF-8 a byte order mark would be lost).
    QByteArrayView takeString()
    {
        const qsizetype end = m_at;
        while (m_at > 0 && m_text[m_at - 1] != '"')
            --m_at;
        if (m_at == 0)
            return {};
        const QByteArrayView text = m_text.sliced(m_at, end - m_at);
        --m_at;
        const bool plain = !text.contains('\\') && (m_at == 0 || m_text[m_at - 1] != '\\')
            && std::all_of(text.begin(), text.end(), [](char c) { return uchar(c) < 0x80; });
        return plain ? text : QByteArrayView();
    }

private:
    QByteArrayView m_text;
    qsizetype m_at;
};

} // namespace

Result<ListedPage> readListing(const QByteArray &body, AccountId account)
{
    Arena escaped; // of other texts the answer itself is the first home; records take what they keep
    const Result<ListedAnswer> answer = decodeInPlace<ListedAnswer>(body, escaped);
    if (!answer)
        return answer.error();
    ListedPage page;
    page.nextToken = answer->nextToken;
    CaseRecordBuilder builder(answer->cases.size());
    for (const ListedCase &listed : answer->cases) {
        if (listed.caseId.isEmpty()) {
            ++page.unreadable;
            continue;
        }
        page.owner.add(listed.caseId.toString());
        CaseRecord &record = builder.add(account,
                                         {.caseId = listed.caseId.view(),
                                          .displayId = listed.displayId.view(),
                                          .subject = listed.subject.view(),
                                          .status = listed.status.view(),
                                          .severityCode = listed.severityCode.view(),
                                          .serviceCode = listed.serviceCode.view(),
                                          .categoryCode = listed.categoryCode.view(),
                                          .submittedBy = listed.submittedBy.view(),
                                          .language = listed.language.view(),
                                          .timeCreated = listed.timeCreated.view()});
        TurnFacts facts{.status = listed.status.view(), .created = parseTimestamp(listed.timeCreated.view())};
        AnswerFacts known{.whole = listed.recentCommunications.nextToken.isEmpty(),
                          .any = !listed.recentCommunications.communications.empty()};
        for (const ListedCommunication &message : listed.recentCommunications.communications) {
            const bool fromAws = isFromAws(message.submittedBy.view());
            const qint64 time = parseTimestamp(message.timeCreated.view());
            qint64 &newest = fromAws ? facts.newestAws : facts.newestCustomer;
            newest = std::max(newest, time);
            if (fromAws)
                known.oldestFromAws =
                    std::exchange(known.anyFromAws, true) ? std::min(known.oldestFromAws, time) : time;
        }
        record.created = facts.created;
        setTurn(record, facts);
        setFirstAnswer(record, known);
        if (!isResolved(listed.status.view()))
            page.open.append(listed.caseId.toString());
    }
    page.records = builder.take();
    return page;
}

QByteArrayView tokenAtEnd(QByteArrayView body)
{
    Backwards back(body.last(std::min<qsizetype>(body.size(), 4096)));
    back.skipSpace();
    if (!back.take("}"))
        return {};
    back.skipSpace();
    if (!back.take("\""))
        return {};
    const QByteArrayView token = back.takeString();
    back.skipSpace();
    if (token.isEmpty() || !back.take(":"))
        return {};
    back.skipSpace();
    if (!back.take("\"nextToken\""))
        return {};
    back.skipSpace();
    return back.take(",") || back.take("{") ? token : QByteArrayView();
}

} // namespace casement
