#include "archive/accountlist.h"
#include "archive/accountsfile.h"
#include "fuzzfolder.h"
#include "fuzzinput.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

// Input: accounts.json, the list of accounts that the window and casement-cli share.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

QString &path()
{
    static QString &file = *new QString(folderOfInputs().filePath(u"accounts.json"_s));
    return file;
}

void checkAccounts(const AccountList &list)
{
    QSet<QString> ids;
    for (const ListedAccount &account : list.accounts()) {
        require(!account.id.isEmpty() && !ids.contains(account.id), "each account has an id of its own", account.id);
        ids.insert(account.id);
        require(!account.name.isEmpty() && account.name == account.name.simplified(), "each account has a name",
                account.name);
        require(account.source != ListedAccount::Source::Session, "no keys of a session are in a file");
        require(list.find(account.id) && list.find(account.id)->name == account.name, "an account is found by its id",
                account.id);
        (void)list.whyNot(account);
    }
}

/// What is written says the same, and keeps what this version does not know.
void checkWriting(const AccountsFile &file, const QByteArray &before)
{
    Result<AccountsFile::Content> read = file.read();
    require(read.hasValue(), "what was loaded is read");
    require(read->bytes == before, "all of it is read");
    const QJsonObject root = read->root;
    require(file.write(*read).hasValue(), "it can be written");
    const Result<AccountsFile::Content> again = file.read();
    require(again && again->accounts == read->accounts, "what is written says the same",
            QString::fromUtf8(read->bytes));
    require(again->root.keys() == root.keys(), "nothing of the list is lost", QString::fromUtf8(read->bytes));
    require(again->root.value("accounts"_L1).toArray().size() == root.value("accounts"_L1).toArray().size(),
            "no account is lost", QString::fromUtf8(read->bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    const QByteArray content(reinterpret_cast<const char *>(data), qsizetype(size));
    writeFile(path(), content);
    AccountList list(path());
    const Result<void> loaded = list.load();
    if (!loaded) {
        require(loaded.error().kind == Error::Kind::File && loaded.error().message.contains(path()),
                "a damaged list is told by its name", loaded.error().toLine());
        require(list.accounts().isEmpty(), "nothing comes out of a damaged list");
        require(!list.add({ListedAccount{.id = {}, .name = u"one more"_s}}), "a damaged list is not changed");
        require(readFile(path()) == content, "a damaged list is left as it is");
        return 0;
    }
    checkAccounts(list);
    checkWriting(AccountsFile(path()), content);
    return 0;
}
