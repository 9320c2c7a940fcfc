#pragma once

#include "archive/pager.h"
#include "archive/pagewriter.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace casement {

/// Fills conversations that the archive does not have back to their start: the second half of a SyncJob.
///
/// A conversation that the service refuses, or whose pages come damaged, is passed over and told at the end. It is put
/// off: who asks in the background leaves it alone for a time, and who asks because a person does asks for it last, so
/// that the ones that can't be had keep nobody from the others.
class ConversationFill final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        StoreOptions store;
        qint64 now = 0; ///< ms since 1970 UTC
        bool leavesPutOff = false; ///< does not ask for what was put off a short while ago
    };

    /// All are borrowed. `name` is the account's, for the log.
    ConversationFill(Client &client, Archive &archive, PageWriter &writer, const AccountRecord &account,
                     const Options &options, QObject *parent);

    void start();
    /// Of cases that the service did not know, once it ended. To be marked by who asked.
    const QStringList &gone() const { return m_gone; }
    /// Aborts what is under way; nothing is emitted any more.
    void stop();

Q_SIGNALS:
    void progressed(qint64 filled, qint64 total);
    /// Once. When conversations were passed over, Error::Kind::Incomplete names them, with the code and the request id
    /// of the first; the others are filled then.
    void ended(const casement::Result<void> &result);

private:
    using MessagePager = Pager<DescribeCommunications::Request>;

    void ask(const QStringList &caseIds);
    void read(const QString &caseId, const ServiceAnswer &answer, MessagePager::Read read);
    bool passOver(const QString &caseId, const Error &error);
    Result<void> outcome() const;
    void finish(const Result<void> &result);

    Client &m_client;
    Archive &m_archive;
    PageWriter &m_writer;
    AccountRecord m_account;
    Options m_options;
    MessagePager *m_pager = nullptr;
    QStringList m_gone;
    std::optional<Error> m_problem;
    int m_failedInARow = 0;
    QStringList m_passedOver;
    /// Messages that came, of conversations under way. Of the archive's thread: a page is asked for before the one
    /// before it is stored.
    std::shared_ptr<QHash<QString, qint64>> m_received = std::make_shared<QHash<QString, qint64>>();
    qint64 m_filled = 0;
    qint64 m_total = 0;
    bool m_over = false;
};

} // namespace casement
