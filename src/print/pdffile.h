#pragma once

#include "export/exportfile.h"
#include "print/pagetarget.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPageSize>

#include <memory>

class QPdfWriter;

namespace casement {

/// A PDF file. It appears when it is whole and on the disk; until then an older one stays as it was.
class PdfFile final : public PageTarget
{
    Q_DECLARE_TR_FUNCTIONS(casement::PdfFile)

public:
    PdfFile(const QString &path, const QPageSize &paper);
    ~PdfFile() override;

    /// Letter where people use it, else A4.
    static QPageSize usualPaper();

    QString jobTitle(qsizetype cases) const override;
    Result<QPagedPaintDevice *> begin(const QString &title) override;
    Result<void> finish() override;
    Result<void> commit() override;

private:
    ExportFile m_file;
    QPageSize m_paper;
    QBuffer m_bytes;
    std::unique_ptr<QPdfWriter> m_writer;
};

} // namespace casement
