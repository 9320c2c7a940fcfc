#pragma once

#include "archive/casemarks.h"
#include "archive/datewords.h"

#include <QHash>
#include <QList>
#include <QString>

#include <array>
#include <numeric>
#include <vector>

namespace casement {

/// Which cases a list shows. A value; CaseListModel::setFilter() takes it.
struct CaseFilter
{
    /// The sidebar's views.
    enum class View : quint8 {
        All,
        NeedsReply, ///< status pending-customer-action
        WithAws, ///< any other status than resolved, unknown ones too
        Resolved,
        Unread,
        Starred,
        AnswerOverdue, ///< AWS's first answer is late; so CaseListModel finds by the clock, as the next two
        ClosingSoon, ///< AWS closes the case in a day or two if nobody answers
        Reopenable, ///< resolved, and a reply reopens it
    };
    static constexpr int viewCount = 9;

    View view = View::All;
    QList<AccountId> accounts; ///< empty: all
    /// As typed. All its words must occur in subject, ids, submitter, the codes of service and category, or the
    /// person's tags and note, or begin a word of the status, severity, service or category as the interface calls it,
    /// or of the code of the first two; regardless of case and width. Dates among them (DateWords) must hold for the
    /// case.
    QString words;
    QString tag; ///< empty: whatever they are tagged with

    friend bool operator==(const CaseFilter &, const CaseFilter &) = default;
};

/// The view that a case stands in by its status: NeedsReply, WithAws or Resolved.
CaseFilter::View caseView(std::string_view status);

/// How many cases each of the sidebar's views holds, whatever is typed.
struct CaseCounts
{
    std::array<int, CaseFilter::viewCount> inView{};
    /// Cases that need a reply, by account.
    QHash<AccountId, int> needsReply;
    QHash<AccountId, int> withAws; ///< by account, as needsReply
    QHash<AccountId, int> unread; ///< cases with unread answers, by account

    int allUnread() const { return std::accumulate(unread.begin(), unread.end(), 0); }
    QHash<QString, int> tagged; ///< by tag

    int of(CaseFilter::View view) const { return inView[size_t(view)]; }
    void add(const CaseRecord &record, int number);
    /// What is marked of a case; it is added to nothing else.
    void addMark(const CaseMark &mark, int number);
    void clearMarks();
    friend bool operator==(const CaseCounts &, const CaseCounts &) = default;
};

/// A filter made ready to be asked about many cases.
class CaseMatcher
{
public:
    /// `now`: what dates before today are counted from. With the names of the interface's language of now.
    explicit CaseMatcher(const CaseFilter &filter = {}, const QDateTime &now = QDateTime::currentDateTime());
    /// `mark` is what is marked of the case; null when nothing is.
    bool accepts(const CaseRecord &record, const CaseMarks::Known *mark = nullptr) const;
    /// From that time on the filter's dates mean another day: make it anew. ms since 1970 UTC.
    qint64 validUntil() const { return m_dates.validUntil; }
    /// Whatever this accepts, `earlier` accepted.
    bool narrows(const CaseMatcher &earlier) const;

private:
    CaseFilter m_filter;
    DateWords m_dates;
    struct Word
    {
        QByteArray text; // folded
        std::vector<std::string_view> statuses; // codes with a name in which a word begins so
        std::vector<std::string_view> severities;
        std::vector<std::string_view> services;
        std::vector<std::string_view> categories;

        bool isCalled(const CaseRecord &record) const;
    };
    std::vector<Word> m_words; // longest first
};

} // namespace casement
