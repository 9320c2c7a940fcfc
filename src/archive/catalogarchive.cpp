#include "archive/catalogarchive.h"

#include "archive/catalogstore.h"

#include <QDateTime>
#include <QPointer>

#include <map>
#include <optional>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using State = Freshness::State;

/// The service, or what stands in its place, has no such operation.
bool isUnknownOperation(const Error &error)
{
    return isCode(error.code, "UnknownOperation"_L1) || error.httpStatus == 501;
}

// What holds when the service does not tell. A form without services or severities is none, so these have nothing.
template <class Response> std::optional<Response> assumed() { return std::nullopt; }
template <> std::optional<DescribeSupportedLanguages::Response> assumed()
{
    return DescribeSupportedLanguages::Response{CatalogArchive::knownCaseLanguages()};
}
template <> std::optional<DescribeCreateCaseOptions::Response> assumed()
{
    return DescribeCreateCaseOptions::Response();
}

// An empty list of these is a mishap of somebody's; it is not believed for a day.
bool isWorthKeeping(const DescribeServices::Response &answer) { return !answer.services.isEmpty(); }
bool isWorthKeeping(const DescribeSeverityLevels::Response &answer) { return !answer.severityLevels.isEmpty(); }
bool isWorthKeeping(const DescribeSupportedLanguages::Response &answer) { return !answer.supportedLanguages.isEmpty(); }
bool isWorthKeeping(const DescribeCreateCaseOptions::Response &) { return true; }

QString orEnglish(const QString &language) { return language.isEmpty() ? u"en"_s : language; }

/// A callback for the whole answer that hands on one member of it.
template <class Response, class T> auto memberOf(T Response::*member, CatalogArchive::Callback<T> done)
{
    return [member, done = std::move(done)](const Result<Response> &answer, const Freshness &freshness) {
        done(answer ? Result<T>((*answer).*member) : Result<T>(answer.error()), freshness);
    };
}

} // namespace

template <class Request> class CatalogArchive::Shelf final : public QObject
{
public:
    using Operation = typename Request::Operation;
    using Response = typename Operation::Response;

    Shelf(Archive &archive, Clock clock) : m_archive(archive), m_clock(std::move(clock)) { }

    void ask(AccountId account, Client &client, const Request &request, QObject *context, Callback<Response> done)
    {
        const QString name = catalogRequestName(Operation::name, encode(request));
        Line &line = m_lines[{account, name}];
        line.account = account;
        line.name = name;
        line.request = request;
        line.waiters.append({context, &client, std::move(done)});
        QMetaObject::invokeMethod(
            this, [this, &line] { settle(line); }, Qt::QueuedConnection);
    }

private:
    struct Answer
    {
        Response response;
        qint64 fetched = 0;
        bool isAssumed = false; ///< the service did not know the operation
    };
    struct Waiter
    {
        QPointer<QObject> context;
        QPointer<Client> client;
        Callback<Response> done;
        bool hasOld = false; ///< was called with State::Updating
    };
    using Waiters = QList<Waiter>;
    /// One question, and who waits for its answer. Never removed.
    struct Line
    {
        AccountId account = 0;
        QString name;
        Request request;
        std::optional<Answer> kept;
        bool wasRead = false; ///< from the archive
        bool isBeingRead = false;
        QObject *flight = nullptr; ///< the context of a call on its way
        Waiters waiters;
    };

    /// Does for a question whatever is to be done next. Callbacks come last everywhere: they may do anything.
    void settle(Line &line)
    {
        if (!line.kept && !line.wasRead)
            return read(line);
        line.waiters.removeIf([](const Waiter &waiter) { return !waiter.context; });
        if (line.waiters.isEmpty())
            return;
        if (line.kept && isCurrent(*line.kept))
            return tell(std::exchange(line.waiters, {}), *line.kept, State::Current);
        Waiters waiting;
        if (line.kept && !line.kept->isAssumed) {
            for (Waiter &waiter : line.waiters) {
                if (!std::exchange(waiter.hasOld, true))
                    waiting.append(waiter);
            }
        }
        const std::optional<Answer> old = line.kept;
        if (!line.flight && !fetch(line))
            return fail(line, Error{.kind = Error::Kind::Cancelled, .operation = QLatin1StringView(Operation::name)});
        if (old)
            tell(waiting, *old, State::Updating);
    }

    void read(Line &line)
    {
        if (std::exchange(line.isBeingRead, true))
            return;
        using Kept = std::optional<Answer>;
        m_archive.ask<Kept>(
            ArchiveThread::Lane::Urgent, this,
            [account = line.account, name = line.name](Database &database) -> Result<Kept> {
                const Result<CatalogEntry> entry = loadCatalogEntry(database, account, name);
                if (!entry)
                    return entry.error();
                if (entry->fetched == 0)
                    return Kept();
                if (entry->answer.isEmpty()) {
                    const std::optional<Response> known = assumed<Response>();
                    return known ? Kept(Answer{*known, entry->fetched, true}) : Kept();
                }
                Result<Response> response = decode<Response>(entry->answer);
                return response ? Kept(Answer{std::move(*response), entry->fetched, false}) : Kept();
            },
            [this, &line](Result<Kept> kept) {
                line.isBeingRead = false;
                line.wasRead = true;
                if (kept)
                    line.kept = std::move(*kept);
                settle(line);
            });
    }

    /// False when nobody is there to ask.
    bool fetch(Line &line)
    {
        const auto at = std::find_if(line.waiters.cbegin(), line.waiters.cend(),
                                     [](const Waiter &waiter) { return !waiter.client.isNull(); });
        if (at == line.waiters.cend())
            return false;
        Client *client = at->client;
        auto *flight = new QObject(this);
        line.flight = flight;
        client->call(line.request, flight, [this, &line, flight](const Result<Response> &answer) {
            if (land(line, flight))
                take(line, answer);
        });
        // Its callback never comes then; another asker's client may still be there.
        connect(client, &QObject::destroyed, flight, [this, &line, flight] {
            if (land(line, flight))
                settle(line);
        });
        return true;
    }

    bool land(Line &line, QObject *flight)
    {
        if (line.flight != flight)
            return false;
        line.flight = nullptr;
        flight->deleteLater();
        return true;
    }

    void take(Line &line, const Result<Response> &answer)
    {
        if (!answer && !(isUnknownOperation(answer.error()) && assumed<Response>()))
            return fail(line, answer.error());
        const Answer taken{answer ? *answer : *assumed<Response>(), m_clock(), !answer};
        line.kept.reset();
        if (isWorthKeeping(taken.response)) {
            line.kept = taken;
            write(line, taken);
        }
        tell(std::exchange(line.waiters, {}), taken, State::Current);
    }

    void fail(Line &line, const Error &error)
    {
        const Waiters waiters = std::exchange(line.waiters, {});
        if (line.kept)
            return tell(waiters, *line.kept, State::Old, error);
        if (const auto known = assumed<Response>(); known && isCode(error.code, "AccessDenied"_L1))
            return tell(waiters, Answer{*known, 0, true}, State::Old, error);
        for (const Waiter &waiter : waiters) {
            if (waiter.context)
                waiter.done(Result<Response>(error), {.state = State::Old, .error = error});
        }
    }

    void write(const Line &line, const Answer &answer)
    {
        m_archive.ask<void>(
            ArchiveThread::Lane::Urgent, this,
            [account = line.account, name = line.name, answer](Database &database) {
                return storeCatalogEntry(database, account, name,
                                         {answer.fetched, answer.isAssumed ? QByteArray() : encode(answer.response)});
            },
            [](const Result<void> &) {}); // memory has it, and the database has logged why not
    }

    bool isCurrent(const Answer &answer) const
    {
        const qint64 age = m_clock() - answer.fetched;
        return age >= 0 && age < lifetime; // from the future: a clock was wrong
    }

    static void tell(const Waiters &waiters, const Answer &answer, State state, const Error &error = {})
    {
        const Freshness freshness{answer.isAssumed ? State::Assumed : state, answer.fetched, error};
        const Result<Response> response(answer.response);
        for (const Waiter &waiter : waiters) {
            if (waiter.context)
                waiter.done(response, freshness);
        }
    }

    Archive &m_archive;
    Clock m_clock;
    std::map<std::pair<AccountId, QString>, Line> m_lines;
};

CatalogArchive::CatalogArchive(Archive &archive, Clock clock, QObject *parent) : QObject(parent)
{
    if (!clock)
        clock = [] { return QDateTime::currentMSecsSinceEpoch(); };
    const auto make = [&]<class Request>(std::unique_ptr<Shelf<Request>> &shelf) {
        shelf = std::make_unique<Shelf<Request>>(archive, clock);
    };
    make(m_services);
    make(m_severityLevels);
    make(m_supportedLanguages);
    make(m_createCaseOptions);
}

CatalogArchive::~CatalogArchive() = default;

void CatalogArchive::services(AccountId account, Client &client, const QString &language, QObject *context,
                              Callback<QList<Service>> done)
{
    DescribeServices::Request request;
    request.language = orEnglish(language);
    m_services->ask(account, client, request, context,
                    memberOf(&DescribeServices::Response::services, std::move(done)));
}

void CatalogArchive::keptServices(Archive &archive, AccountId account, const QString &language, QObject *context,
                                  Archive::Callback<QList<Service>> done)
{
    DescribeServices::Request request;
    request.language = orEnglish(language);
    archive.ask<QList<Service>>(
        ArchiveThread::Lane::Urgent, context,
        [account, name = catalogRequestName(DescribeServices::name, encode(request))](
            Database &database) -> Result<QList<Service>> {
            const Result<CatalogEntry> entry = loadCatalogEntry(database, account, name);
            if (!entry)
                return entry.error();
            const auto kept = decode<DescribeServices::Response>(entry->answer);
            return kept ? kept->services : QList<Service>();
        },
        std::move(done));
}

void CatalogArchive::severityLevels(AccountId account, Client &client, const QString &language, QObject *context,
                                    Callback<QList<SeverityLevel>> done)
{
    DescribeSeverityLevels::Request request;
    request.language = orEnglish(language);
    m_severityLevels->ask(account, client, request, context,
                          memberOf(&DescribeSeverityLevels::Response::severityLevels, std::move(done)));
}

void CatalogArchive::supportedLanguages(AccountId account, Client &client, const CaseKind &kind, QObject *context,
                                        Callback<QList<SupportedLanguage>> done)
{
    DescribeSupportedLanguages::Request request;
    request.issueType = kind.issueType;
    request.serviceCode = kind.serviceCode;
    request.categoryCode = kind.categoryCode;
    m_supportedLanguages->ask(account, client, request, context,
                              memberOf(&DescribeSupportedLanguages::Response::supportedLanguages, std::move(done)));
}

void CatalogArchive::createCaseOptions(AccountId account, Client &client, const CaseKind &kind, const QString &language,
                                       QObject *context, Callback<DescribeCreateCaseOptions::Response> done)
{
    DescribeCreateCaseOptions::Request request;
    request.issueType = kind.issueType;
    request.serviceCode = kind.serviceCode;
    request.categoryCode = kind.categoryCode;
    request.language = orEnglish(language);
    m_createCaseOptions->ask(account, client, request, context, std::move(done));
}

const QList<SupportedLanguage> &CatalogArchive::knownCaseLanguages()
{
    static const QList<SupportedLanguage> languages{
        {u"zh"_s, u"CHINESE"_s, u"Chinese"_s},       {u"en"_s, u"ENGLISH"_s, u"English"_s},
        {u"ja"_s, u"JAPANESE"_s, u"Japanese"_s},     {u"es"_s, u"SPANISH"_s, u"Spanish"_s},
        {u"pt"_s, u"PORTUGUESE"_s, u"Portuguese"_s}, {u"fr"_s, u"FRENCH"_s, u"French"_s},
        {u"ko"_s, u"KOREAN"_s, u"Korean"_s},         {u"tr"_s, u"TURKISH"_s, u"Turkish"_s},
    };
    return languages;
}

} // namespace casement
