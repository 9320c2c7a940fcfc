#pragma once

#include "base/result.h"

#include <QString>

class QPagedPaintDevice;

namespace casement {

/// Where painted pages go: a file, a printer. Used by one thread at a time; what was not committed leaves no trace when
/// it goes.
class PageTarget
{
public:
    virtual ~PageTarget() = default;

    /// What was painted but not committed still goes its way: a printer's pages. Then everything is laid out, and may
    /// be cancelled, before the first page is painted.
    virtual bool isFinal() const { return false; }
    /// For the status bar; any time, in the thread that the target was made in.
    virtual QString jobTitle(qsizetype cases) const = 0;
    /// Ready to be painted on. `title` is the document's. On a pool thread, as finish().
    virtual Result<QPagedPaintDevice *> begin(const QString &title) = 0;
    /// All is painted, the painter has ended: everything that takes time is done here.
    virtual Result<void> finish() = 0;
    /// The pages appear, at once.
    virtual Result<void> commit() = 0;
};

} // namespace casement
