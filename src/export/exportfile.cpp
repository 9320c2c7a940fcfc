#include "export/exportfile.h"

namespace casement {

Result<void> ExportFile::open() { return m_file.isOpen() ? Result<void>() : m_file.open(); }

Result<void> ExportFile::append(const QByteArray &bytes)
{
    const Result<void> opened = open();
    return opened ? m_file.append(bytes.constData(), bytes.size()) : opened;
}

Result<void> ExportFile::flush()
{
    const Result<void> opened = open();
    return opened ? m_file.flush() : opened;
}

Result<void> ExportFile::commit()
{
    const Result<void> opened = open();
    return opened ? m_file.commit() : opened;
}

} // namespace casement
