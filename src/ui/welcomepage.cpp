#include "ui/welcomepage.h"

#include "models/displaytext.h"
#include "ui/icons.h"
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
    m_ui->demo->setMinimumHeight(36);
    for (QLabel *label : {m_ui->intro, m_ui->demoHint, m_ui->keysHint, m_ui->profilesHint})
        label->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->demo, &QPushButton::clicked, this, &WelcomePage::demoChosen);
    connect(m_ui->useProfile, &QPushButton::clicked, this, &WelcomePage::choose);
    connect(m_ui->profiles, &QListWidget::itemActivated, this, &WelcomePage::choose);
    connect(m_ui->profiles, &QListWidget::currentRowChanged, this,
            [this](int row) { m_ui->useProfile->setEnabled(row >= 0); });
    refresh();
}

WelcomePage::~WelcomePage() = default;

void WelcomePage::setProfiles(const QStringList &profiles, const QString &problem)
{
    m_problem = problem;
    m_ui->profiles->clear();
    for (const QString &profile : profiles) {
        auto *item = new QListWidgetItem(displayText(profile), m_ui->profiles);
        item->setData(Qt::UserRole, profile);
    }
    if (!profiles.isEmpty())
        m_ui->profiles->setCurrentRow(0);
    refresh();
}

void WelcomePage::refresh()
{
    const bool any = m_ui->profiles->count() > 0;
    m_ui->profiles->setVisible(any);
    m_ui->profilesTitle->setVisible(any);
    m_ui->useProfile->setVisible(any);
    m_ui->useProfile->setEnabled(m_ui->profiles->currentRow() >= 0);
    if (!m_problem.isEmpty())
        m_ui->profilesHint->setText(tr("The files of ~/.aws can't be read: %1").arg(m_problem));
    else
        m_ui->profilesHint->setText(any ? QString() : tr("No profile was found in ~/.aws. “aws configure” makes one."));
    m_ui->profilesHint->setVisible(!m_ui->profilesHint->text().isEmpty());
}

void WelcomePage::choose()
{
    if (const QListWidgetItem *item = m_ui->profiles->currentItem())
        Q_EMIT profileChosen(item->data(Qt::UserRole).toString());
}

void WelcomePage::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (icons::areEnabled() && m_ui->logo->pixmap(Qt::ReturnByValue).isNull())
        m_ui->logo->setPixmap(icons::pixmap(u"casement"_s, 96, devicePixelRatioF(), QColor()));
}

void WelcomePage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        refresh();
    }
}

} // namespace casement
