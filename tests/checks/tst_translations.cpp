#include "checks/japanese.h"
#include "checks/sourcetree.h"

#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context;
    QString source;
    QStringList forms; ///< one, or as many as the language counts
    QString type; ///< unfinished, vanished, obsolete
    bool isNumerus = false;
};

struct Catalogue
{
    QList<Message> messages;
    QString language;
    QString fault;
};

Catalogue readCatalogue(const QByteArray &ts)
{
    Catalogue catalogue;
    QXmlStreamReader xml(ts);
    QString context;
    Message message;
    while (!xml.atEnd()) {
        if (xml.readNext() == QXmlStreamReader::EndElement && xml.name() == u"message") {
            catalogue.messages.append(message);
            continue;
        }
        if (!xml.isStartElement())
            continue;
        if (xml.name() == u"TS") {
            catalogue.language = xml.attributes().value(u"language"_s).toString();
        } else if (xml.name() == u"name") {
            context = xml.readElementText();
        } else if (xml.name() == u"message") {
            message = {};
            message.context = context;
            message.isNumerus = xml.attributes().value(u"numerus"_s) == u"yes";
        } else if (xml.name() == u"source") {
            message.source = xml.readElementText();
        } else if (xml.name() == u"translation") {
            message.type = xml.attributes().value(u"type"_s).toString();
            if (!message.isNumerus)
                message.forms = {xml.readElementText()};
        } else if (xml.name() == u"numerusform") {
            message.forms.append(xml.readElementText());
        }
    }
    if (xml.hasError())
        catalogue.fault = xml.errorString();
    return catalogue;
}

// %1, %L2, %n …, sorted; an order of their own is what translations are for.
QStringList placeholders(const QString &text)
{
    static const QRegularExpression pattern(u"%L?(?:\\d{1,2}|n)"_s);
    QStringList found;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext())
        found.append(matches.next().captured());
    found.sort();
    return found;
}

bool hasMnemonic(const QString &text)
{
    static const QRegularExpression pattern(u"&(?![&\\s]|\\w+;)"_s);
    QString without = text;
    return without.replace(u"&&"_s, QString()).contains(pattern);
}

QString faultOf(const Message &message, int forms)
{
    if (!message.type.isEmpty())
        return message.type;
    if (message.isNumerus && message.forms.size() != forms)
        return u"has %1 plural forms, not %2"_s.arg(message.forms.size()).arg(forms);
    QStringList wanted = placeholders(message.source);
    for (const QString &form : message.forms) {
        if (form.trimmed().isEmpty())
            return u"is empty"_s;
        QStringList has = placeholders(form);
        // "One case" may leave the number out, where a language has a form for one.
        if (message.isNumerus && forms > 1) {
            for (const QString &number : {u"%n"_s, u"%Ln"_s}) {
                has.removeAll(number);
                wanted.removeAll(number);
            }
        }
        if (has != wanted)
            return u"has placeholders %1, not %2"_s.arg(has.join(u' '), wanted.join(u' '));
        // The number is put in first: "%1%n" becomes "%14", which nothing replaces as it was meant.
        static const QRegularExpression joined(u"%L?\\d%n"_s);
        if (form.contains(joined))
            return u"has %n directly behind a placeholder"_s;
        if (hasMnemonic(form) != hasMnemonic(message.source))
            return hasMnemonic(form) ? u"has a mnemonic that the source lacks"_s : u"lacks the mnemonic"_s;
        if (const QString fault = test::faultOfJapanese(form); !fault.isEmpty())
            return fault;
        if (form.endsWith(u"…"_s) != message.source.endsWith(u"…"_s))
            return u"differs in its last …"_s;
    }
    return {};
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void japaneseIsComplete();
    void englishCounts();
    void hasWhatTheSourcesSay();
    void seesWhatIsWrong_data();
    void seesWhatIsWrong();

private:
    static Catalogue catalogue(const QString &language);
};

Catalogue TestTranslations::catalogue(const QString &language)
{
    return readCatalogue(test::readSource(u"translations/casement_%1.ts"_s.arg(language)).toUtf8());
}

void TestTranslations::init()
{
    if (QLatin1StringView(QTest::currentTestFunction()) != "seesWhatIsWrong"_L1
        && !QFile::exists(test::sourceDir() + u"/translations/casement_ja.ts"_s))
        QSKIP("There are no translations yet.");
}

void TestTranslations::japaneseIsComplete()
{
    const Catalogue ja = catalogue(u"ja"_s);
    QCOMPARE(ja.fault, QString());
    QVERIFY(ja.language.startsWith(u"ja"_s));
    QVERIFY(ja.messages.size() > 100);
    QStringList faults;
    for (const Message &message : ja.messages) {
        if (const QString fault = faultOf(message, 1); !fault.isEmpty())
            faults.append(u"%1: \"%2\" %3"_s.arg(message.context, message.source, fault));
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

// English needs its file for the plurals alone.
void TestTranslations::englishCounts()
{
    const Catalogue en = catalogue(u"en"_s);
    QCOMPARE(en.fault, QString());
    QStringList faults;
    int counted = 0;
    for (const Message &message : en.messages) {
        if (!message.isNumerus)
            continue;
        ++counted;
        if (const QString fault = faultOf(message, 2); !fault.isEmpty())
            faults.append(u"%1: \"%2\" %3"_s.arg(message.context, message.source, fault));
        for (const QString &form : message.forms) {
            if (form.contains(u"(s)"_s))
                faults.append(u"%1: \"%2\" leaves the counting to the reader"_s.arg(message.context, form));
        }
    }
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
    const Catalogue ja = catalogue(u"ja"_s);
    QCOMPARE(counted, int(std::count_if(ja.messages.begin(), ja.messages.end(), [](const Message &message) {
                 return message.isNumerus;
             })));
}

// Every tr("…") of a literal in one piece is in the catalogue: somebody ran update_translations after the last change.
void TestTranslations::hasWhatTheSourcesSay()
{
    const Catalogue ja = catalogue(u"ja"_s);
    QSet<QString> known;
    for (const Message &message : ja.messages)
        known.insert(message.source);
    static const QRegularExpression call(uR"re(\btr\(\s*"((?:[^"\\]|\\.)*)"\s*[,)])re"_s);
    QStringList missing;
    for (const char *layer : {"archive", "models", "ui", "app"}) {
        for (const QString &path : test::sourceFiles(u"src/"_s + QString::fromLatin1(layer), {u"*.cpp"_s, u"*.h"_s})) {
            auto found = call.globalMatch(test::readSource(path));
            while (found.hasNext()) {
                QString text = found.next().captured(1);
                text.replace(u"\\n"_s, u"\n"_s).replace(u"\\\""_s, u"\""_s).replace(u"\\\\"_s, u"\\"_s);
                if (!known.contains(text))
                    missing.append(u"%1: \"%2\""_s.arg(path, text));
            }
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestTranslations::seesWhatIsWrong_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("fault");

    const auto row = [](const char *name, const QString &source, const QString &translation, const QString &fault) {
        QTest::newRow(name) << u"<message><source>%1</source>%2</message>"_s.arg(source, translation) << fault;
    };
    const auto finished = [](const QString &text) { return u"<translation>%1</translation>"_s.arg(text); };
    row("right", u"Open %1"_s, finished(u"%1 を開く"_s), {});
    row("unfinished", u"Open"_s, u"<translation type=\"unfinished\">x</translation>"_s, u"unfinished"_s);
    row("vanished", u"Open"_s, u"<translation type=\"vanished\">x</translation>"_s, u"vanished"_s);
    row("empty", u"Open"_s, finished({}), u"empty"_s);
    row("a lost placeholder", u"%1 of %2"_s, finished(u"%1"_s), u"placeholders"_s);
    row("a number behind a placeholder", u"%1 %n files"_s, finished(u"%1%n 件"_s), u"directly behind"_s);
    row("another order", u"%1 of %2"_s, finished(u"%2 の %1"_s), {});
    row("a lost mnemonic", u"&amp;File"_s, finished(u"ファイル"_s), u"mnemonic"_s);
    row("a Japanese mnemonic", u"&amp;File"_s, finished(u"ファイル(&amp;F)"_s), {});
    row("an ampersand", u"A &amp;&amp; B"_s, finished(u"A と B"_s), {});
    row("a colon of half width", u"State: %1"_s, finished(u"状態: %1"_s), u"half width"_s);
    row("a colon behind a mnemonic", u"&amp;Name:"_s, finished(u"名前(&amp;N):"_s), u"half width"_s);
    row("a colon of full width", u"State: %1"_s, finished(u"状態：%1"_s), {});
    row("a code", u"Give https://x"_s, finished(u"形式は https://x です"_s), {});
    row("a lost ellipsis", u"Save as…"_s, finished(u"保存"_s), u"…"_s);
}

void TestTranslations::seesWhatIsWrong()
{
    QFETCH(QString, message);
    QFETCH(QString, fault);
    const Catalogue read =
        readCatalogue(u"<TS language=\"ja\"><context><name>c</name>%1</context></TS>"_s.arg(message).toUtf8());
    QCOMPARE(read.messages.size(), 1);
    const QString found = faultOf(read.messages.first(), 1);
    QCOMPARE(found.isEmpty(), fault.isEmpty());
    QVERIFY2(found.contains(fault), qPrintable(found));
}

QTEST_APPLESS_MAIN(TestTranslations)
#include "tst_translations.moc"
