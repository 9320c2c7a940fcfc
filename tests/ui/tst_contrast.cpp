#include "contrast.h"

#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDBusVariant>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QVBoxLayout>

using namespace casement;
using namespace Qt::StringLiterals;
using test::contrast;

namespace {

constexpr double ofText = 4.5;
constexpr double ofMarks = 3; // what shows where one is, and texts of what is switched off
constexpr double ofLines = 2; // between entries, which say enough without them

/// What most of the picture has.
QColor groundOf(const QImage &image)
{
    QHash<QRgb, int> counts;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ++counts[image.pixel(x, y)];
    }
    QRgb most = 0;
    int count = 0;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        if (it.value() > count) {
            most = it.key();
            count = it.value();
        }
    }
    return QColor::fromRgb(most);
}

/// Of what stands out most to what most of the picture has: letters are full in their middle only.
double inkOf(const QImage &image)
{
    const QColor ground = groundOf(image);
    double best = 1;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            best = std::max(best, contrast(image.pixelColor(x, y), ground));
    }
    return best;
}

QImage inside(QWidget &widget, int margin = 5)
{
    return widget.grab().toImage().copy(widget.rect().adjusted(margin, margin, -margin, -margin));
}

/// The edge of a field beside what is inside and around it.
double edgeOf(QWidget &field)
{
    QWidget &parent = *field.parentWidget();
    const QImage image = parent.grab().toImage();
    const QRect place = field.geometry();
    const QColor around = image.pixelColor(place.center().x(), place.top() - 4);
    const QColor within = image.pixelColor(place.center().x(), place.bottom() - 4);
    double best = 1;
    for (int y = place.top() - 1; y <= place.top() + 2; ++y) {
        const QColor edge = image.pixelColor(place.center().x(), y);
        best = std::max(best, std::min(contrast(edge, around), contrast(edge, within)));
    }
    return best;
}

#define HAS_CONTRAST(what, least)                                                                                      \
    do {                                                                                                               \
        const double is = what;                                                                                        \
        QVERIFY2(is >= least - 0.005, qPrintable(u"%1: %2"_s.arg(QLatin1StringView(#what)).arg(is)));                  \
    } while (false)

} // namespace

/// Whatever is read or looked for is seen, in both themes.
class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void palettes_data() { themes(); }
    void palettes();
    void higherContrast_data() { themes(); }
    void higherContrast();
    void menus_data() { themes(); }
    void menus();
    void fields_data() { themes(); }
    void fields();
    void focusMarks_data() { themes(); }
    void focusMarks();

private:
    static void themes()
    {
        QTest::addColumn<ThemeChoice>("choice");
        QTest::newRow("light") << ThemeChoice::Light;
        QTest::newRow("dark") << ThemeChoice::Dark;
    }

    std::unique_ptr<Theme> m_theme;
};

void TestContrast::init()
{
    QFETCH(ThemeChoice, choice);
    m_theme = std::make_unique<Theme>();
    m_theme->setChoice(choice);
}

void TestContrast::palettes()
{
    const ThemeColors &c = Theme::colors();
    const auto role = [&c](QPalette::ColorRole one) { return c.palette.color(one); };
    const auto off = [&c](QPalette::ColorRole one) { return c.palette.color(QPalette::Disabled, one); };
    const QList<QColor> pages{role(QPalette::Base), role(QPalette::AlternateBase), role(QPalette::Window), c.awsGround,
                              c.customerGround};
    for (const QColor &ground : pages) {
        HAS_CONTRAST(contrast(role(QPalette::Text), ground), ofText);
        HAS_CONTRAST(contrast(role(QPalette::WindowText), ground), ofText);
        HAS_CONTRAST(contrast(role(QPalette::PlaceholderText), ground), ofText);
        HAS_CONTRAST(contrast(role(QPalette::Link), ground), ofText);
        HAS_CONTRAST(contrast(role(QPalette::LinkVisited), ground), ofText);
        HAS_CONTRAST(contrast(c.mutedText, ground), ofText);
        HAS_CONTRAST(contrast(c.accent, ground), ofText);
    }
    for (const QColor &ground : {c.codeGround, c.chipGround, c.found})
        HAS_CONTRAST(contrast(role(QPalette::Text), ground), ofText);
    for (const QColor &ground : {role(QPalette::Base), role(QPalette::Window), role(QPalette::Button)}) {
        HAS_CONTRAST(contrast(off(QPalette::Text), ground), ofMarks);
        HAS_CONTRAST(contrast(off(QPalette::ButtonText), ground), ofMarks);
        HAS_CONTRAST(contrast(off(QPalette::WindowText), ground), ofMarks);
        HAS_CONTRAST(contrast(c.accent, ground), ofMarks);
        HAS_CONTRAST(contrast(c.edge, ground), ofMarks);
    }
    HAS_CONTRAST(contrast(role(QPalette::ButtonText), role(QPalette::Button)), ofText);
    HAS_CONTRAST(contrast(role(QPalette::HighlightedText), role(QPalette::Highlight)), ofText);
    HAS_CONTRAST(contrast(role(QPalette::ToolTipText), role(QPalette::ToolTipBase)), ofText);
    HAS_CONTRAST(contrast(off(QPalette::HighlightedText), off(QPalette::Highlight)), ofMarks);
    HAS_CONTRAST(contrast(c.onAccent, c.accent), ofText);
    HAS_CONTRAST(contrast(c.accent, role(QPalette::Highlight)), ofMarks); // the focus on a chosen row
    HAS_CONTRAST(contrast(c.mutedText, role(QPalette::Highlight)), ofMarks);
    HAS_CONTRAST(contrast(c.errorText, c.errorGround), ofText);
    HAS_CONTRAST(contrast(c.warningText, c.warningGround), ofText);
    for (const char *code : {"critical", "urgent", "high", "normal", "low", "unheard-of"}) {
        const ThemeColors::Pill pill = c.severity(QString::fromLatin1(code));
        HAS_CONTRAST(contrast(pill.text, pill.ground), ofText);
    }
}

// WCAG's AAA, where the desktop asks for it, while the program runs.
void TestContrast::higherContrast()
{
    const auto tell = [this](const QString &group, const QString &key, uint value) {
        m_theme->desktopSettingChanged(group, key, QDBusVariant(value));
    };
    const QString appearance = u"org.freedesktop.appearance"_s;
    const QColor before = Theme::colors().mutedText;
    tell(u"org.example"_s, u"contrast"_s, 1);
    QCOMPARE(Theme::colors().mutedText, before);
    tell(appearance, u"contrast"_s, 1);
    const ThemeColors &c = Theme::colors();
    QCOMPARE(QApplication::palette().color(QPalette::Text), c.palette.color(QPalette::Text));
    const auto role = [&c](QPalette::ColorRole one) { return c.palette.color(one); };
    for (const QColor &ground : {role(QPalette::Base), role(QPalette::AlternateBase), role(QPalette::Window),
                                 role(QPalette::Button), c.awsGround, c.customerGround, role(QPalette::Highlight)}) {
        HAS_CONTRAST(contrast(role(QPalette::Text), ground), 7);
        HAS_CONTRAST(contrast(role(QPalette::PlaceholderText), ground), 7);
        HAS_CONTRAST(contrast(c.mutedText, ground), 7);
        HAS_CONTRAST(contrast(role(QPalette::Link), ground), 7);
        HAS_CONTRAST(contrast(c.edge, ground), ofText);
        HAS_CONTRAST(contrast(c.palette.color(QPalette::Disabled, QPalette::Text), ground), ofText);
    }
    HAS_CONTRAST(contrast(c.onAccent, c.accent), 7);
    HAS_CONTRAST(contrast(c.errorText, c.errorGround), 7);
    HAS_CONTRAST(contrast(c.warningText, c.warningGround), 7);
    tell(appearance, u"contrast"_s, 0);
    QCOMPARE(Theme::colors().mutedText, before);
}

void TestContrast::menus()
{
    QMenu menu;
    QAction *plain = menu.addAction(u"&Open the Case"_s);
    plain->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_O));
    QAction *off = menu.addAction(u"&Resolve"_s);
    off->setEnabled(false);
    const QAction *line = menu.addSeparator();
    QAction *ticked = menu.addAction(u"&Hide Suppressed"_s);
    ticked->setCheckable(true);
    ticked->setChecked(true);
    menu.addMenu(u"&Sort"_s)->addAction(u"Up"_s);
    menu.ensurePolished();
    menu.resize(menu.sizeHint());
    const auto picture = [&menu](const QAction *action) {
        return menu.grab().toImage().copy(menu.actionGeometry(const_cast<QAction *>(action)).adjusted(3, 3, -3, -3));
    };
    HAS_CONTRAST(inkOf(picture(plain)), ofText);
    HAS_CONTRAST(inkOf(picture(ticked)), ofText);
    HAS_CONTRAST(inkOf(picture(menu.actions().constLast())), ofText);
    HAS_CONTRAST(inkOf(picture(off)), ofMarks);
    QVERIFY(inkOf(picture(off)) < inkOf(picture(plain))); // and one sees that it is off
    const QRect between = menu.actionGeometry(const_cast<QAction *>(line));
    HAS_CONTRAST(inkOf(menu.grab().toImage().copy(between.adjusted(12, 0, -12, 0))), ofLines);
    const QColor ground = groundOf(picture(plain));
    for (QAction *action : {plain, ticked}) {
        menu.setActiveAction(action);
        HAS_CONTRAST(inkOf(picture(action)), ofText);
        QVERIFY(groundOf(picture(action)) != ground);
    }
}

void TestContrast::fields()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *line = new QLineEdit(&window);
    auto *text = new QPlainTextEdit(&window);
    auto *combo = new QComboBox(&window);
    combo->addItem(u"Elastic Load Balancing"_s);
    auto *spin = new QSpinBox(&window);
    auto *button = new QPushButton(u"Create Case"_s, &window);
    auto *box = new QCheckBox(u"Hide suppressed"_s, &window);
    auto *list = new QListWidget(&window);
    list->addItem(u"An entry of some words"_s);
    for (QWidget *one : std::initializer_list<QWidget *>{line, text, combo, spin, button, box, list})
        column->addWidget(one);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));

    line->setPlaceholderText(u"Search cases and everything"_s);
    text->setPlaceholderText(u"Write a reply to this case"_s);
    HAS_CONTRAST(inkOf(inside(*line)), ofText);
    HAS_CONTRAST(inkOf(inside(*text)), ofText);
    line->setText(u"Intermittent 503 from the ALB"_s);
    text->setPlainText(u"Intermittent 503 from the ALB"_s);
    for (QWidget *one : std::initializer_list<QWidget *>{line, text, combo, spin, button, box, list})
        HAS_CONTRAST(inkOf(inside(*one)), ofText);
    for (QWidget *one : std::initializer_list<QWidget *>{line, text, combo, spin, button})
        HAS_CONTRAST(edgeOf(*one), ofMarks);
    line->selectAll();
    text->selectAll();
    list->setCurrentRow(0);
    HAS_CONTRAST(inkOf(inside(*line, 7)), ofText);
    for (QWidget *one : std::initializer_list<QWidget *>{text->viewport(), list->viewport()})
        HAS_CONTRAST(inkOf(one->grab(QRect(6, 4, 100, 12)).toImage()), ofText);
    line->deselect();
    for (QWidget *one : std::initializer_list<QWidget *>{line, text, combo, spin, button, box, list})
        one->setEnabled(false);
    for (QWidget *one : std::initializer_list<QWidget *>{line, combo, spin, button, box, list})
        HAS_CONTRAST(inkOf(inside(*one)), ofMarks);
}

// WCAG 2.2's 2.4.11: what changes by the focus differs enough from what was there before.
void TestContrast::focusMarks()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *elsewhere = new QLineEdit(&window);
    auto *line = new QLineEdit(&window);
    auto *text = new QPlainTextEdit(&window);
    auto *combo = new QComboBox(&window);
    combo->addItem(u"Elastic Load Balancing"_s);
    auto *spin = new QSpinBox(&window);
    auto *button = new QPushButton(u"Check"_s, &window);
    auto *main = new QPushButton(u"Create Case"_s, &window);
    main->setProperty("primary", true);
    auto *box = new QCheckBox(u"Hide suppressed"_s, &window);
    const QList<QWidget *> all{line, text, combo, spin, button, main, box};
    column->addWidget(elsewhere);
    for (QWidget *one : all)
        column->addWidget(one);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    elsewhere->setFocus();
    QTest::keyClick(elsewhere, Qt::Key_Tab); // somebody walks by keys
    for (QWidget *one : all) {
        elsewhere->setFocus();
        const QImage before = one->grab().toImage();
        one->setFocus(Qt::TabFocusReason);
        QTRY_VERIFY(one->hasFocus());
        const QImage after = one->grab().toImage();
        int marked = 0;
        for (int y = 0; y < after.height(); ++y) {
            for (int x = 0; x < after.width(); ++x)
                marked += contrast(after.pixelColor(x, y), before.pixelColor(x, y)) >= ofMarks ? 1 : 0;
        }
        // A field has an edge before, too: the accent shows there beside a thicker line.
        const int least = qobject_cast<QCheckBox *>(one) ? 20 : one->width() / 2;
        QVERIFY2(marked >= least,
                 qPrintable(
                     u"%1: %2 of %3"_s.arg(QLatin1StringView(one->metaObject()->className())).arg(marked).arg(least)));
    }
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestContrast test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_contrast.moc"
