#include "archive/ownerproof.h"

#include "archive/caselisting.h"
#include "archive/caseowner.h"
#include "archive/syncpages.h"

namespace casement {

void OwnerProof::ask(Client &client, Archive &archive, QObject *context,
                     const std::function<void(const Result<void> &)> &done) const
{
    client.send(casesThatTell(), context, [*this, &archive, context, done](const Result<ServiceAnswer> &answer) {
        if (!answer)
            return done(answer.error());
        const Result<ListedPage> page = readListing(answer->body, account);
        if (!page)
            return done(badAnswer(page.error(), DescribeCases::name, answer->requestId));
        const auto judge = [id = account, number = listed, time = now, owner = page->owner, ofKeys = answer->ofKeys,
                            keys = answer->keys,
                            isEmpty = page->isEmpty()](Database &database) mutable -> Result<void> {
            owner.ofKeys = ofKeys;
            if (ofKeys.isEmpty() && isEmpty)
                return mayBeEmpty(database, id, keys, time);
            const Result<QString> known = ownerAfter(database, id, number, owner);
            return known ? Result<void>() : Result<void>(known.error());
        };
        archive.ask<void>(ArchiveThread::Lane::Bulk, context, judge, done);
    });
}

} // namespace casement
