#pragma once

#include "base/job.h"
#include "support/client.h"
#include "transfer/localfile.h"
#include "transfer/partbudget.h"

#include <memory>

namespace casement {

/// Adds one file to an attachment set, or begins a set with it. The file is read, encoded and hashed on the pool.
///
/// After an error whose effect is unknown the file may be in the set or not: the set is of no use any more, and without
/// harm, since only what a message names has an effect. Source: api-facts §3.1.
class SetUploadJob final : public Job
{
    Q_OBJECT

public:
    /// `setId` empty: begins one. `client` must outlive the job.
    SetUploadJob(Client &client, const LocalFile &file, const QString &name, const QString &setId,
                 QObject *parent = nullptr);
    ~SetUploadJob() override;

    QString title() const override;
    /// The set that has the file now.
    const QString &setId() const { return m_setId; }
    /// When the set is over, by the service's clock, ms since 1970 UTC; 0 when it did not say.
    qint64 expiry() const { return m_expiry; }

protected:
    void run() override;
    void stop() override;

private:
    void send(const QByteArray &body);

    Client &m_client;
    LocalFile m_file;
    QString m_name;
    QString m_setId;
    qint64 m_expiry = 0;
    PartBudget::Share m_share;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
