#include "checks/japanese.h"

#include "checks/sourcetree.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// The prose of a file: without what is code in it.
QString prose(const QString &path, QString text)
{
    const auto drop = [&text](const QString &pattern, const QString &by) {
        text.replace(QRegularExpression(pattern, QRegularExpression::DotMatchesEverythingOption), by);
    };
    if (path.endsWith(u".html"_s)) {
        drop(u"<(pre|style)\\b.*?</\\1>"_s, {});
        drop(u"<(code|kbd)\\b.*?</\\1>"_s, u"code"_s);
        drop(u"<[^>]*>"_s, {});
    } else if (path.endsWith(u".md"_s)) {
        drop(u"`[^`\\n]*`"_s, u"code"_s);
        drop(u"\\]\\([^)\\n]*\\)"_s, u"]"_s);
    } else if (path.contains(u"/man/"_s)) {
        drop(u"\\\\\\(.."_s, {}); // glyphs that troff has a name for
        drop(u"\\\\f."_s, {});
        drop(u"a \\(2\\)\\.log"_s, u"file"_s);
        drop(u"\\n\\.[A-Z]+ "_s, u" "_s); // one sentence goes through them
        drop(u"(?<![。\\n])\\n(?!\\.)"_s, u" "_s);
    }
    return text;
}

} // namespace

/// Japanese is set in one way, in what is read outside of the program, too.
class TestJapanese : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsOutsideOfTheProgram();
    void seesWhatIsWrong_data();
    void seesWhatIsWrong();
};

void TestJapanese::textsOutsideOfTheProgram()
{
    QStringList files = test::sourceFiles(u"docs"_s, {u"*.ja.md"_s})
        + test::sourceFiles(u"docs/guide/ja"_s, {u"*.html"_s}) + test::sourceFiles(u"packaging/man/ja"_s, {u"*.1"_s})
        + test::sourceFiles(u"packaging"_s, {u"*.desktop"_s, u"*.metainfo.xml.in"_s});
    QVERIFY2(files.size() >= 6, qPrintable(files.join(u'\n')));
    QStringList faults;
    for (const QString &path : files) {
        const QStringList lines = prose(path, test::readSource(path)).split(u'\n');
        for (const QString &line : lines) {
            if (const QString fault = test::faultOfJapanese(line); !fault.isEmpty())
                faults.append(u"%1: %2: \"%3\""_s.arg(path, fault, line.trimmed()));
        }
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestJapanese::seesWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fault");
    QTest::newRow("no Japanese") << u"State: open (AWS)"_s << QString();
    QTest::newRow("full width") << u"状態：対応中（AWS Support）"_s << QString();
    QTest::newRow("a colon") << u"状態: 対応中"_s << u"colon"_s;
    QTest::newRow("a colon behind a mnemonic") << u"名前(&N):"_s << u"colon"_s;
    QTest::newRow("an address") << u"形式は https://x です"_s << QString();
    QTest::newRow("brackets") << u"解決 (確認あり)"_s << u"brackets"_s;
    QTest::newRow("brackets behind") << u"リクエストが多すぎ (429)、"_s << u"brackets"_s;
    QTest::newRow("brackets before") << u"ID (caseId) です"_s << u"brackets"_s;
    QTest::newRow("a mnemonic") << u"開く(&O)"_s << QString();
    QTest::newRow("a pattern") << u"すべてのファイル (*)"_s << QString();
    QTest::newRow("a key") << u"一覧に戻る (Esc)"_s << QString();
    QTest::newRow("the product") << u"AWS サポートのケース"_s << u"AWS Support"_s;
}

void TestJapanese::seesWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, fault);
    const QString found = test::faultOfJapanese(text);
    QCOMPARE(found.isEmpty(), fault.isEmpty());
    QVERIFY2(found.contains(fault), qPrintable(found));
}

QTEST_APPLESS_MAIN(TestJapanese)
#include "tst_japanese.moc"
