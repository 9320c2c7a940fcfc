#include "app/application.h"
#include "demoservice.h"
#include "support/cases.h"

#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {
constexpr int patience = 20'000;
}

/// `casement-cli accounts remove` beside a window.
class TestAccountUploads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anUploadEndsWithItsAccount();
};

void TestAccountUploads::anUploadEndsWithItsAccount()
{
    QTemporaryDir folder;
    const auto path = [&folder](const QString &name) { return folder.filePath(name); };
    const auto write = [&path](const QString &name, const QByteArray &bytes) {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    test::DemoFixture demo;
    qputenv("HOME", QFile::encodeName(folder.path()));
    qputenv("AWS_CONFIG_FILE", QFile::encodeName(path(u"config"_s)));
    qputenv("AWS_SHARED_CREDENTIALS_FILE", QFile::encodeName(path(u"credentials"_s)));
    QVERIFY(write(u"credentials"_s,
                  "[work]\naws_access_key_id = " + demo.account().accessKeyId.toUtf8()
                      + "\naws_secret_access_key = " + demo.account().secretAccessKey.toUtf8() + '\n'));
    AccountList list(path(u"accounts.json"_s));
    QVERIFY(list.load());
    ListedAccount account;
    account.name = account.profile = u"work"_s;
    account.source = ListedAccount::Source::Profile;
    account.region = demo.account().region;
    account.endpointUrl = demo.endpoint();
    account.archiveKey =
        newArchiveKey(account, resolveEndpoint({.region = account.region, .customUrl = demo.endpoint()}).value());
    QVERIFY(list.add({account}));
    CommandLine line;
    line.portable = folder.path();
    line.language = u"en"_s;
    Application program(line);
    program.start();
    Workspace &workspace = program.workspace();
    QTRY_VERIFY_WITH_TIMEOUT(workspace.lastSync() > 0 && !workspace.isLoading(), patience);
    const AccountId id = workspace.accountRecords().first().id;

    demo.setFaults(u"delay:AddAttachmentsToSet=60s"_s);
    QVERIFY(write(u"log.txt"_s, "log"));
    const Result<LocalFile> file = inspectFile(path(u"log.txt"_s));
    QVERIFY(file);
    OutboxEntry entry = Outbox::newEntry(id, CreateCase::name, {});
    CreateCase::Request request;
    request.subject = u"With a file"_s;
    entry.input = encode(request);
    workspace.outbox().save(entry);
    QVERIFY(workspace.outbox().files().add(entry.id, id, *file));
    const auto isUploading = [&] {
        const QList<OutboxFile> files = workspace.outbox().files().of(entry.id);
        return files.size() == 1 && files.first().state == OutboxFileState::Uploading;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isUploading(), patience);

    // First its data goes, then its entry of the list.
    Archive other;
    std::optional<bool> done;
    other.open(path(u"archive.sqlite"_s), &other, [&](const Result<void> &opened) {
        if (!opened)
            return void(done = false);
        other.deleteAccount(
            id, &other,
            [&](const Result<void> &deleted) { done = deleted || deleted.error().code == archivecode::busy; },
            Return::Refused);
    });
    QTRY_VERIFY_WITH_TIMEOUT(done, patience);
    QVERIFY(*done);
    QVERIFY(list.remove(list.accounts().first().id));
    QTRY_VERIFY_WITH_TIMEOUT(!workspace.hasAccount(id), patience);
    // A few answers of the archive later it is over, and not when somebody happens to look.
    for (int i = 0; i < 4; ++i) {
        bool answered = false;
        workspace.archive().loadAccounts(this, [&answered](const auto &) { answered = true; });
        QTRY_VERIFY(answered);
    }
    QVERIFY(workspace.jobList().jobs().isEmpty());
    QVERIFY(!workspace.outbox().find(entry.id));
    QTRY_VERIFY(workspace.outbox().files().of(entry.id).isEmpty());
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    QApplication application(argc, argv);
    TestAccountUploads test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_accountuploads.moc"
