#include "ui/printtarget.h"

#include "print/pdffile.h"
#include "transfer/filecode.h"

namespace casement {

using namespace Qt::StringLiterals;

PrintTarget::PrintTarget() : m_printer(QPrinter::HighResolution)
{
    m_printer.setPageSize(PdfFile::usualPaper());
    m_printer.setPageMargins(QMarginsF(18, 18, 18, 18), QPageLayout::Millimeter);
    m_printer.setCreator(u"Casement"_s);
}

QString PrintTarget::jobTitle(qsizetype cases) const { return tr("Printing %Ln case(s)", nullptr, int(cases)); }

Result<QPagedPaintDevice *> PrintTarget::begin(const QString &title)
{
    m_printer.setDocName(title);
    return &m_printer;
}

Result<void> PrintTarget::finish()
{
    if (m_printer.printerState() == QPrinter::Error || m_printer.printerState() == QPrinter::Aborted)
        return Error{.kind = Error::Kind::File, .code = filecode::notPrinted};
    return {};
}

} // namespace casement
