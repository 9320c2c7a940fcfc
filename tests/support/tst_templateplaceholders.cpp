#include "support/casetemplate.h"

#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

CaseTemplate caseOf(const QString &subject, const QString &body, const QStringList &cc = {})
{
    CreateCase::Request request;
    request.subject = subject;
    request.communicationBody = body;
    request.ccEmailAddresses = cc;
    return {.request = request};
}

} // namespace

class TestTemplatePlaceholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsPlaceholders_data();
    void findsPlaceholders();
    void fillsPlaceholders();
};

void TestTemplatePlaceholders::findsPlaceholders_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found"); // "name@start+length …"

    const auto row = [](const char *name, const QString &text, const char *found) {
        QTest::newRow(name) << text << QString::fromUtf8(found);
    };
    row("one", u"in {{account}}."_s, "account@3+11");
    row("blanks inside", u"{{ date }}{{\ttime\u3000}}"_s, "date@0+10 time@10+10");
    row("side by side", u"{{a}}{{b}}"_s, "a@0+5 b@5+5");
    row("names with digits and marks", u"{{case-id.2_x}}"_s, "case-id.2_x@0+15");
    row("a name in Japanese", u"{{アカウント}}"_s, "アカウント@0+9");
    row("braces around it", u"{{{name}}}"_s, "name@1+8");
    row("none", u"{account} {{}} {{ }} {{1}} {{-x}} {{a b}} {{.Values.x}} {{a} }"_s, "");
    row("over two lines", u"{{\nname}}"_s, "");
    row("not closed", u"{{name"_s, "");
    row("nothing", {}, "");
    row("braces without end", QString(100'000, u'{'), "");
    row("a name without end", u"{{"_s + QString(100'000, u'x') + u"}}"_s, "");
}

void TestTemplatePlaceholders::findsPlaceholders()
{
    QFETCH(QString, text);
    QFETCH(QString, found);
    QStringList all;
    for (const Placeholder &placeholder : placeholdersIn(text))
        all.append(u"%1@%2+%3"_s.arg(placeholder.name).arg(placeholder.start).arg(placeholder.length));
    QCOMPARE(all.join(u' '), found);
}

void TestTemplatePlaceholders::fillsPlaceholders()
{
    CaseTemplate one =
        caseOf(u"{{ account }}: {{what}} on {{date}}"_s, u"{{account}}\n{{nested}}\n{{ What }} {{what}}"_s,
               {u"{{user}}@example.com"_s, u"x@example.com"_s});
    one.setRehearsal(true);
    const QHash<QString, QString> values{{u"account"_s, u"Prod %1 \\1"_s},
                                         {u"date"_s, {}},
                                         {u"nested"_s, u"{{account}} {{nested}}"_s},
                                         {u"user"_s, u"hana"_s}};
    const FilledTemplate filled = fillPlaceholders(one, values);
    const CreateCase::Request &request = std::get<CreateCase::Request>(filled.caseTemplate.request);
    QCOMPARE(request.subject, u"Prod %1 \\1: {{what}} on "_s);
    QCOMPARE(request.communicationBody, u"Prod %1 \\1\n{{account}} {{nested}}\n{{ What }} {{what}}"_s);
    QCOMPARE(request.ccEmailAddresses, (QStringList{u"hana@example.com"_s, u"x@example.com"_s}));
    QCOMPARE(filled.unknownPlaceholders, (QStringList{u"what"_s, u"What"_s}));
    QVERIFY(filled.caseTemplate.isRehearsal());
}

QTEST_GUILESS_MAIN(TestTemplatePlaceholders)
#include "tst_templateplaceholders.moc"
