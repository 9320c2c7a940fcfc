#include "ui/advisorexporter.h"

#include "aws/serviceerror.h"
#include "export/exportadvisorjob.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "ui/advisorwork.h"
#include "ui/caseexporter.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/exportpage.h"
#include "ui/resourcetable.h"
#include "ui/toast.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHash>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>
#include <array>
#include <memory>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString advisorFolderKey = u"export/folder"_s;
const QString advisorFormatKey = u"export/advisorFormat"_s;
constexpr std::array<const char *, 5> formatWords{"csv", "csv-long", "csv-folder", "xlsx", "json"};

QString suffixOfFormat(AdvisorExporter::Format format)
{
    switch (format) {
    case AdvisorExporter::Format::CsvFolder:
        return {};
    case AdvisorExporter::Format::Xlsx:
        return u"xlsx"_s;
    case AdvisorExporter::Format::Json:
        return u"json"_s;
    default:
        return u"csv"_s;
    }
}

AdvisorFormat fileFormat(AdvisorExporter::Format format)
{
    switch (format) {
    case AdvisorExporter::Format::CsvLong:
        return AdvisorFormat::CsvLong;
    case AdvisorExporter::Format::CsvFolder:
        return AdvisorFormat::CsvFolder;
    case AdvisorExporter::Format::Xlsx:
        return AdvisorFormat::Xlsx;
    case AdvisorExporter::Format::Json:
        return AdvisorFormat::Json;
    case AdvisorExporter::Format::CsvBlocks:
        break;
    }
    return AdvisorFormat::Csv;
}

QList<AccountId> accountsOf(const QList<AdvisorCheckRecord> &checks)
{
    QList<AccountId> accounts;
    for (const AdvisorCheckRecord &check : checks) {
        if (!accounts.contains(check.account))
            accounts.append(check.account);
    }
    return accounts;
}

/// The moment for which the oldest of what is kept of them holds, 0 when nothing is.
qint64 oldestOf(const QList<AdvisorCheckRecord> &checks)
{
    qint64 oldest = 0;
    for (const AdvisorCheckRecord &check : checks) {
        const qint64 time = check.isGone ? 0 : advisorResultTime(check);
        if (time > 0)
            oldest = oldest > 0 ? std::min(oldest, time) : time;
    }
    return oldest;
}

} // namespace

AdvisorExporter::AdvisorExporter(Workspace &workspace, AdvisorWork &work, QWidget &window,
                                 std::function<Toast &()> toast)
    : QObject(&window), m_workspace(workspace), m_work(work), m_window(window), m_toast(std::move(toast))
{
}

void AdvisorExporter::exportChecks(const QList<AdvisorCheckRecord> &checks)
{
    if (checks.isEmpty())
        return;
    const QString day = QDate::currentDate().toString(Qt::ISODate);
    QString name = checks.size() == 1 ? CaseExporter::suggestedName(QString(), checks.constFirst().name)
                                      //: The name of a file with many checks; %1 is the day
                                      : tr("Trusted Advisor %1").arg(day);
    choose(checks, name.isEmpty() ? checks.constFirst().checkId : name);
}

std::optional<AdvisorExporter::Format> AdvisorExporter::formatOf(const QString &path, Format chosen)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == "xlsx"_L1)
        return Format::Xlsx;
    if (suffix == "json"_L1)
        return Format::Json;
    if (suffix == "csv"_L1)
        return chosen == Format::CsvLong ? Format::CsvLong : Format::CsvBlocks;
    if (suffix.isEmpty() || chosen == Format::CsvFolder) // a folder is called as one likes
        return chosen;
    return {};
}

void AdvisorExporter::choose(const QList<AdvisorCheckRecord> &checks, const QString &name)
{
    UiSettings &settings = m_workspace.settings();
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString folder = settings.text(advisorFolderKey, documents);
    const QStringList filters{tr("CSV, a block per check (*.csv)"), tr("CSV, a row per field (*.csv)"),
                              tr("CSV, a folder with a file per check (*)"), tr("Excel workbook (*.xlsx)"),
                              tr("JSON, for programs (*.json)")};
    auto *dialog = new QFileDialog(&m_window, dialogTitle(checks));
    dialog->setObjectName(u"advisorExportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QFileInfo(folder).isDir() ? folder : QDir::homePath());
    dialog->setNameFilters(filters);
    const auto chosen = [dialog, filters] { return Format(qMax(0, filters.indexOf(dialog->selectedNameFilter()))); };
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog, chosen] { dialog->setDefaultSuffix(suffixOfFormat(chosen())); });
    Format last = Format::CsvBlocks;
    for (size_t i = 0; i < formatWords.size(); ++i) {
        if (settings.word(advisorFormatKey) == QLatin1StringView(formatWords[i]))
            last = Format(i);
    }
    dialog->selectNameFilter(filters.at(int(last)));
    dialog->setDefaultSuffix(suffixOfFormat(last));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, [this, checks, chosen](const QString &path) {
        const std::optional<Format> format = formatOf(path, chosen());
        m_workspace.settings().set(advisorFolderKey, QFileInfo(path).absolutePath());
        if (!format)
            return dialogs::tellUnknownEnding(
                &m_window, u"advisorExportEnding"_s, path, {u".csv"_s, u".xlsx"_s, u".json"_s},
                [this, checks, again = QFileInfo(path).completeBaseName()] { choose(checks, again); });
        m_workspace.settings().set(advisorFormatKey, QString::fromLatin1(formatWords[size_t(*format)]));
        begin(checks, path, *format);
    });
    dialog->open();
}

/// What will be written: checks, resources, accounts.
QString AdvisorExporter::dialogTitle(const QList<AdvisorCheckRecord> &checks)
{
    qint64 resources = 0;
    for (const AdvisorCheckRecord &check : checks)
        for (const qint64 count : {check.counts.resourcesFlagged, check.counts.resourcesSuppressed})
            resources += std::clamp<qint64>(count, 0, 1'000'000'000); // suppressed ones are rows, too
    QStringList parts{tr("Export %Ln Check(s)", nullptr, int(checks.size())),
                      tr("%Ln resource(s)", nullptr, int(std::min<qint64>(resources, 1'000'000'000)))};
    if (const auto accounts = int(accountsOf(checks).size()); accounts > 1)
        parts.append(tr("%Ln account(s)", nullptr, accounts));
    return parts.join(u" · "_s);
}

void AdvisorExporter::begin(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format)
{
    const QList<AccountId> accounts = accountsOf(checks);
    if (!m_work.isLoading(accounts))
        return readAgain(checks, path, format);
    m_toast().show(tr("“%1” is written when the results are loaded.").arg(displayText(QFileInfo(path).fileName())));
    auto *waiting = new QObject(this);
    connect(&m_work, &AdvisorWork::changed, waiting, [this, waiting, accounts, checks, path, format] {
        if (m_work.isLoading(accounts))
            return;
        disconnect(&m_work, nullptr, waiting, nullptr);
        waiting->deleteLater();
        readAgain(checks, path, format);
    });
}

/// The checks as the archive knows them by now.
void AdvisorExporter::readAgain(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format)
{
    struct Reread
    {
        QHash<std::pair<AccountId, QString>, AdvisorCheckRecord> known;
        qsizetype left = 0;
    };
    const QList<AccountId> accounts = accountsOf(checks);
    const auto reading = std::make_shared<Reread>();
    reading->left = accounts.size();
    for (const AccountId account : accounts) {
        m_work.archive().loadChecks(
            account, m_workspace.serviceLanguage(), this,
            [this, reading, checks, path, format](const Result<QList<AdvisorCheckRecord>> &read) {
                for (const AdvisorCheckRecord &check : read ? *read : QList<AdvisorCheckRecord>())
                    reading->known.insert({check.account, check.checkId}, check);
                if (--reading->left > 0)
                    return;
                QList<AdvisorCheckRecord> now;
                for (const AdvisorCheckRecord &check : checks)
                    now.append(reading->known.value({check.account, check.checkId}, check));
                ask(now, path, format);
            });
    }
}

/// Half of what was wanted must not pass for all of it, least of all in the place of a file that was whole.
void AdvisorExporter::ask(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format)
{
    const QLocale locale;
    const auto missing = std::count_if(checks.begin(), checks.end(), [](const AdvisorCheckRecord &check) {
        return !check.isGone && isAdvisorResultDue(check);
    });
    Error error;
    QString account;
    for (const AccountId id : accountsOf(checks)) {
        const Error one = m_work.error(id);
        if (one.kind == Error::Kind::None || one.kind == Error::Kind::Cancelled || error.kind != Error::Kind::None)
            continue;
        error = one;
        account = m_workspace.accountName(id);
    }
    const bool isRefused =
        error.kind != Error::Kind::None && error.kind != Error::Kind::Incomplete && !isOutOfReach(error);
    if (missing == 0 && !isRefused)
        return write(checks, path, format);
    QStringList sentences;
    if (error.kind != Error::Kind::None)
        sentences.append(
            tr("Trusted Advisor of “%1” could not be loaded.").arg(displayText(account)) + u' '
            + (error.kind == Error::Kind::Incomplete ? displayText(error.message) : ErrorText::happened(error)));
    if (const qint64 oldest = oldestOf(checks); oldest > 0)
        //: %1 is a day and a time
        sentences.append(tr("The oldest of what is here is of %1.").arg(TimeText::shortDateTime(oldest, locale)));
    if (QFileInfo::exists(path))
        sentences.append(tr("“%1” stays as it is when you cancel.").arg(displayText(QFileInfo(path).fileName())));
    QMessageBox *box = dialogs::question(
        &m_window, u"advisorExportQuestion"_s, QMessageBox::Warning, tr("Export"),
        missing > 0 ? tr("The newest results of %Ln of %1 check(s) are not here.", nullptr, int(missing))
                          .arg(locale.toString(checks.size()))
                    : tr("The results may not be the newest."),
        sentences.join(u'\n'));
    QPushButton *go = box->addButton(tr("&Export What Is Here"), QMessageBox::AcceptRole);
    go->setObjectName(u"exportWhatIsHere"_s);
    connect(go, &QPushButton::clicked, this, [this, checks, path, format] { write(checks, path, format); });
    box->open();
}

void AdvisorExporter::write(const QList<AdvisorCheckRecord> &checks, const QString &path, Format format)
{
    QList<AdvisorChoice> choices;
    for (AdvisorCheckRecord check : checks) {
        if (check.category == Names::noAdvisorCategory())
            check.category.clear();
        ChosenColumns columns;
        if (ExportPage::takesShownColumns(m_workspace.settings()))
            columns = ResourceTable::shownValues(m_workspace.settings(), check.checkId);
        choices.append({check, m_workspace.accountName(check.account), columns});
    }
    AdvisorExportOptions options = ExportPage::options(m_workspace.settings());
    options.format = fileFormat(format);
    auto *job = new ExportAdvisorJob(m_work.archive(), choices, options, path, this);
    connect(job, &Job::finished, this, [this, path, job, checks](const Result<void> &result) {
        if (result) {
            const auto open = [this](const QString &what) {
                dialogs::openOrTell(&m_window, QUrl::fromLocalFile(what));
            };
            QString text = tellExported(checks, path);
            if (job->cutTexts() > 0)
                text += u' ' + tr("%Ln text(s) were too long for a cell and were cut.", nullptr, int(job->cutTexts()));
            m_toast().show(text, {tr("&Open"), [open, path] { open(path); }},
                           {tr("Sho&w in Folder"), [open, path] { open(QFileInfo(path).absolutePath()); }});
        } else {
            dialogs::tellFailedExport(&m_window, u"advisorExportProblem"_s, result.error());
        }
        Q_EMIT finished(result);
    });
    m_workspace.jobList().add(job);
    job->start();
}

/// How many of how many, and from when where the service did not answer.
QString AdvisorExporter::tellExported(const QList<AdvisorCheckRecord> &checks, const QString &path) const
{
    const QLocale locale;
    const auto has =
        std::count_if(checks.begin(), checks.end(), [](const AdvisorCheckRecord &check) { return check.snapshot > 0; });
    const auto gone = std::count_if(checks.begin(), checks.end(),
                                    [](const AdvisorCheckRecord &check) { return check.isGone && check.snapshot > 0; });
    const QString name = displayText(QFileInfo(path).fileName());
    QString text = has == checks.size()
        ? tr("%Ln check(s) exported: %1", nullptr, int(has)).arg(name)
        : tr("%Ln of %1 check(s) exported: %2", nullptr, int(has)).arg(locale.toString(checks.size()), name);
    if (gone > 0)
        text += u' ' + tr("AWS does not offer %Ln of them any more.", nullptr, int(gone));
    const QList<AccountId> accounts = accountsOf(checks);
    const bool isAway =
        std::any_of(accounts.begin(), accounts.end(), [this](AccountId id) { return isOutOfReach(m_work.error(id)); });
    if (const qint64 oldest = oldestOf(checks); isAway && oldest > 0)
        //: Of a file: AWS could not be reached; %1 is a day and a time
        text += u' ' + tr("It is from the archive, as of %1.").arg(TimeText::shortDateTime(oldest, locale));
    return text;
}

} // namespace casement
