#include "ui/interfacelanguage.h"

#include "base/wordslocale.h"
#include "models/advisortext.h"
#include "models/relativetime.h"
#include "ui/filetext.h"

#include <QApplication>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

/// Words in the language of the window, dates and numbers as the desktop's region writes them: here a German one.
class TestInterfaceLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theRegionIsTheDesktops_data();
    void theRegionIsTheDesktops();
    void wordsAreTheWindows_data();
    void wordsAreTheWindows();
    void whatIsGoneLeavesNoLanguage();
};

void TestInterfaceLanguage::theRegionIsTheDesktops_data()
{
    QTest::addColumn<QString>("desktop");
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("region");
    QTest::newRow("German, English window") << u"de_DE"_s << u"en"_s << u"de_DE"_s;
    QTest::newRow("Japanese, English window") << u"ja_JP"_s << u"en"_s << u"ja_JP"_s;
    QTest::newRow("British, English window") << u"en_GB"_s << u"en"_s << u"en_GB"_s;
    QTest::newRow("British, Japanese window") << u"en_GB"_s << u"ja"_s << u"en_GB"_s;
    QTest::newRow("none, English window") << u"C"_s << u"en"_s << u"en_US"_s;
    QTest::newRow("none, Japanese window") << u"C"_s << u"ja"_s << u"ja_JP"_s;
}

void TestInterfaceLanguage::theRegionIsTheDesktops()
{
    QFETCH(const QString, desktop);
    QFETCH(const QString, language);
    QFETCH(const QString, region);
    QCOMPARE(InterfaceLanguage::regionFor(QLocale(desktop), language), QLocale(region));
}

void TestInterfaceLanguage::wordsAreTheWindows_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("friday");
    QTest::newRow("English") << u"en"_s << u"Friday"_s;
    QTest::newRow("Japanese") << u"ja"_s << u"金曜日"_s;
}

void TestInterfaceLanguage::wordsAreTheWindows()
{
    QFETCH(const QString, language);
    QFETCH(const QString, friday);
    InterfaceLanguage interface;
    interface.set(language);
    const QLocale region;
    QCOMPARE(TimeText::date(QDate(2026, 11, 27), region), u"27.11.2026"_s);
    QCOMPARE(region.toString(117360), u"117.360"_s);
    QCOMPARE(AdvisorText::money(117'360.19, region).replace(QChar(QChar::Nbsp), u' '), u"117.360,19 $"_s);
    QCOMPARE(FileText::size(2'202'010).replace(QChar(QChar::Nbsp), u' '), u"2,1 MB"_s);
    QCOMPARE(wordsLocale().dayName(5), friday);
    QCOMPARE(wordsLocale().language(), QLocale(language).language());
}

void TestInterfaceLanguage::whatIsGoneLeavesNoLanguage()
{
    {
        InterfaceLanguage interface;
        interface.set(u"ja"_s);
    }
    QCOMPARE(wordsLocale(), QLocale());
}

int main(int argc, char **argv)
{
    qputenv("LC_ALL", "de_DE.UTF-8"); // Qt reads its name alone
    QApplication application(argc, argv);
    TestInterfaceLanguage test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_interfacelanguage.moc"
