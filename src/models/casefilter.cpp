#include "models/casefilter.h"

#include "archive/searchtext.h"
#include "models/names.h"
#include "models/wordbeginning.h"
#include "support/codes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace casement {

namespace {

/// memmem() for texts of a few hundred bytes, of which a keystroke looks at all: looks for the word's first and last
/// byte at sixteen places at once, four times as fast.
bool contains(std::string_view text, const QByteArray &word)
{
    const char *at = text.data();
    const size_t size = size_t(word.size());
    size_t left = text.size();
    if (size == 0)
        return true;
#ifdef __SSE2__
    constexpr size_t width = sizeof(__m128i);
    const __m128i first = _mm_set1_epi8(word.front());
    const __m128i last = _mm_set1_epi8(word.back());
    while (left >= size - 1 + width) {
        const __m128i begins = _mm_cmpeq_epi8(first, _mm_loadu_si128(reinterpret_cast<const __m128i *>(at)));
        const __m128i ends = _mm_cmpeq_epi8(last, _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + size - 1)));
        for (auto hits = unsigned(_mm_movemask_epi8(_mm_and_si128(begins, ends))); hits != 0; hits &= hits - 1) {
            if (std::memcmp(at + std::countr_zero(hits), word.constData(), size) == 0)
                return true;
        }
        at += width;
        left -= width;
    }
#endif
    return memmem(at, left, word.constData(), size) != nullptr;
}

/// Whether the words of a code begin so: `opened`, but not `reopened`.
bool codeHasWord(std::string_view code, std::string_view word)
{
    for (size_t at = 0; at + word.size() <= code.size();) {
        if (code.substr(at, word.size()) == word)
            return true;
        const size_t dash = code.find('-', at);
        if (dash == std::string_view::npos)
            break;
        at = dash + 1;
    }
    return false;
}

bool holds(const std::vector<std::string_view> &codes, const Text &code)
{
    return std::find(codes.begin(), codes.end(), code.view()) != codes.end();
}

struct FoldedName
{
    std::string_view code;
    QString name;
};

std::vector<FoldedName> foldedNames(Names::Kind kind)
{
    std::vector<FoldedName> folded;
    for (const Names::Named &one : Names::all(kind))
        folded.push_back({one.code, foldForSearch(one.name)});
    return folded;
}

std::vector<std::string_view> codesCalled(const std::vector<FoldedName> &names, const QString &word)
{
    std::vector<std::string_view> codes;
    for (const FoldedName &one : names) {
        if (hasWord(one.name, word))
            codes.push_back(one.code);
    }
    return codes;
}

} // namespace

CaseFilter::View caseView(std::string_view status)
{
    if (needsReply(status))
        return CaseFilter::View::NeedsReply;
    return isResolved(status) ? CaseFilter::View::Resolved : CaseFilter::View::WithAws;
}

void CaseCounts::add(const CaseRecord &record, int number)
{
    inView[size_t(CaseFilter::View::All)] += number;
    inView[size_t(caseView(record.status.view()))] += number;
    if (record.unread)
        inView[size_t(CaseFilter::View::Unread)] += number;
}

void CaseCounts::addMark(const CaseMark &mark, int number)
{
    if (mark.starred)
        inView[size_t(CaseFilter::View::Starred)] += number;
    for (const QString &tag : mark.tags)
        tagged[tag] += number;
}

void CaseCounts::clearMarks()
{
    inView[size_t(CaseFilter::View::Starred)] = 0;
    tagged.clear();
}

CaseMatcher::CaseMatcher(const CaseFilter &filter, const QDateTime &now)
    : m_filter(filter), m_dates(readDateWords(filter.words, now))
{
    const QString folded = foldForSearch(m_dates.words).simplified();
    if (folded.isEmpty())
        return;
    const std::vector<FoldedName> statuses = foldedNames(Names::Kind::Status);
    const std::vector<FoldedName> severities = foldedNames(Names::Kind::Severity);
    const std::vector<FoldedName> services = foldedNames(Names::Kind::Service);
    const std::vector<FoldedName> categories = foldedNames(Names::Kind::Category);
    for (const QString &word : folded.split(u' ', Qt::SkipEmptyParts)) {
        const QByteArray utf8 = word.toUtf8();
        if (std::find_if(m_words.begin(), m_words.end(), [&utf8](const Word &one) { return one.text == utf8; })
            == m_words.end())
            m_words.push_back({utf8, codesCalled(statuses, word), codesCalled(severities, word),
                               codesCalled(services, word), codesCalled(categories, word)});
    }
    std::sort(m_words.begin(), m_words.end(),
              [](const Word &a, const Word &b) { return a.text.size() > b.text.size(); });
}

bool CaseMatcher::Word::isCalled(const CaseRecord &record) const
{
    const std::string_view word(text.constData(), size_t(text.size()));
    return holds(statuses, record.status) || holds(severities, record.severityCode)
        || holds(services, record.serviceCode) || holds(categories, record.categoryCode)
        || codeHasWord(record.status.view(), word) || codeHasWord(record.severityCode.view(), word);
}

bool CaseMatcher::accepts(const CaseRecord &record, const CaseMarks::Known *mark) const
{
    if (!m_filter.accounts.isEmpty() && !m_filter.accounts.contains(record.account))
        return false;
    if (!m_filter.tag.isEmpty() && !(mark && mark->mark.tags.contains(m_filter.tag)))
        return false;
    if (!m_dates.updated.contains(record.updated) || !m_dates.created.contains(record.created))
        return false;
    switch (m_filter.view) {
    case CaseFilter::View::All:
    case CaseFilter::View::AnswerOverdue:
    case CaseFilter::View::ClosingSoon:
    case CaseFilter::View::Reopenable:
        break;
    case CaseFilter::View::Unread:
        if (!record.unread)
            return false;
        break;
    case CaseFilter::View::Starred:
        if (!mark || !mark->mark.starred)
            return false;
        break;
    default:
        if (caseView(record.status.view()) != m_filter.view)
            return false;
    }
    const std::string_view marked =
        mark ? std::string_view(mark->folded.constData(), size_t(mark->folded.size())) : std::string_view();
    return std::all_of(m_words.begin(), m_words.end(), [&](const Word &word) {
        return contains(record.folded.view(), word.text) || (!marked.empty() && contains(marked, word.text))
            || word.isCalled(record);
    });
}

bool CaseMatcher::narrows(const CaseMatcher &earlier) const
{
    const bool accounts = earlier.m_filter.accounts.isEmpty()
        || (!m_filter.accounts.isEmpty()
            && std::all_of(m_filter.accounts.begin(), m_filter.accounts.end(),
                           [&](AccountId id) { return earlier.m_filter.accounts.contains(id); }));
    if (!accounts || (earlier.m_filter.view != m_filter.view && earlier.m_filter.view != CaseFilter::View::All))
        return false;
    if (earlier.m_filter.tag != m_filter.tag && !earlier.m_filter.tag.isEmpty())
        return false;
    if (!m_dates.updated.isWithin(earlier.m_dates.updated) || !m_dates.created.isWithin(earlier.m_dates.created))
        return false;
    // Of names only beginnings count: what has "waits" somewhere need not have a word that begins so.
    return std::all_of(earlier.m_words.begin(), earlier.m_words.end(), [this](const Word &word) {
        return std::any_of(m_words.begin(), m_words.end(),
                           [&](const Word &mine) { return mine.text.startsWith(word.text); });
    });
}

} // namespace casement
