#include "support/rehearsal.h"

#include <QVariant>

namespace casement {

namespace {

constexpr const char *knowsRehearsals = "knowsRehearsals"; // a property of the client, so that it goes with it

} // namespace

void askForRehearsals(Client &client, QObject *context, std::function<void(const Result<bool> &)> done)
{
    if (const QVariant known = client.property(knowsRehearsals); known.isValid())
        return done(known.toBool());
    DescribeSeverityLevels::Request read; // the cheapest one
    read.dryRun = true;
    client.send(read, context, [&client, done = std::move(done)](const Result<ServiceAnswer> &answer) {
        const bool knows = !answer && isCode(answer.error().code, QLatin1StringView("DryRunOperation"));
        if (!answer && !knows)
            return done(answer.error()); // no permission, no network: it says nothing about the service
        client.setProperty(knowsRehearsals, knows);
        done(knows);
    });
}

Error noRehearsalsError(const char *operation)
{
    return {.kind = Error::Kind::Invalid,
            .code = noRehearsals,
            .message = QStringLiteral("This service does not know dryRun and would take a rehearsal for real; nothing "
                                      "was sent."),
            .operation = QString::fromLatin1(operation)};
}

} // namespace casement
