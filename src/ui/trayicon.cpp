#include "ui/trayicon.h"

#include "ui/icons.h"

#include <QAction>
#include <QApplication>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSystemTrayIcon>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<int, 6> panelSizes{16, 22, 24, 32, 48, 64};
constexpr int mostCounted = 99;
const QColor badgeColor(0xc6, 0x28, 0x28); // white on it: 5.6:1

/// A number in the lower right corner.
void paintBadge(QPixmap &pixmap, const QString &text)
{
    const int side = pixmap.width();
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = QApplication::font();
    font.setBold(true);
    const int height = qMax(10, side * 5 / 8);
    font.setPixelSize(qMax(8, height - 2));
    font.setStyleStrategy(QFont::PreferAntialias);
    QFontMetrics metrics(font);
    while (metrics.horizontalAdvance(text) > side - 2 && font.pixelSize() > 6) {
        font.setPixelSize(font.pixelSize() - 1);
        metrics = QFontMetrics(font);
    }
    const int width = qMin(side, qMax(height, metrics.horizontalAdvance(text) + height / 2));
    const QRect badge(side - width, side - height, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(badgeColor);
    painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    painter.setFont(font);
    painter.setPen(Qt::white);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace

TrayIcon::TrayIcon(QObject *parent) : QObject(parent) { }

TrayIcon::~TrayIcon() = default;

bool TrayIcon::isAvailable() { return QSystemTrayIcon::isSystemTrayAvailable(); }

QString TrayIcon::badgeText(int unread)
{
    const QLocale locale;
    return unread > mostCounted ? locale.toString(mostCounted) + u'+' : locale.toString(unread);
}

QIcon TrayIcon::iconFor(int unread)
{
    icons::enable();
    QIcon icon;
    for (const int size : panelSizes) {
        QPixmap pixmap = icons::pixmap(u"casement"_s, size, 1, QColor());
        if (unread > 0)
            paintBadge(pixmap, badgeText(unread));
        icon.addPixmap(pixmap);
    }
    return icon;
}

void TrayIcon::build()
{
    m_menu = std::make_unique<QMenu>();
    m_menu->setObjectName(u"trayMenu"_s);
    const auto add = [this](const QString &name, void (TrayIcon::*signal)()) {
        QAction *action = m_menu->addAction(QString());
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, signal);
        return action;
    };
    m_open = add(u"trayOpen"_s, &TrayIcon::openRequested);
    m_newCase = add(u"trayNewCase"_s, &TrayIcon::newCaseRequested);
    m_refresh = add(u"trayRefresh"_s, &TrayIcon::refreshRequested);
    m_recent = m_menu->addMenu(QString());
    m_recent->setObjectName(u"trayRecent"_s);
    if (m_serveRecent)
        m_serveRecent(*m_recent);
    m_menu->addSeparator();
    m_quit = add(u"trayQuit"_s, &TrayIcon::quitRequested);
    m_icon = std::make_unique<QSystemTrayIcon>();
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon.get(), &QSystemTrayIcon::messageClicked, this, &TrayIcon::messageClicked);
    connect(m_icon.get(), &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            Q_EMIT openRequested();
    });
    retranslate();
}

void TrayIcon::setWanted(bool wanted)
{
    if (!wanted) {
        m_icon.reset();
        m_menu.reset();
        return;
    }
    if (m_icon)
        return;
    build();
    m_icon->show(); // where no panel is yet, Qt shows it as soon as there is one
}

bool TrayIcon::isShown() const { return m_icon && m_icon->isVisible() && isAvailable(); }

void TrayIcon::setUnread(int cases)
{
    if (cases == m_unread)
        return;
    m_unread = cases;
    if (m_icon)
        update();
}

void TrayIcon::setHasAccounts(bool any)
{
    m_hasAccounts = any;
    if (!m_icon)
        return;
    m_newCase->setEnabled(any);
    m_refresh->setEnabled(any);
}

bool TrayIcon::showMessage(const QString &title, const QString &body)
{
    if (!isShown() || !QSystemTrayIcon::supportsMessages())
        return false;
    m_icon->showMessage(title, body, iconFor(0));
    return true;
}

QString TrayIcon::toolTip() const
{
    if (m_unread == 0)
        return tr("Casement");
    return tr("Casement: %Ln case(s) with answers that nobody has read", nullptr, m_unread);
}

void TrayIcon::update()
{
    m_icon->setIcon(iconFor(m_unread));
    m_icon->setToolTip(toolTip());
}

void TrayIcon::retranslate()
{
    if (!m_icon)
        return;
    m_open->setText(tr("&Open Casement"));
    m_newCase->setText(tr("&New case…"));
    m_refresh->setText(tr("&Refresh all"));
    m_recent->setTitle(tr("Recent &cases"));
    m_quit->setText(tr("&Quit"));
    setHasAccounts(m_hasAccounts);
    update();
}

} // namespace casement
