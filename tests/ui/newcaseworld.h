#pragma once

#include "archive/outbox.h"
#include "support/cases.h"
#include "ui/messageedit.h"
#include "ui/newcasewindow.h"
#include "windowfixture.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QCompleter>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace casement::test {

/// The real window on the demo's first account, and its window for a new case.
struct NewCaseWorld
{
    explicit NewCaseWorld(const QString &folder, const QString &archive = QStringLiteral(":memory:"),
                          const DemoServiceOptions &options = DemoFixture::smallOptions())
        : demo(options), fixture(folder, &demo, archive)
    {
        fixture.openAccounts(1);
        QVERIFY(fixture.waitUntilFilled());
    }

    /// Ctrl+N, and the lists have arrived.
    bool open()
    {
        fixture.child<QAction>("actionNewCase")->trigger();
        return found();
    }

    bool found()
    {
        const auto windows = QApplication::topLevelWidgets();
        for (QWidget *one : windows) {
            if (auto *made = qobject_cast<NewCaseWindow *>(one))
                window = made;
        }
        return window && QTest::qWaitFor([this] { return child<QComboBox>("severity")->count() > 0; });
    }

    template <class T> T *child(const char *name) { return window->findChild<T *>(QString::fromLatin1(name)); }
    MessageEdit &body() { return *child<MessageEdit>("body"); }
    QPushButton *create() { return child<QPushButton>("create"); }

    bool chooseService(const QString &typed)
    {
        auto *field = child<QLineEdit>("service");
        if (!QTest::qWaitFor([&] { return field->completer()->model()->rowCount() > 10; }))
            return false;
        field->clear();
        QTest::keyClicks(field, typed);
        QTest::keyClick(field->completer()->popup(), Qt::Key_Return);
        return QTest::qWaitFor([&] { return child<QComboBox>("category")->count() > 0; });
    }

    void write(const QString &subject, const QString &text)
    {
        child<QLineEdit>("subject")->setText(subject);
        body().setPlainText(text);
    }

    /// What is written is stored, and not sent.
    bool isDraft()
    {
        window->flush();
        const OutboxEntry *entry = fixture.workspace().outbox().find(window->entryId());
        return entry && entry->state == OutboxState::Draft;
    }

    /// A new case that could be sent.
    bool ready(const QString &subject)
    {
        if (!open() || !chooseService(QStringLiteral("lambda")))
            return false;
        auto *category = child<QComboBox>("category");
        category->setCurrentIndex(0);
        Q_EMIT category->activated(0);
        write(subject, QStringLiteral("The text of the case."));
        return QTest::qWaitFor([this] { return create()->isEnabled(); });
    }

    QList<CaseDetails> cases(const QString &subject)
    {
        QList<CaseDetails> found;
        DescribeCases::Request request;
        request.includeResolvedCases = true;
        request.maxResults = 100;
        do {
            const auto page = demo.call(request);
            if (!page)
                break;
            for (const CaseDetails &details : page->cases) {
                if (details.subject == subject)
                    found.append(details);
            }
            request.nextToken = page->nextToken;
        } while (!request.nextToken.isEmpty());
        return found;
    }

    /// Drops a file with that text on a widget of the window.
    bool drop(QWidget &on, const QString &path, const QByteArray &text)
    {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return false;
        file.close();
        return drop(on, path);
    }

    /// Drops what is there: a file or a folder.
    bool drop(QWidget &on, const QString &path)
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        const QPoint at = on.rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&on, &enter);
        QDropEvent dropped(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        if (enter.isAccepted())
            QApplication::sendEvent(&on, &dropped);
        return enter.isAccepted() && dropped.isAccepted();
    }

    QList<OutboxFile> files() { return fixture.workspace().outbox().files().of(window->entryId()); }
    bool areReady(int count)
    {
        return QTest::qWaitFor(
            [&] { return files().size() == count && fixture.workspace().outbox().files().isReady(window->entryId()); },
            20'000);
    }

    DemoFixture demo;
    WindowFixture fixture;
    QPointer<NewCaseWindow> window;
};

} // namespace casement::test
