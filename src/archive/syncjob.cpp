#include "archive/syncjob.h"

#include "archive/caselisting.h"
#include "archive/conversationfill.h"
#include "archive/ownerproof.h"
#include "archive/pager.h"
#include "archive/pagestash.h"
#include "archive/syncplan.h"
#include "base/log.h"
#include "support/codes.h"

#include <QDateTime>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <map>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;
using CasePager = Pager<DescribeCases::Request>;

namespace {

constexpr std::chrono::milliseconds announceEvery{100}; // what views merge and draw at once should be worth it
constexpr std::chrono::seconds listingHoldsWrites{2};
constexpr qsizetype waitingBytesLimit = 96LL << 20; // beyond it, writing may slow the listing down
constexpr int idsAtOnce = 100; // what caseIdList takes

/// A page that was read for the list, and its body for the writer.
struct ReadPage
{
    ListedPage listed;
    PageStash::Page body;
};

} // namespace

class SyncJob::Private
{
public:
    Private(SyncJob *job, Client &serviceClient, Archive &store, const AccountRecord &record, const Options &how)
        : q(job), client(serviceClient), archive(store), account(record), options(how)
    {
    }

    void begin(const SyncState &state);
    void list(const QList<DescribeCases::Request> &listings);
    void readFirst(const ServiceAnswer &answer, CasePager::Read read);
    void readLater(const ServiceAnswer &answer, CasePager::Read read, std::optional<qsizetype> idList = {});
    void announceSoon(CaseRecords records);
    void announceSome();
    void listingEnded(const Result<void> &result);
    void askForMissing();
    void whenOwn(const std::function<void()> &then);
    void askForMissingById();
    void askById(const QStringList &ids);
    void readIds(qsizetype which, const StoredPage &stored);
    bool passOverIds(qsizetype which, const Error &error);
    void listingWhole();
    void tellUnreadable();
    void missingEnded(const Result<void> &result);
    void fillConversations();
    void filledConversations(const Result<void> &result);
    void finishWith(const Result<void> &result);
    void letGo();
    void holdWrites();
    void releaseWrites();
    void note(const Error &error);
    /// Whether this listing did not bring that case before.
    bool isNew(size_t hash)
    {
        const qsizetype before = known.size();
        known.insert(hash);
        return known.size() > before;
    }
    void finishNoted();
    void showProgress() { q->setProgress(seen + filled, toFill ? seen + toFill : 0); }
    qint64 now() const { return options.now ? options.now : QDateTime::currentMSecsSinceEpoch(); }
    StoreOptions storeOptions() const
    {
        return {.markUnread = !plan.first, .messagesAsked = options.communications, .announceNew = !showsFirst};
    }
    StoreOptions listingOptions(bool byId) const
    {
        StoreOptions how = storeOptions();
        how.listingBegan = !byId && !passing ? plan.began : 0;
        how.listed = options.listed;
        return how;
    }
    SyncJob *q;
    Client &client;
    Archive &archive;
    AccountRecord account;
    Options options;
    SyncPlan plan;
    std::optional<Error> problem; // the sync goes on, but is not whole
    QSet<size_t> known; // hashes of the ids that were listed
    QSet<QString> open; // ids that the listing says are open
    QStringList missing; // ids that were open and are not listed
    QSet<QString> foundById;
    QSet<QString> unconfirmed; // of the missing: the answer did not tell
    QStringList denied; // of the missing: the service said that it does not know them
    bool isOwn = false; // what came tells that the account is the one whose cases the archive has
    qint64 unreadable = 0; // cases of the listing that have no id
    PageWriter *writer = nullptr;
    qint64 seen = 0;
    qint64 toFill = 0;
    qint64 filled = 0;
    bool showsFirst = false; // nothing is known: cases are shown as they come and written behind that
    bool passing = false; // the first listing ended; what changed since it began is listed
    qint64 nextPage = 0; // of those that are shown first
    qint64 nextWrite = 0;
    std::map<qint64, std::function<void()>> writes; // pages that were read before one before them
    bool holding = false;
    bool listingOver = false;
    bool anyAnnounced = false;
    CaseRecords unannounced;
    size_t announcedOf = 0; // how many of those were
    std::shared_ptr<PageStash> stash; // of a first sync
    QTimer announceTimer;
    QTimer holdTimer;
    CasePager *cases = nullptr;
    ConversationFill *fill = nullptr;
    QList<QStringList> idLists; // by number of listing
    QStringList shownOwners; // numbers in the ids of the cases that were shown first
};

SyncJob::SyncJob(Client &client, Archive &archive, const AccountRecord &account, const Options &options,
                 QObject *parent)
    : Job(parent), d(std::make_unique<Private>(this, client, archive, account, options))
{
    d->announceTimer.setSingleShot(true);
    connect(&d->announceTimer, &QTimer::timeout, this, [this] { d->announceSome(); });
    d->holdTimer.setSingleShot(true);
    connect(&d->holdTimer, &QTimer::timeout, this, [this] { d->releaseWrites(); });
}

SyncJob::SyncJob(Client &client, Archive &archive, const AccountRecord &account, QObject *parent)
    : SyncJob(client, archive, account, Options(), parent)
{
}

SyncJob::~SyncJob() { d->letGo(); }

QString SyncJob::title() const { return tr("Updating cases of %1").arg(d->account.name); }

const AccountRecord &SyncJob::account() const { return d->account; }

void SyncJob::run()
{
    d->archive.ask<SyncState>(
        Lane::Urgent, this, [id = d->account.id](Database &database) { return readSyncState(database, id); },
        [this](const Result<SyncState> &state) {
            if (this->state() != State::Running)
                return;
            if (!state)
                return d->finishWith(state.error());
            d->begin(*state);
        });
}

void SyncJob::stop() { d->letGo(); }

void SyncJob::Private::begin(const SyncState &state)
{
    if (state.account.id != 0)
        account = state.account;
    writer = new PageWriter(archive, account.id, q);
    if (account.number.isEmpty())
        account.number = options.listed;
    plan = planSync(state, options.everything, options.communications, options.chains, now());
    showsFirst = plan.first && state.empty && state.keepsAll;
    if (showsFirst) {
        stash = PageStash::beside(archive.m_path);
        if (options.shown)
            holdWrites();
    }
    list(plan.listings);
}

void SyncJob::Private::list(const QList<DescribeCases::Request> &listings)
{
    CasePager::Handlers handlers;
    handlers.page = [this](qsizetype, const ServiceAnswer &answer, CasePager::Read read) {
        showsFirst ? readFirst(answer, std::move(read)) : readLater(answer, std::move(read));
    };
    handlers.ended = [this](const Result<void> &result) { listingEnded(result); };
    known.clear();
    cases = new CasePager(client, std::max(options.chains, 1), std::move(handlers), q);
    for (const DescribeCases::Request &request : listings)
        cases->add(request);
    cases->start();
}

/// Shows the page at once and lets the writer have it.
void SyncJob::Private::readFirst(const ServiceAnswer &answer, CasePager::Read read)
{
    const qint64 number = nextPage++;
    const auto work = [body = answer.body, id = account.id, to = stash]() -> Result<ReadPage> {
        Result<ListedPage> listed = readListing(body, id);
        if (!listed)
            return listed.error();
        return ReadPage{std::move(*listed), to->put(body)};
    };
    inBackground(
        cases, work,
        [this, number, requestId = answer.requestId, ofKeys = answer.ofKeys,
         read = std::move(read)](Result<ReadPage> page) {
            if (!page)
                return read(badAnswer(page.error(), DescribeCases::name, requestId));
            page->listed.owner.ofKeys = ofKeys;
            const Result<QString> owner = ownerAfter(account, shownOwners, page->listed.owner);
            if (!owner)
                return read(owner.error()); // nothing of it is shown, either
            account.number = *owner;
            shownOwners += page->listed.owner.ofIds;
            shownOwners.removeDuplicates();
            for (const QString &caseId : page->listed.open)
                open.insert(caseId);
            seen += qsizetype(page->listed.records.size());
            isOwn |= !ofKeys.isEmpty() || !page->listed.records.empty();
            unreadable += page->listed.unreadable;
            qsizetype items = 0;
            for (const CaseRecord &record : page->listed.records)
                items += isNew(qHash(record.caseId.toString()));
            announceSoon(std::move(page->listed.records));
            const qsizetype bytes = page->body.bytes();
            const auto write = [id = account.id, body = std::move(page->body), ofKeys,
                                how = listingOptions(false)](Database &database) mutable {
                return storeListingPage(database, id, {body.take(), {}, ofKeys, {}}, how);
            };
            const auto endOnFailure = [this](const Result<StoredPage> &stored) {
                if (!stored)
                    finishWith(stored.error());
            };
            // A place must not be kept before all pages in front of it are.
            writes.emplace(number, [this, write, endOnFailure, bytes] { writer->store(write, endOnFailure, bytes); });
            for (auto next = writes.begin(); next != writes.end() && next->first == nextWrite; next = writes.begin()) {
                const auto post = std::move(next->second);
                writes.erase(next);
                ++nextWrite;
                post();
            }
            if (archive.m_thread->waitingBytes() > waitingBytesLimit)
                releaseWrites();
            showProgress();
            read(PageEnd{page->listed.nextToken, items});
        });
}

/// Stores the page; what it changed is announced then. `idList`: of a listing by id, its number.
void SyncJob::Private::readLater(const ServiceAnswer &answer, CasePager::Read read, std::optional<qsizetype> idList)
{
    const auto write = [id = account.id, answer, how = listingOptions(idList.has_value())](Database &database) {
        return storeListingPage(database, id, answer, how);
    };
    writer->store(
        write,
        [this, idList, ofKeys = answer.ofKeys, guard = QPointer<CasePager>(cases),
         read = std::move(read)](const Result<StoredPage> &stored) {
            if (!guard)
                return;
            if (!stored)
                return read(stored.error());
            isOwn |= !ofKeys.isEmpty() || !stored->ids.isEmpty();
            account.number = stored->owner;
            for (const QString &caseId : stored->open)
                open.insert(caseId);
            if (idList) {
                readIds(*idList, *stored);
            } else {
                seen += stored->count;
                unreadable += stored->unreadable;
            }
            showProgress();
            qsizetype items = 0;
            for (const QString &caseId : stored->ids)
                items += idList || isNew(qHash(caseId));
            read(PageEnd{stored->nextToken, items});
        },
        answer.body.size());
}

void SyncJob::Private::announceSoon(CaseRecords records)
{
    if (records.empty())
        return; // of a time without cases
    if (unannounced.capacity() == 0)
        unannounced.reserve(SyncJob::announcedAtOnce);
    unannounced.insert(unannounced.end(), std::make_move_iterator(records.begin()),
                       std::make_move_iterator(records.end()));
    if (!std::exchange(anyAnnounced, true))
        announceSome(); // the first page at once: something to look at
    else if (!announceTimer.isActive())
        announceTimer.start(announceEvery);
}

void SyncJob::Private::announceSome()
{
    const size_t count = std::min(SyncJob::announcedAtOnce, unannounced.size() - announcedOf);
    if (count == unannounced.size()) {
        const CaseRecords some = std::exchange(unannounced, {});
        if (!some.empty())
            Q_EMIT archive.casesChanged(some);
    } else {
        const auto from = unannounced.begin() + qsizetype(announcedOf);
        const CaseRecords some(std::make_move_iterator(from), std::make_move_iterator(from + qsizetype(count)));
        announcedOf += count;
        if (announcedOf == unannounced.size()) {
            unannounced.clear();
            announcedOf = 0;
        }
        Q_EMIT archive.casesChanged(some);
    }
    if (q->state() != State::Running)
        return;
    if (!unannounced.empty())
        announceTimer.start(listingOver ? std::chrono::milliseconds(0) : announceEvery);
    else if (listingOver)
        askForMissing();
}

void SyncJob::Private::listingEnded(const Result<void> &result)
{
    cases->deleteLater();
    cases = nullptr;
    if (!result) {
        if (result.error().kind != Error::Kind::Incomplete)
            return finishWith(result.error());
        note(result.error());
        plan.afterwards.clear();
        writer->store([id = account.id](Database &database) {
            Transaction transaction(database);
            writeListingPlace(database, id, {});
            return transaction.commit();
        });
    }
    if (!plan.afterwards.isEmpty()) {
        passing = true;
        open.clear(); // only this pass sees all of them
        return list(std::exchange(plan.afterwards, {}));
    }
    listingOver = true;
    announceTimer.stop();
    announceSome();
}

/// After the listing: what was open and is not listed any more has been resolved, or is gone.
void SyncJob::Private::askForMissing()
{
    releaseWrites();
    Q_EMIT q->listed();
    if (q->state() != State::Running)
        return;
    if (problem)
        return fillConversations(); // who is missing in half a list is not missing
    archive.ask<QStringList>(
        Lane::Bulk, q,
        [id = account.id, listed = open, time = now()](Database &database) {
            return openCasesExcept(database, id, listed, time);
        },
        [this](const Result<QStringList> &answer) {
            if (q->state() != State::Running)
                return;
            if (!answer)
                return finishWith(answer.error());
            missing = *answer;
            if (missing.isEmpty())
                return listingWhole();
            whenOwn([this] { askForMissingById(); });
        });
}

/// Goes on once it is known that the account is the one whose cases the archive has. Costs a call where nobody can say
/// whose keys are and no case came.
void SyncJob::Private::whenOwn(const std::function<void()> &then)
{
    if (isOwn)
        return then();
    const OwnerProof proof{.account = account.id, .listed = options.listed, .now = now()};
    proof.ask(client, archive, q, [this, then](const Result<void> &verdict) {
        if (q->state() != State::Running)
            return;
        if (!verdict)
            return finishWith(verdict);
        isOwn = true;
        then();
    });
}

void SyncJob::Private::askForMissingById()
{
    CasePager::Handlers handlers;
    handlers.page = [this](qsizetype which, const ServiceAnswer &page, CasePager::Read read) {
        readLater(page, std::move(read), which);
    };
    handlers.failed = [this](qsizetype which, const Error &error) { return passOverIds(which, error); };
    handlers.ended = [this](const Result<void> &result) { missingEnded(result); };
    cases = new CasePager(client, 2, std::move(handlers), q);
    for (qsizetype i = 0; i < missing.size(); i += idsAtOnce)
        askById(missing.sliced(i, std::min<qsizetype>(idsAtOnce, missing.size() - i)));
    cases->start();
}

void SyncJob::Private::askById(const QStringList &ids)
{
    DescribeCases::Request request;
    request.caseIdList = ids;
    request.includeResolvedCases = true;
    if (!options.communications)
        request.includeCommunications = false;
    idLists.append(ids);
    cases->add(request);
}

/// What an answer about ids tells. Whom it does not name is unknown to the service only when all that it names was
/// asked for.
void SyncJob::Private::readIds(qsizetype which, const StoredPage &stored)
{
    const QStringList &asked = idLists[which];
    foundById.unite(QSet<QString>(stored.ids.cbegin(), stored.ids.cend()));
    const bool tells = stored.unreadable == 0
        && std::all_of(stored.ids.begin(), stored.ids.end(),
                       [&asked](const QString &caseId) { return asked.contains(caseId); });
    if (!tells)
        unconfirmed.unite(QSet<QString>(asked.cbegin(), asked.cend()));
}

/// True when the other ids may be asked for all the same.
bool SyncJob::Private::passOverIds(qsizetype which, const Error &error)
{
    const QStringList ids = idLists[which];
    if (isCode(error.code, "CaseIdNotFound"_L1)) { // one of them fails them all
        if (ids.size() > 1) {
            askById(ids.first(ids.size() / 2));
            askById(ids.sliced(ids.size() / 2));
        } else {
            denied.append(ids);
        }
        return true;
    }
    if (concernsEverything(error))
        return false;
    for (const QString &caseId : ids)
        unconfirmed.insert(caseId);
    note(error);
    return true;
}

void SyncJob::Private::missingEnded(const Result<void> &result)
{
    cases->deleteLater();
    cases = nullptr;
    if (!result)
        return finishWith(result.error());
    QStringList silent;
    std::copy_if(missing.cbegin(), missing.cend(), std::back_inserter(silent), [this](const QString &caseId) {
        return !foundById.contains(caseId) && !unconfirmed.contains(caseId) && !denied.contains(caseId);
    });
    writer->markGone(silent, Gone::Silent, now(), [this](const Result<void> &marked) {
        if (!marked)
            return finishWith(marked);
        writer->markGone(denied, Gone::Said, now(),
                         [this](const Result<void> &also) { also ? listingWhole() : finishWith(also); });
    });
}

/// Everything that the service lists is stored: the next sync asks for what is new since now, whatever becomes of the
/// conversations.
void SyncJob::Private::listingWhole()
{
    if (!options.communications)
        return fillConversations();
    archive.ask<void>(
        Lane::Bulk, q,
        [id = account.id, what = plan, time = now()](Database &database) {
            return writeSyncState(database, id, what, time);
        },
        [this, time = now()](const Result<void> &written) {
            if (q->state() != State::Running)
                return;
            if (!written)
                return finishWith(written);
            account.lastSync = time;
            Q_EMIT archive.accountsChanged();
            if (q->state() == State::Running)
                fillConversations();
        });
}

/// Asks for the conversations that the archive does not have back to their start, this sync's and those an earlier one
/// left.
void SyncJob::Private::fillConversations()
{
    if (!options.communications)
        return finishNoted();
    fill = new ConversationFill(
        client, archive, *writer, account,
        {.store = storeOptions(), .now = now(), .leavesPutOff = options.inBackground && !options.everything}, q);
    connect(fill, &ConversationFill::progressed, q, [this](qint64 done, qint64 total) {
        filled = done;
        toFill = total;
        showProgress();
    });
    connect(fill, &ConversationFill::ended, q, [this](const Result<void> &result) { filledConversations(result); });
    fill->start();
}

void SyncJob::Private::filledConversations(const Result<void> &result)
{
    if (!result)
        note(result.error());
    if (fill->gone().isEmpty())
        return finishNoted();
    whenOwn([this] {
        writer->markGone(fill->gone(), Gone::Said, now(), [this](const Result<void> &marked) {
            if (!marked)
                note(marked.error());
            finishNoted();
        });
    });
}

void SyncJob::Private::finishNoted()
{
    tellUnreadable();
    finishWith(problem ? Result<void>(*problem) : Result<void>());
}

/// A case without an id can neither be kept nor asked for, and the next sync gets it as it is: it is passed over, and
/// the log says how many there are, once until there is another number of them.
void SyncJob::Private::tellUnreadable()
{
    static QHash<QString, qint64> told; // by account, of this run
    qint64 &before = told[account.key];
    if (std::exchange(before, unreadable) != unreadable && unreadable > 0)
        qCInfo(logSync).noquote() << account.name << "cases in the list that have no usable caseId:" << unreadable;
}

void SyncJob::Private::finishWith(const Result<void> &result)
{
    letGo();
    if (!result)
        qCInfo(logSync).noquote() << account.name << result.error().toLine();
    q->finish(result);
}

/// Aborts what is under way. What was listed is in the writer's queue, so it is announced, too.
void SyncJob::Private::letGo()
{
    announceTimer.stop();
    if (cases) {
        cases->stop();
        cases->deleteLater();
        cases = nullptr;
    }
    if (fill)
        fill->stop();
    for (const auto &[page, post] : std::exchange(writes, {}))
        post(); // they wait for a page that won't come, and are shown
    if (writer)
        writer->stop();
    releaseWrites();
    const CaseRecords rest(unannounced.begin() + qsizetype(announcedOf), unannounced.end());
    unannounced.clear();
    announcedOf = 0;
    if (!rest.empty())
        Q_EMIT archive.casesChanged(rest);
}

void SyncJob::Private::holdWrites()
{
    archive.m_thread->hold();
    holding = true;
    holdTimer.start(listingHoldsWrites);
}

void SyncJob::Private::releaseWrites()
{
    holdTimer.stop();
    if (std::exchange(holding, false))
        archive.m_thread->release();
}

/// Remembers the first thing that keeps this sync from being whole.
void SyncJob::Private::note(const Error &error)
{
    if (!problem)
        problem = error;
}

} // namespace casement
