#include "archive/accountsfile.h"

#include "aws/regularfile.h"
#include "transfer/fileerror.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>
#include <QSet>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using Source = ListedAccount::Source;

constexpr int fileVersion = 1;
constexpr qint64 largestList = 10 << 20;
constexpr std::chrono::milliseconds lockPatience{2'000};
constexpr int lookEveryMs = 3;
constexpr int mostLinks = 40; // as Linux has it

constexpr std::array sources{std::pair{"keychain"_L1, Source::Keychain}, std::pair{"profile"_L1, Source::Profile},
                             std::pair{"environment"_L1, Source::Environment}, std::pair{"role"_L1, Source::Role}};

struct TextMember
{
    QLatin1StringView name;
    QString ListedAccount::*member;
};

constexpr std::array textMembers{
    TextMember{"id"_L1, &ListedAccount::id},
    TextMember{"name"_L1, &ListedAccount::name},
    TextMember{"profile"_L1, &ListedAccount::profile},
    TextMember{"base"_L1, &ListedAccount::base},
    TextMember{"roleArn"_L1, &ListedAccount::roleArn},
    TextMember{"externalId"_L1, &ListedAccount::externalId},
    TextMember{"region"_L1, &ListedAccount::region},
    TextMember{"endpointUrl"_L1, &ListedAccount::endpointUrl},
    TextMember{"accountNumber"_L1, &ListedAccount::accountNumber},
    TextMember{"plan"_L1, &ListedAccount::plan},
    TextMember{"archiveKey"_L1, &ListedAccount::archiveKey},
};

Source sourceOf(const QJsonObject &entry)
{
    const QString name = entry.value("source"_L1).toString();
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const auto &one) { return one.first == name; });
    return found == sources.end() ? Source::Newer : found->second;
}

ListedAccount accountOf(const QJsonObject &entry)
{
    ListedAccount account;
    for (const TextMember &one : textMembers)
        account.*one.member = entry.value(one.name).toString();
    account.name = account.name.simplified();
    account.color = entry.value("color"_L1).toInt(-1);
    account.source = sourceOf(entry);
    account.keysGiven = entry.value("keysGiven"_L1).toInt();
    account.paused = entry.value("paused"_L1).toBool();
    account.asksBeforeSending = entry.value("askBeforeSending"_L1).toBool();
    return account;
}

void putInto(QJsonObject &entry, const ListedAccount &account)
{
    for (const TextMember &one : textMembers) {
        if ((account.*one.member).isEmpty())
            entry.remove(one.name);
        else
            entry.insert(one.name, account.*one.member);
    }
    for (const auto &[name, source] : sources) {
        if (source == account.source)
            entry.insert(u"source"_s, name);
    }
    if (account.color >= 0)
        entry.insert(u"color"_s, account.color);
    else
        entry.remove("color"_L1);
    if (account.keysGiven != 0)
        entry.insert(u"keysGiven"_s, account.keysGiven);
    for (const auto &[name, on] :
         {std::pair("paused"_L1, account.paused), std::pair("askBeforeSending"_L1, account.asksBeforeSending)}) {
        if (on)
            entry.insert(name, true);
        else
            entry.remove(name);
    }
}

} // namespace

Error AccountsFile::unreadable(const QString &why) const
{
    return {.kind = Error::Kind::File,
            .message = AccountList::tr("The list of accounts %1 can't be read: %2. Mend that, then try again.")
                           .arg(target(), fileReason(why))};
}

Error AccountsFile::unwritable(const QString &advice) const
{
    return {
        .kind = Error::Kind::File,
        .message =
            AccountList::tr("The list of accounts %1 can't be written, and is as it was. %2").arg(target(), advice)};
}

Error AccountsFile::damaged(const QString &why) const
{
    return {.kind = Error::Kind::File,
            .message = AccountList::tr("The list of accounts %1 is damaged (%2) and is left as it is. Mend it, or move "
                                       "it away and add the accounts again.")
                           .arg(target(), why)};
}

QString AccountsFile::target() const
{
    QString path = m_path;
    for (int i = 0; i < mostLinks; ++i) {
        const QFileInfo info(path);
        if (!info.isSymbolicLink())
            break;
        path = info.symLinkTarget();
    }
    return path;
}

Result<AccountsFile::Lock> AccountsFile::lock() const
{
    const QString file = target();
    const QString folder = QFileInfo(file).absolutePath();
    if (!QFileInfo::exists(folder)) {
        QDir().mkpath(QFileInfo(folder).absolutePath());
        ::mkdir(QFile::encodeName(folder).constData(), 0700);
    }
    auto lock = std::make_shared<QLockFile>(file + ".lock"_L1);
    lock->setStaleLockTime(std::chrono::milliseconds(std::chrono::seconds(30)));
    // QLockFile by itself looks less and less often, and misses its turn where several write.
    const QDeadlineTimer deadline(lockPatience);
    while (!lock->tryLock(lookEveryMs) && lock->error() == QLockFile::LockFailedError && !deadline.hasExpired()) { }
    if (lock->isLocked())
        return lock;
    switch (lock->error()) {
    case QLockFile::LockFailedError:
        return unwritable(
            AccountList::tr("Another program has been changing it for too long. Close it and try again."));
    case QLockFile::PermissionError:
        return unwritable(AccountList::tr("Check the permissions of the file and its folder."));
    default:
        return unwritable(AccountList::tr("Check the disk and the folder."));
    }
}

Result<AccountsFile::Content> AccountsFile::read() const
{
    const QString path = target();
    Content content;
    if (QFileInfo(path).isSymbolicLink())
        return unreadable(qt_error_string(ELOOP));
    if (!QFileInfo::exists(path))
        return content;
    if (const QString why = whyNotReadable(path); !why.isEmpty())
        return unreadable(why);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file.errorString());
    content.bytes = file.read(largestList + 1);
    if (file.error() != QFileDevice::NoError)
        return unreadable(file.errorString());
    if (content.bytes.size() > largestList)
        return damaged(AccountList::tr("larger than 10 MB"));
    if (content.bytes.trimmed().isEmpty()) // a full disk leaves such a file, and adding to it would hide what was lost
        return damaged(AccountList::tr("it is empty"));
    QJsonParseError parsed;
    const QJsonDocument json = QJsonDocument::fromJson(content.bytes, &parsed);
    if (parsed.error != QJsonParseError::NoError) {
        const auto line = content.bytes.first(std::min<qsizetype>(parsed.offset, content.bytes.size())).count('\n') + 1;
        return damaged(AccountList::tr("line %1: %2").arg(line).arg(parsed.errorString()));
    }
    content.root = json.object();
    const QJsonValue version = content.root.value("version"_L1);
    if (version.toInt() > fileVersion) {
        return Error{.kind = Error::Kind::File,
                     .message = AccountList::tr("The list of accounts %1 was made by a newer version of Casement. "
                                                "Install that version, or move the file away.")
                                    .arg(path)};
    }
    const QJsonValue entries = content.root.value("accounts"_L1);
    if (!json.isObject() || version.toInt() != fileVersion || !entries.isArray())
        return damaged(AccountList::tr("it is no list of accounts"));
    QSet<QString> ids;
    int number = 0;
    for (const QJsonValue &value : entries.toArray()) {
        ++number;
        const QJsonObject entry = value.toObject();
        const QString id = entry.value("id"_L1).toString();
        if (id.isEmpty() || entry.value("name"_L1).toString().simplified().isEmpty() || ids.contains(id))
            return damaged(AccountList::tr("entry %1 has no name or no id of its own").arg(number));
        ids.insert(id);
        content.accounts.append(accountOf(entry));
    }
    for (const QJsonValue &value : content.root.value("keysLeft"_L1).toArray()) {
        const KeysLeft keys{value["id"_L1].toString(), value["name"_L1].toString().simplified()};
        if (!keys.id.isEmpty() && !keys.name.isEmpty())
            content.keysLeft.append(keys);
    }
    return content;
}

Result<void> AccountsFile::write(Content &content) const
{
    QHash<QString, QJsonObject> known;
    for (const QJsonValue &value : content.root.value("accounts"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        known.insert(entry.value("id"_L1).toString(), entry);
    }
    QJsonArray entries;
    for (const ListedAccount &account : std::as_const(content.accounts)) {
        QJsonObject entry = known.value(account.id);
        if (account.source != Source::Newer) // which is as that version wrote it
            putInto(entry, account);
        entries.append(entry);
    }
    QJsonArray keysLeft;
    for (const KeysLeft &keys : std::as_const(content.keysLeft))
        keysLeft.append(QJsonObject{{u"id"_s, keys.id}, {u"name"_s, keys.name}});
    if (keysLeft.isEmpty())
        content.root.remove("keysLeft"_L1);
    else
        content.root.insert(u"keysLeft"_s, keysLeft);
    content.root.insert(u"version"_s, fileVersion);
    content.root.insert(u"accounts"_s, entries);
    const QByteArray bytes = QJsonDocument(content.root).toJson();
    if (bytes.size() > largestList)
        return unwritable(AccountList::tr("It would be larger than 10 MB: remove accounts from it."));
    QSaveFile file(target());
    // A commit does not look at how much was written, nor at what a buffer did not get rid of.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) || file.write(bytes) != bytes.size()
        || !file.commit())
        return unwritable(
            AccountList::tr("The reason: %1. Mend that, then try again.").arg(fileReason(file.errorString())));
    content.bytes = bytes;
    return {};
}

} // namespace casement
