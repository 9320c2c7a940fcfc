#pragma once

#include "archive/outbox.h"
#include "support/cases.h"
#include "ui/attachmentstrip.h"
#include "ui/composer.h"
#include "ui/filetray.h"
#include "ui/intakenotice.h"
#include "ui/messageedit.h"
#include "windowfixture.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace casement::test {

/// The window on the demo's first account with an open case in it, and files to attach to the reply.
struct ReplyWorld
{
    explicit ReplyWorld(const QString &inFolder, const DemoServiceOptions &options = DemoFixture::smallOptions(),
                        const QString &archive = QStringLiteral(":memory:"))
        : demo(options), fixture(inFolder, &demo, archive), folder(inFolder)
    {
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
        fixture.window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.window()));
        QVERIFY(open());
    }

    bool open(int nth = 0)
    {
        CaseListModel &cases = fixture.cases();
        for (int row = 0; row < cases.rowCount(); ++row) {
            if (cases.recordAt(row).status.toString() != QStringLiteral("pending-customer-action") || nth-- > 0)
                continue;
            return open(cases.keyAt(row));
        }
        return false;
    }
    bool open(const CaseKey &wanted)
    {
        key = wanted;
        return fixture.open(key);
    }

    Composer &composer() { return fixture.window().conversation().composer(); }
    MessageEdit &text() { return composer().text(); }
    FileTray &tray() { return composer().files(); }
    AttachmentStrip &strip() { return tray().strip(); }
    Outbox &outbox() { return fixture.workspace().outbox(); }
    OutboxFiles &files() { return outbox().files(); }
    template <class T> T *child(const char *name) { return composer().findChild<T *>(QString::fromLatin1(name)); }

    /// A file of the test's own; answers its path.
    QString file(const QString &name, const QByteArray &bytes) const
    {
        const QString path = folder + u'/' + name;
        QFile made(path);
        if (!made.open(QIODevice::WriteOnly) || made.write(bytes) != bytes.size())
            qFatal("%s can't be written", qPrintable(path));
        return path;
    }

    /// As a file manager does it; false when the drop is refused.
    static bool drop(QWidget &on, const QMimeData &data)
    {
        const QPoint at = on.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&on, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent dropped(at, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&on, &dropped);
        return dropped.isAccepted() && dropped.dropAction() == Qt::CopyAction;
    }
    static bool drop(QWidget &on, const QStringList &paths)
    {
        QMimeData data;
        QList<QUrl> urls;
        for (const QString &path : paths)
            urls.append(QUrl::fromLocalFile(path));
        data.setUrls(urls);
        return drop(on, data);
    }

    AttachmentChip *chip(const QString &name)
    {
        for (AttachmentChip *one : strip().chips()) {
            if (one->content().file.name == name)
                return one;
        }
        return nullptr;
    }
    bool isIn(const QString &name, OutboxFileState state)
    {
        AttachmentChip *one = chip(name);
        return one && one->content().file.state == state;
    }
    bool waitFor(const QString &name, OutboxFileState state)
    {
        return QTest::qWaitFor([&] { return isIn(name, state); }, 20'000);
    }
    QString notice()
    {
        const auto *notice = tray().findChild<IntakeNotice *>();
        return notice->isVisible() ? notice->lines().join(u'\n') : QString();
    }

    /// The files of the messages with that text, as the service has them; a list for each message.
    QList<QStringList> sent(const QString &body)
    {
        DescribeCommunications::Request request;
        request.caseId = key.caseId;
        request.maxResults = 100;
        QList<QStringList> all;
        const auto page = demo.call(request);
        if (!page)
            return all;
        for (const Communication &one : page->communications) {
            if (one.body != body)
                continue;
            QStringList names;
            for (const AttachmentDetails &attachment : one.allAttachments())
                names.append(attachment.fileName);
            all.append(names);
        }
        return all;
    }

    DemoFixture demo;
    WindowFixture fixture;
    QString folder;
    CaseKey key;
};

} // namespace casement::test
