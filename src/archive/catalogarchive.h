#pragma once

#include "archive/archive.h"
#include "support/catalog.h"
#include "support/client.h"

#include <functional>
#include <memory>

namespace casement {

/// How far an answer of the catalog can be relied on.
struct Freshness
{
    enum class State {
        Current, ///< fetched within the last day
        Updating, ///< older; the callback is called once more when the service has been asked
        Old, ///< older, and the service could not be asked: `error` says why
        Assumed, ///< the service does not tell: what holds as far as is known. `error` says when it refused or was away
    };
    State state = State::Current;
    qint64 fetched = 0; ///< ms since 1970 UTC; 0: never
    Error error;

    /// False when another call of the callback follows.
    bool isLast() const { return state != State::Updating; }
};

/// What kind of case it is: what languages and contact hours depend on.
struct CaseKind
{
    QString issueType; ///< `technical` or `customer-service`
    QString serviceCode;
    QString categoryCode;
};

/// What the service says about services, severities, languages and contact hours: kept for a day for each account and
/// input, in memory and in the archive, so that a form has its lists at once.
///
/// Lives in the GUI's thread. Callbacks never run before the question has returned, and not at all once their context
/// has died. What is there is handed out at once; when it is older than a day, it is fetched anew and handed out again.
/// Who asks the same while it is being fetched waits for the same answer. A failure leaves what was there. An archive
/// that can't be read or written costs calls, nothing else.
class CatalogArchive final : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<qint64()>; ///< ms since 1970 UTC
    template <class T> using Callback = std::function<void(const Result<T> &answer, const Freshness &freshness)>;

    /// How long an answer holds.
    static constexpr qint64 lifetime = 24LL * 60 * 60 * 1000;

    /// `archive` outlives this. Without a clock it is this computer's.
    explicit CatalogArchive(Archive &archive, Clock clock = {}, QObject *parent = nullptr);
    ~CatalogArchive() override;

    /// Services with their categories, named in `language`. When `client` dies before the answer, the error is
    /// Error::Kind::Cancelled; so it is everywhere here.
    void services(AccountId account, Client &client, const QString &language, QObject *context,
                  Callback<QList<Service>> done);
    /// The same as the archive has it, however old, without a question to the service; none when it has nothing.
    static void keptServices(Archive &archive, AccountId account, const QString &language, QObject *context,
                             Archive::Callback<QList<Service>> done);
    /// The severities that the account's plan may use.
    void severityLevels(AccountId account, Client &client, const QString &language, QObject *context,
                        Callback<QList<SeverityLevel>> done);
    /// The languages in which a case of this kind can be written. knownCaseLanguages() where the service does not know
    /// the question or the account may not ask it: Freshness::State::Assumed.
    void supportedLanguages(AccountId account, Client &client, const CaseKind &kind, QObject *context,
                            Callback<QList<SupportedLanguage>> done);
    /// Whether and when `language` is served; for ContactHours. Empty where the service does not know the question or
    /// the account may not ask it: Freshness::State::Assumed.
    void createCaseOptions(AccountId account, Client &client, const CaseKind &kind, const QString &language,
                           QObject *context, Callback<DescribeCreateCaseOptions::Response> done);

    /// The languages of cases as they were in 2026. Source: AWS Support API Reference, CreateCase.
    static const QList<SupportedLanguage> &knownCaseLanguages();

private:
    /// The answers of one operation.
    template <class Request> class Shelf;

    std::unique_ptr<Shelf<DescribeServices::Request>> m_services;
    std::unique_ptr<Shelf<DescribeSeverityLevels::Request>> m_severityLevels;
    std::unique_ptr<Shelf<DescribeSupportedLanguages::Request>> m_supportedLanguages;
    std::unique_ptr<Shelf<DescribeCreateCaseOptions::Request>> m_createCaseOptions;
};

} // namespace casement
