#include "archive/searchtext.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

class TestSearchText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folding_data();
    void folding();
    void foldingOfEveryCharacter();
    void tokens_data();
    void tokens();
    void queries_data();
    void queries();
    void excerpts_data();
    void excerpts();
};

void TestSearchText::folding_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folded");

    const auto row = [](const char *name, const char *text, const char *folded) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(folded);
    };
    row("letters become small", "Time OUT 503", "time out 503");
    row("full-width letters become ordinary ones", "ＡＢＣ１２", "abc12");
    row("half-width kana become whole", "ｶﾞｿﾞｳ", "ガゾウ");
    row("umlauts become small", "ÄRGER", "ärger");
    row("kanji stay", "接続", "接続");
    row("a composed accent is one letter", "Cafe\xCC\x81", "caf\xC3\xA9");
}

void TestSearchText::folding()
{
    QFETCH(QString, text);
    QTEST(foldForSearch(text), "folded");
}

// What takes the short way must come out as by the long one, alone and beside others.
void TestSearchText::foldingOfEveryCharacter()
{
    const auto longWay = [](const QString &text) {
        return text.normalized(QString::NormalizationForm_KC).toCaseFolded().normalized(QString::NormalizationForm_KC);
    };
    for (char16_t c = 1; c < 0xffff; ++c) {
        const QString alone(1, QChar(c));
        if (alone.front().isSurrogate())
            continue;
        QCOMPARE(foldForSearch(alone), longWay(alone));
        const QString amongOthers = u"Aか"_s + alone + u"漢ハB"_s;
        QCOMPARE(foldForSearch(amongOthers), longWay(amongOthers));
    }
}

void TestSearchText::tokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tokens");

    const auto row = [](const char *name, const char *text, const char *tokens) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(tokens);
    };
    row("words", "The request timed out.", "the request timed out");
    row("neighbours in Japanese", "接続エラー", "接続 続エ エラ ラー ー");
    row("a single character", "東。", "東");
    row("mixed writing", "AWSの接続503です", "aws の接 接続 続 503 です す");
    row("the long vowel mark at the beginning", "ーa", "ー a");
    row("emoji", "ok 👍👍🏽", "ok 👍 👍 🏽");
    row("characters outside the first plane", "𠮷野家", "𠮷野 野家 家");
    row("punctuation only", "%_\"'", "");
    row("identifiers fall apart", "my_table-2", "my table 2");
}

void TestSearchText::tokens()
{
    QFETCH(QString, text);
    QTEST(indexTokens(text), "tokens");
}

void TestSearchText::queries_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("match");
    QTest::addColumn<QStringList>("words");

    const auto row = [](const char *name, const char *typed, const char *match, const QStringList &words) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(match) << words;
    };
    row("nothing", "  ", "", {});
    row("words from their beginning", "Time out", "\"time\"* \"out\"*", {u"time"_s, u"out"_s});
    row("two characters", "接続", "\"接続\"", {u"接続"_s});
    row("three characters", "接続先", "\"接続\" \"続先\"", {u"接続先"_s});
    row("one character", "東", "\"東\"*", {u"東"_s});
    row("ideographic space separates", "東京　接続", "\"東京\" \"接続\"", {u"東京"_s, u"接続"_s});
    row("full-width", "ＲＤＳ", "\"rds\"*", {u"rds"_s});
    row("mixed", "AWS接続", "\"aws\"* \"接続\"", {u"aws接続"_s});
    row("operators are words", "a OR b", "\"a\"* \"or\"* \"b\"*", {u"a"_s, u"or"_s, u"b"_s});
    row("quotes are text", "\"time out\"", "\"time\"* \"out\"*", {u"\"time"_s, u"out\""_s});
    row("nothing that is indexed", "%", "", {u"%"_s});
    row("stars and brackets", "NEAR(a*)", "\"near\"* \"a\"*", {u"near(a*)"_s});
    row("the same word twice", "a a", "\"a\"*", {u"a"_s});
}

void TestSearchText::queries()
{
    QFETCH(QString, typed);
    const SearchQuery query = parseSearch(typed);
    QTEST(query.match, "match");
    QTEST(query.words, "words");
}

void TestSearchText::excerpts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("excerpt");

    const QString filler = u"word "_s.repeated(60);
    QTest::newRow("all of a short text") << u"A short\n text"_s << u"short"_s << u"A short text"_s;
    QTest::newRow("from the middle, at a word")
        << filler + u"needle "_s + filler << u"needle"_s << u"…word word needle word word word word…"_s;
    QTest::newRow("the end") << filler + u"needle"_s << u"needle"_s << u"…word word word word word word needle"_s;
    QTest::newRow("after characters that fold to others") << u"㍿"_s.repeated(50) + u"。接続が切れる"_s << u"切れ"_s
                                                          << u"…"_s + u"㍿"_s.repeated(33) + u"。接続が切れる"_s;
    QTest::newRow("emoji are not cut in two")
        << u"👍"_s.repeated(40) + u"x"_s << u"x"_s << u"…"_s + u"👍"_s.repeated(20) + u"x"_s;
}

void TestSearchText::excerpts()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QTEST(excerpt(text, parseSearch(typed), 40), "excerpt");
}

QTEST_APPLESS_MAIN(TestSearchText)
#include "tst_searchtext.moc"
