#pragma once

#include "archive/caselisting.h"
#include "support/client.h"

#include <QList>
#include <QSet>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace casement {

/// What the next page and the end of a listing depend on.
struct PageEnd
{
    QString nextToken;
    qsizetype items = 0; ///< on this page that no page before it had
};

/// Goes through listings that page, some at a time, and asks for a page before the one before it has been read.
///
/// A token seen before, a hundred pages in a row with nothing new, and a listing that does not end, end that listing
/// and the whole with Error::Kind::Incomplete; a token that the service refuses starts its listing over, once. Deleting
/// the pager aborts what is under way.
template <class Request> class Pager final : public QObject
{
public:
    using Read = std::function<void(Result<PageEnd>)>;

    struct Handlers
    {
        /// A page of listing `which` came. Calls `read` once, at once or later, with the page's end as decoded, or with
        /// what is wrong with it. `read` may be called as long as the pager lives.
        std::function<void(qsizetype which, const ServiceAnswer &answer, Read read)> page;
        /// Listing `which` failed: the call, what was read of its answer, or its tokens. True goes on with the others.
        /// Called once a listing.
        std::function<bool(qsizetype which, const Error &error)> failed;
        /// Once: all listings ended, or one failed, and every page that had come was read. The pager may be deleted
        /// from here by deleteLater().
        std::function<void(Result<void>)> ended;
    };

    Pager(Client &client, int atOnce, Handlers handlers, QObject *parent)
        : QObject(parent), m_client(client), m_atOnce(atOnce), m_handlers(std::move(handlers))
    {
    }

    /// Adds a listing; its number is what counts up from 0. Allowed until `ended`.
    void add(Request request)
    {
        if (!request.maxResults)
            request.maxResults = Request::Operation::largestPage;
        m_requests.append(std::move(request));
    }
    const Request &request(qsizetype which) const { return m_requests[which]; }
    void start() { proceed(); }
    /// No handler is called any more. Delete it later; what is under way is aborted then.
    void stop() { m_over = true; }

private:
    static constexpr int mostUnread = 6; // pages in memory; with more, reading them comes before asking
    static constexpr int mostPages = 20'000; // of one listing; two million items
    static constexpr int mostEmptyPages = 100; // in a row with nothing new

    struct Chain
    {
        qsizetype which;
        Request request;
        QSet<QString> seen;
        bool restarted = false;
        bool dropped = false; // failed while its next page was on its way
        QString requestId = {}; // of the newest answer
        int pages = 0;
        int emptyPages = 0; // in a row
    };

    void proceed()
    {
        if (m_failure) {
            if (m_reading == 0) // what had come before it is worth keeping
                end(*m_failure);
            return;
        }
        while (!m_over && m_running < m_atOnce && m_next < m_requests.size()) {
            ++m_running;
            ask(std::make_shared<Chain>(Chain{.which = m_next, .request = m_requests[m_next]}));
            ++m_next;
        }
        if (m_running == 0 && m_reading == 0)
            end(m_incomplete ? Result<void>(*m_incomplete) : Result<void>());
    }

    void ask(const std::shared_ptr<Chain> &chain)
    {
        m_client.send(chain->request, this, [this, chain](const Result<ServiceAnswer> &answer) {
            if (m_over || m_failure)
                return;
            if (chain->dropped) {
                close();
                return proceed();
            }
            answer ? take(chain, *answer) : fail(chain, answer.error());
        });
    }

    void take(const std::shared_ptr<Chain> &chain, const ServiceAnswer &answer)
    {
        chain->requestId = answer.requestId;
        const QString early = m_reading < mostUnread ? QString::fromUtf8(tokenAtEnd(answer.body)) : QString();
        ++m_reading;
        if (!early.isEmpty())
            advance(chain, early);
        if (m_over)
            return;
        m_handlers.page(chain->which, answer, [this, chain, early](const Result<PageEnd> &page) {
            if (m_over)
                return;
            --m_reading;
            if (!page)
                return failReading(chain, page.error(), !early.isEmpty());
            chain->emptyPages = page->items > 0 ? 0 : chain->emptyPages + 1;
            if (early.isEmpty() && !m_failure)
                page->nextToken.isEmpty() || chain->dropped ? close() : advance(chain, page->nextToken);
            proceed();
        });
    }

    void advance(const std::shared_ptr<Chain> &chain, const QString &token)
    {
        if (chain->seen.contains(token))
            return breakOff(chain, QStringLiteral("The service answered the same page token twice."));
        if (++chain->pages >= mostPages || chain->emptyPages >= mostEmptyPages)
            return breakOff(chain, QStringLiteral("The service answers page after page without an end."));
        chain->seen.insert(token);
        chain->request.nextToken = token;
        ask(chain);
    }

    void breakOff(const std::shared_ptr<Chain> &chain, const QString &why)
    {
        const Error error{.kind = Error::Kind::Incomplete,
                          .message = why,
                          .operation = QString::fromLatin1(Request::Operation::name),
                          .requestId = chain->requestId};
        const bool tolerated = !chain->dropped && m_handlers.failed && m_handlers.failed(chain->which, error);
        chain->dropped |= tolerated;
        if (!tolerated && !m_incomplete)
            m_incomplete = error;
        close();
    }

    void fail(const std::shared_ptr<Chain> &chain, const Error &error)
    {
        // A place that was kept is not worth more than the listing: whatever refuses it, that begins anew.
        const QString &kept = m_requests[chain->which].nextToken;
        const bool keptRefused =
            !kept.isEmpty() && chain->request.nextToken == kept && error.kind == Error::Kind::Refused;
        if ((keptRefused || Client::isTokenRefused(error)) && !chain->request.nextToken.isEmpty()
            && !std::exchange(chain->restarted, true)) {
            chain->seen.clear();
            chain->emptyPages = -chain->pages; // as many bring what is known
            chain->request.nextToken.clear();
            return ask(chain);
        }
        if (!m_handlers.failed || !m_handlers.failed(chain->which, error))
            return giveUp(error);
        close();
        proceed();
    }

    /// `goesOn`: the next page was asked for before this one was read, or there is none to ask for.
    void failReading(const std::shared_ptr<Chain> &chain, const Error &error, bool goesOn)
    {
        if (!chain->dropped) {
            if (!m_handlers.failed || !m_handlers.failed(chain->which, error))
                return giveUp(error);
            chain->dropped = true;
        }
        if (!goesOn && !m_failure)
            close();
        proceed();
    }

    void giveUp(const Error &error)
    {
        if (!m_failure)
            m_failure = error;
        proceed();
    }

    void close() { --m_running; }

    void end(const Result<void> &result)
    {
        if (std::exchange(m_over, true))
            return;
        m_handlers.ended(result);
    }

    Client &m_client;
    int m_atOnce;
    Handlers m_handlers;
    QList<Request> m_requests;
    qsizetype m_next = 0;
    int m_running = 0; // listings that are under way
    int m_reading = 0; // pages that were handed out and not read yet
    bool m_over = false;
    std::optional<Error> m_incomplete;
    std::optional<Error> m_failure; // nothing more is asked for
};

} // namespace casement
