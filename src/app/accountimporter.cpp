#include "app/accountimporter.h"

#include "app/accountkeeper.h"
#include "aws/organizations.h"
#include "ui/accountspage.h"
#include "ui/accounttext.h"
#include "ui/importaccountsdialog.h"
#include "ui/newaccountsdialog.h"

#include <QMenu>

namespace casement {

using namespace Qt::StringLiterals;

AccountImporter::AccountImporter(AccountKeeper &keeper, JobList &jobs, Config config, QObject *parent)
    : QObject(parent), m_keeper(keeper), m_jobs(jobs), m_config(std::move(config))
{
}

AccountImporter::~AccountImporter() { stopListing(); }

void AccountImporter::extend(AccountsPage &page)
{
    const auto name = [] { return tr("&Many at Once…"); };
    QAction *action = page.addMenu().addAction(name());
    action->setObjectName(u"importAccounts"_s);
    connect(action, &QAction::triggered, this, [this, &page] { open(&page); });
    connect(&page.addMenu(), &QMenu::aboutToShow, action, [action, name] { action->setText(name()); });
}

void AccountImporter::open(QWidget *parent)
{
    auto *dialog = new ImportAccountsDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QString problem;
    const AwsConfig config = m_config(problem);
    dialog->setProfiles(config, problem);
    dialog->setBaseAccounts(m_keeper.accounts());
    connect(dialog, &ImportAccountsDialog::organizationRequested, this,
            [this, dialog](const QString &base) { listOrganization(*dialog, base); });
    connect(dialog, &ImportAccountsDialog::organizationCancelled, this, &AccountImporter::stopListing);
    connect(dialog, &QDialog::finished, this, &AccountImporter::stopListing);
    connect(dialog, &QDialog::accepted, this, [this, dialog, parent = QPointer<QWidget>(parent)] {
        if (const QList<ListedAccount> chosen = dialog->chosen(); !chosen.isEmpty())
            (new NewAccountsDialog(m_keeper, chosen, parent))->open();
    });
    dialog->open();
}

void AccountImporter::listOrganization(ImportAccountsDialog &dialog, const QString &base)
{
    stopListing();
    const Result<ProfileChoice> choice = m_keeper.choiceFor(base);
    const Result<ConnectionSettings> settings =
        choice ? organizationsSettings(*choice) : Result<ConnectionSettings>(choice.error());
    if (!settings)
        return dialog.setOrganization({}, settings.error());
    m_connection = std::make_unique<HttpServiceConnection>(*settings);
    auto *job = new OrganizationJob(*m_connection, this);
    m_job = job;
    const QPointer<ImportAccountsDialog> guard(&dialog);
    connect(job, &Job::progressed, this, [guard](qint64 done) {
        if (guard)
            guard->setOrganizationProgress(done);
    });
    connect(job, &Job::finished, this, [guard, job](const Result<void> &result) {
        if (guard && result.error().kind != Error::Kind::Cancelled)
            guard->setOrganization(job->accounts(), result.error());
    });
    m_jobs.add(job);
    job->start();
}

void AccountImporter::stopListing()
{
    if (m_job) {
        m_job->disconnect(this);
        m_job->cancel();
    }
    m_job.clear();
    if (m_connection)
        m_connection.release()->deleteLater(); // its job goes first
}

} // namespace casement
