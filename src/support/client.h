#pragma once

#include "aws/serviceconnection.h"
#include "base/background.h"
#include "support/operations.h"

#include <QMetaObject>
#include <QPointer>
#include <QSet>

#include <memory>

namespace casement {

/// Error::code when a service took a rehearsal for the real thing.
inline constexpr QLatin1StringView rehearsalTaken("RehearsalTakenForReal");

/// The typed AWS Support client of one account.
///
/// A call is a request, a context object and what to do with the answer. When the context dies, the request is aborted
/// and the callback never runs. Callbacks never run before the call has returned. Requests are checked against the
/// service's limits here: what breaks one ends as Error::Kind::Invalid and nothing is sent.
class Client final : public QObject
{
    Q_OBJECT

public:
    /// Answers over this many bytes are decoded on a pool thread.
    static constexpr qsizetype decodeInline = 64 * 1024;
    /// Of one listing; two million items.
    static constexpr int mostPages = 20'000;

    explicit Client(ServiceConnection &connection, QObject *parent = nullptr);

    /// Calls back with `Result<Operation::Response>`.
    template <class Request, class Callback> void call(const Request &request, QObject *context, Callback callback)
    {
        callAs<typename Request::Operation::Response>(request, context, std::move(callback));
    }

    /// Calls back with `Result<Answer>`: a shape that lists only what the caller wants of the answer; the rest is
    /// skipped undecoded.
    template <class Answer, class Request, class Callback>
    void callAs(const Request &request, QObject *context, Callback callback)
    {
        send(request, context, decoding<Request, Answer>(context, std::move(callback)));
    }

    /// The same for an operation that answers a file: `blob` takes it as it comes, in base64, and is told of each
    /// answer that begins. What is called back with lacks it, unless the connection does not know how to part them.
    template <class Request, class Callback>
    void callForBlob(const Request &request, const std::shared_ptr<BodySink> &blob, QObject *context, Callback callback)
    {
        using Operation = typename Request::Operation;
        using Answer = typename Operation::Response;
        send(request, context, decoding<Request, Answer>(context, std::move(callback)),
             {Operation::blobRecord, Operation::blobMember, blob});
    }

    /// Calls back with `Result<ServiceAnswer>`: the body as it came, for who decodes it elsewhere.
    template <class Request, class Callback>
    void send(const Request &request, QObject *context, Callback callback, const BlobWish &blob = {})
    {
        using Operation = typename Request::Operation;
        if (const QList<Violation> found = violations(request); !found.isEmpty()) {
            QMetaObject::invokeMethod(
                context,
                [error = invalidRequest(Operation::name, found), callback = std::move(callback)]() mutable {
                    callback(Result<ServiceAnswer>(error));
                },
                Qt::QueuedConnection);
            return;
        }
        ServiceRequest wire = wireOf<Request>();
        if constexpr (requires { request.dryRun; }) {
            if (request.dryRun.value_or(false))
                wire.repeatable = true; // a rehearsal changes nothing, however often
        }
        wire.body = encode(request);
        wire.blob = blob;
        m_connection.send(wire, context, std::move(callback));
    }

    /// The same for a large request that was checked, encoded and hashed on the pool. `repeatable`: this one may be
    /// sent twice, whatever holds for the operation. `onSent` hears how many bytes have left.
    template <class Request, class Callback>
    void sendEncoded(const QByteArray &body, const QByteArray &sha256, bool repeatable,
                     std::function<void(qint64)> onSent, QObject *context, Callback callback)
    {
        ServiceRequest wire = wireOf<Request>();
        wire.repeatable = wire.repeatable || repeatable;
        wire.body = body;
        wire.sha256 = sha256;
        wire.onSent = std::move(onSent);
        m_connection.send(wire, context, std::move(callback));
    }

    /// Asks for all pages of an operation that pages (DescribeCases, DescribeCommunications), 100 items each.
    ///
    /// `onPage(const Response &)` gets each page as it comes; `done(Result<void>)` ends it once. A token seen before
    /// and `mostPages` pages end the listing with Error::Kind::Incomplete. A token that the service refuses on a later
    /// page makes the listing start over, once. Items of different pages may repeat when the service's data move;
    /// callers merge by key.
    template <class Request, class OnPage, class Done>
    void callAll(Request request, QObject *context, OnPage onPage, Done done)
    {
        static_assert(
            requires { Request::Operation::largestPage; }, "only operations that page");
        if (!request.maxResults)
            request.maxResults = Request::Operation::largestPage;
        struct Listing
        {
            Request request;
            OnPage onPage;
            Done done;
            QString firstToken;
            QPointer<QObject> context;
            QSet<QString> seen;
            bool restarted = false;
            int pages;
        };
        auto listing = std::make_shared<Listing>(
            Listing{request, std::move(onPage), std::move(done), request.nextToken, context, {}, false, 0});
        nextPage(listing);
    }

    /// Asks the service whether it would accept the request (`dryRun`), calls back with `Result<void>`. Nothing happens
    /// at a service that knows `dryRun`; support/rehearsal finds out first whether it does.
    template <class Request, class Callback> void rehearse(Request request, QObject *context, Callback callback)
    {
        request.dryRun = true;
        send(request, context, [callback = std::move(callback)](Result<ServiceAnswer> answer) mutable {
            if (answer && !Request::Operation::repeatable)
                return callback(Result<void>(takenForReal(Request::Operation::name, answer->requestId)));
            if (answer)
                return callback(Result<void>());
            if (isCode(answer.error().code, QLatin1StringView("DryRunOperation")))
                return callback(Result<void>());
            callback(Result<void>(answer.error()));
        });
    }

    ServiceConnection &connection() const { return m_connection; }

    /// Whether the service refused a page token, so that the listing is begun again, once.
    static bool isTokenRefused(const Error &error);

private:
    /// What hears of an answer, reads it, and calls back.
    template <class Request, class Answer, class Callback> static auto decoding(QObject *context, Callback callback)
    {
        return [context, callback = std::move(callback)](Result<ServiceAnswer> answer) mutable {
            if (!answer)
                return callback(Result<Answer>(answer.error()));
            const auto read = [answer = *answer]() -> Result<Answer> {
                Result<Answer> decoded = decode<Answer>(answer.body);
                if (!decoded)
                    return badAnswer(decoded.error(), Request::Operation::name, answer.requestId,
                                     Request::Operation::repeatable);
                return decoded;
            };
            if (answer->body.size() <= decodeInline)
                return callback(read());
            inBackground(context, read, std::move(callback));
        };
    }

    template <class Request> static ServiceRequest wireOf()
    {
        using Operation = typename Request::Operation;
        ServiceRequest wire;
        wire.operation = Operation::name;
        wire.repeatable = Operation::repeatable;
        if constexpr (requires { Operation::movesFiles; })
            wire.totalLimit = std::chrono::minutes(15); // 7 MB of base64 by a line of 64 kbit/s
        return wire;
    }

    static Error badAnswer(Error error, const char *operation, const QString &requestId, bool repeatable);
    static Error takenForReal(const char *operation, const QString &requestId);

    template <class Listing> void nextPage(const std::shared_ptr<Listing> &listing)
    {
        call(listing->request, listing->context.data(), [this, listing](const auto &page) {
            if (!page) {
                if (isTokenRefused(page.error()) && listing->request.nextToken != listing->firstToken
                    && !listing->restarted) {
                    listing->restarted = true;
                    listing->seen.clear();
                    listing->request.nextToken = listing->firstToken;
                    return nextPage(listing);
                }
                return listing->done(Result<void>(page.error()));
            }
            const QString token = page->nextToken;
            listing->onPage(*page);
            if (!listing->context)
                return; // the page made its reader go away
            if (token.isEmpty())
                return listing->done(Result<void>());
            if (listing->seen.contains(token) || token == listing->request.nextToken)
                return listing->done(Result<void>(repeatedToken(listing->request)));
            if (++listing->pages >= mostPages)
                return listing->done(Result<void>(endless(listing->request)));
            listing->seen.insert(token);
            listing->request.nextToken = token;
            nextPage(listing);
        });
    }

    template <class Request> static Error endless(const Request &)
    {
        return Error{.kind = Error::Kind::Incomplete,
                     .message = QStringLiteral("The service answers page after page without an end."),
                     .operation = QString::fromLatin1(Request::Operation::name)};
    }

    template <class Request> static Error repeatedToken(const Request &)
    {
        return Error{.kind = Error::Kind::Incomplete,
                     .message = QStringLiteral("The service answered the same page token twice."),
                     .operation = QString::fromLatin1(Request::Operation::name)};
    }

    ServiceConnection &m_connection;
};

} // namespace casement
