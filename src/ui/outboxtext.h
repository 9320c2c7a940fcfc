#pragma once

#include "archive/outboxstore.h"

#include <QCoreApplication>

namespace casement {

/// What a person is told about a change on its way, and what they can do about it.
class OutboxText
{
    Q_DECLARE_TR_FUNCTIONS(casement::OutboxText)

public:
    struct Choices
    {
        bool lookAgain = false;
        bool sendAgain = false; ///< of a queued one: now
        bool keepAsDraft = false;
    };

    /// One or two sentences: where it stands, why, and what happens next. Plain text. Empty for a draft that nothing
    /// happened to. `uploading`: files of it that are not at AWS yet.
    static QString sentence(const OutboxEntry &entry, bool underWay, int uploading = 0);
    /// The same with what AWS said itself behind it: for where there is no room for details that open.
    static QString whole(const OutboxEntry &entry, bool underWay, int uploading = 0);
    /// Of a follow-up: what it waits for; `before` is its predecessor, null when that is no more.
    static QString waiting(const OutboxEntry &entry, const OutboxEntry *before);
    static Choices choices(const OutboxEntry &entry, bool underWay, int uploading = 0);
};

} // namespace casement
