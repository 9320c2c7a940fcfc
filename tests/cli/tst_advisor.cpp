#include "cli/cliprocess.h"
#include "cli/commandline.h"
#include "cli/helptext.h"
#include "demo/emulator.h"
#include "demoservice.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <csignal>

using namespace casement;
using namespace casement::cli;
using namespace casement::test;
using namespace Qt::StringLiterals;

namespace {

// Reads CSV as everybody's Python does and answers it as JSON.
const QString csvToJson = u"import csv, io, json, sys\n"
                          "text = io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8', newline='')\n"
                          "print(json.dumps(list(csv.reader(text, strict=True))))\n"_s;

QList<QStringList> rowsOfCsv(const QByteArray &csv)
{
    QProcess python;
    python.start(u"/usr/bin/python3"_s, {u"-c"_s, csvToJson});
    python.write(csv);
    python.closeWriteChannel();
    if (!python.waitForFinished(60'000) || python.exitCode() != 0)
        qWarning("%s", python.readAllStandardError().constData());
    QList<QStringList> rows;
    const QJsonArray array = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    for (const QJsonValue &row : array) {
        QStringList cells;
        for (const QJsonValue &cell : row.toArray())
            cells.append(cell.toString());
        rows.append(cells);
    }
    return rows;
}

/// What a cell should be: nothing that runs.
QString safe(const QString &text)
{
    static const QRegularExpression number(u"^[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"_s);
    const QString bare = text.sliced(std::min(text.size(), text.indexOf(QRegularExpression(u"[^ ]|$"_s))));
    const bool isRisky = !bare.isEmpty() && QStringView(u"=+-@\t\r\n＝＋－＠").contains(bare.front());
    return isRisky && bare != u"-" && !number.match(bare).hasMatch() ? u'\'' + text : text;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<CommandLine> parsed(const QString &arguments)
{
    return parseCommandLine(QStringList{u"casement-cli"_s} + arguments.split(u' '));
}

} // namespace

/// `casement-cli advisor`, the real program against the demo service.
class TestAdvisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void isUnderstood();
    void isRefused_data();
    void isRefused();
    void listsWhatTheServiceHas();
    void filters();
    void exportIsWhatTheServiceAnswers_data();
    void exportIsWhatTheServiceAnswers();
    void onlyWhatIsNewerIsFetched();
    void filesAndFolders();
    void accountsOfOneFile();
    void oneAccountThatFailsDoesNotStopTheOthers();
    void showsACheck();
    void unknownChecksAreTold();
    void refreshes();
    void failuresAreTold_data();
    void failuresAreTold();
    void killedLeavesTheOldFile_data();
    void killedLeavesTheOldFile();
    void aClosedPipeIsNoMishap();

private:
    /// With the profiles prod, staging and data, and one without keys.
    std::unique_ptr<Cli> makeCli() const;
    QJsonObject answered(const QString &checkId, const QString &language) const;
    QJsonArray catalogue(const QString &language) const;

    std::unique_ptr<DemoFixture> m_demo;
    std::unique_ptr<Cli> m_cli;
};

std::unique_ptr<Cli> TestAdvisor::makeCli() const
{
    auto cli = std::make_unique<Cli>(m_demo->endpoint());
    cli->environment.remove(u"AWS_ACCESS_KEY_ID"_s);
    cli->environment.remove(u"AWS_SECRET_ACCESS_KEY"_s);
    if (!QDir(cli->home.path()).mkpath(u".aws"_s))
        qFatal("no folder");
    QFile file(cli->home.filePath(u".aws/credentials"_s));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("no profiles");
    const QStringList names{u"prod"_s, u"staging"_s, u"data"_s};
    for (int i = 0; i < names.size(); ++i) {
        file.write(u"[%1]\naws_access_key_id=%2\naws_secret_access_key=%3\n"_s
                       .arg(names.at(i), m_demo->account(i).accessKeyId, m_demo->account(i).secretAccessKey)
                       .toUtf8());
    }
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QFile config(cli->home.filePath(u".aws/config"_s));
    if (!config.open(QIODevice::WriteOnly))
        qFatal("no profiles");
    config.write("[default]\nregion=us-east-1\n");
    return cli;
}

void TestAdvisor::initTestCase()
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.data.checks = 40;
    m_demo = std::make_unique<DemoFixture>(options);
    m_cli = makeCli();
}

QJsonObject TestAdvisor::answered(const QString &checkId, const QString &language) const
{
    const CliRun run = m_cli->run({u"call"_s, u"describe-trusted-advisor-check-result"_s, u"--profile"_s, u"prod"_s,
                                   u"--input"_s, u"{\"checkId\":\"%1\",\"language\":\"%2\"}"_s.arg(checkId, language)});
    return QJsonDocument::fromJson(run.out).object().value(u"result"_s).toObject();
}

QJsonArray TestAdvisor::catalogue(const QString &language) const
{
    const CliRun run = m_cli->run({u"call"_s, u"describe-trusted-advisor-checks"_s, u"--profile"_s, u"prod"_s,
                                   u"--input"_s, u"{\"language\":\"%1\"}"_s.arg(language)});
    return QJsonDocument::fromJson(run.out).object().value(u"checks"_s).toArray();
}

void TestAdvisor::isUnderstood()
{
    const auto list = parsed(u"advisor list"_s);
    QVERIFY(list);
    QCOMPARE(list->command, CommandLine::Command::Advisor);
    QCOMPARE(list->advisor.action, AdvisorLine::Action::List);
    QCOMPARE(list->advisor.format, AdvisorLine::Format::Table);
    QCOMPARE(list->advisor.language, u"en"_s);
    const auto exported = parsed(u"advisor export a b --category security --status error --changed-since 2026-01-31 "
                                 "--format csv-long -o out.csv --bom --raw --language ja --account p q r"_s);
    QVERIFY2(exported, qPrintable(exported ? QString() : exported.error().message));
    const AdvisorLine &line = exported->advisor;
    QCOMPARE(line.action, AdvisorLine::Action::Export);
    QCOMPARE(line.checks, QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(line.accounts, QStringList({u"p"_s, u"q"_s, u"r"_s}));
    QCOMPARE(line.changedSince, QDateTime(QDate(2026, 1, 31), QTime(0, 0)).toMSecsSinceEpoch());
    QCOMPARE(line.format, AdvisorLine::Format::CsvLong);
    QCOMPARE(line.output, u"out.csv"_s);
    QVERIFY(line.byteOrderMark && line.raw);
    QCOMPARE(line.language, u"ja"_s);
    QCOMPARE(parsed(u"advisor export"_s)->advisor.format, AdvisorLine::Format::Csv);
    QCOMPARE(parsed(u"advisor export -o -"_s)->advisor.output, QString());
    QVERIFY(!parsed(u"advisor export --no-bom"_s)->advisor.byteOrderMark);
    QVERIFY(parsed(u"advisor refresh --all-checks --wait --all"_s)->advisor.wait);
    QCOMPARE(parsed(u"advisor refresh a b --account p"_s)->advisor.checks.size(), 2);
    QCOMPARE(parsed(u"advisor --account p list"_s)->advisor.accounts, QStringList{u"p"_s});
    QCOMPARE(parsed(u"advisor list --account=p --account q"_s)->advisor.accounts, QStringList({u"p"_s, u"q"_s}));
    QCOMPARE(parsed(u"advisor show x --profile p"_s)->profile, u"p"_s);
    QVERIFY(parsed(u"advisor export --reload"_s)->advisor.reload);
    const QDateTime today = QDate::currentDate().startOfDay();
    QCOMPARE(parsed(u"advisor list --changed-since today"_s)->advisor.changedSince, today.toMSecsSinceEpoch());
    QCOMPARE(parsed(u"advisor list --changed-since 2w"_s)->advisor.changedSince,
             today.addDays(-14).toMSecsSinceEpoch());
    QCOMPARE(parsed(u"advisor list --changed-since 2026-01-31T09:00:00Z"_s)->advisor.changedSince,
             QDateTime(QDate(2026, 1, 31), QTime(9, 0), Qt::UTC).toMSecsSinceEpoch());
    const QString help = helpText();
    for (const char *option : {"--account", "--category", "--status", "--changed-since", "--language", "--all-checks",
                               "--bom", "--raw", "--wait"})
        QVERIFY2(help.contains(QLatin1StringView(option)), option);
}

void TestAdvisor::isRefused_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *arguments, const char *sentence) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << QString::fromLatin1(sentence);
    };
    row("advisor", "advisor must be followed by list, show, refresh or export");
    row("advisor tell", "not \"tell\"");
    row("advisor list x", "advisor list takes no checks");
    row("advisor show", "the id or name of a check");
    row("advisor show a b", "\"b\" is too much");
    row("advisor refresh", "or by --all-checks");
    row("advisor refresh a --all-checks", "leave out \"a\"");
    row("advisor refresh a --format json", "no option --format");
    row("advisor list --format xlsx", "--format of advisor list is table, csv or json, not \"xlsx\"");
    row("advisor export --format table", "is csv, csv-long, xlsx or json");
    row("advisor export --format xlsx", "name it with -o");
    row("advisor export --format xlsx -o -", "name it with -o");
    row("advisor export --format json -o folder/", "is a folder");
    row("advisor show a -o x", "A table is for standard output");
    row("advisor list -o x", "no option --output");
    row("advisor list --wait", "no option --wait");
    row("advisor list --reload", "no option --reload");
    row("advisor show a --status ok", "no option --status");
    row("advisor list --status red", "ok, warning, error or not_available, not \"red\"");
    row("advisor list --changed-since soon", "not \"soon\"");
    row("advisor export -o --endpoint-url http://localhost:1", "-o needs the name of a file or folder");
    row("advisor list --changed-since=", "--changed-since needs a value");
    row("advisor list --language fr", "en or ja, not \"fr\"");
    row("advisor list --category a --category b", "--category can be given once");
    row("advisor list --account", "account");
    row("advisor list --account a --all", "leave out --account");
    row("advisor list --profile a --all", "--profile names the account already");
    row("advisor export --bom --no-bom", "can't both be meant");
    row("advisor export --format json --bom", "--bom is for CSV alone");
    row("advisor list --raw", "--raw is for CSV alone");
    row("advisor list --dry-run", "advisor has no option --dry-run");
    row("cases --bom", "cases has no option --bom");
    row("sync --category a", "sync has no option --category");
}

void TestAdvisor::isRefused()
{
    QFETCH(QString, arguments);
    QFETCH(QString, sentence);
    const auto line = parsed(arguments);
    QVERIFY(!line);
    QCOMPARE(line.error().kind, Error::Kind::Invalid);
    QVERIFY2(line.error().message.contains(sentence), qPrintable(line.error().message));
    QCOMPARE(line.error().message.count(u'\n'), 0);
}

void TestAdvisor::listsWhatTheServiceHas()
{
    const CliRun json = m_cli->run({u"advisor"_s, u"list"_s, u"--format"_s, u"json"_s, u"--account"_s, u"prod"_s});
    QVERIFY2(json.status == 0, json.err.constData());
    QCOMPARE(json.err, QByteArray());
    const QJsonArray checks = QJsonDocument::fromJson(json.out).array();
    const QJsonArray known = catalogue(u"en"_s);
    QCOMPARE(checks.size(), known.size());
    for (qsizetype i = 0; i < checks.size(); ++i) {
        const QJsonObject check = checks.at(i).toObject();
        QCOMPARE(check.value(u"checkId"_s), known.at(i).toObject().value(u"id"_s));
        QCOMPARE(check.value(u"name"_s), known.at(i).toObject().value(u"name"_s));
        const QJsonObject result = answered(check.value(u"checkId"_s).toString(), u"en"_s);
        QCOMPARE(check.value(u"status"_s), result.value(u"status"_s));
        if (result.contains(u"resourcesSummary"_s))
            QCOMPARE(check.value(u"resourcesFlagged"_s),
                     result.value(u"resourcesSummary"_s).toObject().value(u"resourcesFlagged"_s));
    }
    const CliRun csv =
        m_cli->run({u"advisor"_s, u"list"_s, u"--format=csv"_s, u"--language=ja"_s, u"--account=prod"_s});
    const QList<QStringList> rows = rowsOfCsv(csv.out);
    QCOMPARE(rows.size(), known.size() + 1);
    QCOMPARE(rows.at(1).at(2), catalogue(u"ja"_s).at(0).toObject().value(u"name"_s).toString());
    const CliRun table = m_cli->run({u"advisor"_s, u"list"_s, u"--account=prod"_s});
    QCOMPARE(table.out.count('\n'), known.size() + 1);
    QVERIFY(table.out.startsWith("ID "));
}

void TestAdvisor::filters()
{
    const auto listed = [this](const QStringList &filters) {
        const CliRun run = m_cli->run(QStringList{u"advisor"_s, u"list"_s, u"--format=json"_s} + filters
                                      + QStringList{u"--account=prod"_s});
        return QJsonDocument::fromJson(run.out).array();
    };
    const QJsonArray all = listed({});
    const QJsonArray errors = listed({u"--status=error"_s});
    QVERIFY(!errors.isEmpty() && errors.size() < all.size());
    for (const QJsonValue &check : errors)
        QCOMPARE(check.toObject().value(u"status"_s).toString(), u"error"_s);
    const QJsonArray security = listed({u"--category=security"_s});
    QVERIFY(!security.isEmpty() && security.size() < all.size());
    QVERIFY(listed({u"--changed-since=2099-01-01"_s}).isEmpty());
    QCOMPARE(listed({u"--changed-since=2000-01-01"_s}).size(),
             std::count_if(all.begin(), all.end(),
                           [](const QJsonValue &check) { return !check.toObject().value(u"timestamp"_s).isNull(); }));
    const CliRun wrong = m_cli->run({u"advisor"_s, u"list"_s, u"--category=money"_s, u"--account=prod"_s});
    QCOMPARE(wrong.status, 2);
    QVERIFY2(wrong.err.contains("No check is of category \"money\"; there are "), wrong.err.constData());
    QCOMPARE(wrong.out, QByteArray());
}

void TestAdvisor::exportIsWhatTheServiceAnswers_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("Japanese") << u"ja"_s;
}

void TestAdvisor::exportIsWhatTheServiceAnswers()
{
    QFETCH(QString, language);
    const CliRun run = m_cli->run({u"advisor"_s, u"export"_s, u"--language"_s, language, u"--account"_s, u"prod"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QVERIFY(!run.out.startsWith("\xef\xbb\xbf"));
    QList<QStringList> expected;
    QList<QStringList> fields;
    for (const QJsonValue &entry : catalogue(language)) {
        const QJsonObject check = entry.toObject();
        const QString id = check.value(u"id"_s).toString();
        const QJsonObject result = answered(id, language);
        const QJsonArray resources = result.value(u"flaggedResources"_s).toArray();
        if (resources.isEmpty())
            continue;
        if (!expected.isEmpty())
            expected.append(QStringList());
        QStringList headings;
        for (const QJsonValue &heading : check.value(u"metadata"_s).toArray())
            headings.append(heading.toString());
        const qsizetype own = headings.size();
        for (const QJsonValue &resource : resources) {
            const QJsonArray values = resource.toObject().value(u"metadata"_s).toArray();
            while (headings.size() < values.size())
                headings.append(u"Column %1"_s.arg(headings.size() + 1));
        }
        expected.append({u"Account"_s, u"Check ID"_s, u"Check"_s, u"Category"_s, u"Status"_s, u"Region"_s,
                         u"Resource ID"_s, u"Suppressed"_s, u"Timestamp"_s});
        expected.last() += headings;
        for (const QJsonValue &entryOfResource : resources) {
            const QJsonObject resource = entryOfResource.toObject();
            QStringList row{u"prod (%1)"_s.arg(QString(m_demo->endpoint()).remove(u"http://"_s)),
                            id,
                            check.value(u"name"_s).toString(),
                            check.value(u"category"_s).toString(),
                            resource.value(u"status"_s).toString(),
                            resource.value(u"region"_s).toString(),
                            resource.value(u"resourceId"_s).toString(),
                            resource.value(u"isSuppressed"_s).toBool() ? u"true"_s : u"false"_s,
                            result.value(u"timestamp"_s).toString()};
            const QJsonArray values = resource.value(u"metadata"_s).toArray();
            const QStringList leading = row;
            for (qsizetype i = 0; i < headings.size(); ++i)
                row.append(values.at(i).toString());
            for (QString &cell : row)
                cell = safe(cell);
            expected.append(row);
            for (qsizetype i = 0; i < std::max<qsizetype>({own, values.size(), 1}); ++i) {
                QStringList field = leading + QStringList{headings.value(i), values.at(i).toString()};
                if (i >= std::max(own, values.size()))
                    field[9].clear();
                for (QString &cell : field)
                    cell = safe(cell);
                fields.append(field);
            }
        }
    }
    QVERIFY(expected.size() > 50);
    const QList<QStringList> rows = rowsOfCsv(run.out);
    QCOMPARE(rows.size(), expected.size());
    for (qsizetype i = 0; i < rows.size(); ++i)
        QCOMPARE(rows.at(i), expected.at(i));
    const CliRun longRun = m_cli->run(
        {u"advisor"_s, u"export"_s, u"--format=csv-long"_s, u"--language"_s, language, u"--account"_s, u"prod"_s});
    const QList<QStringList> longRows = rowsOfCsv(longRun.out);
    QCOMPARE(longRows.size(), fields.size() + 1);
    for (qsizetype i = 0; i < fields.size(); ++i)
        QCOMPARE(longRows.at(i + 1), fields.at(i));
    const CliRun json = m_cli->run(
        {u"advisor"_s, u"export"_s, u"--format=json"_s, u"--language"_s, language, u"--account"_s, u"prod"_s});
    for (const QJsonValue &one : QJsonDocument::fromJson(json.out).array()) {
        const QJsonObject object = one.toObject();
        QCOMPARE(object.value(u"result"_s).toObject(),
                 answered(object.value(u"check"_s).toObject().value(u"id"_s).toString(), language));
    }
}

void TestAdvisor::onlyWhatIsNewerIsFetched()
{
    const int before = m_demo->requestCount();
    QCOMPARE(m_cli->run({u"advisor"_s, u"export"_s, u"--account"_s, u"prod"_s}).status, 0);
    QVERIFY(m_demo->requestCount() - before <= 5);
}

void TestAdvisor::filesAndFolders()
{
    const QString csv = m_cli->home.filePath(u"out.csv"_s);
    const auto run = [this](const QStringList &arguments) {
        return m_cli->run(QStringList{u"advisor"_s, u"export"_s} + arguments + QStringList{u"--account"_s, u"prod"_s});
    };
    const CliRun plain = run({u"-o"_s, csv});
    QVERIFY2(plain.status == 0, plain.err.constData());
    QCOMPARE(plain.out, QByteArray());
    const QByteArray bytes = contentsOf(csv);
    QCOMPARE(bytes, run({}).out);
    QCOMPARE(run({u"-o"_s, csv, u"--bom"_s}).status, 0);
    QCOMPARE(contentsOf(csv), "\xef\xbb\xbf" + bytes);
    const QString folder = m_cli->home.filePath(u"files"_s);
    QCOMPARE(run({u"-o"_s, folder + u'/'}).status, 0);
    QCOMPARE(QDir(folder).entryList(QDir::Files).size(), catalogue(u"en"_s).size());
    QCOMPARE(run({u"-o"_s, folder}).status, 0); // it is there now
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
             catalogue(u"en"_s).size());
    const QString book = m_cli->home.filePath(u"out.xlsx"_s);
    QCOMPARE(run({u"--format=xlsx"_s, u"-o"_s, book}).status, 0);
    QVERIFY(contentsOf(book).startsWith("PK"));
    const CliRun wrong = run({u"-o"_s, m_cli->home.filePath(u"none/out.csv"_s)});
    QCOMPARE(wrong.status, 1);
    QVERIFY2(wrong.err.contains("can't be written"), wrong.err.constData());
    const CliRun format = run({u"--format=xlsx"_s, u"-o"_s, folder});
    QCOMPARE(format.status, 2);
    QVERIFY(format.err.contains("is a folder"));
}

void TestAdvisor::accountsOfOneFile()
{
    const CliRun run = m_cli->run({u"advisor"_s, u"export"_s, u"--format=csv-long"_s, u"--all"_s});
    QVERIFY2(run.status == 0, run.err.constData());
    QSet<QString> accounts;
    for (const QStringList &row : rowsOfCsv(run.out))
        accounts.insert(row.at(0).section(u' ', 0, 0));
    QCOMPARE(accounts, QSet<QString>({u"Account"_s, u"prod"_s, u"staging"_s, u"data"_s}));
    const CliRun two = m_cli->run({u"advisor"_s, u"list"_s, u"--account"_s, u"prod"_s, u"staging"_s});
    QVERIFY(two.out.startsWith("ACCOUNT "));
    QVERIFY(two.out.contains("\nstaging "));
    QVERIFY(!two.out.contains("\ndata "));
    Cli empty(m_demo->endpoint());
    const CliRun none = empty.run({u"advisor"_s, u"list"_s, u"--all"_s});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.err.contains("no profile of ~/.aws has keys"), none.err.constData());
}

void TestAdvisor::oneAccountThatFailsDoesNotStopTheOthers()
{
    const CliRun run = m_cli->run({u"advisor"_s, u"list"_s, u"--account"_s, u"prod"_s, u"nobody"_s});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains("nobody"), run.err.constData());
    QVERIFY(run.out.contains("\nprod "));
    const CliRun alone = m_cli->run({u"advisor"_s, u"list"_s, u"--account"_s, u"nobody"_s});
    QCOMPARE(alone.status, 1);
    QCOMPARE(alone.out, QByteArray());
    QCOMPARE(alone.err.count('\n') >= 1, true);

    const QString file = m_cli->home.filePath(u"some.csv"_s);
    const QStringList both{u"advisor"_s, u"export"_s,    u"--category"_s, u"security"_s, u"-o"_s,
                           file,         u"--account"_s, u"nobody"_s,     u"prod"_s};
    QCOMPARE(m_cli->run(both).status, 1);
    QVERIFY(!QFile::exists(file));
    const CliRun some = m_cli->run(both + QStringList(u"--keep-going"_s));
    QCOMPARE(some.status, 1);
    QVERIFY2(some.err.contains("nobody"), some.err.constData());
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    const QByteArray rows = written.readAll();
    QVERIFY2(rows.contains("\nprod ("), rows.left(600).constData());
}

void TestAdvisor::showsACheck()
{
    const QJsonArray known = catalogue(u"en"_s);
    for (const QJsonValue &entry : known) {
        const QString id = entry.toObject().value(u"id"_s).toString();
        const QJsonArray resources = answered(id, u"en"_s).value(u"flaggedResources"_s).toArray();
        if (resources.isEmpty())
            continue;
        const QString name = entry.toObject().value(u"name"_s).toString();
        const CliRun run = m_cli->run({u"advisor"_s, u"show"_s, name.toUpper(), u"--account"_s, u"prod"_s});
        QVERIFY2(run.status == 0, run.err.constData());
        QVERIFY(run.out.startsWith(name.toUtf8() + '\n'));
        QVERIFY(run.out.contains("\nCheck     " + id.toUtf8() + '\n'));
        QVERIFY(run.out.count('\n') > resources.size());
        QVERIFY(isHarmless(run.out));
        const CliRun csv =
            m_cli->run({u"advisor"_s, u"show"_s, id, u"--format"_s, u"csv"_s, u"--account"_s, u"prod"_s});
        QCOMPARE(rowsOfCsv(csv.out).size(), resources.size() + 1);
        return;
    }
    QFAIL("nothing is flagged");
}

void TestAdvisor::unknownChecksAreTold()
{
    const int before = m_demo->requestCount("DescribeTrustedAdvisorCheckResult");
    for (const char *action : {"show", "export", "refresh"}) {
        const CliRun run =
            m_cli->run({u"advisor"_s, QString::fromLatin1(action), u"no such check"_s, u"--account"_s, u"prod"_s});
        QCOMPARE(run.status, 1);
        QCOMPARE(run.out, QByteArray());
        QVERIFY2(run.err.contains("has no check \"no such check\"; casement-cli advisor list names them."),
                 run.err.constData());
    }
    QCOMPARE(m_demo->requestCount("DescribeTrustedAdvisorCheckResult"), before);
}

void TestAdvisor::refreshes()
{
    QString mine;
    QString theirs;
    m_demo->service().withEmulator([&](demo::Emulator &emulator) {
        for (const demo::DemoCheck &check : emulator.data().checks)
            (check.refreshable ? mine : theirs) = check.id;
    });
    QVERIFY(!mine.isEmpty() && !theirs.isEmpty());
    const auto cli = makeCli();
    const CliRun asked = cli->run({u"advisor"_s, u"refresh"_s, mine, u"--account"_s, u"prod"_s});
    QVERIFY2(asked.status == 0, asked.err.constData());
    QVERIFY2(asked.out.contains('\t' + mine.toUtf8() + "\tasked\t"), asked.out.constData());
    const CliRun early = cli->run({u"advisor"_s, u"refresh"_s, mine, u"--account"_s, u"prod"_s});
    QCOMPARE(early.status, 0);
    QVERIFY2(early.out.contains("\tnot before "), early.out.constData());
    const CliRun automatic = cli->run({u"advisor"_s, u"refresh"_s, theirs, u"--account"_s, u"prod"_s});
    QCOMPARE(automatic.status, 1);
    QVERIFY2(automatic.out.contains("\tautomatic\t"), automatic.out.constData());
    QVERIFY2(automatic.err.contains("AWS refreshes 1 check by itself."), automatic.err.constData());
    const CliRun all = cli->run({u"advisor"_s, u"refresh"_s, u"--all-checks"_s, u"--account"_s, u"staging"_s});
    QVERIFY2(all.status == 0, all.err.constData());
    QVERIFY(all.out.contains("\tasked\t"));
    QVERIFY(!all.out.contains("\tautomatic\t"));
}

void TestAdvisor::failuresAreTold_data()
{
    QTest::addColumn<QString>("faults");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no plan") << u"plan"_s << QByteArray("SubscriptionRequired");
    QTest::newRow("denied") << u"deny"_s << QByteArray("AccessDenied");
    QTest::newRow("a page of a hotel") << u"html"_s << QByteArray("a proxy or a sign-in page answered");
    QTest::newRow("a damaged answer") << u"cut"_s << QByteArray("damaged");
}

void TestAdvisor::failuresAreTold()
{
    QFETCH(QString, faults);
    QFETCH(QByteArray, said);
    const auto cli = makeCli();
    m_demo->setFaults(faults);
    const QString path = cli->home.filePath(u"out.csv"_s);
    const CliRun run = cli->run({u"advisor"_s, u"export"_s, u"-o"_s, path, u"--account"_s, u"prod"_s});
    m_demo->setFaults({});
    QCOMPARE(run.status, 1);
    QVERIFY2(run.err.contains(said), run.err.constData());
    QVERIFY(!QFile::exists(path));
}

void TestAdvisor::killedLeavesTheOldFile_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("interrupted") << SIGINT;
    QTest::newRow("ended") << SIGTERM;
    QTest::newRow("killed") << SIGKILL;
}

void TestAdvisor::killedLeavesTheOldFile()
{
    QFETCH(int, signal);
    const auto cli = makeCli();
    QVERIFY(QDir(cli->home.path()).mkpath(u"out"_s));
    const QString path = cli->home.filePath(u"out/old.csv"_s);
    {
        QFile old(path);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("what was there");
    }
    m_demo->setFaults(u"delay:DescribeTrustedAdvisorCheckResult=300ms"_s);
    const int before = m_demo->requestCount("DescribeTrustedAdvisorCheckResult");
    const std::unique_ptr<QProcess> process =
        cli->make({u"advisor"_s, u"export"_s, u"-o"_s, path, u"--account"_s, u"prod"_s});
    QSignalSpy finished(process.get(), &QProcess::finished);
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(m_demo->requestCount("DescribeTrustedAdvisorCheckResult") > before + 4, 20'000);
    QCOMPARE(::kill(pid_t(process->processId()), signal), 0);
    QVERIFY(!finished.isEmpty() || finished.wait(20'000));
    m_demo->setFaults({});
    QCOMPARE(contentsOf(path), QByteArray("what was there"));
    QCOMPARE(QDir(cli->home.filePath(u"out"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"old.csv"_s});
    if (signal != SIGKILL)
        QCOMPARE(process->exitCode(), 128 + signal);
    // What came before is kept, and the next one goes on.
    const CliRun again = cli->run({u"advisor"_s, u"export"_s, u"-o"_s, path, u"--account"_s, u"prod"_s});
    QVERIFY2(again.status == 0, again.err.constData());
    QVERIFY(contentsOf(path).startsWith("Account,"));
}

void TestAdvisor::aClosedPipeIsNoMishap()
{
    const std::unique_ptr<QProcess> process =
        m_cli->make({u"advisor"_s, u"export"_s, u"--format=csv-long"_s, u"--account"_s, u"prod"_s});
    const QStringList arguments = process->arguments();
    QProcess shell;
    shell.setProcessEnvironment(m_cli->environment);
    shell.start(u"/bin/sh"_s,
                QStringList{u"-c"_s, u"\"$0\" \"$@\" | head -n 1 > /dev/null"_s, QStringLiteral(CASEMENT_CLI)}
                    + arguments);
    QSignalSpy finished(&shell, &QProcess::finished);
    QVERIFY(!finished.isEmpty() || finished.wait(20'000));
    QCOMPARE(shell.readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(TestAdvisor)
#include "tst_advisor.moc"
