#pragma once

#include "base/job.h"

#include <QStringList>

#include <memory>

namespace casement {

/// Makes several ZIPs of one that is too large, in the background, beside it: `logs.zip` becomes `logs-1.zip`,
/// `logs-2.zip`, … No file is cut, and none compressed anew. Either all are there in the end, or none is. The large one
/// stays.
class SplitZipJob final : public Job
{
    Q_OBJECT

public:
    /// `zip` is an absolute path; no part has more than `largest` bytes.
    SplitZipJob(const QString &zip, qint64 largest, QObject *parent = nullptr);
    ~SplitZipJob() override;

    QString title() const override;
    /// Paths, when it is finished.
    const QStringList &made() const { return m_made; }

protected:
    void run() override;
    void stop() override;

private:
    struct Control;

    const QString m_zip;
    const qint64 m_largest;
    std::shared_ptr<Control> m_control;
    QStringList m_made;
};

} // namespace casement
