#pragma once

#include "archive/records.h"

#include <QHash>
#include <QList>
#include <QString>

#include <array>
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
    };
    static constexpr int viewCount = 5;

    View view = View::All;
    QList<AccountId> accounts; ///< empty: all
    /// As typed. All its words must occur in subject, ids, submitter or codes, regardless of case and width.
    QString words;

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

    int of(CaseFilter::View view) const { return inView[size_t(view)]; }
    void add(const CaseRecord &record, int number);
    friend bool operator==(const CaseCounts &, const CaseCounts &) = default;
};

/// A filter made ready to be asked about many cases.
class CaseMatcher
{
public:
    explicit CaseMatcher(const CaseFilter &filter = {});
    bool accepts(const CaseRecord &record) const;
    /// Whatever this accepts, `earlier` accepted.
    bool narrows(const CaseMatcher &earlier) const;

private:
    CaseFilter m_filter;
    std::vector<QByteArray> m_words; // folded, longest first
};

} // namespace casement
