#pragma once

#include "base/text.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>
#include <vector>

namespace casement {

/// The number of an account in this archive; never reused.
using AccountId = qint64;

/// Whose answer a case waits for.
enum class Turn : quint8 { Nobody, You, Aws };

/// What is known of AWS's first answer in a case. Stored as these numbers.
enum class FirstAnswer : quint8 {
    NotKnown = 0, ///< messages are missing here, and one of them may be it
    NotYet = 1, ///< every message is known, and none is from AWS
    Given = 2,
};

/// An account as the archive knows it.
struct AccountRecord
{
    AccountId id = 0;
    QString key; ///< what tells accounts apart for ever: `profile:prod`, `environment`, `demo:111122223333`
    QString name; ///< what people see
    QString partition; ///< `aws`, `aws-cn` …
    qint64 lastSync = 0; ///< end of the last sync that listed everything, ms since 1970 UTC; 0 = never
    QString number; ///< the twelve digits of AWS, as its keys or the ids of its cases told them; empty: not known
    qint64 heldSince = 0; ///< since when nothing is asked or sent with its keys, ms since 1970 UTC; 0: it is not held
    bool isPlace = false; ///< where its profile led last, as the files of ~/.aws said, see archive/accountplace
    friend bool operator==(const AccountRecord &, const AccountRecord &) = default;
};

/// What a case is for the whole program.
struct CaseKey
{
    AccountId account = 0;
    QString caseId;

    bool isValid() const { return !caseId.isEmpty(); }
    friend bool operator==(const CaseKey &, const CaseKey &) = default;
};

/// What a list shows of a case. Texts live in `texts`, one arena for a whole page of cases, so that 100,000 of them
/// cost little.
///
/// Times are milliseconds since 1970 UTC; 0 when the service's text could not be read (the text itself stays in the
/// archive).
struct CaseRecord
{
    AccountId account = 0;
    Text caseId;
    Text displayId;
    Text subject;
    Text status;
    Text severityCode;
    Text serviceCode;
    Text categoryCode;
    Text submittedBy;
    Text language;
    Text timeCreatedText; ///< as the service wrote it; shown when it can't be read
    qint64 created = 0;
    qint64 updated = 0; ///< of the newest known message, or `created`
    qint64 turnSince = 0; ///< when the turn came to where it is: the message that brought it
    qint64 answered = 0; ///< when AWS answered first; 0 unless that is sure
    FirstAnswer firstAnswer = FirstAnswer::NotKnown;
    Turn turn = Turn::Nobody;
    bool unread = false; ///< AWS wrote after the person last looked
    /// What typing filters: subject, ids, submitter, codes of service and category, folded; a newline between them.
    Text folded;
    std::shared_ptr<const Arena> texts;

    /// (account, caseId): what a case is for the whole program. displayIds may collide.
    bool sameCase(const CaseRecord &other) const { return account == other.account && caseId == other.caseId; }
};

using CaseRecords = std::vector<CaseRecord>;

/// A file of a message.
struct AttachmentRecord
{
    QString attachmentId;
    QString fileName;
    friend bool operator==(const AttachmentRecord &, const AttachmentRecord &) = default;
};

/// A message of AWS that a sync brought, after the first one had brought what there was: news, and unread.
struct NewAnswer
{
    QString caseId;
    QString communicationKey;
    QString excerpt; ///< the beginning of its text, as received
    qint64 created = 0;
    friend bool operator==(const NewAnswer &, const NewAnswer &) = default;
};

/// One message of a case.
struct CommunicationRecord
{
    QString key; ///< stable, made by communicationKey()
    QString body; ///< plain text as received
    QString submittedBy;
    QString timeCreatedText;
    qint64 created = 0;
    bool fromAws = false;
    bool unread = false;
    QList<AttachmentRecord> attachments;
    friend bool operator==(const CommunicationRecord &, const CommunicationRecord &) = default;
};

/// What a search found: a message, by its text or by the name of a file of it, or a case by its subject or by what the
/// person noted of it.
struct SearchHit
{
    enum class Place : quint8 { Message, Subject, Note, Tags, File };

    AccountId account = 0;
    QString caseId;
    QString communicationKey; ///< of the message; empty when the words stand elsewhere
    QString excerpt; ///< plain text around the first word found; of a file, its name as the service calls it
    qint64 created = 0; ///< of what is in a note or tags: when its case last changed, 0 when no case is known
    Place place = Place::Message;
};

} // namespace casement

Q_DECLARE_METATYPE(casement::CaseKey)
Q_DECLARE_METATYPE(casement::CaseRecords)
