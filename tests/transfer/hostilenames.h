#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

/// Names that files come with when someone means harm, or when another system made them.
namespace casement::test {

struct HostileName
{
    QString name;
    QString safe; ///< what safeFileName() makes of it
};

inline QList<HostileName> hostileNames()
{
    using namespace Qt::StringLiterals;
    const QString lone = QChar(0xd83d);
    return {
        // paths
        {u"../../.bashrc"_s, u"bashrc"_s},
        {u"../../../../../../etc/passwd"_s, u"passwd"_s},
        {u"/etc/cron.d/job"_s, u"job"_s},
        {u"..\\..\\Startup\\run.bat"_s, u"run.bat"_s},
        {u"C:\\.."_s, u"attachment"_s},
        {u"C:\\Windows\\System32\\drivers.sys"_s, u"drivers.sys"_s},
        {u"C:evil.txt"_s, u"evil.txt"_s},
        {u"c:"_s, u"attachment"_s},
        {u"\\\\server\\share\\file.txt"_s, u"file.txt"_s},
        {u"a/b\\c/d.txt"_s, u"d.txt"_s},
        {u"folder/"_s, u"folder"_s},
        {u"/"_s, u"attachment"_s},
        {u"///\\\\"_s, u"attachment"_s},
        {u"~/.ssh/authorized_keys"_s, u"authorized_keys"_s},
        {u"file:///etc/passwd"_s, u"passwd"_s},
        // nothing
        {u""_s, u"attachment"_s},
        {u"."_s, u"attachment"_s},
        {u".."_s, u"attachment"_s},
        {u"..."_s, u"attachment"_s},
        {u"   "_s, u"attachment"_s},
        {u". . ."_s, u"attachment"_s},
        {u"\u202e\u200b\ufeff"_s, u"attachment"_s},
        {u"\u3000\u00a0"_s, u"attachment"_s},
        // hidden, and cut by Windows
        {u".bashrc"_s, u"bashrc"_s},
        {u"...profile"_s, u"profile"_s},
        {u" .profile"_s, u"profile"_s},
        {u"\u200b.profile"_s, u"profile"_s},
        {u"report.pdf."_s, u"report.pdf"_s},
        {u"report.pdf. . "_s, u"report.pdf"_s},
        {u"virus.exe "_s, u"virus.exe"_s},
        {u"  padded.txt"_s, u"padded.txt"_s},
        // what is shown is not what is there
        {u"annual\u202efdp.exe"_s, u"annualfdp.exe"_s},
        {u"photo\u2067gnp.exe\u2069"_s, u"photognp.exe"_s},
        {u"in\u200bvoice.txt"_s, u"invoice.txt"_s},
        {u"soft\u00adhyphen.txt"_s, u"softhyphen.txt"_s},
        {u"\u200fa\u200e.txt"_s, u"a.txt"_s},
        {u"\u061ca.txt"_s, u"a.txt"_s},
        {u"\ufeffbom.txt"_s, u"bom.txt"_s},
        {u"hidden\U000e0041tag.txt"_s, u"hiddentag.txt"_s},
        {u"ex\u200de.e\u200dxe"_s, u"exe.exe"_s},
        {u"joined\u200d"_s, u"joined"_s},
        // controls
        {u"a\nb.txt"_s, u"a_b.txt"_s},
        {u"a\r\nb.txt"_s, u"a__b.txt"_s},
        {u"a\tb.txt"_s, u"a_b.txt"_s},
        {u"\x1b[31mred.txt"_s, u"_[31mred.txt"_s},
        {u"bell\x07.txt"_s, u"bell_.txt"_s},
        {u"zero"_s + QChar(0) + u".exe"_s, u"zero_.exe"_s},
        {u"del\x7f.txt"_s, u"del_.txt"_s},
        {u"c1\u0085\u009b.txt"_s, u"c1__.txt"_s},
        {u"line\u2028par\u2029.txt"_s, u"line_par_.txt"_s},
        // not UTF-8
        {u"caf\ufffd.txt"_s, u"caf_.txt"_s},
        {u"half"_s + lone + u".txt"_s, u"half_.txt"_s},
        {lone, u"_"_s},
        {u"turned"_s + QChar(0xde00) + QChar(0xd83d) + u".txt"_s, u"turned__.txt"_s},
        {u"none\uffff.txt"_s, u"none_.txt"_s},
        // characters that file systems refuse
        {u"a<b>c:d\"e|f?g*h.txt"_s, u"a_b_c_d_e_f_g_h.txt"_s},
        {u"file.txt::$DATA"_s, u"file.txt__$DATA"_s},
        {u"what?.txt"_s, u"what_.txt"_s},
        {u"12:30.log"_s, u"12_30.log"_s},
        // devices of Windows
        {u"CON"_s, u"CON_"_s},
        {u"con.txt"_s, u"con_.txt"_s},
        {u"Nul.tar.gz"_s, u"Nul_.tar.gz"_s},
        {u"PRN .txt"_s, u"PRN _.txt"_s},
        {u"AUX."_s, u"AUX_"_s},
        {u"COM1"_s, u"COM1_"_s},
        {u"com9.log"_s, u"com9_.log"_s},
        {u"LPT\u00b9.txt"_s, u"LPT\u00b9_.txt"_s},
        {u"CONOUT$"_s, u"CONOUT$_"_s},
        {u"\u200bNUL"_s, u"NUL_"_s},
        {u"../CON"_s, u"CON_"_s},
        // length
        {QString(4096, u'a'), QString(255, u'a')},
        {QString(4092, u'a') + u".pdf"_s, QString(251, u'a') + u".pdf"_s},
        {QString(4092, u'a') + u".tar.gz"_s, QString(248, u'a') + u".tar.gz"_s},
        {QString(300, u'あ') + u".txt"_s, QString(83, u'あ') + u".txt"_s},
        {u"\U0001f600"_s.repeated(100) + u".png"_s, u"\U0001f600"_s.repeated(62) + u".png"_s},
        {u"a"_s + u"é"_s.repeated(200), u"a"_s + u"é"_s.repeated(127)},
        {u"a."_s + QString(4096, u'b'), u"a."_s + QString(253, u'b')},
        {QString(250, u'a') + u" . . . . . b.txt"_s, QString(250, u'a') + u".txt"_s},
        {QString(2000, u'/') + u"x"_s, u"x"_s},
        // as they are
        {u"report (2).pdf"_s, u"report (2).pdf"_s},
        {u"報告書 第三版.xlsx"_s, u"報告書 第三版.xlsx"_s},
        {u"e\u0301te\u0301.txt"_s, u"\u00e9t\u00e9.txt"_s}, // but composed
        {u"\u212bngstr\u00f6m.txt"_s, u"\u00c5ngstr\u00f6m.txt"_s},
        {u"family \U0001f469\u200d\U0001f467.jpg"_s, u"family \U0001f469\u200d\U0001f467.jpg"_s},
        {u"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.txt"_s,
         u"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.txt"_s},
        {u"control.txt"_s, u"control.txt"_s},
        {u"COM10.txt"_s, u"COM10.txt"_s},
        {u"a b  c.txt"_s, u"a b  c.txt"_s},
        {u"$HOME;rm -rf `x` & 'y'.txt"_s, u"$HOME;rm -rf `x` & 'y'.txt"_s},
        {u"%2e%2e%2fetc.txt"_s, u"%2e%2e%2fetc.txt"_s},
    };
}

/// A title for a row of a table: what can be printed of a name.
inline QByteArray rowTitle(qsizetype index, const QString &name)
{
    QByteArray title = QByteArray::number(index) + ' ';
    for (const QChar c : name.left(40))
        title.append(c.unicode() >= 0x20 && c.unicode() < 0x7f ? c.toLatin1() : '~');
    return title;
}

} // namespace casement::test
