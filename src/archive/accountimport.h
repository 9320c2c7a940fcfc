#pragma once

#include "archive/accountlist.h"
#include "aws/configfile.h"
#include "aws/organizations.h"

#include <QCoreApplication>

namespace casement {

/// An account that could be put into the list.
struct ImportCandidate
{
    enum class Note {
        None,
        Renamed, ///< its name was taken; `detail` is that name
        Suspended, ///< in its organization: its keys will hardly work
        Listed, ///< is in the list already, as `detail`
        Unusable, ///< `detail` says why
    };

    ListedAccount account; ///< without id and archiveKey
    Note note = Note::None;
    QString detail;

    bool isPossible() const { return note != Note::Listed && note != Note::Unusable; }
    /// Whether it is added unless somebody says otherwise.
    bool isUsual() const { return note == Note::None || note == Note::Renamed; }
};

/// Many accounts at once: from the profiles of ~/.aws, a CSV file, an organization. Pure functions.
class AccountImport
{
    Q_DECLARE_TR_FUNCTIONS(casement::AccountImport)

public:
    static QList<ImportCandidate> ofProfiles(const AwsConfig &config);

    /// Reads a table in UTF-8 with commas, semicolons or tabs (RFC 4180). Its first line names the columns, in any
    /// order: `name`, and `profile` or `role_arn`; `external_id`, `region`, `endpoint_url`, `color`. Others are
    /// skipped. `base`: whose keys assume the roles; its id may be empty as long as there are none.
    /// Error::Kind::Invalid begins with `FILE:LINE: `.
    static Result<QList<ImportCandidate>> ofCsv(const QByteArray &content, const QString &fileName,
                                                const ListedAccount &base);

    /// One role of that name in each account, assumed with the keys of `base`.
    static QList<ImportCandidate> ofOrganization(const QList<OrganizationAccount> &accounts, const ListedAccount &base,
                                                 const QString &roleName, const QString &externalId);

    /// Why that can't be a role's name (1 to 64 letters, digits and characters of +=,.@_-, a path before it); empty
    /// when it can.
    static QString whyNoRoleName(const QString &roleName);

    /// Marks what is in the list already and what is no use, and gives names that are taken another one.
    static QList<ImportCandidate> compared(QList<ImportCandidate> candidates, const QList<ListedAccount> &listed);
};

} // namespace casement
