#include "ui/welcomepage.h"

#include "ui/icons.h"
#include "ui/taborder.h"
#include "ui_welcomepage.h"

namespace casement {

using namespace Qt::StringLiterals;

WelcomePage::WelcomePage(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::WelcomePage>())
{
    m_ui->setupUi(this);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    QFont large = m_ui->title->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setWeight(QFont::DemiBold);
    m_ui->title->setFont(large);
    m_ui->demo->setDefault(true);
    for (QLabel *label : {m_ui->intro, m_ui->demoHint, m_ui->keysHint})
        label->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->demo, &QPushButton::clicked, this, &WelcomePage::demoChosen);
    connect(m_ui->useProfile, &QPushButton::clicked, this, &WelcomePage::choose);
    connect(m_ui->enterKeys, &QPushButton::clicked, this, &WelcomePage::keysRequested);
    connect(m_ui->profileList, &ProfileList::accepted, this, &WelcomePage::choose);
    connect(m_ui->profileList, &ProfileList::chosenChanged, this, &WelcomePage::showChoice);
    connect(m_ui->leftDrafts, &QPushButton::clicked, this, &WelcomePage::draftsRequested);
    setTabChain({m_ui->demo, m_ui->profileList, m_ui->useProfile, m_ui->enterKeys, m_ui->leftDrafts});
    showChoice();
}

WelcomePage::~WelcomePage() = default;

void WelcomePage::setProfiles(const QList<ListedProfile> &profiles, const QString &problem)
{
    m_ui->profileList->setProfiles(profiles, problem);
    showChoice();
}

void WelcomePage::setDrafts(int count)
{
    m_drafts = count;
    showChoice();
}

void WelcomePage::showChoice()
{
    m_ui->leftDrafts->setText(tr("&Read %n Draft(s) of Removed Accounts", nullptr, m_drafts));
    m_ui->leftDrafts->setVisible(m_drafts > 0);
    const int count = int(m_ui->profileList->chosen().size());
    m_ui->useProfile->setText(count == 0 ? tr("&Use Profiles") : tr("&Use %Ln Profile(s)", nullptr, count));
    m_ui->useProfile->setEnabled(count > 0);
    m_ui->useProfile->setVisible(!m_ui->profileList->isEmpty());
}

void WelcomePage::choose()
{
    if (const QStringList profiles = m_ui->profileList->chosen(); !profiles.isEmpty())
        Q_EMIT profilesChosen(profiles);
}

void WelcomePage::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (icons::areEnabled() && m_ui->logo->pixmap(Qt::ReturnByValue).isNull())
        m_ui->logo->setPixmap(icons::pixmap(u"casement"_s, 64, devicePixelRatioF(), QColor()));
}

void WelcomePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        showChoice();
    }
}

} // namespace casement
