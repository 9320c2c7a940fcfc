#include "ui/importaccountsdialog.h"

#include "aws/sources/rolesource.h"
#include "models/displaytext.h"
#include "transfer/fileerror.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/plaintext.h"
#include "ui_importaccountsdialog.h"

#include <QCloseEvent>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHeaderView>
#include <QResizeEvent>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <algorithm>
#include <iterator>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum ImportColumn { NameColumn, KeysColumn, NoteColumn, ImportColumnCount };
constexpr qint64 mostCsv = (16 << 20) + 1; // AccountImport says what is wrong with more
constexpr int rowRoom = 8; // beside the text
const QString usualRole = u"OrganizationAccountAccessRole"_s;

} // namespace

ImportAccountsDialog::ImportAccountsDialog(QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ImportAccountsDialog>()),
      m_model(new QStandardItemModel(0, ImportColumnCount, this)), m_filtered(new QSortFilterProxyModel(this))
{
    m_ui->setupUi(this);
    setObjectName(u"importAccountsDialog"_s);
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    m_ui->candidates->setModel(m_filtered);
    m_ui->candidates->header()->setStretchLastSection(true);
    m_ui->candidates->viewport()->installEventFilter(this);
    m_ui->roleName->setText(usualRole);

    connect(m_ui->importSource, &QComboBox::currentIndexChanged, this, [this](int index) {
        endListing();
        showSource(index);
        rebuild();
    });
    connect(m_ui->chooseCsv, &QPushButton::clicked, this, &ImportAccountsDialog::chooseCsv);
    connect(m_ui->csvFile, &QLineEdit::editingFinished, this, &ImportAccountsDialog::readCsv);
    connect(m_ui->csvBase, &QComboBox::currentIndexChanged, this, &ImportAccountsDialog::rebuild);
    connect(m_ui->listAccounts, &QPushButton::clicked, this, &ImportAccountsDialog::listOrganization);
    connect(m_ui->baseAccount, &QComboBox::currentIndexChanged, this, [this] {
        endListing();
        m_organization.clear();
        m_organizationProblem.clear();
        rebuild();
    });
    for (const QLineEdit *field : {m_ui->roleName, m_ui->externalId}) {
        connect(field, &QLineEdit::returnPressed, this, [this] {
            if (m_organization.isEmpty() && !m_isListing)
                m_ui->listAccounts->click();
        });
        connect(field, &QLineEdit::textChanged, this, &ImportAccountsDialog::rebuild);
    }
    connect(m_ui->filterCandidates, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_ui->filterCandidates, &QLineEdit::textChanged, this, &ImportAccountsDialog::update);
    connect(m_ui->checkAll, &QPushButton::clicked, this, [this] { checkAll(true); });
    connect(m_ui->checkNone, &QPushButton::clicked, this, [this] { checkAll(false); });
    connect(m_model, &QStandardItemModel::itemChanged, this, [this] {
        if (!m_isFilling)
            update();
    });
    connect(m_ui->addChosen, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_ui->cancelImport, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, &ImportAccountsDialog::endListing);
    dialogs::inPlatformOrder(
        *m_ui->buttons,
        {{m_ui->addChosen, QDialogButtonBox::AcceptRole}, {m_ui->cancelImport, QDialogButtonBox::RejectRole}});
    showSource(0);
    retranslate();
    rebuild();
}

ImportAccountsDialog::~ImportAccountsDialog() = default;

ImportAccountsDialog::From ImportAccountsDialog::from() const { return From(m_ui->importSource->currentIndex()); }

void ImportAccountsDialog::showSource(int index)
{
    QWidget *const sources[]{m_ui->profilesPage, m_ui->csvPage, m_ui->organizationPage};
    for (int i = 0; i < int(std::size(sources)); ++i)
        sources[i]->setVisible(i == index);
}

void ImportAccountsDialog::setFrom(From from) { m_ui->importSource->setCurrentIndex(int(from)); }

void ImportAccountsDialog::setProfiles(const AwsConfig &config, const QString &problem)
{
    m_config = config;
    m_profilesProblem = problem;
    rebuild();
}

void ImportAccountsDialog::setBaseAccounts(const QList<ListedAccount> &listed)
{
    m_listed = listed;
    for (QComboBox *box : {m_ui->csvBase, m_ui->baseAccount}) {
        const QString before = box->currentData().toString();
        const QSignalBlocker quiet(box);
        box->clear();
        for (const ListedAccount &account : listed)
            box->addItem(displayText(account.name), account.id);
        box->setCurrentIndex(std::max(0, box->findData(before)));
        box->setEnabled(!listed.isEmpty());
    }
    rebuild();
}

const ListedAccount *ImportAccountsDialog::account(const QString &id) const
{
    const auto found =
        std::find_if(m_listed.begin(), m_listed.end(), [&](const ListedAccount &one) { return one.id == id; });
    return found == m_listed.end() ? nullptr : &*found;
}

void ImportAccountsDialog::chooseCsv()
{
    auto *dialog = new QFileDialog(this, tr("Choose a CSV File"), QFileInfo(m_ui->csvFile->text()).path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Tables (*.csv *.tsv *.txt)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_ui->csvFile->setText(QDir::toNativeSeparators(path));
        readCsv();
    });
    dialog->open();
}

void ImportAccountsDialog::readCsv()
{
    const QString path = m_ui->csvFile->text().trimmed();
    m_csv.clear();
    m_csvName = QFileInfo(path).fileName();
    if (path.isEmpty())
        return rebuild();
    const QFileInfo info(path);
    QFile file(path);
    QString why;
    if (!info.exists())
        why = tr("There is no such file: %1").arg(displayText(path));
    else if (!info.isFile()) // a pipe would be waited for
        why = tr("This is no file: %1").arg(displayText(path));
    else if (!file.open(QIODevice::ReadOnly))
        why = ErrorText::whole({}, ErrorText::Deed::Load, cannotRead(path, file.errorString()));
    if (!why.isEmpty()) {
        fill({});
        return say(why);
    }
    m_csv = file.read(mostCsv);
    if (m_csv.isEmpty())
        m_csv = "\n"; // tells it from none
    rebuild();
}

void ImportAccountsDialog::listOrganization()
{
    if (m_isListing)
        return endListing();
    const ListedAccount *base = account(m_ui->baseAccount->currentData().toString());
    if (!base)
        return;
    m_isListing = true;
    m_organization.clear();
    m_organizationProblem.clear();
    rebuild();
    setOrganizationProgress(0);
    Q_EMIT organizationRequested(base->id);
}

void ImportAccountsDialog::endListing()
{
    if (!m_isListing)
        return;
    m_isListing = false;
    Q_EMIT organizationCancelled();
    update();
}

void ImportAccountsDialog::setOrganizationProgress(qint64 count)
{
    if (m_isListing)
        m_ui->importStatus->setText(tr("Listing… %n account(s) so far", nullptr, int(count)));
}

void ImportAccountsDialog::setOrganization(const QList<OrganizationAccount> &accounts, const Error &error)
{
    m_isListing = false;
    m_organization = accounts;
    m_organizationProblem.clear();
    if (error.kind == Error::Kind::Cancelled)
        return rebuild();
    if (error.kind != Error::Kind::None) {
        m_organizationProblem = isCode(error.code, "AWSOrganizationsNotInUse"_L1)
            ? tr("This account belongs to no organization. Choose another one.")
            : isCode(error.code, "AccessDenied"_L1)
            ? tr(
                "These keys may not list the organization. Choose the management account or a delegated administrator, "
                "with keys that “organizations:ListAccounts” is allowed for.")
            : ErrorText::whole(tr("The organization could not be listed."), ErrorText::Deed::Read, error);
    } else if (accounts.isEmpty()) {
        m_organizationProblem = tr("The organization has no accounts.");
    }
    rebuild();
}

void ImportAccountsDialog::rebuild()
{
    QString problem;
    QList<ImportCandidate> candidates;
    switch (from()) {
    case From::Profiles:
        candidates = AccountImport::ofProfiles(m_config);
        problem = m_profilesProblem.isEmpty() ? QString()
                                              : tr("This file can't be read: %1").arg(displayText(m_profilesProblem));
        if (problem.isEmpty() && candidates.isEmpty())
            problem = tr("No profile was found in ~/.aws. “aws configure” makes one.");
        break;
    case From::Csv: {
        if (m_csv.isEmpty())
            break;
        const ListedAccount *base = account(m_ui->csvBase->currentData().toString());
        const auto read = AccountImport::ofCsv(m_csv, m_csvName, base ? *base : ListedAccount());
        if (read)
            candidates = *read;
        else
            problem = displayText(read.error().message);
        break;
    }
    case From::Organization: {
        const ListedAccount *base = account(m_ui->baseAccount->currentData().toString());
        if (!base) {
            problem = tr("Add the management account of the organization to the list first: its keys are needed here.");
            break;
        }
        problem = m_organizationProblem;
        if (m_organization.isEmpty())
            break;
        const QString role = m_ui->roleName->text().trimmed();
        if (const QString why = AccountImport::whyNoRoleName(role); !why.isEmpty())
            problem = why;
        else
            candidates = AccountImport::ofOrganization(m_organization, *base, role, m_ui->externalId->text().trimmed());
        break;
    }
    }
    fill(AccountImport::compared(candidates, m_listed));
    say(problem);
}

void ImportAccountsDialog::fill(const QList<ImportCandidate> &candidates)
{
    QHash<QString, Qt::CheckState> before; // typing a role's name leaves what was chosen
    for (qsizetype row = 0; row < m_candidates.size(); ++row) {
        const ListedAccount &one = m_candidates.at(row).account;
        before.insert(one.profile + u'\n' + one.accountNumber + u'\n' + one.name,
                      m_model->item(int(row), NameColumn)->checkState());
    }
    m_isFilling = true;
    m_candidates = candidates;
    m_model->removeRows(0, m_model->rowCount());
    const int rowHeight = fontMetrics().height() + rowRoom;
    for (const ImportCandidate &candidate : candidates) {
        using Note = ImportCandidate::Note;
        const ListedAccount &one = candidate.account;
        auto *name = new QStandardItem(displayText(one.name));
        const RoleArn role = RoleArn::of(one.roleArn);
        auto *keys = new QStandardItem(role.isValid() ? displayText(u"%1 · %2"_s.arg(role.account, role.name))
                                                      : tr("Profile “%1”").arg(displayText(one.profile)));
        name->setSizeHint(QSize(0, rowHeight));
        QString note;
        switch (candidate.note) {
        case Note::None:
            break;
        case Note::Renamed:
            note = tr("“%1” is taken").arg(displayText(candidate.detail));
            break;
        case Note::Suspended:
            note = tr("Suspended");
            break;
        case Note::Listed:
            note = tr("In the list as “%1”").arg(displayText(candidate.detail));
            break;
        case Note::Unusable:
            note = displayText(candidate.detail);
            break;
        }
        const QList<QStandardItem *> row{name, keys, new QStandardItem(note)};
        if (candidate.isPossible()) {
            name->setCheckable(true);
            name->setCheckState(before.value(one.profile + u'\n' + one.accountNumber + u'\n' + one.name,
                                             candidate.isUsual() ? Qt::Checked : Qt::Unchecked));
        }
        for (QStandardItem *item : row)
            item->setEnabled(candidate.isPossible());
        m_model->appendRow(row);
    }
    m_isFilling = false;
    update();
}

void ImportAccountsDialog::checkAll(bool on)
{
    m_isFilling = true;
    for (int row = 0; row < m_filtered->rowCount(); ++row) { // those that are shown
        const int at = m_filtered->mapToSource(m_filtered->index(row, 0)).row();
        if (m_candidates.at(at).isPossible())
            m_model->item(at, NameColumn)->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    m_isFilling = false;
    update();
}

QList<ListedAccount> ImportAccountsDialog::chosen() const
{
    QList<ListedAccount> accounts;
    for (qsizetype row = 0; row < m_candidates.size(); ++row) {
        const QStandardItem *item = m_model->item(int(row), NameColumn);
        if (item->isCheckable() && item->checkState() == Qt::Checked)
            accounts.append(m_candidates.at(row).account);
    }
    return accounts;
}

void ImportAccountsDialog::update()
{
    const qsizetype count = chosen().size();
    m_ui->addChosen->setEnabled(count > 0);
    m_ui->addChosen->setText(count > 0 ? tr("A&dd %n Account(s)", nullptr, int(count)) : tr("A&dd Accounts"));
    m_ui->listAccounts->setText(m_isListing ? tr("Stop &Listing") : tr("&List Accounts"));
    m_ui->listAccounts->setEnabled(m_isListing || m_ui->baseAccount->count() > 0);
    for (QWidget *field : {static_cast<QWidget *>(m_ui->filterCandidates), static_cast<QWidget *>(m_ui->checkAll),
                           static_cast<QWidget *>(m_ui->checkNone)})
        field->setEnabled(!m_candidates.isEmpty());
    if (m_isListing)
        return;
    const auto listed = std::count_if(m_candidates.begin(), m_candidates.end(), [](const ImportCandidate &one) {
        return one.note == ImportCandidate::Note::Listed;
    });
    QStringList words;
    if (!m_candidates.isEmpty())
        words.append(tr("%1 of %n chosen", nullptr, int(m_candidates.size())).arg(count));
    if (listed > 0)
        words.append(tr("%n in the list already", nullptr, int(listed)));
    m_ui->importStatus->setText(words.join(tr(", ", "list separator")));
}

void ImportAccountsDialog::say(const QString &problem)
{
    m_ui->importProblem->setText(problem);
    m_ui->importProblem->setVisible(!problem.isEmpty());
}

void ImportAccountsDialog::retranslate()
{
    nameClearButton(*m_ui->filterCandidates, tr("Clear the Filter"));
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Keys From"), tr("Note")});
}

void ImportAccountsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    const int from = m_ui->importSource->currentIndex();
    m_ui->retranslateUi(this);
    m_ui->importSource->setCurrentIndex(from);
    retranslate();
    rebuild();
}

bool ImportAccountsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_ui->candidates->viewport()) {
        const int width = static_cast<QResizeEvent *>(event)->size().width();
        m_ui->candidates->setColumnWidth(NameColumn, width * 3 / 10);
        m_ui->candidates->setColumnWidth(KeysColumn, width * 4 / 10);
    }
    return QDialog::eventFilter(watched, event);
}

void ImportAccountsDialog::closeEvent(QCloseEvent *event)
{
    endListing();
    QDialog::closeEvent(event);
}

} // namespace casement
