#include "export/csvwriter.h"

#include "export/advisorresults.h"
#include "export/exportfile.h"

#include <QTemporaryDir>

using namespace casement;
using namespace casement::test;

namespace {

using Layout = CsvWriter::Layout;

QByteArray fileBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Writes a file; its bytes.
QByteArray written(const QString &path, Layout layout, const QList<ExportedResult> &results, const CsvStyle &style = {})
{
    CsvWriter writer(std::make_unique<ExportFile>(path), layout, style);
    for (const ExportedResult &result : results) {
        if (const Result<void> done = writer.write(result); !done)
            qFatal("%s", qPrintable(done.error().toLine()));
    }
    if (!writer.flush() || !writer.commit())
        qFatal("not written");
    return fileBytes(path);
}

} // namespace

/// CSV that others read back cell by cell.
class TestCsvWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileCellsComeBack();
    void formulasDoNotRun();
    void numbersStayNumbers();
    void rawIsRaw();
    void isRfc4180();
    void rowsNeverShift();
    void blocksOfChecks();
    void aRowPerField();
    void chosenColumns();
    void nothingAtAll();
    void otherProgramsReadIt();
    void aFolderOfFiles();
    void noTwoFilesHaveOneName();
    void aFolderThatIsThere();
    void namesOfFiles_data();
    void namesOfFiles();
    void surrogatesAndNul();

private:
    QString path() const { return m_folder.filePath(u"out.csv"_s); }

    QTemporaryDir m_folder;
};

void TestCsvWriter::hostileCellsComeBack()
{
    QJsonArray resources;
    for (const QString &text : hostileTexts())
        resources.append(resourceOf({text, u"next"_s}, text));
    ExportedResult result = resultOf(u"c1"_s, {u"Na\"me"_s, u"O,ther"_s}, resources);
    result.account = u"prod \"a\", b"_s;
    written(path(), Layout::Blocks, {result});
    const QJsonArray rows = readByPython("csv", path());
    QCOMPARE(rows.size(), hostileTexts().size() + 1);
    QCOMPARE(textsOf(rows.at(0)), leadingTitles() + QStringList({u"Na\"me"_s, u"O,ther"_s}));
    for (qsizetype i = 0; i < hostileTexts().size(); ++i) {
        const QString &text = hostileTexts().at(i);
        QCOMPARE(textsOf(rows.at(i + 1)),
                 QStringList({u"prod \"a\", b"_s, u"c1"_s, u"Check c1"_s, u"security"_s, u"warning"_s, u"us-east-1"_s,
                              text, u"false"_s, u"2026-11-20T10:00:00Z"_s, text, u"next"_s}));
    }
}

void TestCsvWriter::formulasDoNotRun()
{
    QJsonArray resources;
    for (const QString &text : formulas())
        resources.append(resourceOf({text}, text));
    ExportedResult result = resultOf(u"=1+1"_s, {u"@heading"_s}, resources, u"-account"_s);
    result.record.timestamp = u"=now()"_s;
    for (const Layout layout : {Layout::Blocks, Layout::Table, Layout::Long}) {
        written(path(), layout, {result});
        const QJsonArray rows = readByPython("csv", path());
        QCOMPARE(rows.size(), formulas().size() + 1);
        for (qsizetype i = 0; i < formulas().size(); ++i) {
            const QStringList row = textsOf(rows.at(i + 1));
            QCOMPARE(row.at(0), u"'-account"_s);
            QCOMPARE(row.at(1), u"'=1+1"_s);
            QCOMPARE(row.at(6), u'\'' + formulas().at(i));
            QCOMPARE(row.at(8), u"'=now()"_s);
            QCOMPARE(row.last(), u'\'' + formulas().at(i));
        }
        QCOMPARE(layout == Layout::Long ? textsOf(rows.at(1)).at(9) : textsOf(rows.at(0)).last(), u"'@heading"_s);
    }
}

void TestCsvWriter::numbersStayNumbers()
{
    QJsonArray resources;
    for (const QString &text : numbers())
        resources.append(resourceOf({text}));
    written(path(), Layout::Blocks, {resultOf(u"c"_s, {u"N"_s}, resources)});
    const QJsonArray rows = readByPython("csv", path());
    for (qsizetype i = 0; i < numbers().size(); ++i)
        QCOMPARE(textsOf(rows.at(i + 1)).last(), numbers().at(i));
}

void TestCsvWriter::rawIsRaw()
{
    QJsonArray resources;
    for (const QString &text : formulas())
        resources.append(resourceOf({text}));
    written(path(), Layout::Blocks, {resultOf(u"c"_s, {u"N"_s}, resources)}, {false, false});
    const QJsonArray rows = readByPython("csv", path());
    for (qsizetype i = 0; i < formulas().size(); ++i)
        QCOMPARE(textsOf(rows.at(i + 1)).last(), formulas().at(i));
}

void TestCsvWriter::isRfc4180()
{
    const ExportedResult result = resultOf(u"c"_s, {u"A"_s, u"B"_s}, {resourceOf({u"x"_s, u"y,\"z\""_s})});
    const QByteArray heading = leadingTitles().join(u',').toUtf8();
    const QByteArray plain = written(path(), Layout::Blocks, {result}, {false, true});
    QCOMPARE(plain,
             heading
                 + ",A,B\r\nprod,c,Check c,security,warning,us-east-1,r,false,2026-11-20T10:00:00Z,x,"
                   "\"y,\"\"z\"\"\"\r\n");
    QCOMPARE(written(path(), Layout::Blocks, {result}, {true, true}), "\xef\xbb\xbf" + plain);
}

void TestCsvWriter::rowsNeverShift()
{
    const QJsonArray resources{
        resourceOf({QJsonValue::Null, u"b"_s, QJsonValue::Null}),
        resourceOf({u"short"_s}),
        resourceOf({u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s}),
        QJsonObject{{u"resourceId"_s, u"bare"_s}},
        resourceOf({u""_s, u""_s, u"z"_s}),
    };
    written(path(), Layout::Blocks, {resultOf(u"c"_s, {u"A"_s, u"B"_s, u"C"_s}, resources)});
    const QJsonArray rows = readByPython("csv", path());
    QCOMPARE(textsOf(rows.at(0)).mid(leadingColumns),
             QStringList({u"A"_s, u"B"_s, u"C"_s, u"Column 4"_s, u"Column 5"_s}));
    const QList<QStringList> expected{{u""_s, u"b"_s, u""_s, u""_s, u""_s},
                                      {u"short"_s, u""_s, u""_s, u""_s, u""_s},
                                      {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s},
                                      {u""_s, u""_s, u""_s, u""_s, u""_s},
                                      {u""_s, u""_s, u"z"_s, u""_s, u""_s}};
    for (qsizetype i = 0; i < expected.size(); ++i)
        QCOMPARE(textsOf(rows.at(i + 1)).mid(leadingColumns), expected.at(i));
    QCOMPARE(textsOf(rows.at(4)).at(4), QString()); // nor a status
}

void TestCsvWriter::blocksOfChecks()
{
    ExportedResult none = resultOf(u"none"_s, {u"A"_s}, {});
    ExportedResult missing = none;
    missing.result.reset();
    const ExportedResult one = resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"1"_s})});
    const ExportedResult other = resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"2"_s})}, u"staging"_s);
    const ExportedResult wider = resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"3"_s, u"4"_s})}, u"dev"_s);
    const ExportedResult two = resultOf(u"two"_s, {u"B"_s, u"C"_s}, {resourceOf({u"5"_s, u"6"_s})});
    written(path(), Layout::Blocks, {none, missing, one, other, wider, two});
    const QJsonArray rows = readByPython("csv", path());
    QStringList shape;
    for (const QJsonValue &row : rows)
        shape.append(textsOf(row).mid(leadingColumns).join(u'|'));
    QCOMPARE(shape, QStringList({u"A"_s, u"1"_s, u"2"_s, u""_s, u"A|Column 2"_s, u"3|4"_s, u""_s, u"B|C"_s, u"5|6"_s}));
    QVERIFY(rows.at(3).toArray().isEmpty());
    QCOMPARE(textsOf(rows.at(2)).first(), u"staging"_s);
}

void TestCsvWriter::aRowPerField()
{
    const QJsonArray resources{resourceOf({u"1"_s, QJsonValue::Null}, u"a"_s), resourceOf({u"x"_s}, u"b"_s),
                               resourceOf({u"1"_s, u"2"_s, u"3"_s}, u"c"_s)};
    const ExportedResult bare = resultOf(u"d"_s, {}, {resourceOf({}, u"lonely"_s)});
    written(path(), Layout::Long, {resultOf(u"c"_s, {u"A"_s, u"B"_s}, resources), bare});
    const QJsonArray rows = readByPython("csv", path());
    QCOMPARE(textsOf(rows.at(0)), longTitles());
    QStringList shape;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        const QStringList row = textsOf(rows.at(i));
        QCOMPARE(row.size(), longTitles().size());
        shape.append(row.at(6) + u' ' + row.at(9) + u'=' + row.at(10));
    }
    QCOMPARE(shape,
             QStringList({u"a A=1"_s, u"a B="_s, u"b A=x"_s, u"b B="_s, u"c A=1"_s, u"c B=2"_s, u"c Column 3=3"_s,
                          u"lonely ="_s}));
}

void TestCsvWriter::chosenColumns()
{
    ExportedResult result =
        resultOf(u"c"_s, {u"A"_s, u"B"_s, u"C"_s}, {resourceOf({1, 2, 3, 4}), resourceOf({u"only"_s})});
    result.columns = QList<int>{2, 0};
    const auto own = [](const QByteArray &line) { return line.split(',').sliced(leadingColumns).join(' ').trimmed(); };
    const QList<QByteArray> rows =
        written(path(), Layout::Blocks, {result, resultOf(u"d"_s, {u"A"_s}, {resourceOf({5})})}).split('\n');
    QCOMPARE(own(rows.at(0)), QByteArray("C A"));
    QCOMPARE(own(rows.at(1)), QByteArray("3 1"));
    QCOMPARE(own(rows.at(2)), QByteArray("only"));
    QCOMPARE(own(rows.at(4)), QByteArray("A")); // another check's own
    const QList<QByteArray> fields = written(path(), Layout::Long, {result}).split('\n');
    QCOMPARE(fields.size(), 6);
    QCOMPARE(own(fields.at(1)), QByteArray("C 3"));
    QCOMPARE(own(fields.at(2)), QByteArray("A 1"));
}

void TestCsvWriter::nothingAtAll()
{
    for (const Layout layout : {Layout::Blocks, Layout::Table, Layout::Long}) {
        written(path(), layout, {});
        const QJsonArray rows = readByPython("csv", path());
        QCOMPARE(rows.size(), 1);
        QCOMPARE(textsOf(rows.at(0)), layout == Layout::Long ? longTitles() : leadingTitles());
    }
}

void TestCsvWriter::otherProgramsReadIt()
{
    const QString miller = u"/usr/bin/mlr"_s;
    if (!QFile::exists(miller))
        QSKIP("miller is not installed");
    QJsonArray resources;
    for (const QString &text : hostileTexts())
        resources.append(resourceOf({text}));
    written(path(), Layout::Blocks, {resultOf(u"c"_s, {u"Name"_s}, resources)});
    QProcess process;
    process.start(miller, {u"-S"_s, u"--icsv"_s, u"--ojson"_s, u"cat"_s, path()});
    QVERIFY(process.waitForFinished(30'000));
    const QJsonArray rows = QJsonDocument::fromJson(process.readAllStandardOutput()).array();
    QCOMPARE(rows.size(), hostileTexts().size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QString text = hostileTexts().at(i);
        text.replace(u"\r\n"_s, u"\n"_s); // miller takes line ends in cells for its own
        QString read = rows.at(i).toObject().value(u"Name"_s).toString();
        QCOMPARE(read.replace(u"\r\n"_s, u"\n"_s), text);
    }
}

void TestCsvWriter::aFolderOfFiles()
{
    const QString folder = m_folder.filePath(u"new"_s);
    {
        CsvFolderWriter writer(folder + u'/', {});
        QVERIFY(writer.write(resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"1"_s})})));
        QVERIFY(writer.write(resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"2"_s})}, u"staging"_s)));
        QVERIFY(writer.write(resultOf(u"none"_s, {u"B"_s}, {})));
        QVERIFY(!QFile::exists(folder));
        QVERIFY(writer.flush());
        QVERIFY(!QFile::exists(folder));
        QVERIFY(writer.commit());
    }
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList({u"Check none (none).csv"_s, u"Check one (one).csv"_s}));
    QCOMPARE(readByPython("csv", folder + u"/Check one (one).csv"_s).size(), 3);
    const QJsonArray none = readByPython("csv", folder + u"/Check none (none).csv"_s);
    QCOMPARE(none.size(), 1);
    QCOMPARE(textsOf(none.at(0)).last(), u"B"_s);
    QVERIFY(QFile::permissions(folder) & QFileDevice::ReadOther);
}

void TestCsvWriter::noTwoFilesHaveOneName()
{
    const QString folder = m_folder.filePath(u"odd"_s);
    CsvFolderWriter writer(folder, {});
    const QStringList ids{u"a/x"_s, u"b/x"_s, u"a_x"_s, u"../x"_s, u"A/X"_s, QString(400, u'i'), QString(401, u'i')};
    for (const QString &id : ids) {
        ExportedResult result = resultOf(id, {u"A"_s}, {resourceOf({id}, id)});
        result.record.name = u"Check"_s;
        QVERIFY(writer.write(result));
    }
    QVERIFY(writer.flush() && writer.commit());
    const QStringList names = QDir(folder).entryList(QDir::Files);
    QCOMPARE(names.size(), ids.size());
    QVERIFY(names.contains(u"Check (a_x).csv"_s));
    QVERIFY(names.contains(u"Check (b_x).csv"_s));
    QSet<QString> seen;
    for (const QString &name : names)
        seen.insert(textsOf(readByPython("csv", folder + u'/' + name).at(1)).at(6));
    QCOMPARE(seen, QSet<QString>(ids.cbegin(), ids.cend()));
}

void TestCsvWriter::aFolderThatIsThere()
{
    const QString folder = m_folder.filePath(u"there"_s);
    QVERIFY(QDir().mkpath(folder));
    const auto put = [&](const QString &name) {
        QFile file(folder + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("old");
    };
    put(u"Check one (one).csv"_s);
    put(u"other.txt"_s);
    const QStringList before = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    {
        CsvFolderWriter writer(folder, {});
        QVERIFY(writer.write(resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"1"_s})})));
        QVERIFY(writer.flush());
        QCOMPARE(fileBytes(folder + u"/Check one (one).csv"_s), QByteArray("old"));
    } // not committed
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), before);
    {
        CsvFolderWriter writer(folder, {});
        QVERIFY(writer.write(resultOf(u"one"_s, {u"A"_s}, {resourceOf({u"1"_s})})));
        QVERIFY(writer.flush());
        QVERIFY(writer.commit());
    }
    QCOMPARE(QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), before);
    QVERIFY(fileBytes(folder + u"/Check one (one).csv"_s).contains("us-east-1"));
    QCOMPARE(fileBytes(folder + u"/other.txt"_s), QByteArray("old"));
    CsvFolderWriter wrong(folder + u"/other.txt"_s, {});
    const Result<void> refused = wrong.write(resultOf(u"one"_s, {}, {}));
    QCOMPARE(refused.error().kind, Error::Kind::File);
}

void TestCsvWriter::namesOfFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"MFA on Root Account"_s << u"MFA on Root Account (id).csv"_s;
    QTest::newRow("path") << u"../../etc/passwd"_s << u"_.._etc_passwd (id).csv"_s;
    QTest::newRow("nothing") << QString() << u"id.csv"_s;
    QTest::newRow("Japanese") << u"ルートアカウントの MFA"_s << u"ルートアカウントの MFA (id).csv"_s;
    QTest::newRow("long") << QString(400, u'あ') << QString(60, u'あ') + u" (id).csv"_s;
}

void TestCsvWriter::namesOfFiles()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    AdvisorSnapshotRecord record;
    record.checkId = u"id"_s;
    record.name = name;
    QCOMPARE(CsvFolderWriter::fileName(record), expected);
}

void TestCsvWriter::surrogatesAndNul()
{
    const QByteArray body = R"({"result":{"checkId":"c","status":"ok","flaggedResources":[{"resourceId":"r",)"
                            R"("metadata":["a\ud800b","\udc00","nul\u0000end"]}]}})";
    ExportedResult result = resultOf(u"c"_s, {u"A"_s, u"B"_s, u"C"_s}, {});
    result.result = *AdvisorResult::read(body);
    const QByteArray bytes = written(path(), Layout::Blocks, {result});
    QVERIFY(QByteArrayView(bytes).isValidUtf8());
    QVERIFY(!bytes.contains('\0'));
    QCOMPARE(textsOf(readByPython("csv", path()).at(1)).mid(leadingColumns),
             QStringList({u"a\xfffd"_s + u"b"_s, u"\xfffd"_s, u"nul\x2400"_s + u"end"_s}));
}

QTEST_GUILESS_MAIN(TestCsvWriter)
#include "tst_csvwriter.moc"
