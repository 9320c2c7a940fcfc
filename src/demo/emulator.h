#pragma once

#include "demo/demodata.h"
#include "demo/emulatoradvisor.h"
#include "demo/emulatorattachments.h"
#include "demo/emulatorcall.h"
#include "demo/emulatorcases.h"
#include "demo/emulatorcatalog.h"

#include <QHash>

#include <memory>
#include <optional>
#include <vector>

namespace casement::demo {

/// AWS Support as a state machine: a request and the time in, an answer out. No sockets, no clock of its own, no
/// signatures.
///
/// All 20 operations of api-facts.md §3 and §3A with the service's limits and error names. What happens by itself (an
/// engineer takes a case, answers it; an uploaded file becomes ready; a refresh advances) happens when the time that is
/// passed in has come. Time must not run backwards. Belongs to one thread.
class Emulator
{
public:
    explicit Emulator(DemoData data, const EmulatorSettings &settings = {});

    /// What links begin with, without a slash at the end: `http://127.0.0.1:4711`.
    void setBaseUrl(const QString &url) { m_settings.baseUrl = url; }

    /// Answers an operation for the account of an access key. `now` is milliseconds since 1970.
    EmulatorAnswer call(const QByteArray &operation, QByteArrayView body, const QString &accessKeyId, qint64 now,
                        const RequestFaults &faults = {});

    /// Takes what was PUT to an upload link. `path` and `query` are as on the wire.
    LinkAnswer put(const QByteArray &path, const QByteArray &query, const QByteArray &body, qint64 now,
                   const RequestFaults &faults = {});
    /// Gives what a download link points to; `range` is the value of a Range header.
    LinkAnswer get(const QByteArray &path, const QByteArray &query, const QByteArray &range, qint64 now,
                   const RequestFaults &faults = {});

    /// Lets happen what is due by then.
    void advance(qint64 now) { m_cases.advance(now); }
    /// When something happens next; nothing when nothing will.
    std::optional<qint64> nextEvent() const { return m_cases.nextEvent(); }

    const QList<DemoAccount> &accounts() const { return m_data->accounts; }
    /// The account of an access key, or null.
    const DemoAccount *accountOf(const QString &accessKeyId) const;
    /// For tests: state that the service alone could change.
    DemoAccount &account(qsizetype index) { return m_states.at(size_t(index))->account; }
    const DemoData &data() const { return *m_data; }

private:
    template <class Operation, class Part>
    EmulatorAnswer answer(QByteArrayView body, Call &call, Part &part,
                          EmulatorAnswer (Part::*handler)(const typename Operation::Request &, Call &));
    EmulatorAnswer dispatch(const QByteArray &operation, QByteArrayView body, Call &call);
    EmulatorAnswer dispatchNew(const QByteArray &operation, QByteArrayView body, Call &call);

    EmulatorSettings m_settings;
    std::unique_ptr<DemoData> m_data; ///< on the heap: its parts are referred to
    PageTokens m_tokens;
    std::vector<std::unique_ptr<AccountState>> m_states;
    QHash<QString, AccountState *> m_byKey;
    EmulatorCatalog m_catalog;
    EmulatorAttachments m_attachments;
    EmulatorCases m_cases;
    EmulatorAdvisor m_advisor;
};

} // namespace casement::demo
