#pragma once

#include "archive/caseowner.h"
#include "ui/errorsofcomputer.h"

#include <QTemporaryDir>

/// The sentences of the list of accounts, of tables of accounts, of templates and of settings.
namespace casement::test {

inline QList<ErrorCase> ComputerErrors::ofAccounts() const
{
    // Why an account can't be in the list, in which “Production” is.
    const auto row = [](const char *key, const std::function<void(ListedAccount &)> &spoil) {
        return sentence(QStringLiteral("account/") + QString::fromLatin1(key), [spoil] {
            const QTemporaryDir own;
            AccountList list(own.filePath(QStringLiteral("accounts.json")));
            ListedAccount known{.id = QStringLiteral("1"),
                                .name = QStringLiteral("Production"),
                                .source = ListedAccount::Source::Environment,
                                .archiveKey = QStringLiteral("key")};
            if (!list.add({known}))
                return QStringLiteral("not added");
            ListedAccount account{.id = QStringLiteral("2"),
                                  .name = QStringLiteral("Staging"),
                                  .source = ListedAccount::Source::Environment};
            spoil(account);
            const auto added = list.add({account});
            return added ? QStringLiteral("added") : AccountText::sentences(added.error());
        });
    };
    const auto ofAnother = [](const char *key, ListedAccount::Source source) {
        return errorCase(QStringLiteral("NoCredentials/Told/") + QString::fromLatin1(key), [source] {
            return otherOwner(
                {.name = QStringLiteral("Staging"), .source = source, .accountNumber = QStringLiteral("444455556666")},
                QStringLiteral("111122223333"));
        });
    };
    // Said on the page of accounts.
    const auto onAccounts = [](const char *key, Error::Kind kind, const QString &code) {
        return sentence(QStringLiteral("account/") + QString::fromLatin1(key),
                        [kind, code] { return AccountText::sentencesHere({.kind = kind, .code = code}); });
    };
    // What came tells that its keys are another account's.
    const auto casesOf = [](const char *key, const char *archiveKey) {
        return errorCase(QStringLiteral("NoCredentials/Told/") + QString::fromLatin1(key), [archiveKey] {
            return foreignCases({.key = QString::fromLatin1(archiveKey), .name = QStringLiteral("Staging")},
                                QStringLiteral("111122223333"), QStringLiteral("444455556666"));
        });
    };
    // Why the keys of a listed account can't be got.
    const auto keysOf = [](const char *key, const QString &base, const QString &basesBase,
                           ListedAccount::Source source = ListedAccount::Source::Role) {
        return errorCase(QStringLiteral("NoCredentials/Told/") + QString::fromLatin1(key), [=] {
            const QTemporaryDir own;
            const QString file = own.filePath(QStringLiteral("accounts.json"));
            QFile json(file);
            if (!json.open(QIODevice::WriteOnly))
                return Error();
            const QString role = QStringLiteral("arn:aws:iam::111122223333:role/Support");
            json.write(QStringLiteral(R"({"version":1,"accounts":[
                {"id":"2","name":"Staging","source":"role","base":"%1","roleArn":"%3"},
                {"id":"3","name":"Management","source":"role","base":"%2","roleArn":"%3"}]})")
                           .arg(base, basesBase, role)
                           .toUtf8());
            json.close();
            AccountList list(file);
            if (const Result<void> loaded = list.load(); !loaded)
                return loaded.error();
            SecretStore secrets;
            ListedAccount account = *list.find(QStringLiteral("2"));
            account.source = source;
            return choiceOf(account, list, secrets).error();
        });
    };
    return {
        row("no name", [](ListedAccount &account) { account.name.clear(); }),
        row("a long name", [](ListedAccount &account) { account.name = QString(101, QLatin1Char('a')); }),
        row("a name that can't be shown", [](ListedAccount &account) { account.name = QStringLiteral("a\u200eb"); }),
        row("a name that is taken", [](ListedAccount &account) { account.name = QStringLiteral("production"); }),
        row("the same account", [](ListedAccount &account) { account.archiveKey = QStringLiteral("key"); }),
        row("in the list", [](ListedAccount &account) { account.id = QStringLiteral("1"); }),
        row("no region", [](ListedAccount &account) { account.region = QStringLiteral("nowhere at all"); }),
        row("no endpoint", [](ListedAccount &account) { account.endpointUrl = QStringLiteral("http://example.com"); }),
        row("no profile", [](ListedAccount &account) { account.source = ListedAccount::Source::Profile; }),
        row("no role",
            [](ListedAccount &account) {
                account.source = ListedAccount::Source::Role;
                account.roleArn = QStringLiteral("Support");
            }),
        row("no external ID",
            [](ListedAccount &account) {
                account.source = ListedAccount::Source::Role;
                account.roleArn = QStringLiteral("arn:aws:iam::111122223333:role/Support");
                account.externalId = QStringLiteral("!");
            }),
        row("a role of nobody",
            [](ListedAccount &account) {
                account.source = ListedAccount::Source::Role;
                account.roleArn = QStringLiteral("arn:aws:iam::111122223333:role/Support");
            }),
        sentence(QStringLiteral("account/a role of itself"),
                 [] {
                     const QTemporaryDir own;
                     AccountList list(own.filePath(QStringLiteral("accounts.json")));
                     ListedAccount account{.id = QStringLiteral("2"),
                                           .name = QStringLiteral("Staging"),
                                           .source = ListedAccount::Source::Environment};
                     if (!list.add({account}))
                         return QStringLiteral("not added");
                     account.source = ListedAccount::Source::Role;
                     account.roleArn = QStringLiteral("arn:aws:iam::111122223333:role/Support");
                     account.base = account.id;
                     return AccountText::sentences(list.update(account).error());
                 }),
        ofContext(
            QStringLiteral("account/of a newer version"), "casement::AccountList",
            "\"%1\" was added by a newer version of Casement and can only be used and changed by that one. Install "
            "it.",
            {QStringLiteral("Staging")}),
        sentence(QStringLiteral("account/one of several"),
                 [] {
                     const QTemporaryDir own;
                     AccountList list(own.filePath(QStringLiteral("accounts.json")));
                     const auto profile = [](const char *name, const QString &of) {
                         return ListedAccount{.name = QString::fromLatin1(name),
                                              .source = ListedAccount::Source::Profile,
                                              .profile = of};
                     };
                     return AccountText::sentences(
                         list.add({profile("Production", QStringLiteral("a")), profile("Staging", {})}).error());
                 }),
        sentence(QStringLiteral("account/gone meanwhile"),
                 [] {
                     const QTemporaryDir own;
                     AccountList list(own.filePath(QStringLiteral("accounts.json")));
                     const ListedAccount account{.id = QStringLiteral("2"), .name = QStringLiteral("Staging")};
                     return AccountText::sentences(list.update(account).error());
                 }),
        ofContext(QStringLiteral("account/keys that stay in the keychain"), "casement::AccountKeeper",
                  "“%1” is off the list, but its keys may still be in the keychain. Delete the entry “%2” of "
                  "org.casement.Casement there.",
                  {QStringLiteral("Staging"), QStringLiteral("2f1c")}),
        sentence(QStringLiteral("account/a folder for ~/.aws/config"),
                 [this] {
                     QDir().mkpath(path(QStringLiteral("odd/config")));
                     return namedPlace(path(QStringLiteral("odd/config")));
                 }),
        sentence(QStringLiteral("account/a link to nothing for ~/.aws/config"),
                 [this] {
                     const QString link = fresh(QStringLiteral("dangling"));
                     QFile::link(path(QStringLiteral("nothing")), link);
                     return namedPlace(link);
                 }),
        sentence(QStringLiteral("account/a case opened in another account"),
                 [] {
                     return openedElsewhere(
                         {.name = QStringLiteral("Staging"), .number = QStringLiteral("444455556666")},
                         u"case-111122223333-muen-2026-1");
                 }),
        onAccounts("keys that are wrong", Error::Kind::Refused, QStringLiteral("InvalidAccessKeyId")),
        onAccounts("keys that nobody knows", Error::Kind::Refused, QStringLiteral("UnrecognizedClientException")),
        onAccounts("keys that are missing", Error::Kind::Keychain, keychaincode::missing),
        ofAnother("keys of another account", ListedAccount::Source::Keychain),
        ofAnother("a profile of another account", ListedAccount::Source::Profile),
        errorCase(QStringLiteral("NoCredentials/Held/an endpoint that is gone"),
                  [] { return lostEndpoint(QStringLiteral("Staging")); }),
        casesOf("cases of another account", "keys:2f1c"),
        errorCase(QStringLiteral("NoCredentials/Held/no case of an account that has some"),
                  [] { return emptyLists(QStringLiteral("Staging")); }),
        errorCase(QStringLiteral("NoCredentials/Held/keys that prove nothing"),
                  [] { return unprovenKeys(QStringLiteral("Staging"), false); }),
        errorCase(QStringLiteral("NoCredentials/Held/keys that may not read cases"),
                  [] { return unprovenKeys(QStringLiteral("Staging"), true); }),
        casesOf("cases of another account, by a profile", "profile:staging"),
        keysOf("a base that is gone", QStringLiteral("9"), QStringLiteral("9")),
        keysOf("a circle", QStringLiteral("3"), QStringLiteral("2")),
        keysOf("of one run", {}, {}, ListedAccount::Source::Session),
    };
}

inline QList<ErrorCase> ComputerErrors::ofAccountFile() const
{
    const auto loaded = [](const QString &file) {
        AccountList list(file);
        const Result<void> done = list.load();
        return done ? QStringLiteral("loaded") : ErrorText::whole({}, Deed::Read, done.error());
    };
    const auto row = [this, loaded](const char *key, const QByteArray &content) {
        return sentence(QStringLiteral("account file/") + QString::fromLatin1(key),
                        [this, loaded, content] { return loaded(put(QStringLiteral("accounts.json"), content)); });
    };
    const auto said = [this](const char *key, const char *advice) {
        return sentence(QStringLiteral("account file/") + QString::fromLatin1(key), [this, advice] {
            return QCoreApplication::translate("casement::AccountList",
                                               "The list of accounts %1 can't be written, and is as it was. %2")
                .arg(path(QStringLiteral("accounts.json")),
                     QCoreApplication::translate("casement::AccountList", advice));
        });
    };
    return {
        row("empty", " "),
        row("no JSON", "{\"version\": 1,\n \"accounts\": ["),
        row("no list", "[]"),
        row("too large", QByteArray((10 << 20) + 1, ' ')),
        row("an entry without a name", R"({"version":1,"accounts":[{"id":"1"}]})"),
        row("of a newer version", R"({"version":99,"accounts":[]})"),
        sentence(QStringLiteral("account file/a folder"),
                 [this, loaded] {
                     QDir().mkpath(path(QStringLiteral("list/accounts.json")));
                     return loaded(path(QStringLiteral("list/accounts.json")));
                 }),
        sentence(QStringLiteral("account file/a link to itself"),
                 [this, loaded] {
                     const QString link = fresh(QStringLiteral("loop.json"));
                     QFile::link(link, link);
                     return loaded(link);
                 }),
        sentence(QStringLiteral("account file/not written"),
                 [this] {
                     AccountList list(put(QStringLiteral("file")) + QStringLiteral("/accounts.json"));
                     const auto added =
                         list.add({{.name = QStringLiteral("Staging"), .source = ListedAccount::Source::Environment}});
                     return added ? QStringLiteral("added") : AccountText::sentences(added.error());
                 }),
        said("held by another program", "Another program has been changing it for too long. Close it and try again."),
        said("without rights", "Check the permissions of the file and its folder."),
        said("would be too large", "It would be larger than 10 MB: remove accounts from it."),
        sentence(
            QStringLiteral("account file/disk"),
            [this] {
                const auto text = [](const char *words) {
                    return QCoreApplication::translate("casement::AccountList", words);
                };
                return text("The list of accounts %1 can't be written, and is as it was. %2")
                    .arg(path(QStringLiteral("accounts.json")),
                         text("The reason: %1. Mend that, then try again.").arg(fileReason(qt_error_string(ENOSPC))));
            }),
    };
}

/// Tables of accounts to import.
inline QList<ErrorCase> ComputerErrors::ofTables()
{
    const auto row = [](const char *key, const QByteArray &table, bool hasBase = true) {
        return sentence(QStringLiteral("table/") + QString::fromLatin1(key), [table, hasBase] {
            ListedAccount base;
            if (hasBase)
                base.id = QStringLiteral("1");
            const auto read = AccountImport::ofCsv(table, QStringLiteral("accounts.csv"), base);
            return read ? QStringLiteral("read") : read.error().message;
        });
    };
    return {
        row("too large", QByteArray((16 << 20) + 1, 'a')),
        row("not UTF-8", "\xff\xfe"),
        row("an open quotation mark", "name,profile\n\"a,b\n"),
        row("empty", {}),
        row("a column twice", "name,profile,name\n"),
        row("a column of keys", "name,profile,access_key_id\n"),
        row("no columns", "Production,work\n"),
        row("too many cells", "name,profile\na,b,c\n"),
        row("no name", "name,profile\n,b\n"),
        row("a long name", "name,profile\n" + QByteArray(101, 'a') + ",b\n"),
        row("a name twice", "name,profile\na,b\na,c\n"),
        row("neither", "name,profile\na,\n"),
        row("both", "name,profile,role_arn\na,b,arn:aws:iam::111122223333:role/Support\n"),
        row("no role", "name,role_arn\na,Support\n"),
        row("a role of nobody", "name,role_arn\na,arn:aws:iam::111122223333:role/Support\n", false),
        row("an external ID that is none",
            "name,role_arn,external_id\na,arn:aws:iam::111122223333:role/Support,not fine\n"),
        row("an external ID without a role", "name,profile,external_id\na,b,c\n"),
        row("no region", "name,profile,region\na,b,no where\n"),
        row("no endpoint", "name,profile,endpoint_url\na,b,http://example.com\n"),
        row("no color", "name,profile,color\na,b,loud\n"),
        row("no account", "name,profile\n"),
        sentence(QStringLiteral("role/no name"), [] { return AccountImport::whyNoRoleName({}); }),
        sentence(QStringLiteral("role/a wrong name"), [] { return AccountImport::whyNoRoleName(QStringLiteral("!")); }),
    };
}

inline QList<ErrorCase> ComputerErrors::ofTemplates()
{
    const auto row = [](const char *key, const QByteArray &text) {
        return errorCase(
            QStringLiteral("template/") + QString::fromLatin1(key),
            [text] {
                const Result<CaseTemplate> read = readTemplate(text);
                return read ? Error() : read.error();
            },
            Deed::Load);
    };
    QByteArray many = "{";
    for (int i = 0; i < 5000; ++i)
        many += "\"a" + QByteArray::number(i) + "\": \"x\",\n";
    return {
        row("empty", {}),
        row("too large", QByteArray(20 << 20, 'a')),
        row("not UTF-8", "subject: \xff\xfe\n"),
        row("no template", "just words"),
        row("half a JSON", "{\"subject\": \"a\",\n"),
        row("half a YAML", "subject: [\n"),
        row("a name twice", "subject: a\nsubject: b\n"),
        row("too many names", many + "\"z\": \"x\"}"),
        row("nested too deeply", "subject: " + QByteArray(1000, '[')),
        row("YAML 1.1", "%YAML 1.1\n---\nsubject: yes\n"),
        row("an alias", "subject: &a b\ncommunicationBody: *a\n"),
        row("a tag", "subject: !!binary aGVsbG8=\n"),
        row("several documents", "subject: a\n---\nsubject: b\n"),
        row("a control character", "subject: \"a\x01\"\n"),
        row("no text", "{\"subject\": 1}"),
        row("no list", "{\"subject\": \"a\", \"ccEmailAddresses\": \"a@b.c\"}"),
        row("no yes or no", "{\"subject\": \"a\", \"dryRun\": \"maybe\"}"),
        row("a long text", "{\"subject\": \"" + QByteArray(200'000, 'a') + "\"}"),
    };
}

inline QList<ErrorCase> ComputerErrors::ofSettings() const
{
    const auto row = [](const char *key, const QByteArray &content) {
        return errorCase(
            QStringLiteral("settings/") + QString::fromLatin1(key),
            [content] {
                const QTemporaryDir own;
                UiSettings settings(own.filePath(QStringLiteral("casement.ini")));
                const auto taken = SettingsTransfer::look(content, settings);
                return taken ? Error() : taken.error();
            },
            Deed::Load);
    };
    const auto leftOut = [](const char *key, const QByteArray &setting) {
        return sentence(QStringLiteral("setting/") + QString::fromLatin1(key), [setting] {
            const QTemporaryDir own;
            UiSettings settings(own.filePath(QStringLiteral("casement.ini")));
            const auto taken =
                SettingsTransfer::look(R"({"casement":"settings","version":1,"settings":{)" + setting + "}}", settings);
            return taken ? taken->problems.join(QLatin1Char('\n')) : taken.error().message;
        });
    };
    return {
        row("another file", "{}"),
        row("of a newer version", R"({"casement":"settings","version":2,"settings":{}})"),
        leftOut("unknown", R"("shoe/size":"42")"),
        leftOut("a wrong value", R"("archive/months":"many")"),
        leftOut("a key", R"("templates/folder":"/AKIAIOSFODNN7EXAMPLE")"),
        leftOut("a folder that is not here", R"("templates/folder":"/nowhere/templates")"),
        leftOut("a file for a folder", R"("templates/folder":"/etc/passwd")"),
        leftOut("no name of a host", R"("network/proxyHost":"proxy.example:3128")"),
        leftOut("a proxy without a host", R"("network/proxy":"http")"),
        leftOut("a folder for a file", R"("network/caFile":"/etc")"),
        leftOut("a file without a certificate", R"("network/caFile":"/etc/passwd")"),
    };
}

} // namespace casement::test
