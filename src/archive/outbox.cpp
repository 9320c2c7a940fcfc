#include "archive/outbox.h"

#include "archive/uploadfilesjob.h"
#include "support/cases.h"

#include <QDateTime>
#include <QUuid>

#include <algorithm>
#include <iterator>

namespace casement {

using Lane = ArchiveThread::Lane;

using namespace std::chrono_literals;

namespace {

constexpr auto storeAgainAfter = 5s;

bool isPending(OutboxState state)
{
    return state == OutboxState::Queued || state == OutboxState::Unknown || state == OutboxState::Asking;
}

bool isOf(const OutboxEntry &entry, const char *operation) { return entry.operation == QLatin1StringView(operation); }

} // namespace

Outbox::Outbox(Archive &archive, QObject *parent)
    : QObject(parent), m_archive(archive), m_files(archive), m_uploads(std::make_unique<FileUploads>(m_files))
{
    connect(&m_files, &OutboxFiles::failed, this, &Outbox::failed);
    connect(&archive, &Archive::accountDeleted, this, &Outbox::forgetAccount);
    m_again.setSingleShot(true);
    m_again.setInterval(storeAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &Outbox::storeAgain);
}

Outbox::~Outbox() = default;

void Outbox::load()
{
    const int number = ++m_loads;
    m_hiddenSince.clear();
    m_files.load(); // before the entries: whoever hears of those finds their files
    m_archive.ask<QList<OutboxEntry>>(
        Lane::Urgent, this,
        [now = QDateTime::currentMSecsSinceEpoch()](Database &database) {
            if (!database.isReadOnly())
                (void)forgetTold(database, now);
            return loadOutbox(database);
        },
        [this, number](const Result<QList<OutboxEntry>> &entries) {
            if (number != m_loads)
                return;
            const QList<OutboxEntry> before = std::exchange(m_entries, entries ? *entries : QList<OutboxEntry>());
            m_loaded = true;
            QSet<QString> newer = m_unstored; // here than on the disk
            if (const QString path = std::exchange(m_path, m_archive.path()); path != m_path) {
                if (!path.isEmpty())
                    m_deleted.clear(); // other accounts have their numbers there
                for (const OutboxEntry &entry : before) {
                    if (!m_unstored.contains(entry.id))
                        m_discarded.insert(entry.id);
                }
            } else { // what was read may be older than what was given to the disk meanwhile
                newer.unite(QSet<QString>(m_storing.begin(), m_storing.end()));
                m_entries.removeIf([this](const OutboxEntry &entry) { return m_hiddenSince.contains(entry.id); });
            }
            for (const OutboxEntry &entry : before) {
                if (newer.contains(entry.id))
                    show(entry);
            }
            if (!entries)
                Q_EMIT failed(entries.error());
            for (const OutboxEntry &entry : before) {
                if (!find(entry.id))
                    Q_EMIT changed(entry.id);
            }
            const QList<OutboxEntry> now = m_entries;
            for (const OutboxEntry &entry : now)
                Q_EMIT changed(entry.id);
            Q_EMIT loaded();
        });
}

void Outbox::takeForeignChanges()
{
    if (!m_loaded)
        return;
    m_archive.ask<QList<OutboxEntry>>(
        Lane::Urgent, this, [](Database &database) { return loadOutbox(database); },
        [this, steps = m_steps, loads = m_loads](const Result<QList<OutboxEntry>> &entries) {
            if (!entries || loads != m_loads)
                return;
            if (steps != m_steps) // what was read is older than what is shown
                return takeForeignChanges();
            QStringList different;
            QStringList lost;
            for (const OutboxEntry &entry : *entries) {
                const OutboxEntry *known = find(entry.id);
                OutboxEntry stored = entry;
                if (known)
                    stored.error = known->error; // not all of it is stored
                if (!known || *known != stored)
                    different.append(entry.id);
            }
            for (const OutboxEntry &known : std::as_const(m_entries)) {
                if (std::none_of(entries->begin(), entries->end(), [&](const auto &one) { return one.id == known.id; }))
                    lost.append(known.id);
            }
            different += lost;
            different.removeIf([this](const QString &id) { return isUnderWay(id) || m_unstored.contains(id); });
            if (different.isEmpty())
                return;
            lost.removeIf([&different](const QString &id) { return !different.contains(id); });
            if (!lost.isEmpty())
                m_files.forgetLost(lost);
            m_files.load(); // before the entries: whoever hears of those finds their files
            for (const QString &id : std::as_const(different)) {
                const auto at =
                    std::find_if(entries->begin(), entries->end(), [&](const auto &one) { return one.id == id; });
                at == entries->end() ? hide(id) : show(*at);
            }
        });
}

const OutboxEntry *Outbox::find(const QString &id) const
{
    const auto at = std::find_if(m_entries.begin(), m_entries.end(), [&](const auto &entry) { return entry.id == id; });
    return at == m_entries.end() ? nullptr : &*at;
}

const OutboxEntry *Outbox::replyDraft(AccountId account, const QString &caseId) const
{
    const auto at = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const OutboxEntry &entry) {
        return entry.account == account && entry.caseId == caseId && entry.state == OutboxState::Draft
            && entry.part == 0 && entry.operation == QLatin1StringView(AddCommunicationToCase::name);
    });
    return at == m_entries.rend() ? nullptr : &*at;
}

const OutboxEntry *Outbox::pendingFor(AccountId account, const QString &caseId) const
{
    const auto at = std::find_if(m_entries.rbegin(), m_entries.rend(), [&](const OutboxEntry &entry) {
        return entry.account == account && entry.caseId == caseId && isPending(entry.state)
            && entry.predecessor.isEmpty();
    });
    return at == m_entries.rend() ? nullptr : &*at;
}

QList<OutboxEntry> Outbox::followUps(const QString &id) const
{
    QList<OutboxEntry> found;
    QStringList before{id};
    while (!before.isEmpty()) {
        QStringList next;
        for (const OutboxEntry &entry : m_entries) {
            if (!entry.predecessor.isEmpty() && before.contains(entry.predecessor)) {
                found.append(entry);
                next.append(entry.id);
            }
        }
        before = next;
    }
    return found;
}

void Outbox::adopt(const OutboxEntry &wanted, const QStringList &paths, QObject *context, Archive::Callback<bool> done)
{
    m_archive.ask<bool>(
        Lane::Urgent, context,
        [wanted, paths](Database &database) { return adoptOutboxEntry(database, wanted, paths); }, std::move(done));
}

OutboxEntry Outbox::newEntry(AccountId account, const char *operation, const QString &caseId)
{
    OutboxEntry entry;
    entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    entry.account = account;
    entry.created = QDateTime::currentMSecsSinceEpoch();
    entry.changed = entry.created;
    entry.operation = QLatin1StringView(operation);
    entry.caseId = caseId;
    return entry;
}

void Outbox::show(const OutboxEntry &entry)
{
    ++m_steps;
    m_hiddenSince.remove(entry.id);
    const auto at =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const auto &one) { return one.id == entry.id; });
    if (at == m_entries.end())
        m_entries.append(entry);
    else if (*at == entry)
        return;
    else
        *at = entry;
    Q_EMIT changed(entry.id);
}

void Outbox::hide(const QString &id)
{
    ++m_steps;
    m_hiddenSince.insert(id);
    if (m_entries.removeIf([&](const OutboxEntry &entry) { return entry.id == id; }) > 0)
        Q_EMIT changed(id);
}

void Outbox::put(const OutboxEntry &entry, const std::function<void()> &stored, const Refused &refused)
{
    m_storing.append(entry.id);
    m_archive.ask<bool>(
        Lane::Urgent, this, [entry](Database &database) { return putOutboxEntry(database, entry); },
        [this, id = entry.id, stored, refused](const Result<bool> &done) {
            m_storing.removeOne(id);
            if (done)
                forgetUnstored(id);
            if (!done)
                refused(done.error());
            else if (!*done)
                load(); // it went further meanwhile: show how far
            else if (stored)
                stored();
            if (m_storing.isEmpty())
                Q_EMIT this->stored();
        });
}

/// The entry is a draft, and newer than what the disk has of it.
void Outbox::keepUnstored(OutboxEntry entry, const Error &error)
{
    m_unstored.insert(entry.id);
    entry.error = error;
    show(entry);
    if (!m_again.isActive())
        m_again.start();
    Q_EMIT failed(error);
}

void Outbox::forgetUnstored(const QString &id)
{
    if (!m_unstored.remove(id))
        return;
    if (const OutboxEntry *known = find(id); known && known->error.kind == Error::Kind::Archive) {
        OutboxEntry entry = *known;
        entry.error = {};
        show(entry);
    }
    if (m_unstored.isEmpty()) {
        m_again.stop();
        Q_EMIT recovered();
    }
}

QList<OutboxEntry> Outbox::entriesOf(const std::function<bool(const QString &id)> &wanted) const
{
    QList<OutboxEntry> found;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(found),
                 [&wanted](const OutboxEntry &entry) { return wanted(entry.id); });
    return found;
}

QList<OutboxEntry> Outbox::unstored() const
{
    return entriesOf([this](const QString &id) { return m_unstored.contains(id); });
}

QList<OutboxEntry> Outbox::unsettled() const
{
    return entriesOf([this](const QString &id) { return m_unstored.contains(id) || m_storing.contains(id); });
}

void Outbox::moveAccounts(const QHash<AccountId, AccountId> &numbers)
{
    m_moved.insert(numbers);
    const QList<OutboxEntry> entries = m_entries;
    for (OutboxEntry entry : entries) {
        entry.account = m_moved.value(entry.account, entry.account);
        show(entry);
    }
}

void Outbox::storeAgain()
{
    const QList<OutboxEntry> entries = unstored();
    for (const OutboxEntry &entry : entries)
        save(entry);
}

void Outbox::save(OutboxEntry entry)
{
    entry.account = m_moved.value(entry.account, entry.account);
    entry.changed = QDateTime::currentMSecsSinceEpoch();
    if (isDeleted(entry.account)) { // a window that stayed open has it, until another account is chosen there
        m_unstored.insert(entry.id);
        entry.error = {.kind = Error::Kind::Archive,
                       .code = archivecode::dataDeleted,
                       .message = Archive::tr("The data of its account was deleted. Choose another account for the "
                                              "text, or copy it.")};
        show(entry);
        return;
    }
    show(entry);
    if (m_unstored.contains(entry.id))
        entry.error = {}; // that it is not on the disk is not for the disk
    put(entry, {}, [this, id = entry.id](const Error &error) {
        // As it is now: more may have been typed meanwhile, or it was deleted.
        const OutboxEntry *known = find(id);
        if (known && known->state == OutboxState::Draft)
            keepUnstored(*known, error);
        else
            Q_EMIT failed(error);
    });
}

/// All of it is gone, also what the disk had not got yet.
void Outbox::forgetAccount(AccountId account)
{
    m_deleted.insert(account);
    m_uploads->endThoseOf(account);
    Q_EMIT accountDeleted(account);
    const QList<OutboxEntry> entries = m_entries;
    for (const OutboxEntry &entry : entries) {
        if (entry.account != account)
            continue;
        hide(entry.id);
        forgetUnstored(entry.id);
    }
}

void Outbox::askWhetherDone(const QString &id, QObject *context, Archive::Callback<bool> done)
{
    m_archive.ask<bool>(
        Lane::Urgent, context, [id](Database &database) { return wasDone(database, id); }, std::move(done));
}

void Outbox::discard(const QString &id)
{
    m_discarded.insert(id);
    hide(id);
    forgetUnstored(id);
    m_archive.ask<bool>(
        Lane::Urgent, this, [id](Database &database) { return removeOutboxEntry(database, id); },
        [this](const Result<bool> &removed) {
            if (!removed)
                Q_EMIT failed(removed.error());
        });
}

void Outbox::send(OutboxEntry entry)
{
    entry.account = m_moved.value(entry.account, entry.account);
    const OutboxEntry *known = find(entry.id);
    // What it is again if the disk does not take it.
    OutboxEntry before = known && known->state != OutboxState::Draft ? *known : entry;
    if (known && known->state == OutboxState::Asking)
        entry.doubt = known->firstSent();
    entry.state = OutboxState::Queued;
    entry.changed = QDateTime::currentMSecsSinceEpoch();
    entry.error = {};
    m_files.resumeAll(entry.id);
    show(entry);
    put(
        entry, [this, id = entry.id] { Q_EMIT sendRequested(id); },
        [this, before](Error error) {
            if (before.state != OutboxState::Draft) { // the disk has it
                show(before);
                Q_EMIT failed(error);
                return;
            }
            error.operation = before.operation; // what was to be done, and was not
            keepUnstored(before, error);
        });
}

void Outbox::sendAgain(const QString &id)
{
    const OutboxEntry *known = find(id);
    if (!known || (known->state != OutboxState::Asking && known->state != OutboxState::Queued)
        || find(known->predecessor) || (known->caseId.isEmpty() && !isOf(*known, CreateCase::name)))
        return;
    OutboxEntry entry = *known;
    entry.predecessor.clear();
    send(entry);
}

void Outbox::lookAgain(const QString &id)
{
    const OutboxEntry *entry = find(id);
    if (entry && (entry->state == OutboxState::Unknown || entry->state == OutboxState::Asking))
        Q_EMIT lookRequested(id);
}

void Outbox::setUnderWay(const QString &id, bool on)
{
    if (on == m_underWay.contains(id))
        return;
    if (on)
        m_underWay.insert(id);
    else
        m_underWay.remove(id);
    Q_EMIT changed(id);
}

void Outbox::showHeard(const QString &id, const Error &error)
{
    if (const OutboxEntry *known = find(id)) {
        OutboxEntry entry = *known;
        entry.error = error;
        show(entry);
    }
}

void Outbox::keepAsDraft(const QString &id)
{
    const OutboxEntry *known = find(id);
    const bool isRefusedPart = known && known->state == OutboxState::Draft && known->part > 0;
    if (!known || (known->state != OutboxState::Asking && known->state != OutboxState::Queued && !isRefusedPart))
        return;
    OutboxEntry entry = *known;
    entry.state = OutboxState::Draft;
    entry.doubt = 0; // the person decided
    if (!isRefusedPart)
        entry.error = {}; // it says nothing of what is written now
    if (!entry.caseId.isEmpty()) {
        entry.predecessor.clear();
        entry.part = 0;
    }
    save(entry);
}

void Outbox::markTold(const QString &id)
{
    const OutboxEntry *known = find(id);
    if (!known || known->state != OutboxState::Done)
        return;
    OutboxEntry entry = *known;
    entry.state = OutboxState::Told;
    entry.changed = QDateTime::currentMSecsSinceEpoch();
    hide(id);
    m_archive.ask<void>(
        Lane::Urgent, this, [entry](Database &database) { return settleOutboxEntry(database, entry); },
        [this](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
        });
}

void Outbox::claim(const QString &id, qint64 sent, QObject *context, Archive::Callback<bool> done)
{
    m_archive.ask<bool>(
        Lane::Urgent, this, [id, sent](Database &database) { return claimOutboxEntry(database, id, sent); },
        [this, id, sent, guard = QPointer<QObject>(context), done = std::move(done)](const Result<bool> &claimed) {
            if (claimed && *claimed) {
                if (const OutboxEntry *known = find(id)) {
                    OutboxEntry entry = *known;
                    entry.state = OutboxState::Unknown;
                    entry.sent = sent;
                    entry.changed = sent;
                    entry.error = {};
                    show(entry);
                }
            } else {
                load();
            }
            if (guard)
                done(claimed);
        });
}

void Outbox::settle(const OutboxEntry &entry, QObject *context, Archive::Callback<void> done)
{
    m_archive.ask<void>(
        Lane::Urgent, this, [entry](Database &database) { return settleOutboxEntry(database, entry); },
        [this, entry, guard = QPointer<QObject>(context), done = std::move(done)](const Result<void> &settled) {
            show(entry);
            if (!settled)
                Q_EMIT failed(settled.error());
            else if (entry.state == OutboxState::Done)
                release(entry);
            if (guard)
                done(settled);
        });
}

/// Its follow-ups wait no more: the archive has that already.
void Outbox::release(const OutboxEntry &done)
{
    const QList<OutboxEntry> entries = m_entries;
    for (const OutboxEntry &entry : entries) {
        if (entry.predecessor != done.id)
            continue;
        show(released(entry, done.caseId));
        if (entry.state == OutboxState::Queued)
            Q_EMIT sendRequested(entry.id);
    }
}

void Outbox::findDoneLike(const OutboxEntry &entry, qint64 since, QObject *context,
                          Archive::Callback<QList<OutboxEntry>> done)
{
    m_archive.ask<QList<OutboxEntry>>(
        Lane::Urgent, context, [entry, since](Database &database) { return doneLike(database, entry, since); },
        std::move(done));
}

} // namespace casement
