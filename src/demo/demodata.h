#pragma once

#include "demo/demoaccount.h"

namespace casement::demo {

struct DemoDataOptions
{
    int accounts = 4; ///< at least 1
    int cases = 0; ///< over all accounts; 0: the year that was written by hand
    int checks = 450; ///< 0 to 100,000
    qint64 resources = 0; ///< flagged resources of each flagged check; 0: as many as such an account would have
    quint64 seed = 1;
    QDateTime now; ///< the end of the year that is told; the current time when invalid
};

/// The whole content of a demo service. Equal options make equal data.
struct DemoData
{
    quint64 seed = 1;
    qint64 resourcesPerCheck = 0;
    QDateTime now;
    QList<DemoAccount> accounts;
    QList<DemoCheck> checks;
};

DemoData make(const DemoDataOptions &options = {});

/// All messages of a case, oldest first, with those that are made on demand.
QList<DemoMessage> messagesOf(const DemoAccount &account, const DemoCase &theCase);
/// How many `messagesOf()` would give.
qsizetype messageCount(const DemoCase &theCase);

/// The attachment of that id in the account, wherever it is.
std::optional<DemoAttachment> findAttachment(const DemoAccount &account, const QString &attachmentId);
/// Up to `length` bytes of the content from `offset` on; fewer at the end. -1: to the end.
QByteArray attachmentBytes(const DemoAttachment &attachment, qint64 offset = 0, qint64 length = -1);

/// Some 300 services, technical ones and those of account and billing matters.
const QList<DemoService> &services();
/// low, normal, high, urgent, critical.
const QList<DemoSeverity> &severityLevels();
/// zh, en, ja, es, pt, fr, ko, tr.
const QList<DemoLanguage> &caseLanguages();

/// The description of a check: a fragment of HTML, as untidy as the service's own.
QString checkDescription(const DemoCheck &check, const QString &language);
/// Counts, status and savings of a check in an account, without resources.
DemoCheckResult checkSummary(const DemoData &data, const DemoAccount &account, const DemoCheck &check);
/// The same with the resources; equal counts for equal arguments.
DemoCheckResult checkResult(const DemoData &data, const DemoAccount &account, const DemoCheck &check,
                            const QString &language);

/// What an engineer of AWS answers to `customerMessage` (empty: to the opening of the case), in the language of the
/// case: a polite text with greeting, substance and footer, within 8,000 code points.
QString engineerReply(const DemoCase &theCase, const QString &customerMessage, quint64 seed);
/// The name an engineer signs that case with.
QString engineerName(const DemoCase &theCase);

} // namespace casement::demo
