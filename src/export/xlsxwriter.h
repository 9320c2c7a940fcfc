#pragma once

#include "export/tablewriter.h"
#include "export/workbookcell.h"
#include "transfer/targetfile.h"

#include <QList>

namespace casement {

/// Results as an Excel workbook: a sheet per check behind a summary of all, headings that stay in sight, filters, real
/// numbers and times. Texts are never formulas.
///
/// What does not fit into a sheet goes on in another one, `Name (2)`. Needs little memory at any number of rows: they
/// wait in files without names.
class XlsxWriter final : public TableWriter
{
public:
    static constexpr qint64 mostRows = 1'048'576; ///< of a sheet, headings included

    explicit XlsxWriter(const QString &path, qint64 rowsOfSheet = mostRows);
    ~XlsxWriter() override;

    Result<void> write(const ExportedResult &result) override;
    Result<void> flush() override;
    Result<void> commit() override;
    qint64 cutTexts() const override { return m_cutTexts; }

private:
    struct Book; // of libxlsxwriter
    struct SummaryRow
    {
        ExportedResult result; ///< without its resources
        QString sheet; ///< the first with its rows; may be empty
    };

    Result<void> begin();
    Result<void> openSheet(const ExportedResult &result);
    void closeSheet();
    void writeHeadings(const QStringList &headings);
    void writeRow(const ExportedResult &result, const AdvisorResource &resource);
    void writeText(int column, std::string_view text);
    void writeText(int column, const QString &text);
    void writeCell(int column, std::string_view text);
    void writeSummary();
    Result<void> written() const;
    Error failure(const QString &why) const;

    const QString m_path;
    const qint64 m_rowsOfSheet;
    TargetFile m_file;
    std::unique_ptr<Book> m_book; ///< before the file goes
    OpenTable m_table;
    SheetNames m_names;
    QString m_sheet; ///< the open one
    qint64 m_row = 0;
    WorkbookText m_text;
    QByteArray m_account; ///< of the result
    QByteArray m_timestamp;
    QList<SummaryRow> m_summary;
    qint64 m_cutTexts = 0;
};

} // namespace casement
