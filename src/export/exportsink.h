#pragma once

#include "base/result.h"

#include <QByteArray>

namespace casement {

/// Where the bytes of an export go. For one thread at a time; what was not committed goes with the object.
class ExportSink
{
public:
    virtual ~ExportSink() = default;

    virtual Result<void> append(const QByteArray &bytes) = 0;
    /// Brings all to where it can't be lost any more, so that commit() has nothing left to wait for.
    virtual Result<void> flush() = 0;
    virtual Result<void> commit() = 0;
};

} // namespace casement
