#pragma once

#include "archive/advisorarchive.h"

#include <QByteArray>

namespace casement::cli {

/// A check of an account, for lists.
struct ListedCheck
{
    QString account;
    AdvisorCheckRecord check;
};

/// Columns for people, the name last; cut to `columns` cells unless that is 0. The account stands there when there is
/// more than one.
QString checkTable(const QList<ListedCheck> &checks, bool withAccounts, int columns);

/// An array of objects; texts and codes exactly as the service wrote them, null where nothing is known.
QByteArray checkJson(const QList<ListedCheck> &checks);

/// RFC 4180: a header, then a check a row. Cells as those of an export; with `forTerminal` line breaks inside cells
/// become spaces.
QByteArray checkCsv(const QList<ListedCheck> &checks, bool formulaSafe, bool forTerminal);

/// A check for people: what it is called, how it stands, and its resources under the check's own headings.
QString shownCheck(const ListedCheck &listed, const AdvisorSnapshot &snapshot, bool withAccounts, int columns);

} // namespace casement::cli
