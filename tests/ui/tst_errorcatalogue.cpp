#include "cataloguefile.h"
#include "ui/errorsofarguments.h"
#include "ui/errorsoflists.h"
#include "ui/errorsofservice.h"
#include "ui/interfacelanguage.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace casement;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList languages{u"en"_s, u"ja"_s};

/// A text of the program: as the source has it, and in the forms that it has in a language.
struct Translated
{
    QString source;
    QStringList forms;
};

/// The texts of a translation context. English has a file for those that count alone.
QList<Translated> textsOf(const QString &language, const QString &context)
{
    QList<Translated> texts;
    QXmlStreamReader xml(readSource(u"translations/casement_%1.ts"_s.arg(language)));
    static const QRegularExpression counted(u"%L?n"_s);
    QString name;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"name")
            name = xml.readElementText();
        else if (xml.name() == u"source" && name == context)
            texts.append({xml.readElementText(), {}});
        else if (xml.name() == u"numerusform" && name == context)
            texts.last().forms.append(xml.readElementText());
        else if (xml.name() == u"translation" && name == context && !texts.last().source.contains(counted))
            texts.last().forms = {xml.readElementText()};
    }
    return texts;
}

/// All of them in English.
QList<Translated> englishOf(const QString &context)
{
    QHash<QString, QStringList> counted;
    for (const Translated &text : textsOf(u"en"_s, context))
        counted.insert(text.source, text.forms);
    QList<Translated> texts = textsOf(u"ja"_s, context);
    for (Translated &text : texts)
        text.forms = counted.value(text.source, {text.source});
    return texts;
}

/// A text whose placeholders stand for anything.
QRegularExpression patternOf(const QString &text)
{
    static const QRegularExpression placeholder(u"%L?(?:\\d{1,2}|n)"_s);
    QString pattern;
    qsizetype end = 0;
    auto found = placeholder.globalMatch(text);
    while (found.hasNext()) {
        const QRegularExpressionMatch match = found.next();
        pattern += QRegularExpression::escape(text.mid(end, match.capturedStart() - end)) + u".+?"_s;
        end = match.capturedEnd();
    }
    return QRegularExpression(pattern + QRegularExpression::escape(text.mid(end)));
}

} // namespace

/// docs/errors.md and docs/errors.ja.md against the program: every sentence, in both languages. With
/// CASEMENT_WRITE_ERRORS set, the catalogues are written instead.
class TestErrorCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysWhatTheProgramSays_data();
    void saysWhatTheProgramSays();
    void languagesHaveTheSameRows();
    void everyRowIsMade();
    void everyKindHasARow();
    void everyCodeHasARow();
    void everySentenceIsInIt_data();
    void everySentenceIsInIt();
    void seesWhatIsWrong();

private:
    QList<ErrorCase> cases() const;
    static QList<ErrorCase> ofBanners();

    QTemporaryDir m_folder;
    const ServiceErrors m_service{m_folder.path()};
    const ComputerErrors m_computer{m_folder.path()};
    InterfaceLanguage m_language;
};

void TestErrorCatalogue::initTestCase()
{
    for (const char *variable : {"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "AWS_PROFILE"})
        qunsetenv(variable);
    qputenv("AWS_CONFIG_FILE", "/home/hana/.aws/config");
    qputenv("AWS_SHARED_CREDENTIALS_FILE", "/home/hana/.aws/credentials");
}

QList<ErrorCase> TestErrorCatalogue::ofBanners()
{
    const auto row = [](const char *key, const QString &operation, const QStringList &accounts) {
        return ErrorCase{u"banner/"_s + QString::fromLatin1(key), [operation, accounts] {
                             const Error error{.kind = Error::Kind::HostNotFound,
                                               .operation = operation,
                                               .host = u"support.us-east-1.amazonaws.com"_s};
                             return ShownError{ErrorText::summary(error, accounts), {}, {}};
                         }};
    };
    const QStringList four{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s};
    return {
        row("no account", {}, {}),
        row("one account", {}, {u"Production"_s}),
        row("some accounts", {}, {u"Production"_s, u"Staging"_s}),
        row("many accounts", {}, four),
        row("messages", u"DescribeCommunications"_s, {}),
        row("messages of an account", u"DescribeCommunications"_s, {u"Production"_s}),
        row("lists for a new case", u"DescribeServices"_s, {}),
        row("Trusted Advisor", u"DescribeTrustedAdvisorChecks"_s, {}),
        row("an upload", u"AddAttachmentsToSet"_s, {}),
        row("a download", u"DescribeAttachment"_s, {}),
    };
}

QList<ErrorCase> TestErrorCatalogue::cases() const
{
    return ofBanners() + m_service.all() + m_computer.all() + errorsOfArguments();
}

void TestErrorCatalogue::saysWhatTheProgramSays_data()
{
    QTest::addColumn<QString>("language");
    for (const QString &language : languages)
        QTest::newRow(qPrintable(language)) << language;
}

void TestErrorCatalogue::saysWhatTheProgramSays()
{
    QFETCH(QString, language);
    m_language.set(language);
    CatalogueFile catalogue(language);
    const bool writes = qEnvironmentVariableIsSet("CASEMENT_WRITE_ERRORS");
    QStringList differences;
    for (const ErrorCase &one : cases()) {
        ShownError shown = one.show();
        for (QString *text : {&shown.what, &shown.changed, &shown.todo})
            *text = steady(*text, m_folder.path());
        if (writes)
            catalogue.put(one.key, shown);
        if (const QString found = difference(one.key, catalogue.cells(one.key), shown); !found.isEmpty())
            differences.append(found);
    }
    m_language.set(u"en"_s);
    if (writes)
        catalogue.write();
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
    QCOMPARE(catalogue.twice(), QStringList());
}

/// casement-cli speaks English alone.
void TestErrorCatalogue::languagesHaveTheSameRows()
{
    QStringList english = CatalogueFile(u"en"_s).keys();
    english.removeIf([](const QString &key) { return key.startsWith("cli/"_L1); });
    QCOMPARE(CatalogueFile(u"ja"_s).keys(), english);
}

/// A row that nothing makes any more is a promise that nobody looks after.
void TestErrorCatalogue::everyRowIsMade()
{
    QStringList made;
    for (const ErrorCase &one : cases())
        made.append(one.key);
    QCOMPARE(made.removeDuplicates(), 0);
    QVERIFY(made.size() > 60);
    QStringList extra = CatalogueFile(u"en"_s).keys();
    extra.removeIf([&made](const QString &key) { return made.contains(key) || key.startsWith("cli/"_L1); });
    QCOMPARE(extra, QStringList());
}

void TestErrorCatalogue::everyKindHasARow()
{
    const QStringList keys = CatalogueFile(u"en"_s).keys();
    int kinds = 0;
    for (int number = 1; !kindName(Error::Kind(number)).isEmpty(); ++number, ++kinds) {
        const QString kind = kindName(Error::Kind(number));
        const bool isAlwaysCoded = Error::Kind(number) == Error::Kind::Archive;
        const bool has = std::any_of(keys.begin(), keys.end(), [&](const QString &key) {
            return key == kind || (isAlwaysCoded && key.startsWith(kind + u'/'));
        });
        QVERIFY2(has, qPrintable(kind));
    }
    QVERIFY(kinds > 20);
}

/// Codes of this program are constants in headers; those of the service that have a sentence are in a table.
void TestErrorCatalogue::everyCodeHasARow()
{
    QStringList codes;
    static const QRegularExpression constant(
        uR"re(inline constexpr QLatin1StringView \w+[({]"([A-Z][A-Za-z]+)"[)}])re"_s);
    for (const char *layer : {"aws", "support", "transfer", "archive", "ui"}) {
        for (const QString &header : sourceFiles(u"src/"_s + QString::fromLatin1(layer), {u"*.h"_s})) {
            auto found = constant.globalMatch(readSource(header));
            while (found.hasNext())
                codes.append(found.next().captured(1));
        }
    }
    QVERIFY(codes.size() > 50);
    for (const ErrorCode &one : errorCodes())
        codes.append(one.code);
    codes.removeDuplicates();
    const QStringList keys = CatalogueFile(u"en"_s).keys();
    for (const QString &code : std::as_const(codes)) {
        const bool has = std::any_of(keys.begin(), keys.end(), [&code](const QString &key) {
            const QStringList parts = key.split(u'/');
            return parts.size() > 1 && parts.at(1) == code;
        });
        QVERIFY2(has, qPrintable(code));
    }
}

void TestErrorCatalogue::everySentenceIsInIt_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<QStringList>("others"); // what is no sentence about an error, in English

    QTest::newRow("ErrorText") << u"ErrorText"_s << QStringList{u"%1 %2"_s,      u"%1: %2"_s,        u", "_s,
                                                                u"Operation"_s,  u"Kind"_s,          u"Code"_s,
                                                                u"Message"_s,    u"HTTP status"_s,   u"Host"_s,
                                                                u"Request id"_s, u"What it wrote"_s, u"AWS"_s};
    QTest::newRow("FileError") << u"FileError"_s << QStringList();
    // Of http to another computer the window has words of its own; these stand in Details.
    QTest::newRow("SettingText") << u"SettingText"_s
                                 << QStringList{
                                        u"%1 is plain http and not on this computer: everything sent to it, and "
                                        "its answers, could be read and changed on the way. Use https"_s};
    QTest::newRow("Violation") << u"Violation"_s << QStringList();
    QTest::newRow("Archive") << u"Archive"_s << QStringList();
    QTest::newRow("AccountList") << u"AccountList"_s << QStringList();
    QTest::newRow("AccountKeeper") << u"AccountKeeper"_s
                                   << QStringList{u"“%1” is at %2 now, as ~/.aws says, and was at %3. The cases and "
                                                  "drafts of each place stay apart."_s};
    QTest::newRow("AccountImport") << u"AccountImport"_s
                                   << QStringList{u"has no keys"_s, u"“aws login”: use credential_process"_s};
    QTest::newRow("CaseTemplate") << u"CaseTemplate"_s << QStringList();
    QTest::newRow("SettingsTransfer") << u"SettingsTransfer"_s << QStringList();
}

void TestErrorCatalogue::everySentenceIsInIt()
{
    QFETCH(QString, context);
    QFETCH(QStringList, others);
    QStringList missing;
    for (const QString &language : languages) {
        const QString whole = CatalogueFile(language).whole();
        const QString name = u"casement::"_s + context;
        const QList<Translated> texts = language == u"en" ? englishOf(name) : textsOf(language, name);
        QVERIFY(!texts.isEmpty());
        for (const Translated &text : texts) {
            const bool has = std::any_of(text.forms.begin(), text.forms.end(), [&whole](const QString &form) {
                return patternOf(form).match(whole).hasMatch();
            });
            if (!has && !others.contains(text.source))
                missing.append(language + u": "_s + text.source);
        }
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestErrorCatalogue::seesWhatIsWrong()
{
    const ShownError shown{u"It broke."_s, u"Nothing was changed."_s, {}};
    const QStringList right{u"always"_s, u"It broke."_s, u"Nothing was changed."_s, u"*Nothing.*"_s};
    QCOMPARE(difference(u"a"_s, right, shown), QString());
    for (qsizetype i = 0; i < right.size(); ++i) {
        QStringList wrong = right;
        wrong[i] = i == 0 ? u"?"_s : u"It broke"_s;
        QVERIFY(!difference(u"a"_s, wrong, shown).isEmpty());
    }
    QVERIFY(!difference(u"a"_s, {}, shown).isEmpty());
    QVERIFY(!difference(u"a"_s, {u"It broke."_s}, shown).isEmpty());
    QVERIFY(patternOf(u"%1 can't be read: %2."_s).match(u"/a can't be read: no."_s).hasMatch());
    QVERIFY(!patternOf(u"%1 can't be read: %2."_s).match(u"/a can't be written: no."_s).hasMatch());
    QCOMPARE(textOf(cellOf(u"a|b\n<c>&"_s)), u"a|b\n<c>&"_s);
}

QTEST_MAIN(TestErrorCatalogue)
#include "tst_errorcatalogue.moc"
