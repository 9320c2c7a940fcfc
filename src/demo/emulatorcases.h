#pragma once

#include "demo/emulatorattachments.h"
#include "demo/emulatorcall.h"
#include "support/cases.h"

#include <QMultiMap>

#include <optional>

namespace casement::demo {

/// The part of the emulator that holds cases, and the engineer of AWS who works on them.
class EmulatorCases
{
public:
    static constexpr int newestMessages = 5; ///< that come with a case
    static constexpr int defaultPage = 50; ///< when maxResults is not given

    EmulatorCases(const EmulatorSettings &settings, const PageTokens &tokens, EmulatorAttachments &attachments,
                  quint64 seed)
        : m_settings(settings), m_tokens(tokens), m_attachments(attachments), m_seed(seed)
    {
    }

    EmulatorAnswer describeCases(const DescribeCases::Request &request, Call &call);
    EmulatorAnswer describeCommunications(const DescribeCommunications::Request &request, Call &call);
    EmulatorAnswer createCase(const CreateCase::Request &request, Call &call);
    EmulatorAnswer addCommunication(const AddCommunicationToCase::Request &request, Call &call);
    EmulatorAnswer resolveCase(const ResolveCase::Request &request, Call &call);

    void advance(qint64 now);
    std::optional<qint64> nextEvent() const;

private:
    enum class Step { Open, Work, Answer };
    struct Event
    {
        AccountState *state;
        QString caseId;
        Step step;
    };

    static DemoCase *find(AccountState &state, const QString &caseId);
    CaseDetails details(const DemoCase &theCase, bool withCommunications, Call &call) const;
    Communication communication(const DemoCase &theCase, const DemoMessage &message) const;
    bool matches(const DemoCase &theCase, const DescribeCases::Request &request, const TimeWindow &window,
                 Call &call) const;
    bool hasMessageIn(const DemoCase &theCase, const TimeWindow &window, Call &call) const;
    std::optional<EmulatorAnswer> readToken(const QString &text, const QByteArray &operation,
                                            const QByteArray &parameters, Call &call, qint64 &position) const;
    QString writeToken(const QByteArray &operation, const QByteArray &parameters, qint64 position, const QString &asked,
                       Call &call) const;
    void addMessage(AccountState &state, DemoCase &theCase, const DemoMessage &message);
    void engage(AccountState &state, const DemoCase &theCase, bool isNew, qint64 now);
    void disengage(const AccountState &state, const QString &caseId);
    void happen(const Event &event, qint64 at);

    const EmulatorSettings &m_settings;
    const PageTokens &m_tokens;
    EmulatorAttachments &m_attachments;
    quint64 m_seed;
    QMultiMap<qint64, Event> m_events; ///< by time
};

} // namespace casement::demo
