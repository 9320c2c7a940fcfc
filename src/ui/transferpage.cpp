#include "ui/transferpage.h"

#include "base/privacy.h"
#include "models/displaytext.h"
#include "transfer/fileerror.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/messagelimits.h"
#include "ui/settingsnames.h"
#include "ui/uisettings.h"
#include "ui_transferpage.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostTransferProblems = 8; // in words
}

TransferPage::TransferPage(UiSettings &settings, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::TransferPage>()), m_settings(settings)
{
    m_ui->setupUi(this);
    setObjectName(u"transferPage"_s);
    m_ui->introduction->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->exportSettings, &QPushButton::clicked, this, [this] { chooseFile(true); });
    connect(m_ui->importSettings, &QPushButton::clicked, this, [this] { chooseFile(false); });
}

TransferPage::~TransferPage() = default;

//: A page of the settings
QString TransferPage::title() const { return tr("Settings File"); }

void TransferPage::retranslate()
{
    const QString said = m_ui->outcome->whole();
    m_ui->retranslateUi(this);
    m_ui->outcome->setWhole(said);
}

QString TransferPage::outcome() const { return m_ui->outcome->whole(); }

void TransferPage::chooseFile(bool toSave)
{
    auto *dialog =
        new QFileDialog(this, toSave ? tr("Export Settings") : tr("Import Settings"), QString(), tr("JSON (*.json)"));
    dialog->setObjectName(toSave ? u"exportSettingsDialog"_s : u"importSettingsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toSave ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(u"json"_s);
    if (toSave)
        dialog->selectFile(u"casement-settings.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, toSave ? &TransferPage::exportTo : &TransferPage::importFrom);
    dialog->open();
}

void TransferPage::exportTo(const QString &file)
{
    QStringList leftOut;
    const QByteArray content = SettingsTransfer::write(m_settings, &leftOut);
    QSaveFile target(file);
    const bool isNew = !QFileInfo::exists(file);
    const bool isOpen = target.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (isOpen && isNew)
        giveUsualRights(target);
    if (!isOpen || target.write(content) != content.size() || !target.commit())
        return complain(ErrorText::whole({}, ErrorText::Deed::Write, cannotWrite(file, target.errorString())));
    QString said = tr("The settings are in %1.").arg(displayText(file));
    if (!leftOut.isEmpty())
        said += u'\n' + tr("Left out, since they look like keys: %1.").arg(leftOut.join(tr(", ", "list separator")));
    show(said);
}

void TransferPage::importFrom(const QString &file)
{
    QFile source(file);
    if (!QFileInfo(file).isFile() || !source.open(QIODevice::ReadOnly))
        return complain(ErrorText::whole({}, ErrorText::Deed::Load, cannotRead(file, source.errorString())));
    const QByteArray content = source.read(SettingsTransfer::largestFile + 1);
    const Result<SettingsTransfer::Proposal> proposal = SettingsTransfer::look(content, m_settings);
    if (!proposal)
        return complain(ErrorText::whole({}, ErrorText::Deed::Load, proposal.error()));
    if (proposal->changes.isEmpty())
        return tell({tr("Nothing of this file changes a setting.")}, proposal->problems);
    ask(content, *proposal);
}

void TransferPage::ask(const QByteArray &content, const SettingsTransfer::Proposal &proposal)
{
    m_ui->outcome->hide(); // it was about another file
    QStringList lines = proposal.deletions;
    if (!lines.isEmpty())
        lines.append(QString());
    for (const SettingsTransfer::Change &change : proposal.changes)
        lines.append(SettingsNames::change(change.key, change.before, change.after));
    if (!proposal.problems.isEmpty()) // before anything is agreed to
        lines += QStringList{QString()} + listed(proposal.problems);
    QMessageBox *box = dialogs::question(
        this, u"importSettingsQuestion"_s, proposal.deletions.isEmpty() ? QMessageBox::Question : QMessageBox::Warning,
        tr("Import Settings"), tr("Change %Ln setting(s)?", nullptr, int(proposal.changes.size())), lines.join(u'\n'));
    QPushButton *change =
        box->addButton(proposal.deletions.isEmpty() ? tr("&Take Over") : tr("&Take Over and Delete"),
                       proposal.deletions.isEmpty() ? QMessageBox::AcceptRole : QMessageBox::DestructiveRole);
    change->setObjectName(u"takeSettings"_s);
    connect(change, &QPushButton::clicked, this,
            [this, content, changes = proposal.changes] { take(content, changes); });
    box->open();
}

void TransferPage::take(const QByteArray &content, const QList<SettingsTransfer::Change> &changes)
{
    SettingsTransfer::take(changes, m_settings);
    Q_EMIT imported();
    // What is told is in the language that holds now.
    const Result<SettingsTransfer::Proposal> left = SettingsTransfer::look(content, m_settings);
    QStringList said{tr("%Ln setting(s) were changed:", nullptr, int(changes.size()))};
    for (const SettingsTransfer::Change &change : changes)
        said.append(SettingsNames::change(change.key, change.before, change.after));
    tell(said, left ? left->problems : QStringList());
}

QStringList TransferPage::listed(const QStringList &problems)
{
    QStringList lines;
    for (const QString &problem : problems.mid(0, mostTransferProblems))
        lines.append(displayText(problem));
    if (const qsizetype more = problems.size() - mostTransferProblems; more > 0)
        lines.append(tr("And %Ln more.", nullptr, int(more)));
    return lines;
}

void TransferPage::tell(const QStringList &said, const QStringList &problems)
{
    show((said + listed(problems)).join(u'\n'));
}

void TransferPage::show(const QString &said)
{
    m_ui->outcome->setPalette(palette());
    m_ui->outcome->setWhole(said);
    m_ui->outcome->show();
}

void TransferPage::complain(const QString &sentence)
{
    MessageLimits::showProblem(*m_ui->outcome, sentence);
    m_ui->outcome->setWhole(sentence); // a path is broken where it is too long
}

} // namespace casement
