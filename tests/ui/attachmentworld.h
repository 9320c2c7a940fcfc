#pragma once

#include "demo/demodata.h"
#include "ui/attachmentactions.h"
#include "ui/caseactions.h"
#include "ui/conversationchips.h"
#include "ui/dialogs.h"
#include "ui/toast.h"
#include "ui/windowmenus.h"
#include "windowfixture.h"

#include <QDir>
#include <QFile>
#include <QLabel>
#include <QPushButton>

namespace casement::test {

/// The window on the demo's first account, with what is needed to watch attachments on their way.
struct AttachmentWorld
{
    explicit AttachmentWorld(const QString &folder, const DemoServiceOptions &options = DemoFixture::smallOptions(),
                             const QString &archive = QStringLiteral(":memory:"))
        : demo(options), fixture(folder, &demo, archive)
    {
        dialogs::fileOpener() = [this](const QUrl &url) {
            opened.append(url.toLocalFile());
            return canOpen;
        };
        DownloadJob::Options quick;
        quick.firstPause = std::chrono::milliseconds(1);
        quick.limitPauses = {std::chrono::milliseconds(1)};
        actions().fetcher().setOptions(quick);
        fixture.openAccounts(1);
        if (!fixture.waitUntilFilled())
            qFatal("the window was not filled");
        account = fixture.workspace().accountRecords().first().id;
    }

    AttachmentActions &actions() { return fixture.window().menus().attachments(); }
    ConversationChips &chips() { return fixture.conversation().chips(); }
    QString toast() { return fixture.window().caseActions().toast().text(); }
    QPushButton *toastButton() { return fixture.child<QPushButton>("toastButton"); }

    /// Shows the case that has a file of that name, at its message.
    bool openCaseWith(const QString &name)
    {
        std::optional<SearchHit> hit;
        bool answered = false;
        fixture.archive().search(name, 100, &fixture.window(), [&](const Result<QList<SearchHit>> &hits) {
            answered = true;
            for (const SearchHit &one : hits ? *hits : QList<SearchHit>()) {
                if (one.place == SearchHit::Place::File && one.account == account)
                    hit = one;
            }
        });
        if (!QTest::qWaitFor([&] { return answered; }, 10'000) || !hit)
            return false;
        fixture.window().openCase({hit->account, hit->caseId}, hit->communicationKey);
        return QTest::qWaitFor([&] { return fixture.window().conversation().isReady() && chip(name).isValid(); },
                               10'000);
    }
    ConversationChips::Chip chip(const QString &name)
    {
        for (const ConversationChips::Chip &one : chips().all()) {
            if (one.attachment.fileName == name)
                return one;
        }
        return {};
    }
    /// Of the case that is shown.
    AttachmentFile file(const QString &name) { return {account, chip(name).attachment}; }

    /// What the service has.
    QByteArray bytesOf(const AttachmentFile &file)
    {
        QByteArray bytes;
        demo.service().withEmulator([&](demo::Emulator &emulator) {
            const auto found = demo::findAttachment(emulator.accounts().first(), file.attachment.attachmentId);
            bytes = found ? demo::attachmentBytes(*found) : QByteArray();
        });
        return bytes;
    }

    /// An attachment that is kept, as if it was downloaded.
    AttachmentFile keep(const QString &name, const QByteArray &bytes)
    {
        const QString id = QStringLiteral("attachment-test-%1").arg(++kept);
        AttachmentStore &store = fixture.workspace().attachments();
        const Result<QString> part = store.partPath(account, id);
        QFile out(part ? *part : QString());
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("%s can't be written", qPrintable(out.fileName()));
        out.close();
        const Result<FileDigest> digest = digestOf(*part);
        bool done = false;
        store.keep(account, id, name, *digest, &fixture.window(),
                   [&done](const Result<KeptAttachment> &result) { done = result.hasValue(); });
        if (!QTest::qWaitFor([&done] { return done; }, 10'000))
            qFatal("nothing was kept");
        return {account, {id, name}};
    }

    AttachmentState state(const AttachmentFile &file)
    {
        return actions().fetcher().state(file.account, file.attachment.attachmentId);
    }

    static QByteArray contents(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    DemoFixture demo;
    WindowFixture fixture;
    AccountId account = 0;
    QStringList opened; // paths that another program was given
    bool canOpen = true;
    int kept = 0;
};

} // namespace casement::test
