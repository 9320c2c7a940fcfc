#include "print/pdffile.h"

#include <QLocale>
#include <QPdfWriter>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr qreal margin = 18; // mm
}

PdfFile::PdfFile(const QString &path, const QPageSize &paper) : m_file(path), m_paper(paper) { }

PdfFile::~PdfFile() = default;

QPageSize PdfFile::usualPaper()
{
    return QPageSize(QLocale::system().measurementSystem() == QLocale::ImperialUSSystem ? QPageSize::Letter
                                                                                        : QPageSize::A4);
}

QString PdfFile::jobTitle(qsizetype cases) const { return tr("Exporting %n case(s)", nullptr, int(cases)); }

Result<QPagedPaintDevice *> PdfFile::begin(const QString &title)
{
    // What can't be written is better known before the pages are painted.
    if (const Result<void> opened = m_file.append({}); !opened)
        return opened.error();
    m_bytes.open(QIODevice::WriteOnly);
    m_writer = std::make_unique<QPdfWriter>(&m_bytes);
    m_writer->setResolution(300);
    m_writer->setPageLayout(QPageLayout(m_paper, QPageLayout::Portrait, QMarginsF(margin, margin, margin, margin),
                                        QPageLayout::Millimeter));
    m_writer->setTitle(title);
    m_writer->setCreator(u"Casement"_s);
    return m_writer.get();
}

Result<void> PdfFile::finish()
{
    m_writer.reset();
    if (const Result<void> written = m_file.append(m_bytes.data()); !written)
        return written;
    return m_file.flush();
}

Result<void> PdfFile::commit() { return m_file.commit(); }

} // namespace casement
