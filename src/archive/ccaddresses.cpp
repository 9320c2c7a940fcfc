#include "archive/ccaddresses.h"

#include "archive/database.h"

#include <QSet>

namespace casement {

namespace {

constexpr qsizetype mostUsedAddresses = 500;

} // namespace

Result<QStringList> loadCcAddresses(Database &database, AccountId account)
{
    QStringList addresses;
    QSet<QString> seen;
    Statement read = database.prepare("SELECT ccEmailAddresses FROM cases WHERE account = ? AND ccEmailAddresses <> '' "
                                      "ORDER BY updated DESC, id DESC");
    const bool ran = read.run(account);
    while (ran && addresses.size() < mostUsedAddresses && read.next()) {
        for (const QString &address : read.text(0).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
            if (const QString folded = address.toCaseFolded(); !seen.contains(folded)) {
                seen.insert(folded);
                addresses.append(address);
            }
        }
    }
    if (const Result<void> done = database.takeError(); !done)
        return done.error();
    return addresses;
}

} // namespace casement
