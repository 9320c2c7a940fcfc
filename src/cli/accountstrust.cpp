#include "cli/accountscommand.h"

#include "archive/accountplace.h"
#include "archive/caseowner.h"
#include "cli/terminaltext.h"

namespace casement::cli {

using namespace Qt::StringLiterals;

/// What the window does when an account is saved as it is: its keys are its own, and it is where it is meant to be.
void AccountsCommand::trust()
{
    const Result<ChosenAccount> chosen = line().profile.isEmpty()
        ? accounts().named(wish().name)
        : Result<ChosenAccount>(accounts().ofProfile(line().profile));
    if (!chosen)
        return fail(chosen.error(), wrongUsage);
    const auto nothingKnown = [this](const Error &error) {
        if (error.kind != Error::Kind::None)
            return fail(error);
        complain(u"There is no archive yet, so nothing is held."_s);
        finish(succeeded);
    };
    const auto getKeys = [this, account = *chosen] {
        Result<std::unique_ptr<HttpServiceConnection>> made = connectService(account.choice);
        if (!made)
            return fail(made.error());
        m_connection = std::move(*made);
        m_connection->credentials().get(this, [this, account](const Result<Credentials> &keys) {
            if (isFinished())
                return;
            keys ? trustAt(account, *keys) : fail(keys.error());
        });
    };
    openArchive(getKeys, nothingKnown);
}

void AccountsCommand::trustAt(const ChosenAccount &account, const Credentials &keys)
{
    const AccountIdentity here = account.identity(m_connection->endpoint());
    const QString told = accountOfKeys(keys, !m_connection->endpoint().custom);
    const bool isPlace = isPlaceOfFiles(account.choice);
    m_archive->ensureAccount(
        here.key, here.name, here.partition, this, [this, keys, told, isPlace](const Result<AccountRecord> &record) {
            if (!record)
                return fail(record.error());
            if (!told.isEmpty() && !record->number.isEmpty() && told != record->number)
                return fail(foreignKeys(*record, told));
            if (isPlace)
                m_archive->notePlaces({record->key});
            m_archive->vouchForKeys(
                record->id, keyIdDigest(keys.accessKeyId()), this, [this, record = *record](const Result<void> &done) {
                    if (!done)
                        return fail(done.error());
                    const QString host = hostOfKey(record.key);
                    output().write(u"The keys of %1 are taken for its own from now on, at %2.\n"_s.arg(
                        terminalLine(record.name), host.isEmpty() ? u"AWS"_s : host));
                    finish(succeeded);
                });
        });
}

} // namespace casement::cli
