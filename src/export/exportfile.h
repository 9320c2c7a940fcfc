#pragma once

#include "export/exportsink.h"
#include "transfer/targetfile.h"

namespace casement {

/// A file on its way, beside the one that it will replace: until commit() an older one stays as it was, and what was
/// not committed goes with this object. Only a regular file is replaced. For one thread at a time.
class ExportFile final : public ExportSink
{
public:
    explicit ExportFile(const QString &path) : m_file(path) { }

    Result<void> append(const QByteArray &bytes) override;
    /// Brings all to the disk.
    Result<void> flush() override;
    Result<void> commit() override;

private:
    Result<void> open();

    TargetFile m_file;
};

} // namespace casement
