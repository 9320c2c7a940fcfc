#include "ui/aboutdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace casement;
using namespace Qt::StringLiterals;

/// Help > About.
class TestAboutDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itTellsWhatItIsMadeOf();
    void itIsCopied();
};

void TestAboutDialog::itTellsWhatItIsMadeOf()
{
    QPointer<AboutDialog> dialog = new AboutDialog;
    dialog->open();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    QCOMPARE(dialog->findChild<QLabel *>(u"aboutVersion"_s)->text(), u"Casement " CASEMENT_VERSION ""_s);
    auto *list = dialog->findChild<QTreeWidget *>();
    QStringList names;
    for (int row = 0; row < list->topLevelItemCount(); ++row) {
        const QTreeWidgetItem *item = list->topLevelItem(row);
        names.append(item->text(0));
        QVERIFY(!item->text(1).isEmpty() && !item->text(2).isEmpty());
    }
    QCOMPARE(names.constFirst(), u"Qt"_s);
    QVERIFY(names.contains(u"OpenSSL"_s));
    const auto *qt = dialog->findChild<QLabel *>(u"aboutQt"_s);
    QVERIFY(qt->text().contains(QString::fromLatin1(qVersion())));
    QVERIFY(dialog->findChild<QPushButton *>(u"aboutClose"_s)->hasFocus());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
}

void TestAboutDialog::itIsCopied()
{
    AboutDialog *dialog = new AboutDialog;
    dialog->open();
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"aboutCopy"_s), Qt::LeftButton);
    const QString text = QGuiApplication::clipboard()->text();
    QVERIFY(text.startsWith(u"Casement " CASEMENT_VERSION "\n"_s));
    QVERIFY(text.contains(u"\nQt "_s + QString::fromLatin1(qVersion()) + u" (LGPL-3.0-only)\n"_s));
    QVERIFY(text.contains(u"GCC"_s) || text.contains(u"Clang"_s));
    dialog->close();
}

QTEST_MAIN(TestAboutDialog)
#include "tst_aboutdialog.moc"
