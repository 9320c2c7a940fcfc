#include "attachmentworld.h"
#include "ui/attachmentpreview.h"
#include "ui/attachmentsdialog.h"

#include <QAccessible>
#include <QFileDialog>
#include <QHeaderView>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace casement;
using namespace Qt::StringLiterals;
using test::AttachmentWorld;

/// The list of a case's attachments.
class TestAttachmentsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs); }
    void init();
    void cleanup() { m_world.reset(); }
    void listsWhatTheCaseHas();
    void followsDownloads();
    void sortsByEachColumn();
    void theKeyboardDoesItAll();
    void savesAllOrWhatIsSelected();
    void showsTheMessage();
    void mnemonicsAreUnique();

private:
    QTreeView *list() const { return m_dialog->findChild<QTreeView *>(u"list"_s); }
    QPushButton *button(const char *name) const
    {
        return m_dialog->findChild<QPushButton *>(QString::fromLatin1(name));
    }
    QString cell(int row, AttachmentsDialog::Column column) const
    {
        return list()->model()->index(row, column).data().toString();
    }
    int rowOf(const QString &name) const
    {
        for (int row = 0; row < list()->model()->rowCount(); ++row) {
            if (cell(row, AttachmentsDialog::Name) == name)
                return row;
        }
        return -1;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AttachmentWorld> m_world;
    AttachmentsDialog *m_dialog = nullptr;
};

void TestAttachmentsDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_world = std::make_unique<AttachmentWorld>(m_folder->path());
    QVERIFY(m_world->openCaseWith(u"dashboard-503.png"_s));
    m_world->actions().showAll();
    m_dialog = m_world->fixture.child<AttachmentsDialog>("attachmentsDialog");
    QVERIFY(m_dialog);
    QTRY_COMPARE(list()->model()->rowCount(), m_world->actions().count());
    QVERIFY(list()->model()->rowCount() >= 2);
}

void TestAttachmentsDialog::listsWhatTheCaseHas()
{
    const int row = rowOf(u"dashboard-503.png"_s);
    QVERIFY(row >= 0);
    QVERIFY(!cell(row, AttachmentsDialog::From).isEmpty());
    QVERIFY(!cell(row, AttachmentsDialog::Date).isEmpty());
    // Nobody knows yet, and a screen reader passes over what is empty.
    for (const auto &[column, words] :
         {std::pair(AttachmentsDialog::Size, u"Not known"_s), std::pair(AttachmentsDialog::Here, u"Not kept"_s)}) {
        QCOMPARE(cell(row, column), u"-"_s);
        QCOMPARE(list()->model()->index(row, column).data(Qt::AccessibleTextRole).toString(), words);
    }
    QVERIFY(m_dialog->findChild<QLabel *>(u"subject"_s)->text().contains(u"503"_s));
}

void TestAttachmentsDialog::followsDownloads()
{
    const QString name = u"dashboard-503.png"_s;
    m_world->actions().fetcher().fetch(m_world->account, m_world->file(name).attachment, m_dialog, [](const auto &) {});
    QTRY_COMPARE_WITH_TIMEOUT(cell(rowOf(name), AttachmentsDialog::Here), u"Kept"_s, 20'000);
    QVERIFY2(cell(rowOf(name), AttachmentsDialog::Size).contains(u"47.1"_s),
             qPrintable(cell(rowOf(name), AttachmentsDialog::Size)));
}

void TestAttachmentsDialog::sortsByEachColumn()
{
    for (int column = 0; column < AttachmentsDialog::ColumnCount; ++column) {
        list()->sortByColumn(column, Qt::AscendingOrder);
        QCOMPARE(list()->model()->rowCount(), m_world->actions().count());
    }
    list()->sortByColumn(AttachmentsDialog::Name, Qt::AscendingOrder);
    QString before;
    for (int row = 0; row < list()->model()->rowCount(); ++row) {
        QVERIFY(before <= cell(row, AttachmentsDialog::Name).toLower());
        before = cell(row, AttachmentsDialog::Name).toLower();
    }
}

void TestAttachmentsDialog::theKeyboardDoesItAll()
{
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
    QVERIFY(list()->hasFocus());
    QVERIFY(list()->currentIndex().isValid());
    list()->setCurrentIndex(list()->model()->index(rowOf(u"dashboard-503.png"_s), 0));
    QTest::keyClick(list(), Qt::Key_Space);
    QTRY_VERIFY(m_dialog->findChild<AttachmentPreview *>(u"attachmentPreview"_s));
    auto *preview = m_dialog->findChild<AttachmentPreview *>(u"attachmentPreview"_s);
    QTRY_VERIFY_WITH_TIMEOUT(preview->isReady(), 20'000);
    delete preview;
    QTest::keyClick(list(), Qt::Key_Return);
    QTRY_VERIFY(m_dialog->findChild<AttachmentPreview *>(u"attachmentPreview"_s));
    delete m_dialog->findChild<AttachmentPreview *>(u"attachmentPreview"_s);
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog));
    QTest::keyClick(list(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(m_dialog->findChild<QFileDialog *>(u"saveAttachmentDialog"_s));
    delete m_dialog->findChild<QFileDialog *>(u"saveAttachmentDialog"_s);
    button("openAttachment")->click();
    QTRY_COMPARE_WITH_TIMEOUT(m_world->opened.size(), 1, 20'000);
    for (QWidget *widget : m_dialog->findChildren<QWidget *>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || qobject_cast<QAbstractScrollArea *>(widget->parentWidget()))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), qPrintable(widget->objectName()));
    }
}

void TestAttachmentsDialog::savesAllOrWhatIsSelected()
{
    QDir(m_folder->path()).mkpath(u"out"_s);
    button("saveAllAttachments")->click();
    auto *dialog = m_dialog->findChild<QFileDialog *>(u"saveAllDialog"_s);
    QVERIFY(dialog);
    Q_EMIT dialog->fileSelected(m_folder->filePath(u"out"_s));
    delete dialog;
    QTRY_COMPARE_WITH_TIMEOUT(QDir(m_folder->filePath(u"out"_s)).entryList(QDir::Files).size(),
                              m_world->actions().count(), 20'000);
    list()->selectAll();
    QVERIFY(button("saveAllAttachments")->text().contains(u"lected"_s));
}

void TestAttachmentsDialog::showsTheMessage()
{
    list()->setCurrentIndex(list()->model()->index(rowOf(u"dashboard-503.png"_s), 0));
    const QString message = m_world->chip(u"dashboard-503.png"_s).messageKey;
    button("showMessage")->click();
    QTRY_VERIFY(!m_world->fixture.child<AttachmentsDialog>("attachmentsDialog"));
    QCOMPARE(m_world->fixture.window().focusWidget(), &m_world->fixture.conversation());
    QVERIFY(!message.isEmpty());
}

void TestAttachmentsDialog::mnemonicsAreUnique()
{
    QSet<QChar> letters;
    for (const QPushButton *one : m_dialog->findChildren<QPushButton *>()) {
        const qsizetype at = one->text().indexOf(u'&');
        QVERIFY2(at >= 0 && !letters.contains(one->text().at(at + 1).toLower()), qPrintable(one->text()));
        letters.insert(one->text().at(at + 1).toLower());
    }
}

QTEST_MAIN(TestAttachmentsDialog)
#include "tst_attachmentsdialog.moc"
