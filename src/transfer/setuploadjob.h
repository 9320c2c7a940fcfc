#pragma once

#include "base/job.h"
#include "support/client.h"
#include "transfer/partbudget.h"
#include "transfer/setbody.h"

#include <memory>

namespace casement {

/// Adds files to an attachment set, or begins a set with them, in one call. They are read, encoded and hashed on the
/// pool.
///
/// What begins a set is sent again when its answer is lost: a set that nobody names has no effect. What is added to one
/// is not: after an error whose effect is unknown the file may be in the set or not, and the set is of no use any more.
/// Source: api-facts §3.1.
class SetUploadJob final : public Job
{
    Q_OBJECT

public:
    using Item = SetItem;

    /// `setId` empty: begins one. `client` must outlive the job.
    SetUploadJob(Client &client, const QList<Item> &items, const QString &setId, QObject *parent = nullptr);
    ~SetUploadJob() override;

    QString title() const override;
    /// The set that has the files now.
    const QString &setId() const { return m_setId; }
    /// When the set is over, by the service's clock, ms since 1970 UTC; 0 when it did not say.
    qint64 expiry() const { return m_expiry; }
    /// Which of the items could not be read, when that ended the job; else -1.
    qsizetype unreadable() const { return m_unreadable; }

protected:
    void run() override;
    void stop() override;

private:
    void send(const SetBody &body);

    Client &m_client;
    QList<Item> m_items;
    QString m_setId;
    qint64 m_size = 0; // of all files
    qint64 m_expiry = 0;
    qsizetype m_unreadable = -1;
    PartBudget::Share m_share;
    std::unique_ptr<QObject> m_call; // context of what is under way
};

} // namespace casement
