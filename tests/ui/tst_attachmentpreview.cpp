#include "attachmentworld.h"
#include "ui/attachmentpreview.h"
#include "ui/statepage.h"

#include <QAccessible>
#include <QFileDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;
using test::AttachmentWorld;

/// The preview in the window.
class TestAttachmentPreview : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init();
    void cleanup();
    void aDoubleClickPreviewsWhatCanBe();
    void textIsFound();
    void picturesFit();
    void tablesAreTables();
    void whatHasNoPreviewSaysSo();
    void failuresCanBeTriedAgain();
    void codeIsReadNotOpened();
    void savesByKey();
    void everythingHasAName();
    void keepsUpWithTheLanguage();

private:
    AttachmentPreview *preview(const AttachmentFile &file)
    {
        m_world->actions().preview(file);
        auto *dialog = m_world->fixture.child<AttachmentPreview>("attachmentPreview");
        return dialog && QTest::qWaitFor([dialog] { return dialog->isReady(); }, 20'000) ? dialog : nullptr;
    }
    template <class T> static T *part(const AttachmentPreview *dialog, const char *name)
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AttachmentWorld> m_world;
};

void TestAttachmentPreview::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_world = std::make_unique<AttachmentWorld>(m_folder->path());
}

void TestAttachmentPreview::cleanup() { m_world.reset(); }

void TestAttachmentPreview::aDoubleClickPreviewsWhatCanBe()
{
    const QString name = u"dashboard-503.png"_s;
    QVERIFY(m_world->openCaseWith(name));
    QTest::mouseDClick(m_world->fixture.conversation().viewport(), Qt::LeftButton, {},
                       m_world->chips().rect(m_world->chip(name)).center());
    auto *dialog = m_world->fixture.child<AttachmentPreview>("attachmentPreview");
    QVERIFY(dialog);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->isReady(), 20'000);
    QCOMPARE(dialog->content().kind, PreviewContent::Kind::Picture);
    QCOMPARE(dialog->content().pictureSize, QSize(160, 90));
    QCOMPARE(dialog->windowTitle(), name);
    part<QPushButton>(dialog, "openOutside")->click();
    QTRY_COMPARE(m_world->opened.size(), 1);
    QCOMPARE(m_world->demo.requestCount("GetFile"), 1);
}

void TestAttachmentPreview::textIsFound()
{
    AttachmentPreview *dialog = preview(m_world->keep(u"a.log"_s, "first\nneedle one\nmiddle\nNeedle two\n"));
    QVERIFY(dialog);
    auto *text = part<QPlainTextEdit>(dialog, "text");
    QVERIFY(text->isVisible() && text->isReadOnly());
    QVERIFY(text->font().fixedPitch() || QFontInfo(text->font()).fixedPitch());
    part<QLineEdit>(dialog, "findText")->setText(u"needle"_s);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return);
    QCOMPARE(text->textCursor().blockNumber(), 1);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return);
    QCOMPARE(text->textCursor().blockNumber(), 3);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return); // around the end
    QCOMPARE(text->textCursor().blockNumber(), 1);
    part<QLineEdit>(dialog, "findText")->setText(u"nowhere"_s);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return);
    QVERIFY(part<QLabel>(dialog, "note")->text().contains(u"Not found"_s));
}

void TestAttachmentPreview::picturesFit()
{
    QImage image(3000, 2000, QImage::Format_RGB32);
    image.fill(Qt::blue);
    QVERIFY(image.save(m_folder->filePath(u"large.png"_s)));
    AttachmentPreview *dialog =
        preview(m_world->keep(u"large.png"_s, AttachmentWorld::contents(m_folder->filePath(u"large.png"_s))));
    QVERIFY(dialog);
    auto *picture = part<QLabel>(dialog, "picture");
    auto *area = qobject_cast<QWidget *>(picture->parentWidget()); // the viewport
    QVERIFY(picture->width() <= area->width() && picture->height() <= area->height());
    QVERIFY(picture->width() > 100);
    part<QAbstractButton>(dialog, "actualSize")->click();
    QCOMPARE(picture->size(), QSize(3000, 2000) / dialog->devicePixelRatio());
}

void TestAttachmentPreview::tablesAreTables()
{
    AttachmentPreview *dialog = preview(m_world->keep(u"a.csv"_s, "name;size\n<b>x</b>;1\ny;2\n"));
    QVERIFY(dialog);
    const QAbstractItemModel *model = part<QTableView>(dialog, "table")->model();
    QCOMPARE(model->rowCount(), 2);
    QCOMPARE(model->headerData(0, Qt::Horizontal).toString(), u"name"_s);
    QCOMPARE(model->index(0, 0).data().toString(), u"<b>x</b>"_s);
    part<QLineEdit>(dialog, "findText")->setText(u"Y"_s);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return);
    QCOMPARE(part<QTableView>(dialog, "table")->currentIndex(), model->index(1, 0));
    // One that is no table at all.
    delete dialog;
    dialog = preview(m_world->keep(u"b.csv"_s, {}));
    QVERIFY(dialog);
    part<QLineEdit>(dialog, "findText")->setText(u"Y"_s);
    QTest::keyClick(part<QLineEdit>(dialog, "findText"), Qt::Key_Return);
    QVERIFY(dialog->grab().height() > 0);
}

void TestAttachmentPreview::whatHasNoPreviewSaysSo()
{
    const AttachmentPreview *dialog = preview(m_world->keep(u"a.bin"_s, QByteArray(100, '\0')));
    QVERIFY(dialog);
    QVERIFY(part<StatePage>(dialog, "state")->title().contains(u"no preview"_s));
    delete dialog;
    dialog = preview(m_world->keep(u"a.png"_s, "no picture"));
    QVERIFY(dialog);
    QVERIFY(part<StatePage>(dialog, "state")->title().contains(u"can't be read"_s));
}

void TestAttachmentPreview::failuresCanBeTriedAgain()
{
    const QString name = u"gc-1c.log"_s;
    QVERIFY(m_world->openCaseWith(name));
    DownloadJob::Options once;
    once.attempts = 1;
    m_world->actions().fetcher().setOptions(once);
    m_world->demo.setFaults(u"drop:GetFile"_s);
    AttachmentPreview *dialog = preview(m_world->file(name));
    QVERIFY(dialog);
    QVERIFY(part<StatePage>(dialog, "state")->title().contains(u"could not be downloaded"_s));
    m_world->demo.setFaults({});
    Q_EMIT part<StatePage>(dialog, "state")->buttonClicked();
    QTRY_VERIFY_WITH_TIMEOUT(part<QPlainTextEdit>(dialog, "text")->isVisible(), 20'000);
    QVERIFY(part<QPlainTextEdit>(dialog, "text")->toPlainText().startsWith(u"09:00:00"_s));
}

void TestAttachmentPreview::codeIsReadNotOpened()
{
    AttachmentPreview *dialog = preview(m_world->keep(u"page.html"_s, "<script>alert(1)</script>"));
    QVERIFY(dialog);
    QCOMPARE(part<QPlainTextEdit>(dialog, "text")->toPlainText(), u"<script>alert(1)</script>"_s);
    QVERIFY(!part<QPushButton>(dialog, "openOutside")->isEnabled());
}

void TestAttachmentPreview::savesByKey()
{
    AttachmentPreview *dialog = preview(m_world->keep(u"a.log"_s, "x"));
    QVERIFY(dialog);
    dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QTest::keyClick(dialog, Qt::Key_S, Qt::ControlModifier);
    QVERIFY(dialog->findChild<QFileDialog *>(u"saveAttachmentDialog"_s));
}

void TestAttachmentPreview::everythingHasAName()
{
    const AttachmentPreview *dialog = preview(m_world->keep(u"a.log"_s, "x"));
    QVERIFY(dialog);
    for (QWidget *widget : dialog->findChildren<QWidget *>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(u"qt_"_s)
            || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()) || widget->inherits("QHeaderView")
            || qobject_cast<StatePage *>(widget->parentWidget()) || widget->inherits("QTableCornerButton"))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(!widget->objectName().isEmpty() && !accessible->text(QAccessible::Name).isEmpty(),
                 qPrintable(QLatin1StringView(widget->metaObject()->className()) + u' ' + widget->objectName()));
    }
}

void TestAttachmentPreview::keepsUpWithTheLanguage()
{
    const AttachmentPreview *dialog = preview(m_world->keep(u"a.bin"_s, QByteArray(100, '\0')));
    QVERIFY(dialog);
    m_world->fixture.language().set(u"ja"_s);
    QTRY_VERIFY(dialog->isReady());
    QCOMPARE(dialog->windowTitle(), u"a.bin"_s);
    m_world->fixture.language().set(u"en"_s);
    QVERIFY(part<StatePage>(dialog, "state")->title().contains(u"no preview"_s));
}

QTEST_MAIN(TestAttachmentPreview)
#include "tst_attachmentpreview.moc"
