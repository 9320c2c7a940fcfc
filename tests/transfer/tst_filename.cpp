#include "transfer/filename.h"

#include "transfer/hostilenames.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

// What must be true of any name that is safe; what is wrong otherwise.
QString faultOf(const QString &name)
{
    if (name.isEmpty())
        return u"empty"_s;
    if (name.toUtf8().size() > 255)
        return u"too long"_s;
    if (QString::fromUtf8(name.toUtf8()) != name)
        return u"not UTF-8"_s;
    if (name.startsWith(u'.') || name.endsWith(u'.') || name.front().isSpace() || name.back().isSpace())
        return u"a dot or space at an end"_s;
    if (name.normalized(QString::NormalizationForm_C) != name)
        return u"not NFC"_s;
    for (const char32_t c : name.toStdU32String()) {
        const QChar::Category category = QChar::category(c);
        if (category == QChar::Other_Control || category == QChar::Other_Surrogate || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph)
            return u"a control"_s;
        if (category == QChar::Other_Format && c != 0x200c && c != 0x200d && !(c >= 0x600 && c <= 0x8ff) && c < 0x10000)
            return u"a format character %1"_s.arg(uint(c), 0, 16);
        if (c < 0x80 && QByteArrayView("/\\<>:\"|?*").contains(char(c)))
            return u"a character that is refused"_s;
    }
    if (safeFileName(name) != name)
        return u"not safe by its own rules: "_s + safeFileName(name);
    return {};
}

} // namespace

/// Names that harm nothing, are told apart and say what a file can do.
class TestFileName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownNamesSayTheSame_data();
    void ownNamesSayTheSame();
    void namesAreMadeSafe_data();
    void namesAreMadeSafe();
    void anyTextBecomesASafeName();
    void joinersStayWhereTheyJoin();
    void namesAreKeptApart_data();
    void namesAreKeptApart();
    void manyNamesAreKeptApart();
    void longNamesAreKeptApart();
    void saysWhatCanRun_data();
    void saysWhatCanRun();
    void looksIntoFiles_data();
    void looksIntoFiles();
    void pathsAreShownInOneLine();
};

void TestFileName::ownNamesSayTheSame_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sent");
    QTest::newRow("plain") << u"報告 (1).log"_s << u"報告 (1).log"_s;
    QTest::newRow("hidden") << u".env"_s << u"_.env"_s;
    QTest::newRow("a colon is no drive") << u"a:b"_s << u"a_b"_s;
    QTest::newRow("a backslash is no folder") << u"logs\\app.log"_s << u"logs_app.log"_s;
    QTest::newRow("bytes") << u"caf\uefe9.txt"_s << u"caf%E9.txt"_s;
    QTest::newRow("device") << u"con"_s << u"con_"_s;
    QTest::newRow("dots") << u"..."_s << u"_"_s;
    QTest::newRow("turned around") << u"a\u202egpj.exe"_s << u"agpj.exe"_s;
}

void TestFileName::ownNamesSayTheSame()
{
    QFETCH(QString, name);
    QTEST(sentFileName(name), "sent");
}

void TestFileName::namesAreMadeSafe_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("safe");
    const QList<test::HostileName> names = test::hostileNames();
    QVERIFY(names.size() >= 60);
    for (qsizetype i = 0; i < names.size(); ++i)
        QTest::newRow(test::rowTitle(i, names.at(i).name).constData()) << names.at(i).name << names.at(i).safe;
}

void TestFileName::namesAreMadeSafe()
{
    QFETCH(QString, name);
    QFETCH(QString, safe);
    QCOMPARE(safeFileName(name), safe);
    QCOMPARE(faultOf(safe), QString());
}

void TestFileName::anyTextBecomesASafeName()
{
    // What is likely to go wrong together, in any order.
    const QList<QString> pieces{u"."_s,
                                u" "_s,
                                u"/"_s,
                                u"\\"_s,
                                u"C:"_s,
                                u"CON"_s,
                                u"nul"_s,
                                u"\u200d"_s,
                                u"\u200c"_s,
                                u"\u202e"_s,
                                u"\u0301"_s,
                                u"e"_s,
                                u"あ"_s,
                                u"\U0001f469"_s,
                                QChar(0xd83d),
                                QChar(0xde00),
                                u"\n"_s,
                                u"\ufeff"_s,
                                u"<"_s,
                                u"\u0338"_s,
                                u"\u3000"_s,
                                u".tar"_s,
                                u".gz"_s,
                                u"\u1100"_s,
                                u"\u1161"_s,
                                u"\u037e"_s,
                                u"\ufe0f"_s,
                                QString(120, u'x'),
                                QString(90, u'い'),
                                QChar(0)};
    QRandomGenerator random(20'240'601);
    for (int i = 0; i < 20'000; ++i) {
        QString name;
        for (int n = int(random.bounded(12)); n >= 0; --n)
            name += pieces.at(qsizetype(random.bounded(quint32(pieces.size()))));
        const QString safe = safeFileName(name);
        const QString fault = faultOf(safe);
        QVERIFY2(fault.isEmpty(), qPrintable(fault + u" in "_s + QString::fromLatin1(name.toUtf8().toHex(' '))));
        const QString other = distinctName(safe, {safe});
        QVERIFY2(other != safe && faultOf(other).isEmpty(), qPrintable(other));
    }
}

void TestFileName::joinersStayWhereTheyJoin()
{
    const QString family = u"\U0001f468\u200d\U0001f469\u200d\U0001f467"_s;
    QCOMPARE(safeFileName(family), family);
    QCOMPARE(safeFileName(family + u"\u200d"_s), family);
    QCOMPARE(safeFileName(u"\u200d"_s + family), family);
    QCOMPARE(safeFileName(u"あ\u200d\u202e\u200b.txt"_s), u"あ.txt"_s);
    QCOMPARE(safeFileName(u"a\u200d.txt"_s), u"a.txt"_s);
    // A cut leaves none at the end.
    const QString many = (family.first(2) + u"\u200d"_s).repeated(200);
    QVERIFY(!safeFileName(many + u".png"_s).contains(u"\u200d."_s));
}

void TestFileName::namesAreKeptApart_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("taken");
    QTest::addColumn<QString>("result");
    QTest::newRow("free") << u"a.txt"_s << QStringList{u"b.txt"_s} << u"a.txt"_s;
    QTest::newRow("nothing taken") << u"a.txt"_s << QStringList() << u"a.txt"_s;
    QTest::newRow("the same") << u"a.txt"_s << QStringList{u"a.txt"_s} << u"a (2).txt"_s;
    QTest::newRow("three") << u"a.txt"_s << QStringList{u"a.txt"_s, u"a (2).txt"_s} << u"a (3).txt"_s;
    QTest::newRow("a gap") << u"a.txt"_s << QStringList{u"a.txt"_s, u"a (3).txt"_s} << u"a (2).txt"_s;
    QTest::newRow("other case") << u"REPORT.PDF"_s << QStringList{u"report.pdf"_s} << u"REPORT (2).PDF"_s;
    QTest::newRow("sharp s") << u"STRASSE"_s << QStringList{u"straße"_s} << u"STRASSE (2)"_s;
    QTest::newRow("composed differently") << u"\u00e9.txt"_s << QStringList{u"e\u0301.txt"_s} << u"\u00e9 (2).txt"_s;
    QTest::newRow("full width") << u"ＡＢＣ.txt"_s << QStringList{u"abc.txt"_s} << u"ＡＢＣ (2).txt"_s;
    QTest::newRow("another look of an emoji")
        << u"\u2764\ufe0f.png"_s << QStringList{u"\u2764.png"_s} << u"\u2764\ufe0f (2).png"_s;
    QTest::newRow("a joiner") << u"あ\u200dい"_s << QStringList{u"あい"_s} << u"あ\u200dい (2)"_s;
    QTest::newRow("no extension") << u"Makefile"_s << QStringList{u"makefile"_s} << u"Makefile (2)"_s;
    QTest::newRow("two extensions") << u"a.tar.gz"_s << QStringList{u"a.tar.gz"_s} << u"a (2).tar.gz"_s;
    QTest::newRow("a sentence") << u"Hello. World"_s << QStringList{u"Hello. World"_s} << u"Hello. World (2)"_s;
    QTest::newRow("a hidden one") << u".env"_s << QStringList{u".env"_s} << u".env (2)"_s;
    QTest::newRow("letters that only look alike") << u"а.txt"_s << QStringList{u"a.txt"_s} << u"а.txt"_s; // Cyrillic
}

void TestFileName::namesAreKeptApart()
{
    QFETCH(QString, name);
    QFETCH(QStringList, taken);
    QFETCH(QString, result);
    QCOMPARE(distinctName(name, taken), result);
}

void TestFileName::manyNamesAreKeptApart()
{
    DistinctNames names;
    QSet<QString> all;
    for (int i = 0; i < 20'000; ++i)
        all.insert(names.add(i % 2 == 0 ? u"image.png"_s : u"Image.PNG"_s).toCaseFolded());
    QCOMPARE(all.size(), 20'000);
    QVERIFY(all.contains(u"image (20000).png"_s));
}

void TestFileName::longNamesAreKeptApart()
{
    DistinctNames names;
    QSet<QString> all;
    const QString longest = QString(83, u'あ') + u".txt"_s; // 253 bytes
    for (int i = 0; i < 1'200; ++i) {
        const QString name = names.add(longest);
        QVERIFY(name.toUtf8().size() <= 255);
        QVERIFY(name.endsWith(u".txt"_s));
        all.insert(name);
    }
    QCOMPARE(all.size(), 1'200);
}

void TestFileName::saysWhatCanRun_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("canRun");
    int row = 0;
    for (const QString &name : {u"setup.exe"_s,
                                u"SETUP.EXE"_s,
                                u"invoice.pdf.exe"_s,
                                u"invoice.pdf          .exe"_s,
                                u"a.exe."_s,
                                u"a.exe "_s,
                                u"a.exe\u200b"_s,
                                u"a.e\u200bxe"_s,
                                u"fdp.\u202eexe"_s,
                                u"a.ｅｘｅ"_s,
                                u"run.sh"_s,
                                u"app.desktop"_s,
                                u"x.AppImage"_s,
                                u"lib.jar"_s,
                                u"t.py"_s,
                                u"t.ps1"_s,
                                u"t.vbs"_s,
                                u"t.hta"_s,
                                u"t.lnk"_s,
                                u"t.url"_s,
                                u"t.command"_s,
                                u"t.msi"_s,
                                u"t.docm"_s,
                                u"t.xlsm"_s,
                                u"t.pptm"_s,
                                u"page.html"_s,
                                u"page.HTM"_s,
                                u"image.svg"_s,
                                u"t.xhtml"_s,
                                u"t.reg"_s,
                                u"t.iso"_s,
                                u"t.rpm"_s,
                                u"t.deb"_s,
                                u"t.scr"_s,
                                u"t.js"_s,
                                u"C:\\x\\t.bat"_s,
                                u"t.cmd/"_s,
                                u"t.settingcontent-ms"_s,
                                QString(4000, u'a') + u".exe"_s})
        QTest::newRow(test::rowTitle(++row, name).constData()) << name << true;
    for (const QString &name : {u"report.pdf"_s,
                                u"photo.jpg"_s,
                                u"setup.exe.txt"_s,
                                u"setup.exe.zip"_s,
                                u"exe"_s,
                                u".exe"_s,
                                u"Makefile"_s,
                                u""_s,
                                u"run.sh/readme"_s,
                                u"log.json"_s,
                                u"table.csv"_s,
                                u"doc.docx"_s,
                                u"sheet.xlsx"_s,
                                u"t.log"_s,
                                u"t.pcap"_s,
                                u"nohup.out"_s,
                                u"archive.tar.gz"_s,
                                u"t.exe_"_s,
                                u"shell"_s,
                                u"desktop"_s})
        QTest::newRow(test::rowTitle(++row, name).constData()) << name << false;
}

void TestFileName::saysWhatCanRun()
{
    QFETCH(QString, name);
    QFETCH(bool, canRun);
    QCOMPARE(canRunCode(name), canRun);
    QCOMPARE(canRunCode(safeFileName(name)), canRun); // what is saved says the same
}

void TestFileName::looksIntoFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isExecutable");
    QTest::newRow("a script") << QByteArray("#!/bin/sh\nrm") << true;
    QTest::newRow("a program") << QByteArray("\x7f"
                                             "ELF\x02\x01")
                               << true;
    QTest::newRow("a program of Windows") << QByteArray("MZ\x90", 3) << true;
    QTest::newRow("a program of macOS") << QByteArray("\xcf\xfa\xed\xfe\x07") << true;
    QTest::newRow("a class of Java") << QByteArray("\xca\xfe\xba\xbe") << true;
    QTest::newRow("a shortcut") << QByteArray("# a comment\n[Desktop Entry]\nExec=rm") << true;
    QTest::newRow("a shortcut of Windows") << QByteArray("[InternetShortcut]\r\nURL=") << true;
    QTest::newRow("a page") << QByteArray("\xef\xbb\xbf \r\n<!DOCTYPE html>") << true;
    QTest::newRow("an image with scripts") << QByteArray("<?xml version='1.0'?>\n<svg ") << true;
    QTest::newRow("nothing") << QByteArray() << false;
    QTest::newRow("one byte") << QByteArray("#") << false;
    QTest::newRow("text") << QByteArray("M is a letter, #! is none") << false;
    QTest::newRow("a PDF") << QByteArray("%PDF-1.7") << false;
    QTest::newRow("an image") << QByteArray("\x89PNG\r\n") << false;
    QTest::newRow("other XML") << QByteArray("<?xml version='1.0'?><settings/>") << false;
    QTest::newRow("far behind") << QByteArray(600, 'x') + "[Desktop Entry]" << false;
}

void TestFileName::looksIntoFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isExecutable);
    QCOMPARE(looksExecutable(bytes), isExecutable);
}

void TestFileName::pathsAreShownInOneLine()
{
    QCOMPARE(shownPath(u"/home/hana/報告 1.txt"_s), u"/home/hana/報告 1.txt"_s);
    QCOMPARE(shownPath(u"/tmp/a\n\u202eb\u200b\x1b"_s), u"/tmp/a\ufffdb\ufffd"_s);
    QCOMPARE(shownPath(QString(QChar(0xd83d))), u"\ufffd"_s);
    const QString cut = shownPath(u"/start"_s + u"\U0001f600"_s.repeated(2'000) + u"end.txt"_s);
    QVERIFY(cut.size() < 310);
    QVERIFY(cut.startsWith(u"/start"_s) && cut.contains(u'…') && cut.endsWith(u"end.txt"_s));
    QCOMPARE(QString::fromUtf8(cut.toUtf8()), cut);
}

QTEST_APPLESS_MAIN(TestFileName)
#include "tst_filename.moc"
