#include "export/xlsxwriter.h"

#include "export/workbookcheck.h"
#include "transfer/fileerror.h"

#include <QCoreApplication>
#include <QHash>

#include <xlsxwriter.h>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 rowsBetweenChecks = 1024;
constexpr int narrowest = 8; // columns, in characters
constexpr int widest = 60;
constexpr qint64 rowsMeasured = 200; // for the width of columns
constexpr qsizetype mostLinks = 65'000; // of a sheet
constexpr rlim_t filesBesides = 256; // open ones that have nothing to do with sheets
constexpr std::array percentForms{"0%", "0.0%", "0.00%", "0.000%"};

/// Gives the titles their context.
class XlsxWriterTexts
{
    Q_DECLARE_TR_FUNCTIONS(casement::XlsxWriter)

public:
    static QString summary() { return tr("Summary"); }
    static QStringList summaryTitles()
    {
        return {tr("Account"),   tr("Check ID"), tr("Check"),      tr("Category"),  tr("Status"),
                tr("Flagged"),   tr("Ignored"),  tr("Suppressed"), tr("Processed"), tr("Monthly savings (USD)"),
                tr("Timestamp"), tr("Sheet")};
    }
};

/// A sheet of a check has its file open until the end.
void allowOpenFiles(qsizetype sheets)
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    const rlim_t wanted = std::min(limit.rlim_max, rlim_t(sheets) + filesBesides);
    if (limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// While it lives, what libxlsxwriter writes to `stderr` by itself is not seen; everything else is.
class QuietLibrary
{
public:
    QuietLibrary()
    {
        static FILE *const filter = makeFilter();
        if (!filter)
            return;
        mutex().lock();
        m_before = std::exchange(stderr, filter);
    }
    ~QuietLibrary()
    {
        if (!m_before)
            return;
        stderr = m_before;
        mutex().unlock();
    }
    QuietLibrary(const QuietLibrary &) = delete;
    QuietLibrary &operator=(const QuietLibrary &) = delete;

private:
    static std::mutex &mutex()
    {
        static std::mutex one;
        return one;
    }
    static ssize_t pass(void *, const char *bytes, size_t size)
    {
        const std::string_view text(bytes, size);
        if (text.starts_with("[ERROR]") || text.starts_with("[WARNING]"))
            return ssize_t(size);
        return ::write(STDERR_FILENO, bytes, size);
    }
    static FILE *makeFilter() // never closed: another thread may be writing to it
    {
        FILE *filter = ::fopencookie(nullptr, "w", {.read = nullptr, .write = pass, .seek = nullptr, .close = nullptr});
        if (filter)
            std::setvbuf(filter, nullptr, _IONBF, 0);
        return filter;
    }

    FILE *m_before = nullptr;
};

} // namespace

struct XlsxWriter::Book
{
    lxw_workbook *workbook = nullptr;
    lxw_worksheet *summary = nullptr;
    lxw_worksheet *sheet = nullptr; ///< the open one
    lxw_format *heading = nullptr;
    lxw_format *money = nullptr;
    lxw_format *time = nullptr;
    lxw_format *day = nullptr;
    std::array<lxw_format *, percentForms.size()> percents{};
    QHash<QByteArray, lxw_format *> numbers;
    qsizetype sheets = 0;
    std::vector<int> widths; ///< of the open sheet's columns

    ~Book()
    {
        if (workbook)
            lxw_workbook_free(workbook);
    }

    lxw_format *form(const char *code) const
    {
        lxw_format *made = workbook_add_format(workbook);
        if (made)
            format_set_num_format(made, code);
        return made;
    }
    lxw_format *numberForm(const std::string &text)
    {
        if (text.empty())
            return nullptr;
        lxw_format *&made = numbers[QByteArray::fromStdString(text)];
        if (!made)
            made = form(text.c_str());
        return made;
    }
};

XlsxWriter::XlsxWriter(const QString &path, qint64 rowsOfSheet) : m_path(path), m_rowsOfSheet(rowsOfSheet), m_file(path)
{
}

XlsxWriter::~XlsxWriter() = default;

Result<void> XlsxWriter::begin()
{
    if (m_book)
        return {};
    if (const Result<void> opened = m_file.open(); !opened)
        return opened;
    m_book = std::make_unique<Book>();
    lxw_workbook_options options{.constant_memory = LXW_TRUE, .tmpdir = nullptr, .use_zip64 = LXW_TRUE};
    m_book->workbook = workbook_new_opt(m_file.openPath().constData(), &options);
    if (!m_book->workbook)
        return failure(u"there is no memory left"_s);
    m_book->heading = workbook_add_format(m_book->workbook);
    if (m_book->heading) {
        format_set_bold(m_book->heading);
        format_set_bottom(m_book->heading, LXW_BORDER_THIN);
    }
    m_book->money = m_book->form("\"$\"#,##0.00");
    m_book->time = m_book->form("yyyy-mm-dd hh:mm:ss");
    m_book->day = m_book->form("yyyy-mm-dd");
    for (size_t i = 0; i < percentForms.size(); ++i)
        m_book->percents[i] = m_book->form(percentForms[i]);
    const QString name = m_names.add(XlsxWriterTexts::summary(), u"Summary"_s);
    m_book->summary = workbook_add_worksheet(m_book->workbook, name.toUtf8().constData());
    return m_book->summary ? Result<void>() : failure(u"no temporary file could be made"_s);
}

Result<void> XlsxWriter::write(const ExportedResult &result)
{
    if (isStopped())
        return Error{.kind = Error::Kind::Cancelled};
    if (const Result<void> begun = begin(); !begun)
        return begun;
    const bool hasRows = result.result && !result.result->resources.empty();
    if (!hasRows) {
        m_summary.append(SummaryRow{{result.account, result.record, {}}, {}});
        return {};
    }
    if (!m_table.takes(result) || m_row >= m_rowsOfSheet) {
        if (const Result<void> opened = openSheet(result); !opened)
            return opened;
    }
    m_summary.append(SummaryRow{{result.account, result.record, {}}, m_sheet});
    m_account = result.account.toUtf8();
    m_timestamp = result.record.timestamp.toUtf8();
    for (const AdvisorResource &resource : result.result->resources) {
        if (m_row >= m_rowsOfSheet) {
            if (const Result<void> opened = openSheet(result); !opened)
                return opened;
        }
        writeRow(result, resource);
        if (m_row % rowsBetweenChecks == 0) {
            if (isStopped())
                return Error{.kind = Error::Kind::Cancelled};
            if (const Result<void> good = written(); !good)
                return good;
        }
    }
    return written();
}

Result<void> XlsxWriter::openSheet(const ExportedResult &result)
{
    closeSheet();
    m_table.open(result);
    m_sheet = m_names.add(result.record.name, result.record.checkId);
    allowOpenFiles(++m_book->sheets);
    m_book->sheet = workbook_add_worksheet(m_book->workbook, m_sheet.toUtf8().constData());
    if (!m_book->sheet)
        return failure(u"no temporary file could be made for one more sheet"_s);
    QStringList headings = leadingTitles();
    for (qsizetype i = 0; i < m_table.columns(); ++i)
        headings.append(m_table.heading(i));
    writeHeadings(headings);
    return {};
}

void XlsxWriter::writeHeadings(const QStringList &headings)
{
    m_book->widths.clear();
    m_row = 0;
    for (const QString &heading : headings) {
        m_text.set(heading.toStdString());
        const int column = int(m_book->widths.size());
        worksheet_write_string(m_book->sheet, 0, lxw_col_t(column), m_text.bytes.c_str(), m_book->heading);
        m_book->widths.push_back(std::clamp(int(heading.size()) + 4, narrowest, widest)); // the filter's button
    }
    m_row = 1;
    worksheet_freeze_panes(m_book->sheet, 1, 0);
}

void XlsxWriter::closeSheet()
{
    if (!m_book->sheet)
        return;
    const auto columns = lxw_col_t(m_book->widths.size());
    worksheet_autofilter(m_book->sheet, 0, 0, lxw_row_t(std::max<qint64>(m_row - 1, 1)), lxw_col_t(columns - 1));
    for (lxw_col_t column = 0; column < columns; ++column)
        worksheet_set_column(m_book->sheet, column, column, m_book->widths[column], nullptr);
    m_book->sheet = nullptr;
    m_table.close();
}

void XlsxWriter::writeRow(const ExportedResult &result, const AdvisorResource &resource)
{
    const auto at = [](LeadingColumn column) { return int(column); };
    writeText(at(LeadingColumn::Account), std::string_view(m_account.constData(), size_t(m_account.size())));
    writeText(at(LeadingColumn::CheckId), result.record.checkId);
    writeText(at(LeadingColumn::Check), result.record.name);
    writeText(at(LeadingColumn::Category), result.record.category);
    writeText(at(LeadingColumn::Status), resource.status.view());
    writeText(at(LeadingColumn::Region), resource.region.view());
    writeText(at(LeadingColumn::ResourceId), resource.resourceId.view());
    worksheet_write_boolean(m_book->sheet, lxw_row_t(m_row), lxw_col_t(at(LeadingColumn::Suppressed)),
                            resource.suppressed(), nullptr);
    writeCell(at(LeadingColumn::Timestamp), std::string_view(m_timestamp.constData(), size_t(m_timestamp.size())));
    for (qsizetype i = 0; i < m_table.columns(); ++i)
        writeCell(leadingColumns + int(i), resource.value(m_table.field(i)).view());
    ++m_row;
}

void XlsxWriter::writeText(int column, std::string_view text)
{
    if (text.empty())
        return;
    m_text.set(text);
    m_cutTexts += m_text.isCut;
    worksheet_write_string(m_book->sheet, lxw_row_t(m_row), lxw_col_t(column), m_text.bytes.c_str(), nullptr);
    if (m_row <= rowsMeasured) {
        int &width = m_book->widths[size_t(column)];
        width = std::max(width, std::min(int(text.size()) + 1, widest));
    }
}

void XlsxWriter::writeText(int column, const QString &text) { writeText(column, text.toStdString()); }

void XlsxWriter::writeCell(int column, std::string_view text)
{
    const WorkbookCell cell = WorkbookCell::of(text);
    lxw_format *form = nullptr;
    switch (cell.kind) {
    case WorkbookCell::Kind::Empty:
        return;
    case WorkbookCell::Kind::Text:
        return writeText(column, text);
    case WorkbookCell::Kind::Number:
        form = m_book->numberForm(cell.numberForm());
        break;
    case WorkbookCell::Kind::Money:
        form = m_book->money;
        break;
    case WorkbookCell::Kind::Percent:
        form = m_book->percents[std::min(size_t(cell.decimals), percentForms.size() - 1)];
        break;
    case WorkbookCell::Kind::Time:
        form = m_book->time;
        break;
    case WorkbookCell::Kind::Day:
        form = m_book->day;
        break;
    }
    worksheet_write_number(m_book->sheet, lxw_row_t(m_row), lxw_col_t(column), cell.number, form);
    if (m_row <= rowsMeasured) {
        int &width = m_book->widths[size_t(column)];
        width = std::max(width, int(text.size()) + 2);
    }
}

void XlsxWriter::writeSummary()
{
    closeSheet();
    m_book->sheet = m_book->summary;
    writeHeadings(XlsxWriterTexts::summaryTitles());
    const auto number = [this](int column, double value, lxw_format *form = nullptr) {
        worksheet_write_number(m_book->sheet, lxw_row_t(m_row), lxw_col_t(column), value, form);
    };
    for (const SummaryRow &row : std::as_const(m_summary)) {
        if (m_row >= m_rowsOfSheet)
            break;
        const AdvisorSnapshotRecord &check = row.result.record;
        int column = 0;
        for (const QString &text : {row.result.account, check.checkId, check.name, check.category, check.status})
            writeText(column++, text);
        const bool hasNone = !check.hasCounts
            || (check.status == "not_available"_L1 && check.counts == TrustedAdvisorResourcesSummary());
        if (!hasNone && (check.id != 0 || !check.status.isEmpty())) {
            for (const qint64 count : {check.counts.resourcesFlagged, check.counts.resourcesIgnored,
                                       check.counts.resourcesSuppressed, check.counts.resourcesProcessed})
                number(column++, double(count));
            number(column++, check.savings.estimatedMonthlySavings, m_book->money);
        } else {
            column += 5; // what is not known is no zero
        }
        writeCell(column++, check.timestamp.toStdString());
        if (row.sheet.isEmpty()) {
            ++m_row;
            continue;
        }
        const QByteArray sheet = row.sheet.toUtf8();
        const QString target = u"internal:'%1'!A1"_s.arg(QString(row.sheet).replace(u'\'', u"''"_s));
        if (m_row < mostLinks)
            worksheet_write_url_opt(m_book->sheet, lxw_row_t(m_row), lxw_col_t(column), target.toUtf8().constData(),
                                    nullptr, sheet.constData(), nullptr);
        else
            writeText(column, row.sheet);
        m_book->widths[size_t(column)] = SheetNames::longest;
        ++m_row;
    }
    closeSheet();
}

/// libxlsxwriter does not look whether its rows reached their file.
Result<void> XlsxWriter::written() const
{
    FILE *rows = m_book->sheet ? m_book->sheet->optimize_tmpfile : nullptr;
    if (rows && (std::fflush(rows) != 0 || std::ferror(rows)))
        return failure(qt_error_string(errno));
    return {};
}

Result<void> XlsxWriter::flush()
{
    if (isStopped())
        return Error{.kind = Error::Kind::Cancelled};
    if (const Result<void> begun = begin(); !begun)
        return begun;
    writeSummary();
    m_book->sheet = m_book->summary;
    const Result<void> good = written();
    m_book->sheet = nullptr;
    if (!good)
        return good;
    lxw_workbook *workbook = m_book->workbook;
    m_book->workbook = nullptr; // closing frees it, whatever comes of it
    const qsizetype sheets = m_book->sheets + 1;
    lxw_error closed = LXW_NO_ERROR;
    {
        const QuietLibrary quiet;
        errno = 0;
        closed = workbook_close(workbook);
    }
    if (closed != LXW_NO_ERROR)
        return failure(errno != 0 ? qt_error_string(errno) : QString::fromUtf8(lxw_strerror(closed)));
    if (!isWorkbookWhole(QString::fromLatin1(m_file.openPath()), sheets))
        return failure(qt_error_string(ENOSPC));
    return m_file.flush();
}

Result<void> XlsxWriter::commit() { return m_file.commit(); }

Error XlsxWriter::failure(const QString &why) const { return cannotWrite(m_path, why); }

} // namespace casement
