#include "demo/emulatorcases.h"

#include "demo/emulatorcatalog.h"
#include "demo/redaction.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement::demo {

namespace {

const QString amazon = QStringLiteral("Amazon Web Services");

bool isResolvedCase(const DemoCase &theCase) { return theCase.status == QLatin1StringView("resolved"); }

QString flag(const std::optional<bool> &value, bool otherwise)
{
    return value.value_or(otherwise) ? QStringLiteral("1") : QStringLiteral("0");
}

/// What must stay the same from page to page.
QByteArray parametersOf(const DescribeCases::Request &request)
{
    return PageTokens::digest({request.caseIdList.join(QLatin1Char('\n')), request.displayId, request.afterTime,
                               request.beforeTime, flag(request.includeResolvedCases, false), request.language,
                               flag(request.includeCommunications, true)});
}

QByteArray parametersOf(const QString &caseId, const QString &afterTime, const QString &beforeTime)
{
    return PageTokens::digest({caseId, afterTime, beforeTime});
}

EmulatorAnswer noSuchCase(const QString &caseId)
{
    return refused("CaseIdNotFound", QStringLiteral("Unable to find the case %1.").arg(caseId));
}

/// Whether the text has the form of the id that operations take; a displayId, all digits, has not.
bool isCaseId(const QString &text) { return text.startsWith(QLatin1StringView("case-")); }

std::optional<EmulatorAnswer> checkAddresses(const QList<QString> &addresses)
{
    static const QRegularExpression form(QStringLiteral("\\A[^\\s@<>,;]+@[^\\s@<>,;]+\\z"));
    for (const QString &address : addresses) {
        if (!form.match(address).hasMatch())
            return invalid(QStringLiteral("Invalid email address: %1").arg(address));
    }
    return std::nullopt;
}

/// Who calls with the keys of this account.
QString callerAddress(const DemoAccount &account)
{
    return account.cases.isEmpty() ? QStringLiteral("admin@example.com") : account.cases.constFirst().submittedBy;
}

} // namespace

DemoCase *EmulatorCases::find(AccountState &state, const QString &caseId)
{
    QList<DemoCase> &cases = state.account.cases;
    if (state.caseIndex.size() != cases.size()) {
        state.caseIndex.clear();
        state.caseIndex.reserve(cases.size());
        for (qsizetype i = 0; i < cases.size(); ++i)
            state.caseIndex.insert(cases.at(i).caseId, cases.size() - 1 - i);
    }
    const auto it = state.caseIndex.constFind(caseId);
    return it == state.caseIndex.cend() ? nullptr : &cases[cases.size() - 1 - *it];
}

Communication EmulatorCases::communication(const DemoCase &theCase, const DemoMessage &message) const
{
    Communication shape{theCase.caseId, message.body, message.submittedBy, isoTime(message.timeCreated), {}, {}};
    for (const DemoAttachment &file : message.attachments) {
        // The old list leaves out what DescribeAttachment can't give.
        if (file.size <= AddAttachmentsToSet::largestFile)
            shape.attachmentSet.append({file.attachmentId, file.fileName});
        if (!m_settings.oldApi)
            shape.attachments.append({file.attachmentId, file.fileName});
    }
    return shape;
}

CaseDetails EmulatorCases::details(const DemoCase &theCase, bool withCommunications, Call &call) const
{
    CaseDetails shape;
    shape.caseId = theCase.caseId;
    shape.displayId = theCase.displayId;
    shape.subject = theCase.subject;
    shape.status = theCase.status;
    shape.serviceCode = theCase.serviceCode;
    shape.categoryCode = theCase.categoryCode;
    shape.severityCode = theCase.severityCode;
    shape.submittedBy = theCase.submittedBy;
    shape.timeCreated = isoTime(theCase.timeCreated);
    shape.ccEmailAddresses = theCase.ccEmailAddresses;
    shape.language = theCase.language;
    if (!withCommunications)
        return shape;
    RecentCaseCommunications &recent = shape.recentCommunications.emplace();
    const QList<DemoMessage> messages =
        theCase.messages.size() >= newestMessages ? theCase.messages : messagesOf(call.state.account, theCase);
    const qsizetype count = std::min<qsizetype>(newestMessages, messages.size());
    for (qsizetype i = messages.size() - 1; i >= messages.size() - count; --i)
        recent.communications.append(communication(theCase, messages.at(i)));
    const qsizetype older = messageCount(theCase) - count;
    if (older > 0) {
        recent.nextToken =
            writeToken(DescribeCommunications::name, parametersOf(theCase.caseId, {}, {}), older, {}, call);
    }
    return shape;
}

std::optional<EmulatorAnswer> EmulatorCases::readToken(const QString &text, const QByteArray &operation,
                                                       const QByteArray &parameters, Call &call, qint64 &position) const
{
    if (text.isEmpty())
        return std::nullopt;
    PageToken token;
    switch (m_tokens.read(text, operation, parameters, call.now, token)) {
    case PageTokens::Verdict::Good:
        if (call.faults.tokensExpired)
            return invalid(QStringLiteral("The nextToken has expired."));
        position = token.position;
        return std::nullopt;
    case PageTokens::Verdict::Expired:
        return invalid(QStringLiteral("The nextToken has expired."));
    case PageTokens::Verdict::Foreign:
        return invalid(QStringLiteral("The nextToken belongs to a request with other parameters."));
    case PageTokens::Verdict::Forged:
        break;
    }
    return invalid(QStringLiteral("The nextToken is not valid."));
}

QString EmulatorCases::writeToken(const QByteArray &operation, const QByteArray &parameters, qint64 position,
                                  const QString &asked, Call &call) const
{
    if (call.faults.repeatToken && !asked.isEmpty())
        return asked;
    return m_tokens.write({operation, parameters, position, call.now});
}

bool EmulatorCases::hasMessageIn(const DemoCase &theCase, const TimeWindow &window, Call &call) const
{
    if (window.has(theCase.timeCreated.toMSecsSinceEpoch()))
        return true; // the first message is the case's own
    const auto known = call.state.activity.constFind(theCase.caseId);
    if (known != call.state.activity.cend()) {
        if (known->first > window.before || known->second < window.after)
            return false;
        if (window.has(known->first) || window.has(known->second))
            return true;
    }
    const QList<DemoMessage> messages = messagesOf(call.state.account, theCase);
    if (messages.isEmpty())
        return false;
    call.state.activity.insert(
        theCase.caseId,
        {messages.constFirst().timeCreated.toMSecsSinceEpoch(), messages.constLast().timeCreated.toMSecsSinceEpoch()});
    return std::any_of(messages.begin(), messages.end(), [&window](const DemoMessage &message) {
        return window.has(message.timeCreated.toMSecsSinceEpoch());
    });
}

bool EmulatorCases::matches(const DemoCase &theCase, const DescribeCases::Request &request, const TimeWindow &window,
                            Call &call) const
{
    if (isResolvedCase(theCase) && !request.includeResolvedCases.value_or(false))
        return false;
    if (!request.language.isEmpty() && theCase.language != request.language)
        return false;
    if (!request.displayId.isEmpty() && theCase.displayId != request.displayId)
        return false;
    return window.isAll() || hasMessageIn(theCase, window, call);
}

EmulatorAnswer EmulatorCases::describeCases(const DescribeCases::Request &request, Call &call)
{
    if (auto refusal = EmulatorCatalog::check({}, {}, {}, request.language))
        return *refusal;
    QString wrong;
    const std::optional<TimeWindow> window = timeWindow(request.afterTime, request.beforeTime, wrong);
    if (!window)
        return invalid(wrong);

    QList<DemoCase> &all = call.state.account.cases;
    QList<const DemoCase *> named;
    for (const QString &caseId : request.caseIdList) {
        if (!isCaseId(caseId))
            return invalid(QStringLiteral("Invalid case ID: %1").arg(caseId));
        const DemoCase *theCase = find(call.state, caseId);
        if (!theCase)
            return noSuchCase(caseId);
        if (!named.contains(theCase))
            named.append(theCase);
    }
    std::sort(named.begin(), named.end()); // newest first, as in the list that they point into
    const bool byName = !request.caseIdList.isEmpty();
    const qsizetype size = byName ? named.size() : all.size();
    const auto at = [&](qsizetype place) -> const DemoCase & { return byName ? *named.at(place) : all.at(place); };

    qint64 position = size;
    const QByteArray parameters = parametersOf(request);
    if (auto refusal = readToken(request.nextToken, DescribeCases::name, parameters, call, position))
        return *refusal;

    const int page = request.maxResults.value_or(defaultPage);
    DescribeCases::Response response;
    for (qsizetype place = std::max<qsizetype>(0, size - position); place < size; ++place) {
        const DemoCase &theCase = at(place);
        if (!matches(theCase, request, *window, call))
            continue;
        if (response.cases.size() == page) {
            response.nextToken = writeToken(DescribeCases::name, parameters, size - place, request.nextToken, call);
            break;
        }
        response.cases.append(details(theCase, request.includeCommunications.value_or(true), call));
    }
    if (call.faults.repeatToken)
        response.nextToken = writeToken(DescribeCases::name, parameters, position, request.nextToken, call);
    return answered(response);
}

EmulatorAnswer EmulatorCases::describeCommunications(const DescribeCommunications::Request &request, Call &call)
{
    QString wrong;
    const std::optional<TimeWindow> window = timeWindow(request.afterTime, request.beforeTime, wrong);
    if (!window)
        return invalid(wrong);
    const DemoCase *theCase = find(call.state, request.caseId);
    if (!theCase)
        return noSuchCase(request.caseId);

    const QList<DemoMessage> messages = messagesOf(call.state.account, *theCase);
    qint64 position = messages.size();
    const QByteArray parameters = parametersOf(request.caseId, request.afterTime, request.beforeTime);
    if (auto refusal = readToken(request.nextToken, DescribeCommunications::name, parameters, call, position))
        return *refusal;

    const int page = request.maxResults.value_or(defaultPage);
    DescribeCommunications::Response response;
    for (qsizetype i = std::min<qsizetype>(position, messages.size()) - 1; i >= 0; --i) {
        const DemoMessage &message = messages.at(i);
        if (!window->has(message.timeCreated.toMSecsSinceEpoch()))
            continue;
        if (response.communications.size() == page) {
            response.nextToken = writeToken(DescribeCommunications::name, parameters, i + 1, request.nextToken, call);
            break;
        }
        response.communications.append(communication(*theCase, message));
    }
    if (call.faults.repeatToken)
        response.nextToken = writeToken(DescribeCommunications::name, parameters, position, request.nextToken, call);
    return answered(response);
}

EmulatorAnswer EmulatorCases::createCase(const CreateCase::Request &request, Call &call)
{
    DemoAccount &account = call.state.account;
    if (request.subject.trimmed().isEmpty())
        return invalid(QStringLiteral("The subject is empty."));
    if (auto refusal =
            EmulatorCatalog::check(request.issueType, request.serviceCode, request.categoryCode, request.language))
        return *refusal;
    if (!request.severityCode.isEmpty() && !account.severityCodes.contains(request.severityCode)) {
        return invalid(QStringLiteral("The severity code %1 is not valid or not part of your support plan.")
                           .arg(request.severityCode));
    }
    if (auto refusal = checkAddresses(request.ccEmailAddresses))
        return *refusal;
    if (auto refusal = m_attachments.check(request.attachmentSetId, request.uploadIds, call))
        return *refusal;
    if (countRecent(call.state.casesMade, call.now, 3'600'000) >= m_settings.casesPerHour) {
        return refused(
            "CaseCreationLimitExceeded",
            QStringLiteral("Account has exceeded the limit of %1 cases per hour.").arg(m_settings.casesPerHour));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();

    DemoCase theCase;
    theCase.language = request.language.isEmpty() ? QStringLiteral("en") : request.language;
    theCase.caseId = QStringLiteral("case-%1-mu%2-%3-%4")
                         .arg(account.accountId, theCase.language)
                         .arg(utc(call.now).date().year())
                         .arg(freshHex(call, "case", 16));
    theCase.displayId =
        QStringLiteral("%1%2")
            .arg(call.now / 1000)
            .arg(freshHex(call, "display", 8).toLongLong(nullptr, 16) % 100'000, 5, 10, QLatin1Char('0'));
    theCase.subject = request.subject;
    theCase.status = QStringLiteral("unassigned");
    theCase.serviceCode = request.serviceCode.isEmpty() ? QStringLiteral("general-info") : request.serviceCode;
    theCase.categoryCode = request.categoryCode.isEmpty() ? QStringLiteral("other") : request.categoryCode;
    theCase.severityCode = request.severityCode.isEmpty() ? QStringLiteral("low") : request.severityCode;
    theCase.issueType = request.issueType.isEmpty() ? QStringLiteral("technical") : request.issueType;
    theCase.submittedBy = callerAddress(account);
    theCase.timeCreated = utc(call.now);
    theCase.ccEmailAddresses = request.ccEmailAddresses;

    DemoMessage message;
    message.body = redactedByAws(request.communicationBody);
    message.submittedBy = QStringLiteral("AdminRole (Role) <%1>").arg(theCase.submittedBy);
    message.timeCreated = theCase.timeCreated;
    message.attachments = m_attachments.consume(request.attachmentSetId, request.uploadIds, call);
    theCase.messages.append(message);

    find(call.state, theCase.caseId); // so that the index exists
    call.state.caseIndex.insert(theCase.caseId, account.cases.size());
    call.state.casesMade.append(call.now);
    account.cases.prepend(theCase);
    engage(call.state, theCase, true, call.now);
    return answered(CreateCase::Response{theCase.caseId});
}

EmulatorAnswer EmulatorCases::addCommunication(const AddCommunicationToCase::Request &request, Call &call)
{
    DemoCase *theCase = find(call.state, request.caseId);
    if (!theCase)
        return noSuchCase(request.caseId);
    if (auto refusal = checkAddresses(request.ccEmailAddresses))
        return *refusal;
    if (auto refusal = m_attachments.check(request.attachmentSetId, request.uploadIds, call))
        return *refusal;
    const bool wasResolved = isResolvedCase(*theCase);
    if (wasResolved && theCase->resolvedAt.isValid()
        && call.now - theCase->resolvedAt.toMSecsSinceEpoch() > qint64(m_settings.daysToReopen) * 86'400'000) {
        return invalid(
            QStringLiteral("The case %1 was resolved more than %2 days ago and can't be reopened. Create a new case.")
                .arg(request.caseId)
                .arg(m_settings.daysToReopen));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();

    DemoMessage message;
    message.body = redactedByAws(request.communicationBody);
    message.submittedBy = QStringLiteral("AdminRole (Role) <%1>").arg(theCase->submittedBy);
    message.timeCreated = utc(call.now);
    message.attachments = m_attachments.consume(request.attachmentSetId, request.uploadIds, call);
    addMessage(call.state, *theCase, message);
    theCase->status = wasResolved ? QStringLiteral("reopened") : QStringLiteral("customer-action-completed");
    engage(call.state, *theCase, false, call.now);
    return answered(AddCommunicationToCase::Response{true});
}

EmulatorAnswer EmulatorCases::resolveCase(const ResolveCase::Request &request, Call &call)
{
    DemoCase *theCase = find(call.state, request.caseId);
    if (!theCase)
        return noSuchCase(request.caseId);
    if (request.dryRun.value_or(false))
        return rehearsed();
    const QString before = theCase->status;
    if (!isResolvedCase(*theCase)) {
        theCase->status = QStringLiteral("resolved");
        theCase->resolvedAt = utc(call.now);
        disengage(call.state, theCase->caseId);
    }
    return answered(ResolveCase::Response{before, theCase->status});
}

void EmulatorCases::addMessage(AccountState &state, DemoCase &theCase, const DemoMessage &message)
{
    theCase.messages.append(message);
    const auto known = state.activity.find(theCase.caseId);
    if (known != state.activity.end())
        known->second = message.timeCreated.toMSecsSinceEpoch();
}

/// An engineer turns to the case: takes it, works on it, answers.
void EmulatorCases::engage(AccountState &state, const DemoCase &theCase, bool isNew, qint64 now)
{
    const qint64 delay = m_settings.replyDelay.count();
    if (delay <= 0)
        return;
    disengage(state, theCase.caseId);
    if (isNew)
        m_events.insert(now + delay / 4, {&state, theCase.caseId, Step::Open});
    m_events.insert(now + delay / 2, {&state, theCase.caseId, Step::Work});
    m_events.insert(now + delay, {&state, theCase.caseId, Step::Answer});
}

void EmulatorCases::disengage(const AccountState &state, const QString &caseId)
{
    m_events.removeIf([&](std::pair<const qint64 &, Event &> entry) {
        return entry.second.state == &state && entry.second.caseId == caseId;
    });
}

void EmulatorCases::advance(qint64 now)
{
    while (!m_events.isEmpty() && m_events.firstKey() <= now) {
        const qint64 at = m_events.firstKey();
        const Event event = m_events.first();
        m_events.erase(m_events.begin());
        happen(event, at);
    }
}

std::optional<qint64> EmulatorCases::nextEvent() const
{
    return m_events.isEmpty() ? std::nullopt : std::optional(m_events.firstKey());
}

void EmulatorCases::happen(const Event &event, qint64 at)
{
    DemoCase *theCase = find(*event.state, event.caseId);
    if (!theCase)
        return;
    switch (event.step) {
    case Step::Open:
        theCase->status = QStringLiteral("opened");
        return;
    case Step::Work:
        theCase->status = QStringLiteral("work-in-progress");
        return;
    case Step::Answer:
        break;
    }
    const QString question =
        messageCount(*theCase) > 1 && !theCase->messages.isEmpty() ? theCase->messages.constLast().body : QString();
    DemoMessage message;
    message.body = engineerReply(*theCase, question, m_seed + quint64(messageCount(*theCase)));
    message.submittedBy = amazon;
    message.timeCreated = utc(at);
    message.fromAws = true;
    addMessage(*event.state, *theCase, message);
    theCase->status = QStringLiteral("pending-customer-action");
}

} // namespace casement::demo
