#include "support/cases.h"

#include <algorithm>

namespace casement {

QList<AttachmentDetails> Communication::allAttachments() const
{
    QList<AttachmentDetails> all = attachments;
    for (const AttachmentDetails &old : attachmentSet) {
        const bool known = std::any_of(all.cbegin(), all.cend(), [&](const AttachmentDetails &a) {
            return a.attachmentId == old.attachmentId && (!a.attachmentId.isEmpty() || a.fileName == old.fileName);
        });
        if (!known)
            all.append(old);
    }
    return all;
}

bool Communication::isReadable() const
{
    return !body.isNull() || !submittedBy.isNull() || !timeCreated.isNull() || !caseId.isNull()
        || !attachments.isEmpty() || !attachmentSet.isEmpty();
}

} // namespace casement
