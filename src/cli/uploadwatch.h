#pragma once

#include "archive/outboxfiles.h"

#include <QObject>
#include <QSet>

namespace casement::cli {

/// Says on standard error how far the files of an entry are while they are uploaded: in one line for who looks on; with
/// `verbose` and nobody there, a line for each that is up.
class UploadWatch final : public QObject
{
    Q_OBJECT

public:
    UploadWatch(const OutboxFiles &files, const QString &entry, bool verbose);
    ~UploadWatch() override;

private:
    void tellReady();
    void tellProgress() const;
    void tellLimit();

    const OutboxFiles &m_files;
    QString m_entry;
    bool m_verbose;
    QSet<QString> m_ready; ///< ids
    bool m_isLimited = false;
};

} // namespace casement::cli
