#include "app/application.h"
#include "app/commandline.h"
#include "ui/dialogs.h"
#include "ui/guidewindow.h"
#include "ui/settingsdialog.h"
#include "ui/userguide.h"
#include "ui/windowfixture.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QTest>
#include <QTextBrowser>

#include <functional>

using namespace casement;
using namespace Qt::StringLiterals;

class TestUserGuide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFoundInBothLanguages_data();
    void isFoundInBothLanguages();
    void needsNoNetwork_data() { isFoundInBothLanguages_data(); }
    void needsNoNetwork();
    void anotherLanguageIsReadInEnglish();
    void opensInTheWindowsLanguage();
    void isThereWithoutItsFiles();
    void pagesAndFoldersAreToldToo();
    void itNamesWhatTheWindowHas_data() { isFoundInBothLanguages_data(); }
    void itNamesWhatTheWindowHas();

private:
    static QString read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
};

void TestUserGuide::isFoundInBothLanguages_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("English") << u"en"_s;
    QTest::newRow("Japanese") << u"ja"_s;
}

void TestUserGuide::isFoundInBothLanguages()
{
    QFETCH(QString, language);
    const QString page = userguide::page(language);
    QVERIFY2(page.endsWith(u"/guide/%1/index.html"_s.arg(language)), qPrintable(page));
    const QString html = read(page);
    QVERIFY(html.contains(u"<html lang=\"%1\">"_s.arg(language)));
    QVERIFY(html.contains(u"prefers-color-scheme: dark"_s));
}

void TestUserGuide::needsNoNetwork()
{
    QFETCH(QString, language);
    const QString html = read(userguide::page(language));
    for (const QString &loaded : {u"src="_s, u"<link"_s, u"@import"_s, u"url("_s, u"<script"_s, u"<iframe"_s})
        QVERIFY2(!html.contains(loaded), qPrintable(loaded));
    // Every link inside has its place.
    static const QRegularExpression link(u"href=\"([^\"]*)\""_s);
    auto links = link.globalMatch(html);
    QVERIFY(links.hasNext());
    while (links.hasNext()) {
        const QString target = links.next().captured(1);
        QVERIFY2(target.startsWith(u'#') || target.endsWith(u"index.html"_s), qPrintable(target));
        if (target.startsWith(u'#'))
            QVERIFY2(html.contains(u"id=\"%1\""_s.arg(target.mid(1))), qPrintable(target));
    }
}

void TestUserGuide::anotherLanguageIsReadInEnglish() { QCOMPARE(userguide::page(u"xx"_s), userguide::page(u"en"_s)); }

void TestUserGuide::opensInTheWindowsLanguage()
{
    QTemporaryDir folder;
    test::WindowFixture fixture(folder.path());
    QUrl opened;
    bool canOpen = true;
    dialogs::fileOpener() = [&](const QUrl &url) {
        opened = url;
        return canOpen;
    };
    auto *action = fixture.window().findChild<QAction *>(u"actionUserGuide"_s);
    QVERIFY(action);
    QCOMPARE(action->shortcut(), QKeySequence(Qt::Key_F1));
    action->trigger();
    QCOMPARE(opened, QUrl::fromLocalFile(userguide::page(u"en"_s)));
    fixture.language().set(u"ja"_s);
    action->trigger();
    QCOMPARE(opened, QUrl::fromLocalFile(userguide::page(u"ja"_s)));
    // Where nothing opens it, the window shows it itself.
    canOpen = false;
    action->trigger();
    auto *guide = fixture.child<GuideWindow>("guideWindow");
    QVERIFY(guide && guide->isVisible());
    const auto *text = guide->findChild<QTextBrowser *>(u"guideText"_s);
    QVERIFY(text->toPlainText().contains(u"テンプレート"_s));
    // Its contents lead to the chapters, and to the other language.
    const int top = text->verticalScrollBar()->value();
    Q_EMIT const_cast<QTextBrowser *>(text)->anchorClicked(QUrl(u"#trouble"_s));
    QTRY_VERIFY(text->verticalScrollBar()->value() > top);
    Q_EMIT const_cast<QTextBrowser *>(text)->anchorClicked(QUrl(u"../en/index.html"_s));
    QVERIFY(text->toPlainText().contains(u"Casement user guide"_s));
    guide->close();
    fixture.language().set(u"en"_s);
    action->trigger();
    QVERIFY(guide->isVisible());
    QVERIFY(text->toPlainText().contains(u"Casement user guide"_s));
}

/// As from an AppImage, or where only the program was copied: no file of the guide is anywhere.
void TestUserGuide::isThereWithoutItsFiles()
{
    for (const QString &language : {u"en"_s, u"ja"_s}) {
        QFile inside(u":/guide/%1/index.html"_s.arg(language));
        QVERIFY(inside.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(inside.readAll()), read(userguide::page(language)));
    }
}

void TestUserGuide::pagesAndFoldersAreToldToo()
{
    QWidget window;
    for (const QUrl &url : {QUrl(u"https://aws.amazon.com/a?b=%20c"_s), QUrl::fromLocalFile(u"/tmp/a b"_s)}) {
        dialogs::linkOpener() = dialogs::fileOpener() = [](const QUrl &) { return false; };
        url.isLocalFile() ? dialogs::openOrTell(&window, url) : dialogs::openLink(&window, url);
        auto *box = window.findChild<QMessageBox *>(u"notOpenedDialog"_s);
        QVERIFY(box);
        QVERIFY(box->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
        QCOMPARE(box->informativeText(), url.isLocalFile() ? u"/tmp/a b"_s : u"https://aws.amazon.com/a?b=%20c"_s);
        box->findChild<QPushButton *>(u"copyPlace"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), box->informativeText());
        box->close();
        QTRY_VERIFY(!window.findChild<QMessageBox *>(u"notOpenedDialog"_s));
    }
}

/// Ways through menus and pages of the settings, by their names: none that is not there, and no page left out.
void TestUserGuide::itNamesWhatTheWindowHas()
{
    QFETCH(QString, language);
    QTemporaryDir folder;
    CommandLine line;
    line.portable = folder.path();
    line.language = language;
    Application application(line);
    application.start();
    QVERIFY(QTest::qWaitForWindowExposed(&application.window()));
    const auto plain = [](QString name) {
        static const QRegularExpression bracketed(u"\\(&.\\)"_s);
        return name.remove(bracketed).remove(u'&').remove(u'…').trimmed();
    };
    QSet<QString> ways;
    const std::function<void(const QMenu &, const QString &)> collect = [&](const QMenu &menu, const QString &before) {
        for (const QAction *action : menu.actions()) {
            const QString way = before + u" › "_s + plain(action->text());
            ways.insert(way);
            ways.insert(plain(action->text()));
            if (action->menu())
                collect(*action->menu(), way);
        }
    };
    for (const QAction *top : application.window().menuBar()->actions()) {
        ways.insert(plain(top->text()));
        collect(*top->menu(), plain(top->text()));
    }
    const QString settings = plain(application.window().findChild<QMenu *>(u"menuEdit"_s)->title()) + u" › "_s
        + plain(application.window().findChild<QAction *>(u"actionSettings"_s)->text());
    QVERIFY2(ways.contains(settings), qPrintable(settings));
    SettingsDialog &dialog = application.window().settingsDialog();
    dialog.present();
    QStringList pages;
    for (const SettingsPage *page : dialog.findChildren<SettingsPage *>()) {
        pages.append(settings + u" › "_s + page->title());
        ways.insert(pages.last());
    }
    QVERIFY(pages.size() >= 9);
    const QString html = read(userguide::page(language));
    static const QRegularExpression named(u"<i>([^<]*)</i>"_s);
    QStringList told;
    auto names = named.globalMatch(html);
    while (names.hasNext())
        told.append(plain(names.next().captured(1)));
    QVERIFY(told.size() > 15);
    for (const QString &way : std::as_const(told))
        QVERIFY2(ways.contains(way), qPrintable(u"not in the window: "_s + way));
    for (const QString &page : std::as_const(pages)) {
        if (!page.endsWith(dialog.findChild<SettingsPage *>(u"accountsPage"_s)->title())) // it has its own way in
            QVERIFY2(told.contains(page), qPrintable(u"not in the guide: "_s + page));
    }
}

QTEST_MAIN(TestUserGuide)
#include "tst_userguide.moc"
