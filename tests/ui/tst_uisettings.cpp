#include "ui/uisettings.h"

#include <QFile>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestUiSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void whatIsSetIsReadBack();
    void whatIsSetIsWrittenWithoutBeingAskedFor();
    void whatIsWrongIsTheDefault();
    void manyChangesEndWithTheLast();
    void aDiskThatTakesNothingIsTold();

private:
    QString file() const { return m_folder->filePath(u"casement.ini"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestUiSettings::whatIsSetIsReadBack()
{
    {
        UiSettings settings(file());
        settings.set(u"a/text"_s, u"one, two; 日本語 \"x\" \\ %41 @Rect(1)\nline"_s);
        settings.set(u"a/flag"_s, true);
        settings.set(u"a/number"_s, 42);
        settings.set(u"a/numbers"_s, QList<int>{3, 1, 2});
        settings.set(u"a/rectangle"_s, QRect(1, 2, 300, 400));
        settings.set(u"a/long"_s, QString(20'000, u'x'));
        QCOMPARE(settings.number(u"a/number"_s, 0, 0, 100), 42); // before it is on disk
        QVERIFY(settings.save());
    }
    const UiSettings settings(file());
    QCOMPARE(settings.text(u"a/text"_s), u"one, two; 日本語 \"x\" \\ %41 @Rect(1)\nline"_s);
    QVERIFY(settings.flag(u"a/flag"_s, false));
    QCOMPARE(settings.number(u"a/number"_s, 0, 0, 100), 42);
    QCOMPARE(settings.numbers(u"a/numbers"_s, 0, 9), QList<int>({3, 1, 2}));
    QCOMPARE(settings.rectangle(u"a/rectangle"_s), QRect(1, 2, 300, 400));
    QCOMPARE(settings.text(u"a/long"_s).size(), 20'000);
    QVERIFY(!settings.contains(u"a/other"_s));
}

/// A kill must not lose what was chosen a while ago.
void TestUiSettings::whatIsSetIsWrittenWithoutBeingAskedFor()
{
    UiSettings settings(file());
    settings.set(u"language"_s, u"ja"_s);
    QTRY_COMPARE(QSettings(file(), QSettings::IniFormat).value(u"language"_s).toString(), u"ja"_s);
}

void TestUiSettings::whatIsWrongIsTheDefault()
{
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("[a]\nnumber=7000\nflag=perhaps\nrectangle=1 2 3\ntext=one, two\n");
    broken.close();
    const UiSettings settings(file());
    QCOMPARE(settings.number(u"a/number"_s, 5, 0, 100), 5);
    QVERIFY(settings.flag(u"a/flag"_s, true));
    QVERIFY(!settings.flag(u"a/flag"_s, false));
    QVERIFY(settings.rectangle(u"a/rectangle"_s).isNull());
    QCOMPARE(settings.text(u"a/text"_s, u"else"_s), u"else"_s); // INI reads a list
}

void TestUiSettings::manyChangesEndWithTheLast()
{
    {
        UiSettings settings(file());
        for (int i = 0; i < 1000; ++i)
            settings.set(u"number"_s, i);
    }
    QCOMPARE(UiSettings(file()).number(u"number"_s, 0, 0, 1000), 999);
}

void TestUiSettings::aDiskThatTakesNothingIsTold()
{
    QFile blocking(m_folder->filePath(u"folder"_s));
    QVERIFY(blocking.open(QIODevice::WriteOnly)); // a file where a folder should be
    blocking.close();
    const QString path = m_folder->filePath(u"folder/casement.ini"_s);
    UiSettings settings(path);
    settings.set(u"language"_s, u"ja"_s);
    QVERIFY(!settings.save());
    QCOMPARE(settings.text(u"language"_s), u"ja"_s); // it holds for this run
    QVERIFY(blocking.remove());
    QVERIFY(settings.save()); // and nothing of it was forgotten
    QCOMPARE(UiSettings(path).text(u"language"_s), u"ja"_s);
}

QTEST_GUILESS_MAIN(TestUiSettings)
#include "tst_uisettings.moc"
