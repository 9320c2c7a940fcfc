#pragma once

#include "export/csvtext.h"
#include "export/exportsink.h"
#include "export/tablewriter.h"
#include "transfer/filename.h"
#include "transfer/targetfile.h"

#include <QDir>
#include <QHash>

namespace casement {

/// How a CSV file is written.
struct CsvStyle
{
    bool byteOrderMark = true; ///< Excel takes a file without it for one of its own code page
    bool formulaSafe = true; ///< as CsvText says
};

/// Results as one CSV file.
class CsvWriter final : public TableWriter
{
public:
    enum class Layout : quint8 {
        Blocks, ///< a block per check with the check's own headings, an empty line between them
        Table, ///< the same, but checks without resources have their headings too
        Long, ///< a row per resource and field, under one heading
    };

    CsvWriter(std::unique_ptr<ExportSink> sink, Layout layout, const CsvStyle &style = {});

    Result<void> write(const ExportedResult &result) override;
    Result<void> flush() override;
    Result<void> commit() override { return m_sink->commit(); }

private:
    void begin();
    void writeHeading();
    Result<void> writeWide(const ExportedResult &result);
    Result<void> writeLong(const ExportedResult &result);
    void startRow(const AdvisorResource &resource);
    Result<void> passOn(bool all);

    std::unique_ptr<ExportSink> m_sink;
    const Layout m_layout;
    const CsvStyle m_style;
    CsvText m_text;
    OpenTable m_table;
    bool m_isBegun = false;
    QByteArray m_lead; ///< account to category of the result, written
    QByteArray m_timestamp;
};

/// Results as a folder with a CSV file per check.
///
/// A folder that is not there yet appears as a whole; in one that is there the files appear after all are written, in
/// the place of older ones of the same names, and its other files stay.
class CsvFolderWriter final : public TableWriter
{
public:
    CsvFolderWriter(const QString &folder, const CsvStyle &style);

    Result<void> write(const ExportedResult &result) override;
    Result<void> flush() override;
    Result<void> commit() override;

    /// `MFA on Root Account (7DAFEmoDos).csv`; in a folder no two are the same.
    static QString fileName(const AdvisorSnapshotRecord &check);

private:
    Result<void> begin();
    Result<void> closeFile();
    Result<void> inFolder(const Result<void> &result) const;
    Error failure(const QString &why) const;

    const QString m_folder;
    const CsvStyle m_style;
    bool m_isNew = false;
    std::unique_ptr<UnfinishedFolder> m_made;
    QString m_checkId;
    std::unique_ptr<CsvWriter> m_file;
    DistinctNames m_distinct;
    QHash<QString, QString> m_nameOfCheck;
    QStringList m_names;
};

} // namespace casement
