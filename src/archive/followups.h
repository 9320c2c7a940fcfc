#pragma once

#include "archive/outbox.h"

namespace casement {

/// Replies that carry the files for which a message has no room, where the service takes a few files a message only.
/// They are entries of the outbox: each waits until the one before it is done, and is sent then by itself. Those of a
/// new case go to the case that was opened.
class FollowUps
{
public:
    /// The outbox is borrowed.
    explicit FollowUps(Outbox &outbox) : m_outbox(outbox) { }

    /// Adds a file to the last follow-up of a message, or to another one behind it; answers the file's id.
    Result<QString> add(const QString &message, const LocalFile &file, bool owned = false);
    /// After files came or went, or the message changed: fills up what has room in a draft and its follow-ups, drops
    /// those that are empty, and writes their texts, `Files 4–6 of 8` in the language of the case, which a new case
    /// knows itself.
    void arrange(const QString &message, const QString &language);
    /// Forgets all follow-ups of a message with their files.
    void discard(const QString &message);

    /// That there is no such message, so that a file can't be added to it.
    static Error noMessage();

    /// How many files they carry.
    int fileCount(const QString &message) const;

    /// `Files 4–6 of 8`; English where the language is not one that AWS takes cases in.
    static QString text(const QString &language, int first, int last, int total);

private:
    QString roomyFollowUp(const QString &message);
    void fillUp(const OutboxEntry &head);
    void dropEmpty(const QString &message);

    Outbox &m_outbox;
};

} // namespace casement
