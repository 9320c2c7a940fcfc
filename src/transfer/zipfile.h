#pragma once

#include "base/result.h"
#include "transfer/targetfile.h"
#include "transfer/ziplisting.h"

#include <QList>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>

struct zip;

namespace casement {

/// A ZIP in a folder of its own beside its place, which goes with this object: nothing is left of one that was not
/// committed. For one thread at a time.
class ZipFile
{
public:
    using Progress = std::function<void(qint64 bytes)>;

    explicit ZipFile(const QString &target);

    /// Compresses what was listed, in the memory of one block. Each file must be the one that was listed, whole.
    Result<void> write(const ZipListing &listing, const std::atomic<bool> &isCancelled, const Progress &progress);
    /// Takes entries of another ZIP over as they are, without compressing them anew.
    Result<void> writeEntries(const QString &zip, const QList<qint64> &entries, const std::atomic<bool> &isCancelled);
    /// Gives it its name, readable by its owner only; filecode::exists when something has it.
    Result<void> commit();

private:
    QString whole() const;
    Result<zip *> create() const;
    Result<void> toDisk() const;

    QString m_target;
    UnfinishedFolder m_folder;
};

} // namespace casement
