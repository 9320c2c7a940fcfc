#include "app/secondstart.h"

#include "app/commandline.h"
#include "app/startwish.h"
#include "ui/mainwindow.h"
#include "ui/workspace.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

QString SecondStart::take(const QStringList &arguments, MainWindow &window, Workspace &workspace)
{
    window.bringToFront();
    const CommandLine line = CommandLine::parse(arguments);
    StartWish::make(line, window, workspace);
    if (!line.profile.isEmpty()) {
        const QList<AccountRecord> &accounts = workspace.accountRecords();
        const bool isOpen = std::any_of(accounts.begin(), accounts.end(), [&line](const AccountRecord &account) {
            return account.key.endsWith("profile:"_L1 + line.profile);
        });
        return isOpen ? tr("Casement runs already: its window is in front now. Choose the account of “%1” there.")
                            .arg(line.profile)
                      : tr("Casement runs already: its window is in front now. --profile holds for a new start only; "
                           "close the window first, or add “%1” to its accounts.")
                            .arg(line.profile);
    }
    return line.holdsForNewStartOnly()
        ? tr("Casement runs already: its window is in front now. The options hold for a new start only.")
        : QString();
}

} // namespace casement
