#include "ui/generalpage.h"
#include "ui/replyworld.h"
#include "ui/spellmarks.h"
#include "ui/theme.h"
#include "ui/uisettings.h"

#include <QCheckBox>
#include <QContextMenuEvent>
#include <QMenu>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A dictionary of few words, as Hunspell reads it.
void writeDictionary(const QString &folder, const QByteArray &encoding = "UTF-8")
{
    QFile rules(folder + u"/en_US.aff"_s);
    QVERIFY(rules.open(QIODevice::WriteOnly));
    rules.write("SET " + encoding + "\nTRY aeiourstlnmpdchgfbkvwyzqxj'\n");
    QFile words(folder + u"/en_US.dic"_s);
    QVERIFY(words.open(QIODevice::WriteOnly));
    const QStringList list =
        u"receive the we did not balancer load answer of yesterday don't café after log and is this now please see it"_s
            .split(u' ');
    words.write(QByteArray::number(list.size()) + '\n');
    for (const QString &word : list)
        words.write((encoding == "UTF-8" ? word.toUtf8() : word.toLatin1()) + '\n');
}

/// The mistakes of a text as words.
QStringList wordsOf(Spelling &spelling, const QString &text)
{
    QStringList words;
    for (const Misspelling &found : spelling.mistakes(text))
        words.append(text.mid(found.start, found.length));
    return words;
}

QMenu *openMenu(MessageEdit &edit)
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, edit.cursorRect().center(), edit.mapToGlobal(QPoint()));
    QCoreApplication::sendEvent(&edit, &event);
    return qobject_cast<QMenu *>(QApplication::activePopupWidget());
}

QStringList suggestionsIn(const QMenu &menu)
{
    QStringList words;
    for (const QAction *action : menu.actions()) {
        if (action->objectName() == "spellingSuggestion"_L1)
            words.append(action->text());
    }
    return words;
}

} // namespace

class TestSpelling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsWhatTheDictionaryLacks_data();
    void findsWhatTheDictionaryLacks();
    void wordsOfTheTradeAreRight();
    void theListOfTermsIsTidy();
    void readsOtherEncodings();
    void suggestsAndLearns();
    void canBeSwitchedOff();
    void withoutADictionaryNothingIsFound();
    void aReplyIsMarkedAndMended();
    void eachCaseHasItsOwnMarks();
    void theSettingsSayWhatIsMissing();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::unique_ptr<Spelling> loaded()
    {
        auto spelling = std::make_unique<Spelling>(*m_settings);
        spelling->setFolders({m_folder->path()});
        QSignalSpy changed(spelling.get(), &Spelling::changed);
        spelling->load();
        if (!changed.wait() || spelling->dictionaryName() != "en_US"_L1)
            return {};
        return spelling;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<UiSettings> m_settings;
};

void TestSpelling::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<UiSettings>(path("casement.ini"));
    writeDictionary(m_folder->path());
}

void TestSpelling::findsWhatTheDictionaryLacks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("mistakes");
    QTest::newRow("right") << u"We did not receive the log."_s << QStringList();
    QTest::newRow("one") << u"We did not recieve the log."_s << QStringList{u"recieve"_s};
    QTest::newRow("between marks") << u"(recieve) “answr”, *yesterdya*!"_s
                                   << QStringList{u"recieve"_s, u"answr"_s, u"yesterdya"_s};
    QTest::newRow("apostrophes") << u"We don't and don’t recieve"_s << QStringList{u"recieve"_s};
    QTest::newRow("hyphens") << u"load-balancr answer"_s << QStringList{u"balancr"_s};
    QTest::newRow("names") << u"The VPC of maxResults is us-east-1, i-0abc, ALB2, foo_bar and a.b/c"_s << QStringList();
    QTest::newRow("addresses") << u"please see https://exampl.com/recieve arn:aws:iam::recieve me@exampl.com"_s
                               << QStringList();
    QTest::newRow("Japanese in the line") << u"ログ recieve を\nthe recieve"_s << QStringList{u"recieve"_s};
    QTest::newRow("Greek in the line") << u"recieve λόγος"_s << QStringList();
    QTest::newRow("quoted") << u"> recieve\nanswr"_s << QStringList{u"answr"_s};
    QTest::newRow("code") << u"```\nrecieve\n```\n    recieve\n\trecieve\nanswr"_s << QStringList{u"answr"_s};
    QTest::newRow("another language") << u"Wir haben gestern leider keine Antwort bekommen\nthe answr"_s
                                      << QStringList{u"answr"_s};
    QTest::newRow("short lines of it") << u"Hallo zusammen"_s << QStringList{u"Hallo"_s, u"zusammen"_s};
    QTest::newRow("endless") << QString(5000, u'q') << QStringList();
    QTest::newRow("emoji before it") << u"🙂🙂 recieve"_s << QStringList{u"recieve"_s};
    QTest::newRow("halves of pairs") << QString(QChar(0xd83d)) + u" recieve"_s << QStringList{u"recieve"_s};
    QTest::newRow("nothing but marks") << u"' - -- '' \" … ``` '"_s << QStringList();
    QTest::newRow("empty") << QString() << QStringList();
}

void TestSpelling::findsWhatTheDictionaryLacks()
{
    QFETCH(const QString, text);
    const auto spelling = loaded();
    QVERIFY(spelling);
    QTEST(wordsOf(*spelling, text), "mistakes");
    QTEST(wordsOf(*spelling, text), "mistakes"); // once more, by what is known
}

/// No dictionary has them, and everybody who writes to AWS does.
void TestSpelling::wordsOfTheTradeAreRight()
{
    const std::unique_ptr<Spelling> spelling = loaded();
    QVERIFY(spelling);
    for (const QString &word :
         {u"kubectl"_s, u"Fargate"_s, u"subnets"_s, u"failover"_s, u"Kinesis's"_s, u"Terraform"_s, u"timeouts"_s,
          u"nginx"_s, u"serverless"_s, u"Cognito"_s, u"VPCs"_s, u"EC2"_s, u"us-east-1"_s, u"my_table"_s, u"a.b.c"_s,
          u"/var/log/syslog"_s, u"AccessDenied"_s, u"THROTTLED"_s})
        QCOMPARE(wordsOf(*spelling, u"we did not receive the answer of "_s + word + u" yesterday"_s), QStringList());
    QCOMPARE(wordsOf(*spelling, u"we did not recieve the answer of kubectll yesterday"_s),
             (QStringList{u"recieve"_s, u"kubectll"_s}));
}

void TestSpelling::theListOfTermsIsTidy()
{
    QFile list(u":/words/terms.txt"_s);
    QVERIFY(list.open(QIODevice::ReadOnly));
    QStringList terms = QString::fromUtf8(list.readAll()).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY(terms.takeFirst().startsWith(u'#'));
    QVERIFY(terms.size() > 300);
    QStringList sorted = terms;
    std::sort(sorted.begin(), sorted.end());
    sorted.removeDuplicates();
    QCOMPARE(terms, sorted);
    static const QRegularExpression word(u"^[a-z]{2,30}$"_s);
    for (const QString &term : std::as_const(terms))
        QVERIFY2(word.match(term).hasMatch(), qPrintable(term));
}

void TestSpelling::readsOtherEncodings()
{
    writeDictionary(m_folder->path(), "ISO8859-1");
    const auto spelling = loaded();
    QVERIFY(spelling);
    QCOMPARE(wordsOf(*spelling, u"the café cafè"_s), QStringList{u"cafè"_s});
    QVERIFY(spelling->suggestions(u"caféé"_s).contains(u"café"_s));
    QCOMPARE(wordsOf(*spelling, u"the Łódź is"_s), QStringList()); // it has no bytes for that
}

void TestSpelling::suggestsAndLearns()
{
    const auto spelling = loaded();
    QVERIFY(spelling);
    QVERIFY(spelling->suggestions(u"recieve"_s).contains(u"receive"_s));
    QVERIFY(spelling->suggestions(u"xqzxqzxqz"_s).isEmpty());
    QVERIFY(spelling->suggestions(QString()).isEmpty() && spelling->suggestions(QString(9999, u'a')).isEmpty());
    QSignalSpy changed(spelling.get(), &Spelling::changed);
    spelling->learn(u"Recieve"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(wordsOf(*spelling, u"recieve the answr"_s), QStringList{u"answr"_s});
    const auto next = loaded(); // it is kept
    QVERIFY(next);
    QCOMPARE(wordsOf(*next, u"Recieve the answr"_s), QStringList{u"answr"_s});
}

void TestSpelling::canBeSwitchedOff()
{
    const auto spelling = loaded();
    QVERIFY(spelling);
    spelling->setOn(false);
    QVERIFY(wordsOf(*spelling, u"recieve"_s).isEmpty());
    QVERIFY(!Spelling(*m_settings).isOn()); // it is kept
    spelling->setOn(true);
    QCOMPARE(wordsOf(*spelling, u"recieve"_s), QStringList{u"recieve"_s});
}

void TestSpelling::withoutADictionaryNothingIsFound()
{
    Spelling spelling(*m_settings);
    spelling.setFolders({path("nowhere")});
    QVERIFY(!spelling.isAbsent()); // nobody looked
    QSignalSpy changed(&spelling, &Spelling::changed);
    QVERIFY(spelling.mistakes(u"recieve"_s).isEmpty());
    QVERIFY(changed.wait());
    QVERIFY(spelling.isAbsent());
    QVERIFY(spelling.mistakes(u"recieve"_s).isEmpty() && spelling.suggestions(u"recieve"_s).isEmpty());
}

void TestSpelling::aReplyIsMarkedAndMended()
{
    test::ReplyWorld world(path("world"));
    auto *marks = world.text().findChild<SpellMarks *>();
    QVERIFY(marks);
    world.fixture.workspace().spelling().setFolders({m_folder->path()});
    world.text().setFocus();
    QTest::keyClicks(&world.text(), u"We recieve the answr"_s);
    QTRY_COMPARE(marks->marked(), QStringList{u"recieve"_s}); // the other one is still being typed
    QTest::keyClicks(&world.text(), u" now"_s);
    QTRY_COMPARE(marks->marked(), QStringList({u"recieve"_s, u"answr"_s}));
    QCOMPARE(world.text().extraSelections().size(), 2);
    // A secret beside them: neither takes the other's marks away.
    QTest::keyClicks(&world.text(), u" AKIAIOSFODNN7EXAMPLE"_s);
    QTRY_COMPARE(world.text().extraSelections().size(), 3);
    QTest::keyClicks(&world.text(), u" and"_s);
    QTRY_COMPARE(world.text().extraSelections().size(), 3);

    QTextCursor at = world.text().textCursor();
    at.setPosition(5);
    world.text().setTextCursor(at);
    QMenu *menu = openMenu(world.text());
    QVERIFY(menu);
    QCOMPARE(suggestionsIn(*menu), QStringList{u"receive"_s});
    menu->actions().first()->trigger();
    menu->close();
    QCOMPARE(world.text().text(), u"We receive the answr now AKIAIOSFODNN7EXAMPLE and"_s);
    QTRY_COMPARE(marks->marked(), QStringList{u"answr"_s});
    world.text().undo();
    QTRY_COMPARE(marks->marked().size(), 2);
    menu = openMenu(world.text());
    QVERIFY(menu);
    menu->findChild<QAction *>(u"spellingLearn"_s)->trigger();
    menu->close();
    QTRY_COMPARE(marks->marked(), QStringList{u"answr"_s});
    at.setPosition(1); // a right word has the usual menu
    world.text().setTextCursor(at);
    menu = openMenu(world.text());
    QVERIFY(menu);
    QVERIFY(suggestionsIn(*menu).isEmpty() && !menu->findChild<QAction *>(u"spellingLearn"_s));
    menu->close();
}

void TestSpelling::eachCaseHasItsOwnMarks()
{
    test::ReplyWorld world(path("world"));
    auto *marks = world.text().findChild<SpellMarks *>();
    world.fixture.workspace().spelling().setFolders({m_folder->path()});
    world.text().setPlainText(u"recieve the log"_s);
    QTRY_COMPARE(marks->marked(), QStringList{u"recieve"_s});
    const CaseKey first = world.key;
    QVERIFY(world.open(1));
    QVERIFY(world.key != first);
    QTRY_VERIFY(marks->marked().isEmpty());
    QVERIFY(world.text().extraSelections().isEmpty());
    QVERIFY(world.open(first));
    QTRY_COMPARE(marks->marked(), QStringList{u"recieve"_s});
    QTRY_COMPARE(world.text().extraSelections().size(), 1);
}

void TestSpelling::theSettingsSayWhatIsMissing()
{
    test::WindowFixture fixture(path("world"));
    Spelling &spelling = fixture.workspace().spelling();
    spelling.setFolders({m_folder->path()});
    Theme theme;
    GeneralPage page(fixture.workspace(), fixture.language(), theme);
    page.show();
    auto *box = page.findChild<QCheckBox *>(u"spelling"_s);
    auto *hint = page.findChild<QLabel *>(u"spellingHint"_s);
    QVERIFY(box && hint);
    QTRY_COMPARE(spelling.dictionaryName(), u"en_US"_s);
    QVERIFY(box->isEnabled() && box->isChecked());
    QVERIFY(hint->text().contains(u"underlined"_s));
    box->click();
    QVERIFY(!spelling.isOn());
    spelling.setFolders({path("nowhere")});
    spelling.load();
    QTRY_VERIFY(!box->isEnabled());
    QVERIFY(hint->text().contains(u"hunspell-en-us"_s));
}

QTEST_MAIN(TestSpelling)
#include "tst_spelling.moc"
