#include "export/xlsxwriter.h"

#include "export/advisorresults.h"
#include "export/workbookcheck.h"
#include "transfer/files.h"

#include <QRegularExpression>
#include <QTemporaryDir>

#include <unistd.h>

#include <cstdio>

using namespace casement;
using namespace casement::test;
using Kind = WorkbookCell::Kind;

namespace {

QJsonArray rowsOf(const QJsonArray &book, qsizetype sheet)
{
    return book.at(sheet).toObject().value(u"rows"_s).toArray();
}

QString nameOf(const QJsonArray &book, qsizetype sheet)
{
    return book.at(sheet).toObject().value(u"name"_s).toString();
}

/// The value of a cell; Python reads escapes as they stand in the file.
QJsonValue valueAt(const QJsonArray &rows, qsizetype row, qsizetype column)
{
    return rows.at(row).toArray().at(column).toArray().at(1);
}

QString kindAt(const QJsonArray &rows, qsizetype row, qsizetype column)
{
    return rows.at(row).toArray().at(column).toArray().at(0).toString();
}

QString formAt(const QJsonArray &rows, qsizetype row, qsizetype column)
{
    return rows.at(row).toArray().at(column).toArray().at(2).toString();
}

} // namespace

/// A workbook that another library reads.
class TestXlsxWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsAreWhatTheyMean_data();
    void cellsAreWhatTheyMean();
    void numbersLookAsTheyAreWritten();
    void namesOfSheets();
    void textsThatFit();
    void sheetsAndSummary();
    void hostileCellsComeBack();
    void rowsNeverShift();
    void moreRowsThanASheetHas();
    void chosenColumns();
    void textsThatAreTooLong();
    void moreSheetsThanOpenFiles();
    void nothingIsLeftBeside();
    void cutWorkbooksAreNotWhole();
    void aFullDiskIsToldByTheErrorAlone();

private:
    QString path() const { return m_folder.filePath(u"out.xlsx"_s); }
    /// Writes and reads back.
    QJsonArray book(const QList<ExportedResult> &results, qint64 rows = XlsxWriter::mostRows, qint64 *cut = nullptr)
    {
        XlsxWriter writer(path(), rows);
        for (const ExportedResult &result : results) {
            if (const Result<void> done = writer.write(result); !done)
                qFatal("%s", qPrintable(done.error().toLine()));
        }
        if (const Result<void> done = writer.flush(); !done)
            qFatal("%s", qPrintable(done.error().toLine()));
        if (!writer.commit())
            qFatal("not put in its place");
        if (cut)
            *cut = writer.cutTexts();
        return readByPython("xlsx", path());
    }

    QTemporaryDir m_folder;
};

void TestXlsxWriter::cellsAreWhatTheyMean_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("number");
    const auto row = [](const char *text, Kind kind, double number = 0) {
        QTest::newRow(text) << QString::fromUtf8(text) << int(kind) << number;
    };
    row("", Kind::Empty);
    row("12", Kind::Number, 12);
    row("0", Kind::Number, 0);
    row("-12.5", Kind::Number, -12.5);
    row("0.05", Kind::Number, 0.05);
    row("12345678901", Kind::Number, 12345678901);
    row("123456789012", Kind::Text); // an account
    row("0123", Kind::Text);
    row("1.2.3", Kind::Text);
    row("1.30", Kind::Number, 1.3); // with a format
    row("5.10", Kind::Number, 5.1);
    row("1.0", Kind::Number, 1);
    row("007", Kind::Text);
    row("1234567890.1234567", Kind::Text);
    row("1,234", Kind::Number, 1234);
    row("12,34", Kind::Text);
    row("-0.00", Kind::Text);
    row("2026-11-22 12:00:00", Kind::Time, 46348.5);
    row("2026-02-30 12:00:00", Kind::Text);
    row("+5", Kind::Text);
    row("1e5", Kind::Text);
    row("-", Kind::Text);
    row("-0", Kind::Text);
    row("1.", Kind::Text);
    row("0.12345678901234567", Kind::Text);
    row("$1,234.50", Kind::Money, 1234.5);
    row("$12.34", Kind::Money, 12.34);
    row("$5", Kind::Text);
    row("$0.125", Kind::Text);
    row("$12,34", Kind::Text);
    row("$-1", Kind::Text);
    row("$", Kind::Text);
    row("45.2%", Kind::Percent, 0.452);
    row("1.2345%", Kind::Text);
    row("0.3%  0.43MB", Kind::Text);
    row("%", Kind::Text);
    row("2026-11-22", Kind::Day, 46348);
    row("2026-11-22T12:00:00Z", Kind::Time, 46348.5);
    row("2026-11-22T12:00:00.250Z", Kind::Time, 46348.5 + 0.25 / 86400);
    row("2026-11-22T12:00:00+09:00", Kind::Time, 46348.125);
    row("2026-11-22T12:00:00", Kind::Text);
    row("2026-13-22", Kind::Text);
    row("1900-01-01", Kind::Text);
    row("=1+1", Kind::Text);
    row("i-0123456789abcdef0", Kind::Text);
    row("６４", Kind::Text);
}

void TestXlsxWriter::cellsAreWhatTheyMean()
{
    QFETCH(QString, text);
    QFETCH(int, kind);
    QFETCH(double, number);
    const WorkbookCell cell = WorkbookCell::of(text.toStdString());
    QCOMPARE(int(cell.kind), kind);
    QVERIFY(qAbs(cell.number - number) < 1e-6);
}

void TestXlsxWriter::numbersLookAsTheyAreWritten()
{
    const auto form = [](const char *text) { return WorkbookCell::of(text).numberForm(); };
    for (const char *text : {"12", "1.5", "-12.25", "0.05"})
        QCOMPARE(form(text), std::string());
    QCOMPARE(form("12.50"), std::string("0.00"));
    QCOMPARE(form("1234.00"), std::string("0.00"));
    QCOMPARE(form("0.0"), std::string("0.0"));
    QCOMPARE(form("1,234"), std::string("#,##0"));
    QCOMPARE(form("-1,234,567.80"), std::string("#,##0.00"));
    QCOMPARE(form("0.1234567890123"), std::string("0.0000000000000"));
}

void TestXlsxWriter::namesOfSheets()
{
    SheetNames names;
    QCOMPARE(names.add(u"\u202egpj\u2066.\u0085exe"_s, u"id"_s), u"gpj . exe"_s);
    QCOMPARE(names.add(u"Summary"_s, u"id"_s), u"Summary"_s);
    QCOMPARE(names.add(u"summary"_s, u"id"_s), u"summary (2)"_s);
    QCOMPARE(names.add(u"EC2/VPC: [limits]*?"_s, u"id"_s), u"EC2 VPC limits"_s);
    QCOMPARE(names.add(u"'quoted'"_s, u"id"_s), u"quoted"_s);
    QCOMPARE(names.add(u"O'Brien"_s, u"id"_s), u"O'Brien"_s);
    QCOMPARE(names.add(u"history"_s, u"id"_s), u"history sheet"_s);
    QCOMPARE(names.add(u"///"_s, u"DAvU99Dc4C"_s), u"DAvU99Dc4C"_s);
    QCOMPARE(names.add(QString(), QString()), u"sheet"_s);
    const QString longName(40, u'あ');
    QCOMPARE(names.add(longName, u"id"_s), QString(31, u'あ'));
    QCOMPARE(names.add(longName, u"id"_s), QString(27, u'あ') + u" (2)"_s);
    QVERIFY(names.add(u"😀😀"_s, u"id2"_s).size() <= SheetNames::longest);
}

void TestXlsxWriter::textsThatFit()
{
    WorkbookText text;
    text.set("a_x0041_b _x004 __x00e9_");
    QCOMPARE(text.bytes, std::string("a_x005F_x0041_b _x004 __x005F_x00e9_"));
    text.set(std::string_view("a\0b\uffff\ufffe", 9));
    QCOMPARE(text.bytes, std::string("a\u2400b\ufffd\ufffd"));
    text.set(std::string(WorkbookText::longest, 'x'));
    QVERIFY(!text.isCut);
    text.set(QString(WorkbookText::longest, u'東').toStdString());
    QVERIFY(!text.isCut);
    text.set(u"😀"_s.repeated(20'000).toStdString());
    QVERIFY(text.isCut);
    const QString cut = QString::fromStdString(text.bytes);
    QVERIFY(cut.size() <= WorkbookText::longest);
    QVERIFY(cut.endsWith(u"😀…"_s));
}

void TestXlsxWriter::sheetsAndSummary()
{
    const QJsonArray values{u"12.5"_s, u"$1,000.00"_s, u"7.5%"_s, u"2026-11-22T12:00:00Z"_s,
                            u"text"_s, u"2026-01-02"_s};
    const QStringList headings{u"N"_s, u"M"_s, u"P"_s, u"T"_s, u"X"_s, u"D"_s};
    ExportedResult none = resultOf(u"none"_s, headings, {});
    ExportedResult missing = none;
    missing.record = AdvisorSnapshotRecord();
    missing.record.checkId = u"missing"_s;
    missing.result.reset();
    ExportedResult unavailable = none;
    unavailable.record.status = u"not_available"_s;
    unavailable.record.counts = {};
    ExportedResult one = resultOf(u"one"_s, headings, {resourceOf(values)});
    one.record.name = u"O'Brien's: check"_s;
    one.record.savings.estimatedMonthlySavings = 12.5;
    ExportedResult other = resultOf(u"one"_s, headings, {resourceOf(values)}, u"staging"_s);
    other.record.name = one.record.name;
    const QJsonArray read = book({none, missing, one, other, unavailable});
    QCOMPARE(read.size(), 2);
    QCOMPARE(nameOf(read, 0), u"Summary"_s);
    QCOMPARE(nameOf(read, 1), u"O'Brien's check"_s);
    QCOMPARE(read.at(1).toObject().value(u"frozen"_s).toString(), u"A2"_s);
    QCOMPARE(read.at(1).toObject().value(u"filter"_s).toString(), u"A1:O3"_s);
    const QJsonArray summary = rowsOf(read, 0);
    QCOMPARE(summary.size(), 6);
    QCOMPARE(valueAt(summary, 5, 4).toString(), u"not_available"_s);
    for (int column = 5; column < 10; ++column)
        QCOMPARE(valueAt(summary, 5, column), QJsonValue()); // no zeros
    QCOMPARE(valueAt(summary, 1, 1).toString(), u"none"_s);
    QCOMPARE(valueAt(summary, 3, 9).toDouble(), 12.5);
    QCOMPARE(valueAt(summary, 3, 11).toString(), u"O'Brien's check"_s);
    QCOMPARE(valueAt(summary, 1, 11), QJsonValue());
    QCOMPARE(valueAt(summary, 2, 5), QJsonValue()); // nothing is known of it
    const QJsonArray rows = rowsOf(read, 1);
    QCOMPARE(rows.size(), 3);
    QCOMPARE(valueAt(rows, 2, 0).toString(), u"staging"_s);
    QCOMPARE(kindAt(rows, 1, 7), u"b"_s);
    QCOMPARE(valueAt(rows, 1, 7).toBool(true), false);
    QCOMPARE(kindAt(rows, 1, 8), u"d"_s);
    QCOMPARE(valueAt(rows, 1, 8).toString(), u"2026-11-20T10:00:00"_s);
    QCOMPARE(kindAt(rows, 1, 9), u"n"_s);
    QCOMPARE(valueAt(rows, 1, 9).toDouble(), 12.5);
    QCOMPARE(valueAt(rows, 1, 10).toDouble(), 1000.0);
    QVERIFY(formAt(rows, 1, 10).contains(u'$'));
    QCOMPARE(valueAt(rows, 1, 11).toDouble(), 0.075);
    QCOMPARE(formAt(rows, 1, 11), u"0.0%"_s);
    QCOMPARE(kindAt(rows, 1, 12), u"d"_s);
    QCOMPARE(valueAt(rows, 1, 12).toString(), u"2026-11-22T12:00:00"_s);
    QCOMPARE(valueAt(rows, 1, 13).toString(), u"text"_s);
    QCOMPARE(kindAt(rows, 1, 14), u"d"_s);
}

void TestXlsxWriter::hostileCellsComeBack()
{
    QStringList texts = hostileTexts() + formulas();
    QJsonArray resources;
    for (const QString &text : std::as_const(texts))
        resources.append(resourceOf({text, u"next"_s}, text));
    const QJsonArray rows = rowsOf(book({resultOf(u"c"_s, {u"A"_s, u"B"_s}, resources)}), 1);
    QCOMPARE(rows.size(), texts.size() + 1);
    static const QRegularExpression escape(u"_x([0-9A-Fa-f]{4})_"_s);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        for (const int column : {6, 9}) {
            QString text = valueAt(rows, i + 1, column).toString();
            // What Excel does and Python's library does not.
            for (QRegularExpressionMatch at = escape.match(text); at.hasMatch();
                 at = escape.match(text, at.capturedStart() + 1))
                text.replace(at.capturedStart(), at.capturedLength(), QChar(at.captured(1).toUShort(nullptr, 16)));
            QString sent = texts.at(i);
            QCOMPARE(text.replace(u"\r\n"_s, u"\n"_s), sent.replace(u"\r\n"_s, u"\n"_s));
            QVERIFY(kindAt(rows, i + 1, column) != u"f"_s || texts.at(i).startsWith(u'=')); // openpyxl guesses there
        }
        QCOMPARE(valueAt(rows, i + 1, 10).toString(), u"next"_s);
    }
    // The file itself has no formula, whatever a library makes of its texts.
    QProcess unzip;
    unzip.start(
        u"/usr/bin/python3"_s,
        {u"-c"_s,
         u"import sys,zipfile; print(zipfile.ZipFile(sys.argv[1]).read('xl/worksheets/sheet2.xml').count(b'<f>'))"_s,
         path()});
    QVERIFY(unzip.waitForFinished(30'000));
    QCOMPARE(unzip.readAllStandardOutput().trimmed(), QByteArray("0"));
}

void TestXlsxWriter::rowsNeverShift()
{
    const QJsonArray resources{resourceOf({QJsonValue::Null, u"b"_s}), resourceOf({u"1"_s, u"2"_s, u"3"_s}),
                               QJsonObject{{u"resourceId"_s, u"bare"_s}}};
    const QJsonArray rows = rowsOf(book({resultOf(u"c"_s, {u"A"_s, u"B"_s}, resources)}), 1);
    QCOMPARE(valueAt(rows, 0, 11).toString(), u"Column 3"_s);
    QCOMPARE(valueAt(rows, 1, 9), QJsonValue());
    QCOMPARE(valueAt(rows, 1, 10).toString(), u"b"_s);
    QCOMPARE(valueAt(rows, 2, 11).toDouble(), 3.0);
    QCOMPARE(valueAt(rows, 3, 9), QJsonValue());
}

void TestXlsxWriter::moreRowsThanASheetHas()
{
    QJsonArray resources;
    for (int i = 0; i < 25; ++i)
        resources.append(resourceOf({i}, u"r%1"_s.arg(i)));
    const ExportedResult result = resultOf(u"c"_s, {u"A"_s}, resources);
    const QJsonArray read = book({result}, 11);
    QCOMPARE(read.size(), 4);
    QStringList ids;
    for (qsizetype sheet = 1; sheet < 4; ++sheet) {
        const QJsonArray rows = rowsOf(read, sheet);
        QVERIFY(rows.size() <= 11);
        QCOMPARE(valueAt(rows, 0, 9).toString(), u"A"_s);
        for (qsizetype row = 1; row < rows.size(); ++row)
            ids.append(valueAt(rows, row, 6).toString());
    }
    QCOMPARE(ids.size(), 25);
    QCOMPARE(ids.last(), u"r24"_s);
    QCOMPARE(nameOf(read, 3), u"Check c (3)"_s);
}

void TestXlsxWriter::chosenColumns()
{
    ExportedResult result = resultOf(u"c"_s, {u"A"_s, u"B"_s, u"C"_s}, {resourceOf({1, 2, 3})});
    result.columns = QList<int>{2, 0};
    const QJsonArray rows = rowsOf(book({result}), 1);
    QCOMPARE(valueAt(rows, 0, 9).toString(), u"C"_s);
    QCOMPARE(valueAt(rows, 0, 10).toString(), u"A"_s);
    QCOMPARE(valueAt(rows, 1, 9).toDouble(), 3.0);
    QCOMPARE(valueAt(rows, 1, 10).toDouble(), 1.0);
}

void TestXlsxWriter::textsThatAreTooLong()
{
    qint64 cut = 0;
    const QJsonArray rows = rowsOf(
        book({resultOf(u"c"_s, {u"A"_s}, {resourceOf({QString(40'000, u'x')}), resourceOf({QString(32'767, u'y')})})},
             XlsxWriter::mostRows, &cut),
        1);
    QCOMPARE(cut, 1);
    QCOMPARE(valueAt(rows, 1, 9).toString(), QString(32'766, u'x') + u'…');
    QCOMPARE(valueAt(rows, 2, 9).toString().size(), 32'767);
}

void TestXlsxWriter::moreSheetsThanOpenFiles()
{
    QList<ExportedResult> results;
    for (int i = 0; i < 1'200; ++i)
        results.append(resultOf(u"c%1"_s.arg(i), {u"A"_s}, {resourceOf({i})}));
    const QJsonArray read = book(results);
    QCOMPARE(read.size(), 1'201);
    QCOMPARE(valueAt(rowsOf(read, 1'200), 1, 9).toDouble(), 1'199.0);
}

void TestXlsxWriter::nothingIsLeftBeside()
{
    const auto names = [this] { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); };
    QFile::remove(path());
    {
        XlsxWriter writer(path());
        QVERIFY(writer.write(resultOf(u"c"_s, {u"A"_s}, {resourceOf({1})})));
    }
    {
        XlsxWriter writer(path());
        QVERIFY(writer.write(resultOf(u"c"_s, {u"A"_s}, {resourceOf({1})})));
        QVERIFY(names().isEmpty()); // whoever is killed here leaves nothing
        QVERIFY(writer.flush());
        QVERIFY(names().isEmpty());
    }
    QVERIFY(names().isEmpty());
    XlsxWriter nowhere(m_folder.filePath(u"none/out.xlsx"_s));
    QCOMPARE(nowhere.write(resultOf(u"c"_s, {u"A"_s}, {})).error().kind, Error::Kind::File);
    XlsxWriter folder(m_folder.path());
    QCOMPARE(folder.write(resultOf(u"c"_s, {u"A"_s}, {})).error().kind, Error::Kind::File);
}

void TestXlsxWriter::cutWorkbooksAreNotWhole()
{
    book({resultOf(u"c"_s, {u"A"_s}, {resourceOf({1})})});
    QVERIFY(isWorkbookWhole(path(), 2));
    QVERIFY(!isWorkbookWhole(path(), 3));
    QFile file(path());
    QVERIFY(file.resize(file.size() - 100));
    QVERIFY(!isWorkbookWhole(path(), 2));
    QVERIFY(!isWorkbookWhole(m_folder.filePath(u"none"_s), 0));
}

/// The library says nothing of its own.
void TestXlsxWriter::aFullDiskIsToldByTheErrorAlone()
{
    const QString path = m_folder.filePath(u"full.xlsx"_s);
    QJsonArray resources;
    for (int i = 0; i < 400; ++i)
        resources.append(resourceOf({u"value %1"_s.arg(i * 7919)}, u"r%1"_s.arg(i)));
    for (const int bytes : {1'000, 3'000, 5'000}) {
        int ends[2] = {-1, -1};
        QCOMPARE(::pipe(ends), 0);
        const int before = ::dup(STDERR_FILENO);
        ::dup2(ends[1], STDERR_FILENO);
        Result<void> done;
        {
            const FullDisk disk(bytes);
            XlsxWriter writer(path);
            done = writer.write(resultOf(u"c"_s, {u"A"_s}, resources));
            if (done)
                done = writer.flush();
        }
        std::fputs("said", stderr);
        ::dup2(before, STDERR_FILENO);
        ::close(before);
        ::close(ends[1]);
        QByteArray said(4096, '\0');
        said.truncate(qMax<qsizetype>(0, ::read(ends[0], said.data(), size_t(said.size()))));
        ::close(ends[0]);
        QCOMPARE(done.error().kind, Error::Kind::File);
        QCOMPARE(said, QByteArray("said"));
        QVERIFY(!QFile::exists(path));
    }
}

QTEST_GUILESS_MAIN(TestXlsxWriter)
#include "tst_xlsxwriter.moc"
