#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>
#include <QProxyStyle>
#include <QString>

class QDBusVariant;

namespace casement {

/// Light, dark, or what the desktop says.
enum class ThemeChoice { System, Light, Dark };

/// The choice's word on the command line and in the settings: `system`, `light`, `dark`.
QString toString(ThemeChoice choice);
/// System for a word that is none of the three; `*ok` tells.
ThemeChoice themeChoice(const QString &word, bool *ok = nullptr);

/// Colours beyond QPalette's roles. Every pair of text and ground has a contrast of 4.5:1 or more.
struct ThemeColors
{
    struct Pill
    {
        QColor ground;
        QColor text;
    };

    bool dark = false;
    QPalette palette;
    QColor mutedText; ///< secondary text on base and window
    QColor border; ///< around menus and notices
    QColor edge; ///< of fields: 3:1 to what is inside and around them
    QColor line; ///< hairlines between panes and rows
    QColor accent; ///< AWS's side of a conversation, unread marks, focus, default buttons
    QColor onAccent; ///< text on the accent
    QColor customer; ///< the bar of the customer's side
    QColor awsGround;
    QColor customerGround;
    QColor codeGround;
    QColor chipGround;
    QColor found; ///< ground of words that a search found; text keeps its colour
    QColor errorGround;
    QColor errorText;
    QColor warningGround;
    QColor warningText;

    /// The pill of a severity's code; unknown codes get a quiet one.
    Pill severity(const QString &code) const;
};

/// The look of the whole program: own palettes on Qt's Fusion style, without style sheets.
///
/// Made before the first window; `System` is followed while the program runs. So is a desktop that wants higher
/// contrast, whatever the choice.
class Theme final : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    static const ThemeColors &colors();
    /// The theme of the process, once one was made.
    static Theme *instance();

    ThemeChoice choice() const { return m_choice; }
    void setChoice(ThemeChoice choice);

    /// Asks the desktop for its colour scheme and contrast, and their changes. Takes a bus connection, so it is called
    /// after the first paint.
    void followDesktop();

Q_SIGNALS:
    void changed();

public Q_SLOTS:
    void desktopSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void apply();

    ThemeChoice m_choice = ThemeChoice::System;
    bool m_systemDark = false;
    bool m_portalKnown = false;
    bool m_isStrong = false; // the desktop wants higher contrast
    bool m_applying = false;
};

/// Fusion with flat headers, slim scroll bars and dialog buttons without icons, for both themes.
class FlatStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    FlatStyle();

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;
};

/// The family list for a language: even rows where Japanese and Latin text stand side by side.
void applyInterfaceFont(const QString &language);

} // namespace casement
