#include "aws/credentialchain.h"

#include "aws/localcode.h"
#include "aws/sources/statickeys.h"
#include "base/log.h"

#include <utility>

namespace casement {

namespace {

// api-facts.md §15.8
constexpr qint64 advisorySeconds = 15 * 60;
constexpr qint64 mandatorySeconds = 10 * 60;
constexpr qint64 advisoryRetrySeconds = 30;
constexpr qint64 floorSeconds = 10; // between two looks at one source
constexpr qint64 lastSeconds = 20; // a request is on its way for a while

} // namespace

CredentialChain::CredentialChain(std::vector<std::unique_ptr<CredentialSource>> sources, QObject *parent, Clock clock)
    : QObject(parent), m_sources(std::move(sources)), m_clock(std::move(clock))
{
}

CredentialChain::~CredentialChain() = default;

std::unique_ptr<CredentialChain> CredentialChain::ofKeys(const Credentials &credentials)
{
    std::vector<std::unique_ptr<CredentialSource>> sources;
    sources.push_back(std::make_unique<StaticKeys>(credentials));
    return std::make_unique<CredentialChain>(std::move(sources));
}

CredentialChain::Age CredentialChain::age() const
{
    if (m_cached.isEmpty() || (m_cachedFrom && m_cachedFrom->isOutdated()))
        return Age::Mandatory;
    if (!m_cached.expiry.isValid())
        return Age::Fresh;
    const QDateTime now = m_clock();
    const qint64 left = now.secsTo(m_cached.expiry);
    const qint64 since = m_fetched.secsTo(now);
    if (left > 0 && since >= 0 && since < floorSeconds)
        return Age::Fresh;
    if (m_cached.needsPerson || m_leftWhenFetched <= advisorySeconds)
        return left > lastSeconds ? Age::Fresh : Age::Mandatory;
    if (left <= mandatorySeconds)
        return Age::Mandatory;
    if (left <= advisorySeconds && (!m_nextAdvisoryTry.isValid() || now >= m_nextAdvisoryTry))
        return Age::Advisory;
    return Age::Fresh;
}

const Credentials *CredentialChain::current() const { return !m_fetching && age() == Age::Fresh ? &m_cached : nullptr; }

void CredentialChain::get(QObject *context, Callback callback)
{
    if (!m_fetching && age() == Age::Fresh)
        return callback(m_cached);
    m_waiting.push_back({context, std::move(callback)});
    if (!m_fetching)
        startFetch();
}

void CredentialChain::invalidate()
{
    m_cached = {};
    m_cachedFrom = nullptr;
    m_fetched = {};
    m_nextAdvisoryTry = {};
}

void CredentialChain::startFetch()
{
    m_fetching = true;
    ++m_generation;
    askSource(0);
}

void CredentialChain::askSource(size_t index)
{
    if (index >= m_sources.size()) {
        QStringList names;
        for (const auto &source : m_sources)
            names.append(source->name());
        return finishFetch(Error{.kind = Error::Kind::NoCredentials,
                                 .message = QStringLiteral("no keys were found in: %1").arg(names.join(u", "))});
    }
    CredentialSource *source = m_sources[index].get();
    source->fetch(this, [this, index, source, generation = m_generation](Result<std::optional<Credentials>> found) {
        if (generation != m_generation || !m_fetching)
            return;
        if (!found)
            return finishFetch(found.error());
        if (!*found || (*found)->isEmpty())
            return askSource(index + 1);
        qCDebug(logCredentials) << "keys found in" << source->name();
        m_cachedFrom = source;
        finishFetch(**found);
    });
}

void CredentialChain::finishFetch(const Result<Credentials> &result)
{
    Result<Credentials> answer = result;
    const QDateTime now = m_clock();
    if (result) {
        m_cached = *result;
        m_fetched = now;
        m_leftWhenFetched = m_cached.expiry.isValid() ? now.secsTo(m_cached.expiry) : 0;
        m_nextAdvisoryTry = now.addSecs(advisoryRetrySeconds);
        if (m_cached.expiry.isValid() && m_cached.expiry <= now) {
            answer = Error{.kind = Error::Kind::NoCredentials,
                           .code = localcode::keysExpired,
                           .message = QStringLiteral("the keys of %1 expired at %2")
                                          .arg(m_cached.source, m_cached.expiry.toString(Qt::ISODate))};
            invalidate();
        }
    } else if (!m_cached.isEmpty() && m_cached.expiry.isValid() && now.secsTo(m_cached.expiry) > mandatorySeconds) {
        m_nextAdvisoryTry = now.addSecs(advisoryRetrySeconds);
        answer = m_cached; // the old ones still do; it looks again in a while
    } else {
        invalidate(); // a file that is broken now is no reason to go on with what it said before
        qCDebug(logCredentials) << result.error().toLine();
    }

    m_fetching = false;
    const std::vector<Waiter> waiting = std::exchange(m_waiting, {});
    const QPointer<CredentialChain> alive(this);
    for (const Waiter &waiter : waiting) {
        if (waiter.context)
            waiter.callback(answer);
        if (!alive)
            return;
    }
}

} // namespace casement
