#include "ui/textlabels.h"
#include "ui/theme.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

/// Words in the middle of a page, and fields beside each other.
class TestTextLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noLineIsMuchShorter_data();
    void noLineIsMuchShorter();
    void japaneseBreaksBehindItsMarks();
    void aWordThatIsTooWideIsBroken();
    void theLabelHasRoomForItsLines();
    void aCutLineIsWholeInItsToolTip();
    void controlsOfARowAreEquallyHigh();
    void boxesToTickDoNotTouch();
};

void TestTextLabels::noLineIsMuchShorter_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("English") << u"Your cases in one window: all accounts, every message, also offline."_s;
    QTest::newRow("Japanese without marks")
        << u"架空の会社の一年分のケースをこのコンピューターの中だけで試すことができます"_s;
}

void TestTextLabels::noLineIsMuchShorter()
{
    QFETCH(QString, text);
    const QFontMetrics metrics{QFont()};
    const int whole = metrics.horizontalAdvance(text);
    QCOMPARE(evenLines(text, metrics, whole + 1), QStringList{text});
    const QStringList lines = evenLines(text, metrics, whole * 19 / 20); // one word would be left over
    QCOMPARE(lines.size(), 2);
    QVERIFY2(metrics.horizontalAdvance(lines.last()) > whole / 3, qPrintable(lines.join(u'|')));
    QString joined = lines.join(text.contains(u' ') ? u" "_s : QString());
    QCOMPARE(joined, text); // nothing is lost
}

void TestTextLabels::japaneseBreaksBehindItsMarks()
{
    const QFontMetrics metrics{QFont()};
    const QString text = u"架空の会社のケースです。データが外に出ることはありません。"_s;
    const QStringList lines = evenLines(text, metrics, metrics.horizontalAdvance(text) - 4);
    QCOMPARE(lines, (QStringList{u"架空の会社のケースです。"_s, u"データが外に出ることはありません。"_s}));
}

void TestTextLabels::aWordThatIsTooWideIsBroken()
{
    const QFontMetrics metrics{QFont()};
    const QString word(60, u'w');
    const int room = metrics.horizontalAdvance(u'w') * 25;
    const QStringList lines = evenLines(word, metrics, room);
    QVERIFY(lines.size() >= 3);
    QVERIFY(std::all_of(lines.begin(), lines.end(),
                        [&](const QString &line) { return metrics.horizontalAdvance(line) <= room; }));
}

void TestTextLabels::theLabelHasRoomForItsLines()
{
    SentenceLabel label;
    label.setText(u"Your cases in one window: all accounts, every message, also offline."_s);
    const int width = label.fontMetrics().horizontalAdvance(label.text()) / 2;
    const qsizetype lines = evenLines(label.text(), label.fontMetrics(), width).size();
    QVERIFY(lines >= 2);
    QVERIFY(label.heightForWidth(width) >= int(lines) * label.fontMetrics().height());
    QVERIFY(label.hasHeightForWidth());
}

void TestTextLabels::aCutLineIsWholeInItsToolTip()
{
    ElidingLabel label;
    label.setTexts(u"Production, Staging · last refreshed 12:03"_s);
    label.setDetails(u"Staging could not be refreshed."_s);
    label.resize(label.sizeHint());
    label.show();
    QTRY_VERIFY(label.toolTip().contains(u"Staging could not be refreshed."_s)
                && !label.toolTip().contains(label.text()));
    label.resize(label.sizeHint().width() / 2, label.height());
    QTRY_VERIFY(label.toolTip().contains(label.text()));
    QVERIFY(label.toolTip().contains(u"Staging could not be refreshed."_s));
    QCOMPARE(label.text(), u"Production, Staging · last refreshed 12:03"_s); // as a screen reader has it
}

void TestTextLabels::boxesToTickDoNotTouch()
{
    QListWidget list;
    for (const QString &text : {u"prod"_s, u"alb"_s}) {
        auto *item = new QListWidgetItem(text, &list);
        item->setCheckState(Qt::Checked);
    }
    list.show();
    const int box = list.style()->pixelMetric(QStyle::PM_IndicatorHeight);
    QVERIFY(list.visualItemRect(list.item(1)).top() - list.visualItemRect(list.item(0)).top() >= box + 4);
}

/// And in multiples of four, so that what stands below is, too.
void TestTextLabels::controlsOfARowAreEquallyHigh()
{
    QPushButton button(u"Choose"_s);
    QComboBox combo;
    combo.addItem(u"Light"_s);
    QSpinBox spin;
    QLineEdit line;
    for (const QWidget *control : std::initializer_list<QWidget *>{&button, &combo, &spin, &line}) {
        QCOMPARE(control->sizeHint().height(), button.sizeHint().height());
        QCOMPARE(control->sizeHint().height() % 4, 0);
    }
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestTextLabels test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_textlabels.moc"
