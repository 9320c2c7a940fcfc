#include "ui/welcomepage.h"

#include "aws/sources/profilesource.h"
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
    connect(m_ui->profiles, &QListWidget::currentRowChanged, this, &WelcomePage::showChoice);
    refresh();
}

WelcomePage::~WelcomePage() = default;

void WelcomePage::setProfiles(const QList<ListedProfile> &profiles, const QString &problem)
{
    m_profiles = profiles;
    m_problem = problem;
    m_ui->profiles->clear();
    int first = -1;
    for (const ListedProfile &profile : profiles) {
        auto *item = new QListWidgetItem(m_ui->profiles);
        if (first < 0 && isSupported(profile.uses))
            first = m_ui->profiles->row(item);
    }
    if (!profiles.isEmpty())
        m_ui->profiles->setCurrentRow(qMax(0, first));
    refresh();
}

/// Where its keys would come from; empty when Casement can get them.
QString WelcomePage::missing(ProfileUses uses)
{
    if (isSupported(uses))
        return {};
    return uses == ProfileUses::Login ? tr("“aws login”") : tr("no keys");
}

void WelcomePage::refresh()
{
    for (int row = 0; row < m_profiles.size(); ++row) {
        QListWidgetItem *item = m_ui->profiles->item(row);
        const QString name = displayText(m_profiles.at(row).name);
        const QString kind = missing(m_profiles.at(row).uses);
        //: A profile that can't be used yet: its name, and where its keys would come from
        item->setText(kind.isEmpty() ? name : tr("%1 (%2: not supported yet)").arg(name, kind));
        item->setForeground(kind.isEmpty() ? QBrush() : palette().brush(QPalette::PlaceholderText));
    }
    const bool any = !m_profiles.isEmpty();
    m_ui->profiles->setVisible(any);
    m_ui->profilesTitle->setVisible(any);
    m_ui->useProfile->setVisible(any);
    showChoice();
}

void WelcomePage::showChoice()
{
    const int row = m_ui->profiles->currentRow();
    const bool usable = row >= 0 && isSupported(m_profiles.at(row).uses);
    m_ui->useProfile->setEnabled(usable);
    QString hint;
    if (!m_problem.isEmpty())
        hint = tr("This file can't be read: %1").arg(displayText(m_problem));
    else if (m_profiles.isEmpty())
        hint = tr("No profile was found in ~/.aws. “aws configure” makes one.");
    else if (!usable && row >= 0)
        hint = tr("Casement can't get the keys of this profile by itself yet. Until then, run “aws configure "
                  "export-credentials --profile %1 --format env” in a terminal, set what it prints there, and start "
                  "Casement from it.")
                   .arg(displayText(m_profiles.at(row).name));
    m_ui->profilesHint->setText(hint);
    m_ui->profilesHint->setVisible(!hint.isEmpty());
}

void WelcomePage::choose()
{
    const int row = m_ui->profiles->currentRow();
    if (row >= 0 && isSupported(m_profiles.at(row).uses))
        Q_EMIT profileChosen(m_profiles.at(row).name);
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
    } else if (event->type() == QEvent::PaletteChange) {
        refresh();
    }
}

} // namespace casement
