#include "ui/notificationspage.h"

#include "base/wordslocale.h"
#include "ui/mnemonics.h"
#include "ui/spoken.h"
#include "ui_notificationspage.h"

#include <QCheckBox>
#include <QLocale>
#include <QScopedValueRollback>

namespace casement {

using namespace Qt::StringLiterals;

NotificationsPage::NotificationsPage(UiSettings &settings, std::function<bool()> hasTray, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::NotificationsPage>()), m_settings(settings),
      m_hasTray(std::move(hasTray))
{
    m_ui->setupUi(this);
    setObjectName(u"notificationsPage"_s);
    for (QLabel *hint : {m_ui->quietHint, m_ui->trayHint})
        hint->setForegroundRole(QPalette::PlaceholderText);
    QWidget *before = m_ui->quietTo;
    for (int day = 1; day <= 7; ++day) {
        auto *box = new QCheckBox(this);
        box->setObjectName(u"quietDay%1"_s.arg(day));
        m_ui->dayRow->insertWidget(day - 1, box);
        setTabOrder(before, box);
        m_days[size_t(day - 1)] = box;
        before = box;
    }
    for (QCheckBox *box : findChildren<QCheckBox *>())
        connect(box, &QCheckBox::toggled, this, &NotificationsPage::store);
    for (QTimeEdit *edit : {m_ui->quietFrom, m_ui->quietTo})
        connect(edit, &QTimeEdit::timeChanged, this, &NotificationsPage::store);
    load();
}

NotificationsPage::~NotificationsPage() = default;

QString NotificationsPage::title() const { return tr("Notifications"); }

void NotificationsPage::retranslate()
{
    const QScopedValueRollback loading(m_loading, true); // another format is no other time
    m_ui->retranslateUi(this);
    const QLocale words = wordsLocale();
    for (int day = 1; day <= 7; ++day) {
        m_days[size_t(day - 1)]->setText(words.dayName(day, QLocale::ShortFormat));
        spoken::setName(*m_days[size_t(day - 1)], words.dayName(day, QLocale::LongFormat));
    }
    QList<QAbstractButton *> days(m_days.begin(), m_days.end());
    giveMnemonics(days, u"tbqfoikc"_s); // those of the page and of Close
    // What Qt's short format of the region says, without AM and PM cut off by a too narrow field.
    const QLocale locale;
    const QString format = locale.timeFormat(QLocale::ShortFormat);
    for (QTimeEdit *edit : {m_ui->quietFrom, m_ui->quietTo}) {
        edit->setLocale(locale);
        edit->setDisplayFormat(format);
    }
    explain();
}

void NotificationsPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    explain(); // a panel may have come or gone
}

void NotificationsPage::load()
{
    m_loading = true;
    const NotificationSettings now = NotificationSettings::read(m_settings);
    m_ui->notify->setChecked(now.on);
    m_ui->showText->setChecked(now.showText);
    m_ui->quiet->setChecked(now.quiet.on);
    m_ui->quietFrom->setTime(now.quiet.from);
    m_ui->quietTo->setTime(now.quiet.to);
    for (int day = 1; day <= 7; ++day)
        m_days[size_t(day - 1)]->setChecked(now.quiet.days.contains(day));
    m_ui->tray->setChecked(now.tray);
    m_ui->keepRunning->setChecked(now.keepRunning);
    m_loading = false;
    explain();
}

void NotificationsPage::store()
{
    if (m_loading)
        return;
    NotificationSettings now = NotificationSettings::read(m_settings); // how often is asked stands on another page
    now.on = m_ui->notify->isChecked();
    now.showText = m_ui->showText->isChecked();
    now.quiet.on = m_ui->quiet->isChecked();
    now.quiet.from = m_ui->quietFrom->time();
    now.quiet.to = m_ui->quietTo->time();
    now.quiet.days.clear();
    for (int day = 1; day <= 7; ++day) {
        if (m_days[size_t(day - 1)]->isChecked())
            now.quiet.days.append(day);
    }
    if (now.quiet.days.isEmpty())
        now.quiet.days = NotificationSettings::read(m_settings).quiet.days; // until one is chosen again
    now.tray = m_ui->tray->isChecked();
    now.keepRunning = m_ui->keepRunning->isChecked();
    now.write(m_settings);
    explain();
    Q_EMIT changed(now);
}

/// What can be set, and what the choices mean together.
void NotificationsPage::explain()
{
    const bool quiet = m_ui->notify->isChecked() && m_ui->quiet->isChecked();
    m_ui->showText->setEnabled(m_ui->notify->isChecked());
    m_ui->quiet->setEnabled(m_ui->notify->isChecked());
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_ui->quietFrom, m_ui->quietFromLabel, m_ui->quietTo, m_ui->quietToLabel})
        widget->setEnabled(quiet);
    bool anyDay = false;
    for (QCheckBox *box : m_days) {
        box->setEnabled(quiet);
        anyDay |= box->isChecked();
    }
    const bool hasTray = m_hasTray();
    m_ui->keepRunning->setEnabled(m_ui->tray->isChecked() && hasTray);
    m_ui->trayHint->setText(
        hasTray
            ? tr(
                "The icon shows how many cases have answers that nobody has read. Quit in the File menu ends Casement.")
            : tr("This desktop has no notification area, so there is no icon, and closing the window ends Casement."));
    m_ui->quietHint->setText(anyDay
                                 ? tr("On the days on which they begin. What comes meanwhile is told once, afterwards.")
                                 : tr("Choose at least one day. Until then the last choice holds."));
}

} // namespace casement
