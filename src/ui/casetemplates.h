#pragma once

#include "archive/records.h"
#include "support/casetemplate.h"
#include "support/clicommand.h"
#include "support/contacthours.h"

#include <QCoreApplication>

#include <functional>

class QMenu;
class QTimeZone;
class QWidget;

namespace casement {

class UiSettings;

/// Templates on disk, for the windows that write cases; and what these say of contact hours.
class CaseTemplates
{
    Q_DECLARE_TR_FUNCTIONS(casement::CaseTemplates)

public:
    /// Where the setting is kept that names the folder of templates.
    static const QString folderSetting;
    using Loaded = std::function<void(const CaseTemplate &)>;
    using Told = std::function<void(const QString &sentence)>;

    /// A window that writes, as its template menu sees it.
    struct Writer
    {
        Loaded load;
        std::function<CaseTemplate()> current; ///< what stands in its fields
        std::function<QString()> partition; ///< of the account that it writes for
        Told tell; ///< why a file could not be read or written
    };

    /// Load, save, the folder of templates, and copying as a command.
    static void fillMenu(QMenu &menu, QWidget &parent, UiSettings &settings, const Writer &writer);
    /// What a person has to know of a template that was loaded; empty when nothing.
    static QString remarks(const FilledTemplate &filled, bool keptWhatWasThere = false);

    /// Lets the person choose a file, reads it on the pool and hands it over, or tells what is wrong with it.
    static void chooseFile(QWidget &parent, UiSettings &settings, const Writer &writer);
    static void readFile(QWidget &parent, const QString &file, Loaded loaded, Told tell);
    /// Saves to a file that the person chooses; `.yaml` and `.yml` in YAML, everything else in JSON.
    static void saveFile(QWidget &parent, UiSettings &settings, const CaseTemplate &what, const Told &tell);
    /// Writes the file whole or leaves the old one as it was.
    static Result<void> writeFile(const QString &file, const CaseTemplate &what);
    /// The folder of templates as entries of a menu, which follow when files come or go; between two separators.
    static void addFolder(QMenu &menu, QWidget &parent, UiSettings &settings, const Writer &writer);

    /// What placeholders stand for: account, accountId, date, time, user.
    static QHash<QString, QString> placeholders(const AccountRecord &account);
    static void copyCommand(const CaseTemplate &what, const QString &partition, Shell shell);

    /// "Web: open now, until 18:00": a line a way of contact.
    static QString hoursText(const ContactHours &hours, qint64 now);
    /// The next seven days of contact by web.
    static QString calendarText(const ContactHours &hours, qint64 now, const QTimeZone &zone);
};

} // namespace casement
