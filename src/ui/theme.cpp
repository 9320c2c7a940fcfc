#include "ui/theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QEvent>
#include <QFont>
#include <QFontDatabase>
#include <QToolTip>
#include <QWidget>

#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr QRgb lightWindow = 0xfff4f5f7;
const QString appearanceGroup = u"org.freedesktop.appearance"_s; // the portal's group of settings

ThemeColors lightColors()
{
    ThemeColors c;
    c.dark = false;
    const QColor text(0x1c, 0x23, 0x2d);
    const QColor disabled(0x7d, 0x85, 0x91);
    c.mutedText = QColor(0x56, 0x60, 0x6d);
    c.line = QColor(0xdd, 0xe1, 0xe6);
    c.border = QColor(0xab, 0xb3, 0xbe);
    c.edge = QColor(0x86, 0x8f, 0x9a);
    c.accent = QColor(0x1a, 0x66, 0xb5);
    c.onAccent = Qt::white;
    c.customer = QColor(0x8a, 0x95, 0xa3);
    c.awsGround = QColor(0xee, 0xf4, 0xfb);
    c.customerGround = QColor(0xf6, 0xf7, 0xf9);
    c.codeGround = QColor(0xe6, 0xea, 0xf0);
    c.chipGround = QColor(0xe3, 0xe8, 0xee);
    c.found = QColor(0xff, 0xe0, 0x8a);
    c.errorGround = QColor(0xfd, 0xec, 0xea);
    c.errorText = QColor(0x9b, 0x1c, 0x1c);
    c.warningGround = QColor(0xff, 0xf5, 0xdc);
    c.warningText = QColor(0x7a, 0x4b, 0x00);

    QPalette p(QColor(0xe9, 0xec, 0xf0), QColor(lightWindow));
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, Qt::white);
    p.setColor(QPalette::AlternateBase, QColor(0xf8, 0xf9, 0xfb));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, QColor(0xf9, 0xfa, 0xfb));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::Highlight, QColor(0xd3, 0xe5, 0xf8));
    p.setColor(QPalette::HighlightedText, QColor(0x10, 0x1c, 0x2b));
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, QColor(0x6a, 0x3f, 0xa0));
    p.setColor(QPalette::PlaceholderText, QColor(0x64, 0x6d, 0x79));
    p.setColor(QPalette::ToolTipBase, QColor(0x24, 0x2c, 0x37));
    p.setColor(QPalette::ToolTipText, QColor(0xf2, 0xf4, 0xf7));
    p.setColor(QPalette::Light, Qt::white);
    p.setColor(QPalette::Midlight, QColor(0xee, 0xf0, 0xf3));
    p.setColor(QPalette::Mid, QColor(0xc4, 0xca, 0xd2));
    p.setColor(QPalette::Dark, QColor(0xa6, 0xae, 0xb8));
    p.setColor(QPalette::Shadow, QColor(0x6c, 0x75, 0x80));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0xe9, 0xec, 0xf0));
    c.palette = p;
    return c;
}

ThemeColors darkColors()
{
    ThemeColors c;
    c.dark = true;
    const QColor text(0xe4, 0xe8, 0xee);
    const QColor disabled(0x84, 0x8d, 0x99);
    c.mutedText = QColor(0xa2, 0xac, 0xb8);
    c.line = QColor(0x33, 0x3a, 0x45);
    c.border = QColor(0x4c, 0x56, 0x63);
    c.edge = QColor(0x6f, 0x7a, 0x88);
    c.accent = QColor(0x6a, 0xb0, 0xf3);
    c.onAccent = QColor(0x08, 0x14, 0x22);
    c.customer = QColor(0x7b, 0x86, 0x94);
    c.awsGround = QColor(0x1d, 0x2a, 0x3a);
    c.customerGround = QColor(0x22, 0x27, 0x2f);
    c.codeGround = QColor(0x12, 0x16, 0x1c);
    c.chipGround = QColor(0x32, 0x3a, 0x46);
    c.found = QColor(0x6b, 0x55, 0x12);
    c.errorGround = QColor(0x42, 0x1f, 0x20);
    c.errorText = QColor(0xff, 0xb4, 0xad);
    c.warningGround = QColor(0x3d, 0x30, 0x12);
    c.warningText = QColor(0xff, 0xd8, 0x8a);

    QPalette p(QColor(0x2a, 0x30, 0x39), QColor(0x1e, 0x22, 0x29));
    p.setColor(QPalette::WindowText, text);
    p.setColor(QPalette::Base, QColor(0x17, 0x1b, 0x21));
    p.setColor(QPalette::AlternateBase, QColor(0x1b, 0x20, 0x27));
    p.setColor(QPalette::Text, text);
    p.setColor(QPalette::Button, QColor(0x2b, 0x31, 0x3a));
    p.setColor(QPalette::ButtonText, text);
    p.setColor(QPalette::BrightText, Qt::white);
    p.setColor(QPalette::Highlight, QColor(0x23, 0x47, 0x6d));
    p.setColor(QPalette::HighlightedText, QColor(0xf4, 0xf7, 0xfb));
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, QColor(0xc2, 0xa4, 0xf0));
    p.setColor(QPalette::PlaceholderText, QColor(0x93, 0x9d, 0xaa));
    p.setColor(QPalette::ToolTipBase, QColor(0x3a, 0x42, 0x4e));
    p.setColor(QPalette::ToolTipText, QColor(0xf2, 0xf4, 0xf7));
    p.setColor(QPalette::Light, QColor(0x3a, 0x42, 0x4d));
    p.setColor(QPalette::Midlight, QColor(0x30, 0x37, 0x41));
    p.setColor(QPalette::Mid, QColor(0x23, 0x28, 0x30));
    p.setColor(QPalette::Dark, QColor(0x12, 0x15, 0x1a));
    p.setColor(QPalette::Shadow, QColor(0x0b, 0x0d, 0x10));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, disabled);
    p.setColor(QPalette::Disabled, QPalette::Highlight, QColor(0x2a, 0x30, 0x38));
    c.palette = p;
    return c;
}

/// For a desktop that wants higher contrast: 7:1 for every text, and lines that are as plain as fields.
void strengthen(ThemeColors &c)
{
    const QColor ink(c.dark ? Qt::white : Qt::black);
    const QColor second(c.dark ? QColor(0xd5, 0xdb, 0xe3) : QColor(0x2e, 0x35, 0x3f));
    c.mutedText = second;
    c.edge = c.dark ? QColor(0xb9, 0xc1, 0xcc) : QColor(0x4a, 0x52, 0x5d);
    c.border = c.line = c.customer = c.edge;
    c.accent = c.dark ? QColor(0xa6, 0xd2, 0xff) : QColor(0x0a, 0x42, 0x80);
    c.onAccent = c.dark ? Qt::black : Qt::white;
    c.errorText = c.dark ? QColor(0xff, 0xd9, 0xd5) : QColor(0x6d, 0x0c, 0x0c);
    c.warningText = c.dark ? QColor(0xff, 0xe9, 0xbd) : QColor(0x4d, 0x2e, 0x00);
    QPalette &p = c.palette;
    if (c.dark) {
        p.setColor(QPalette::Window, QColor(0x0d, 0x0f, 0x12));
        p.setColor(QPalette::Base, Qt::black);
        p.setColor(QPalette::AlternateBase, QColor(0x0d, 0x0f, 0x12));
        p.setColor(QPalette::Button, QColor(0x16, 0x1a, 0x1f));
        p.setColor(QPalette::Highlight, QColor(0x14, 0x3a, 0x62));
    } else {
        p.setColor(QPalette::Window, Qt::white);
        p.setColor(QPalette::AlternateBase, Qt::white);
        p.setColor(QPalette::Button, Qt::white);
    }
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        p.setColor(role, ink);
        p.setColor(QPalette::Disabled, role, c.dark ? QColor(0x9c, 0xa5, 0xb1) : QColor(0x5c, 0x65, 0x71));
    }
    p.setColor(QPalette::PlaceholderText, second);
    p.setColor(QPalette::Link, c.accent);
    p.setColor(QPalette::LinkVisited, c.dark ? QColor(0xdc, 0xc8, 0xff) : QColor(0x4f, 0x23, 0x86));
}

ThemeColors &currentColors()
{
    static ThemeColors colors = lightColors();
    return colors;
}

Theme *theTheme = nullptr;

} // namespace

QString toString(ThemeChoice choice)
{
    switch (choice) {
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::System:
        break;
    }
    return u"system"_s;
}

ThemeChoice themeChoice(const QString &word, bool *ok)
{
    for (const ThemeChoice choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) {
        if (word == toString(choice)) {
            if (ok)
                *ok = true;
            return choice;
        }
    }
    if (ok)
        *ok = false;
    return ThemeChoice::System;
}

ThemeColors::Pill ThemeColors::severity(const QString &code) const
{
    const auto pill = [this](QRgb lightGround, QRgb lightText, QRgb darkGround, QRgb darkText) {
        return Pill{QColor(dark ? darkGround : lightGround), QColor(dark ? darkText : lightText)};
    };
    if (code == "critical"_L1)
        return pill(0xffa3132a, 0xffffffff, 0xffc4314b, 0xffffffff);
    if (code == "urgent"_L1)
        return pill(0xfffbd5d0, 0xff8a1414, 0xff5a2320, 0xffffc2ba);
    if (code == "high"_L1)
        return pill(0xffffe2bd, 0xff743c00, 0xff523511, 0xffffd49b);
    if (code == "normal"_L1)
        return pill(0xffd8e8fa, 0xff124a86, 0xff1f3c5c, 0xffb5d7fb);
    return pill(0xffe6e9ee, 0xff48525f, 0xff323944, 0xffc4ccd6);
}

Theme::Theme(QObject *parent) : QObject(parent)
{
    theTheme = this;
    // The palette that the platform brings, before ours covers it.
    m_systemDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    apply();
    qApp->installEventFilter(this);
}

Theme *Theme::instance() { return theTheme; }

const ThemeColors &Theme::colors() { return currentColors(); }

void Theme::setChoice(ThemeChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    apply();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemDark);
    currentColors() = dark ? darkColors() : lightColors();
    if (m_isStrong)
        strengthen(currentColors());
    m_applying = true;
    QApplication::setPalette(currentColors().palette);
    m_applying = false;
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    // Platform themes that know dark and light (GNOME's, KDE's) tell the windows when it changes.
    if (event->type() == QEvent::ThemeChange && !m_applying && !m_portalKnown && watched->isWidgetType()
        && static_cast<QWidget *>(watched)->isWindow()) {
        m_applying = true;
        QGuiApplication::setPalette(QPalette());
        const bool dark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
        m_applying = false;
        m_systemDark = dark;
        apply();
    }
    return QObject::eventFilter(watched, event);
}

void Theme::followDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const QString service = u"org.freedesktop.portal.Desktop"_s;
    const QString path = u"/org/freedesktop/portal/desktop"_s;
    const QString interface = u"org.freedesktop.portal.Settings"_s;
    bus.connect(service, path, interface, u"SettingChanged"_s, this,
                SLOT(desktopSettingChanged(QString, QString, QDBusVariant)));
    for (const QString &key : {u"color-scheme"_s, u"contrast"_s}) {
        QDBusMessage ask = QDBusMessage::createMethodCall(service, path, interface, u"Read"_s);
        ask << appearanceGroup << key;
        auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(ask), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (reply.isError())
                return; // no portal, or one that does not know it: the platform's palette has told already
            desktopSettingChanged(appearanceGroup, key, reply.value());
        });
    }
}

void Theme::desktopSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group != appearanceGroup)
        return;
    QVariant inner = value.variant();
    while (inner.canConvert<QDBusVariant>())
        inner = inner.value<QDBusVariant>().variant(); // Read() wraps it twice
    const uint told = inner.toUInt();
    if (key == "contrast"_L1) {
        if (const bool isStrong = told == 1; std::exchange(m_isStrong, isStrong) != isStrong)
            apply();
        return;
    }
    if (key != "color-scheme"_L1 || (told != 1 && told != 2))
        return; // 0: no preference
    m_portalKnown = true;
    const bool dark = told == 1;
    if (dark == m_systemDark)
        return;
    m_systemDark = dark;
    if (m_choice == ThemeChoice::System)
        apply();
}

void applyInterfaceFont(const QString &language)
{
    static const QFont systemFont = QApplication::font();
    QFont font = systemFont;
    if (language == "ja"_L1) {
        // One family for both scripts: with a Latin font first, rows with Japanese text are two pixels higher.
        font.setFamilies({u"Noto Sans CJK JP"_s, u"Noto Sans JP"_s, u"IPAGothic"_s, systemFont.family()});
    }
    if (font != QApplication::font()) {
        QApplication::setFont(font);
        QToolTip::setFont(font);
    }
}

} // namespace casement
