#include "export/csvwriter.h"
#include "fuzzinput.h"
#include "support/jsontext.h"

#include <QRegularExpression>

#include <vector>

// Input: a byte of flags (1: formulas are written as they are, 2: without a byte order mark, 4 and 8: the layout), then
// cells ended by 0x1f and rows ended by 0x1e.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

using Row = std::vector<std::string>;
using Rows = std::vector<Row>;

Rows rowsOf(QByteArrayView text)
{
    Rows rows;
    Input input(reinterpret_cast<const uint8_t *>(text.data()), size_t(text.size()));
    while (!input.isEmpty()) {
        const QByteArrayView line = input.until("\x1e");
        Input cells(reinterpret_cast<const uint8_t *>(line.data()), size_t(line.size()));
        Row row;
        do {
            const QByteArrayView cell = cells.until("\x1f");
            row.emplace_back(cell.data(), size_t(cell.size()));
        } while (!cells.isEmpty());
        rows.push_back(row);
    }
    return rows;
}

/// RFC 4180 by its grammar: CR LF ends a row, a quoted cell holds anything, and a plain one none of `",` CR LF.
class Rfc4180
{
public:
    explicit Rfc4180(std::string_view text) : m_text(text) { }

    Rows read()
    {
        Rows rows;
        while (m_at < m_text.size()) {
            Row row{cell()};
            while (takes(","))
                row.push_back(cell());
            require(takes("\r\n"), "a row ends by CR LF", rest());
            rows.push_back(row);
        }
        return rows;
    }

private:
    bool takes(std::string_view expected)
    {
        if (!m_text.substr(m_at).starts_with(expected))
            return false;
        m_at += expected.size();
        return true;
    }

    std::string cell()
    {
        std::string text;
        if (!takes("\"")) {
            while (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\r' && m_text[m_at] != '\n') {
                require(m_text[m_at] != '"', "a quote stands in quotes", rest());
                text += m_text[m_at++];
            }
            return text;
        }
        while (true) {
            if (takes("\"\"")) {
                text += '"';
                continue;
            }
            if (takes("\""))
                return text;
            require(m_at < m_text.size(), "a quoted cell has its end");
            text += m_text[m_at++];
        }
    }

    QString rest() const { return QString::fromUtf8(m_text.substr(m_at).data(), qsizetype(m_text.size() - m_at)); }

    std::string_view m_text;
    size_t m_at = 0;
};

QString shown(std::string_view text) { return QString::fromUtf8(text.data(), qsizetype(text.size())); }

bool isNumber(const std::string &text)
{
    static const QRegularExpression number(uR"(\A[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?\z)"_s);
    return number.match(QString::fromStdString(text)).hasMatch();
}

std::string withoutSpaces(const std::string &text)
{
    return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

/// What a spreadsheet may run, as it sees the cell: some cut spaces.
bool startsFormula(const std::string &cell)
{
    const std::string text = withoutSpaces(cell);
    for (const std::string_view start : {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}) {
        if (text.starts_with(start))
            return true;
    }
    return false;
}

void checkCell(const std::string &read, std::string written, bool isSafe)
{
    for (size_t at = 0; (at = written.find('\0', at)) != std::string::npos;)
        written.replace(at, 1, "\u2400");
    if (isSafe && startsFormula(written)) {
        const std::string bare = withoutSpaces(written);
        const bool isHarmless = bare == "-" || isNumber(bare);
        require(isHarmless || !startsFormula(read), "no cell runs", shown(read));
        require(read == written || read == "'" + written, "a cell is kept", shown(written));
        return;
    }
    require(read == written, "a cell is kept", shown(written) + u" became "_s + shown(read));
}

void checkRow(const Row &read, const Row &written, bool isSafe)
{
    require(read.size() == written.size(), "a row keeps its cells", u"%1 of %2"_s.arg(read.size()).arg(written.size()));
    for (size_t i = 0; i < read.size(); ++i)
        checkCell(read[i], written[i], isSafe);
}

void checkText(const Rows &rows, bool isSafe)
{
    CsvText text(isSafe);
    for (const Row &row : rows) {
        size_t bytes = 0;
        for (const std::string &cell : row)
            bytes += cell.size();
        text.reserve(row.size(), bytes);
        for (const std::string &cell : row)
            text.cell(cell);
        text.endRow();
    }
    const Rows read = Rfc4180(text.view()).read();
    require(read.size() == rows.size(), "every row is there");
    for (size_t i = 0; i < rows.size(); ++i)
        checkRow(read[i], rows[i], isSafe);
    for (const Row &row : rows) {
        for (const std::string &cell : row) {
            const QByteArray alone = CsvText::cellOf(cell, isSafe);
            checkCell(Rfc4180(alone.toStdString() + "\r\n").read().front().front(), cell, isSafe);
        }
    }
}

class MemorySink final : public ExportSink
{
public:
    explicit MemorySink(QByteArray &bytes) : m_bytes(bytes) { }
    Result<void> append(const QByteArray &bytes) override
    {
        m_bytes.append(bytes.constData(), bytes.size());
        return {};
    }
    Result<void> flush() override { return {}; }
    Result<void> commit() override { return {}; }

private:
    QByteArray &m_bytes;
};

/// The rows as a check's result: the first one are the headings, the others resources.
void checkWriter(const Rows &rows, CsvWriter::Layout layout, const CsvStyle &style)
{
    ExportedResult result;
    result.account = u"=prod,\"1\""_s;
    result.record.checkId = u"check"_s;
    result.record.name = u"-name\r\n"_s;
    if (!rows.empty()) {
        for (const std::string &heading : rows.front())
            result.record.headings.append(QString::fromStdString(heading));
    }
    QByteArray json = R"({"result":{"checkId":"check","status":"ok","flaggedResources":[)";
    for (size_t i = 1; i < rows.size(); ++i) {
        json += i > 1 ? ",{" : "{";
        json += R"("status":"warning","region":"-","resourceId":"r","metadata":[)";
        for (size_t column = 0; column < rows[i].size(); ++column) {
            if (column > 0)
                json += ',';
            appendJsonString(json, QString::fromStdString(rows[i][column]));
        }
        json += "]}";
    }
    const Result<AdvisorResultPtr> read = AdvisorResult::read(json + "]}}");
    require(read.hasValue(), "the result is read", read ? QString() : read.error().toLine());
    result.result = *read;

    QByteArray bytes;
    CsvWriter writer(std::make_unique<MemorySink>(bytes), layout, style);
    require(writer.write(result).hasValue() && writer.flush().hasValue() && writer.commit().hasValue(),
            "the writer writes");
    require(bytes.startsWith("\ufeff") == style.byteOrderMark, "the mark is there when it is wanted");
    const std::string text = bytes.sliced(style.byteOrderMark ? 3 : 0).toStdString();
    const Rows table = Rfc4180(text).read();
    require(!table.empty(), "there is a heading");
    const auto lead = size_t(leadingColumns);
    size_t at = 1;
    for (const AdvisorResource &resource : (*read)->resources) {
        if (layout == CsvWriter::Layout::Long) {
            const size_t count = std::max({size_t(1), resource.metadata.size(), size_t(result.record.headings.size())});
            for (size_t i = 0; i < count; ++i, ++at) {
                require(at < table.size() && table[at].size() == lead + 2, "a field has its row");
                checkCell(table[at].back(), std::string(resource.value(i).view()), style.formulaSafe);
            }
            continue;
        }
        require(at < table.size() && table[at].size() == table.front().size(), "a resource has a whole row");
        for (size_t i = 0; lead + i < table[at].size(); ++i)
            checkCell(table[at][lead + i], std::string(resource.value(i).view()), style.formulaSafe);
        require(table[at].size() >= lead + resource.metadata.size(), "a row keeps its cells");
        checkCell(table[at][0], result.account.toStdString(), style.formulaSafe);
        checkCell(table[at][2], result.record.name.toStdString(), style.formulaSafe);
        ++at;
    }
    require(at == table.size(), "there are no other rows");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    Input input(data, size);
    const quint8 flags = input.byte();
    const CsvStyle style{.byteOrderMark = !(flags & 2), .formulaSafe = !(flags & 1)};
    const Rows rows = rowsOf(input.rest());
    checkText(rows, style.formulaSafe);
    checkWriter(rows, CsvWriter::Layout((flags >> 2 & 3) % 3), style);
    return 0;
}
