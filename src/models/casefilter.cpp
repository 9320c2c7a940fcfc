#include "models/casefilter.h"

#include "archive/searchtext.h"
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
    for (const QStringView word : QStringView(folded).split(u' ', Qt::SkipEmptyParts)) {
        const QByteArray utf8 = word.toUtf8();
        if (std::find(m_words.begin(), m_words.end(), utf8) == m_words.end())
            m_words.push_back(utf8);
    }
    std::sort(m_words.begin(), m_words.end(),
              [](const QByteArray &a, const QByteArray &b) { return a.size() > b.size(); });
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
    return std::all_of(m_words.begin(), m_words.end(), [&](const QByteArray &word) {
        return contains(record.folded.view(), word) || (!marked.empty() && contains(marked, word));
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
    return std::all_of(earlier.m_words.begin(), earlier.m_words.end(), [this](const QByteArray &word) {
        return std::any_of(m_words.begin(), m_words.end(), [&](const QByteArray &mine) { return mine.contains(word); });
    });
}

} // namespace casement
