#pragma once

#include <Qt>

namespace casement {

/// What rows of this layer's models tell besides Qt's own roles. One list for all models, so that a delegate serves any
/// of them.
enum Role {
    KeyRole = Qt::UserRole + 1, ///< CaseKey of a case, AccountId of an account, Job * of a job, QString of all others
    UnreadRole, ///< bool: AWS wrote after the person last looked
    SeverityCodeRole, ///< QString as the service spells it
    SeverityRankRole, ///< int: 0 (critical) … 4 (low), 5 for a level that this version has not heard of
    StatusCodeRole, ///< QString as the service spells it
    ServiceCodeRole, ///< QString as the service spells it
    TurnRole, ///< int(Turn)
    SubjectRole, ///< QString, displayText()
    DisplayIdRole, ///< QString, displayText()
    AccountIdRole, ///< AccountId
    AccountNameRole, ///< QString
    AccountColorRole, ///< int: index for accountColor(), the same for an account in every window
    BodyRole, ///< QString: text of a message, lines kept, bodyText()
    SubmittedByRole, ///< QString
    FromAwsRole, ///< bool
    CreatedRole, ///< qint64, ms since 1970 UTC; 0 when it could not be read
    ExactTimeRole, ///< QString: date, time and zone in the person's locale, or the service's own text
    RelativeTimeRole, ///< QString: "2 h", "yesterday"-like short form of the cell's time
    AttachmentsRole, ///< QList<AttachmentRecord>
    DoneRole, ///< qint64 of a job
    TotalRole, ///< qint64 of a job; 0 = not known
    ViewRole, ///< int(CaseFilter::View) of a sidebar entry, -1 for a heading or an account
    CountRole, ///< int behind a sidebar entry
    ColumnIdRole, ///< QString of a header section: a name that stays, for settings
    ColumnHiddenRole, ///< bool of a header section: not shown until chosen
    ColumnWidthRole, ///< int of a header section: a good first width in average characters
    CategoriesRole, ///< QList<Category> of a service; its KeyRole is its code
    RecentRole, ///< bool of a service: used lately
    CaseIdRole, ///< QString as the service spells it
    OutboxStateRole, ///< int(OutboxState)
    UnderWayRole, ///< bool of an entry of the outbox: a job sends or looks for it now
    ErrorRole, ///< Error: why it did not go
    StarredRole, ///< bool of a case
    MutedRole, ///< bool of a case
    NoteRole, ///< QString of a case: what the person noted, bodyText()
    TagRole, ///< QString of a sidebar entry
    FileCountRole, ///< int of an entry of the outbox: files that go with it
    FilterIdRole, ///< QString of a sidebar entry: a saved filter's
    CheckIdRole, ///< QString of a check of Trusted Advisor; empty of a category
    AdvisorCategoryRole, ///< QString of a check, a category and a sidebar entry, as the service spells it
    TroubleRole, ///< QString of a case or an account of the sidebar: why the account can't be refreshed; of a heading:
                 ///< which
    TroubleCountRole, ///< int of the heading of accounts
    ChangeRole, ///< int(AdvisorChange) of a resource
};

} // namespace casement
