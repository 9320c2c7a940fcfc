#include "advisorworld.h"

#include "demo/emulator.h"
#include "export/exportadvisorjob.h"
#include "models/roles.h"
#include "ui/advisorexporter.h"
#include "ui/descriptionview.h"
#include "ui/dialogs.h"
#include "ui/exportpage.h"
#include "ui/newcasewindow.h"
#include "ui/quiettable.h"
#include "ui/statepage.h"
#include "ui/toast.h"
#include "ui/uisettings.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>

using namespace casement;
using namespace Qt::StringLiterals;
using World = test::AdvisorWorld;
using test::columnOf;
using test::fewChecks;

/// A check of Trusted Advisor in the window: its resources, and what is done with them.
class TestAdvisorDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refreshes();
    void aRefreshOfAnEarlierRunIsWaitedFor();
    void whatAnEarlierRunDidNotAskForIsAskedFor();
    void automaticOnesAreNamed();
    void changesAreMarked();
    void rowsAreCopied();
    void manyRowsAreCopiedBesideTheEventLoop();
    void aCaseAboutResources();
    void descriptionsLoadNothing();
    void columnsAreRemembered();
    void copiedCellsDoNotRun();
    void exportsWhatIsChosen();
    void exportsTheColumnsThatAreShown();
    void whatIsNotLoadedIsNotExported();
};

void TestAdvisorDetail::refreshes()
{
    World world;
    QVERIFY(world.show());
    world.actions().work().setPollEvery(std::chrono::milliseconds(50));
    AdvisorCheckRecord check;
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &one : all) {
        if (!one.checkId.startsWith(u"Hs4Ma3") && !one.checkId.startsWith(u"c18d2gz") && one.status == u"error")
            check = one;
    }
    QVERIFY(!check.checkId.isEmpty());
    world.page().showCheck(check.account, check.checkId);
    auto *button = world.child<QPushButton>(u"refreshButton"_s);
    QCOMPARE(button->text(), u"&Refresh"_s);
    QSignalSpy refreshed(&world.actions().work(), &AdvisorWork::refreshed);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(world.requests("RefreshTrustedAdvisorCheck") > 0);
    QTRY_COMPARE(button->text(), u"&Refreshing…"_s);
    QVERIFY(!button->isEnabled());
    world.demo.service().withEmulator([&](demo::Emulator &emulator) {
        auto &states = emulator.account(0).checkStates;
        QVERIFY(states.contains(check.checkId));
        // Long enough ago to be done; a time that is none of those that fail.
        qint64 asked = QDateTime::currentMSecsSinceEpoch() - 60'000;
        asked -= asked % 210;
        states[check.checkId].requestedAt = QDateTime::fromMSecsSinceEpoch(asked, Qt::UTC);
    });
    QTRY_COMPARE_WITH_TIMEOUT(refreshed.count(), 1, 20'000);
    const auto news = refreshed.constFirst().constFirst().value<AdvisorRefreshNews>();
    QCOMPARE(news.refreshed, 1);
    auto *toast = world.window.window().findChild<Toast *>();
    QVERIFY(toast && toast->text().contains(u"was refreshed"_s));
    QTRY_VERIFY(button->text().startsWith(u"&Refresh in "_s));
    QVERIFY(!button->isEnabled());
    QTRY_VERIFY(world.checks()
                    .indexOf(check.account, check.checkId)
                    .siblingAtColumn(AdvisorCheckModel::Refresh)
                    .data()
                    .toString()
                    .startsWith(u"in "_s));
}

void TestAdvisorDetail::aRefreshOfAnEarlierRunIsWaitedFor()
{
    World world;
    QVERIFY(world.show());
    AdvisorCheckRecord check;
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &one : all) {
        if (!one.checkId.startsWith(u"Hs4Ma3") && !one.checkId.startsWith(u"c18d2gz") && one.status == u"error")
            check = one;
    }
    QVERIFY(!check.checkId.isEmpty());
    qint64 asked = QDateTime::currentMSecsSinceEpoch() - 60'000;
    asked -= asked % 210; // as in refreshes()
    world.demo.service().withEmulator([&](demo::Emulator &emulator) {
        auto &state = emulator.account(0).checkStates[check.checkId];
        state.requestedAt = QDateTime::fromMSecsSinceEpoch(asked, Qt::UTC);
        state.refreshStatus = u"processing"_s;
    });
    // As a program leaves it that was killed while it waited.
    world.actions().work().archive().storeRefresh(check.account, check.checkId, {u"processing"_s, asked + 1, false});
    AdvisorWork later(world.window.workspace());
    later.setPollEvery(std::chrono::milliseconds(50));
    QSignalSpy refreshed(&later, &AdvisorWork::refreshed);
    later.load({check.account});
    QTRY_COMPARE_WITH_TIMEOUT(refreshed.count(), 1, 20'000);
    const auto news = refreshed.constFirst().constFirst().value<AdvisorRefreshNews>();
    QCOMPARE(news.refreshed, 1);
    QCOMPARE(news.check, check.name);
    QCOMPARE(world.requests("RefreshTrustedAdvisorCheck"), 0); // it was asked for, once
}

void TestAdvisorDetail::whatAnEarlierRunDidNotAskForIsAskedFor()
{
    World world;
    QVERIFY(world.show());
    AdvisorCheckRecord check;
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &one : all) {
        if (!one.checkId.startsWith(u"Hs4Ma3") && !one.checkId.startsWith(u"c18d2gz") && one.status == u"error")
            check = one;
    }
    QVERIFY(!check.checkId.isEmpty());
    world.actions().work().archive().storeRefresh(check.account, check.checkId,
                                                  {QString(refreshWanted), QDateTime::currentMSecsSinceEpoch(), false});
    AdvisorWork later(world.window.workspace());
    later.setPollEvery(std::chrono::milliseconds(50));
    QSignalSpy refreshed(&later, &AdvisorWork::refreshed);
    later.load({check.account});
    QTRY_COMPARE_WITH_TIMEOUT(world.requests("RefreshTrustedAdvisorCheck"), 1, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(refreshed.count(), 1, 20'000);
}

void TestAdvisorDetail::automaticOnesAreNamed()
{
    World world(1, fewChecks(450));
    QVERIFY(world.show());
    world.page().showChecks({}, {});
    const AdvisorCheckRecord *check = nullptr;
    const QList<AdvisorCheckRecord> all = world.checks().allChecks();
    for (const AdvisorCheckRecord &one : all) {
        if (one.checkId.startsWith(u"Hs4Ma3"))
            check = &one;
    }
    QVERIFY(check);
    world.page().showCheck(check->account, check->checkId);
    QSignalSpy refreshed(&world.actions().work(), &AdvisorWork::refreshed);
    world.page().refreshChosen();
    QTRY_COMPARE(refreshed.count(), 1);
    QCOMPARE(refreshed.constFirst().constFirst().value<AdvisorRefreshNews>().automatic, 1);
    QTRY_COMPARE(world.child<QPushButton>(u"refreshButton"_s)->text(), u"&Refreshed by AWS"_s);
    QVERIFY(world.window.window().findChild<Toast *>()->text().contains(u"by itself"_s));
}

void TestAdvisorDetail::changesAreMarked()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(4);
    QVERIFY(!check.checkId.isEmpty());
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    QVERIFY(world.child<QComboBox>(u"compareWith"_s)->isHidden()); // nothing earlier is there
    auto *table = world.child<ResourceTable>(u"resources"_s);
    const int id = world.resources().columnOf({ResourceField::Kind::Id, 0});
    table->horizontalHeader()->setSortIndicator(id, Qt::AscendingOrder);
    table->horizontalHeader()->resizeSection(id, 321);
    QTRY_VERIFY(!world.resources().isArranging());
    // The same with another resource in the place of the first, as a later load would bring it.
    QByteArray body = world.resources().resources()->result()->body();
    const QString first = world.resources().resources()->at(0).resourceId.toString();
    QVERIFY(!first.isEmpty());
    body.replace(first.toUtf8(), "quite-another-one");
    body.replace(check.timestamp.toUtf8(), "2030-01-01T00:00:00Z");
    const auto later = AdvisorResult::read(body);
    QVERIFY(later);
    AdvisorCheckRecord described = check;
    described.headings = QStringList{u"A"_s, u"B"_s};
    QSignalSpy stored(&world.actions().work().archive(), &AdvisorArchive::resultStored);
    world.actions().work().archive().storeResult(described, u"en"_s, *later, this, [](const Result<qint64> &) {});
    QTRY_COMPARE(stored.count(), 1);
    QTRY_VERIFY(world.resources().resources()->isCompared() && !world.resources().isArranging());
    // The column that came took nothing of the others away.
    QCOMPARE(table->horizontalHeader()->sortIndicatorSection(),
             world.resources().columnOf({ResourceField::Kind::Id, 0}));
    QTRY_COMPARE(world.resources().query().sort, (ResourceField{ResourceField::Kind::Id, 0}));
    QCOMPARE(table->horizontalHeader()->sectionSize(world.resources().columnOf({ResourceField::Kind::Id, 0})), 321);
    const QStringList changes =
        columnOf(world.resources(), world.resources().columnOf({ResourceField::Kind::Change, 0}));
    QCOMPARE(changes.count(u"New"_s), 1);
    QCOMPARE(changes.count(u"Gone"_s), 1);
    auto *compare = world.child<QComboBox>(u"compareWith"_s);
    QVERIFY(compare->isVisible());
    QCOMPARE(compare->count(), 2);
    QVERIFY(world.child<QLabel>(u"resourceCount"_s)->text().contains(u"1 New"_s));
    auto *only = world.child<QAbstractButton>(u"onlyChanges"_s);
    only->click();
    QTRY_COMPARE(world.resources().rowCount(), 2);
    only->click();
    compare->setCurrentIndex(0);
    Q_EMIT compare->activated(0);
    QTRY_VERIFY(!world.resources().resources()->isCompared());
}

void TestAdvisorDetail::rowsAreCopied()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(3);
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    auto *table = world.child<ResourceTable>(u"resources"_s);
    table->setFocus();
    table->selectRow(0);
    QTRY_VERIFY(table->hasFocus());
    world.window.child<QAction>("actionCopy")->trigger();
    QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text.count(u'\n'), 2); // headings and a row
    QVERIFY(text.startsWith(u"Status\t"_s));
    world.window.child<QAction>("actionSelectAll")->trigger();
    world.window.child<QAction>("actionCopy")->trigger();
    text = QGuiApplication::clipboard()->text();
    QCOMPARE(text.count(u'\n'), 1 + world.resources().rowCount());
    // Hide what is suppressed, by the menu's action.
    world.window.child<QAction>("actionHideSuppressed")->trigger();
    QTRY_VERIFY(world.resources().query().hideSuppressed);
    auto *filter = world.child<QLineEdit>(u"resourceFilter"_s);
    filter->setText(u"no such thing"_s);
    QTRY_COMPARE(world.resources().rowCount(), 0);
    QTRY_COMPARE(world.child<StatePage>(u"resourceState"_s)->title(), u"No match"_s);
}

void TestAdvisorDetail::manyRowsAreCopiedBesideTheEventLoop()
{
    constexpr int count = 20'000;
    QByteArray json = R"({"result":{"checkId":"c","status":"error","flaggedResources":[)";
    for (int i = 0; i < count; ++i)
        json += QByteArray(i ? ",{" : "{") + R"("status":"error","resourceId":"r","metadata":["n)"
            + QByteArray::number(i) + R"("]})";
    const auto result = AdvisorResult::read(json + "]}}");
    QVERIFY(result);
    QTemporaryDir folder;
    UiSettings settings(folder.filePath(u"casement.ini"_s));
    ResourceModel model;
    ResourceTable table;
    table.setUp(model, settings);
    table.setCheck(u"c"_s);
    model.setResult(*result, {u"Name"_s});
    QTRY_COMPARE(model.rowCount(), count);
    QGuiApplication::clipboard()->setText(u"before"_s);
    table.selectAll();
    table.copySelection();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    QTRY_VERIFY(QGuiApplication::clipboard()->text() != u"before"_s);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), count + 2);
    const qsizetype column = lines.constFirst().split(u'\t').indexOf(u"Name"_s);
    QVERIFY(column >= 0);
    for (const int row : {0, 1, 9'999, count - 1})
        QCOMPARE(lines.at(row + 1).split(u'\t').value(column), u'n' + QString::number(row));
}

void TestAdvisorDetail::aCaseAboutResources()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(2);
    world.page().showCheck(check.account, check.checkId);
    QVERIFY(world.shownResources());
    world.child<ResourceTable>(u"resources"_s)->selectRow(0);
    const QString region = world.resources().resourceAt(0).region.toString();
    const qsizetype before = world.window.workspace().outbox().entries().size();
    QTest::mouseClick(world.child<QPushButton>(u"openCaseButton"_s), Qt::LeftButton);
    QTRY_COMPARE(world.window.workspace().outbox().entries().size(), before + 1);
    const OutboxEntry entry = world.window.workspace().outbox().entries().constLast();
    QCOMPARE(entry.state, OutboxState::Draft);
    const auto request = decode<CreateCase::Request>(entry.input);
    QVERIFY(request);
    QCOMPARE(request->subject, check.name);
    QVERIFY(request->communicationBody.contains(check.checkId));
    QVERIFY(region.isEmpty() || request->communicationBody.contains(region));
    QVERIFY(request->communicationBody.contains(u"\n- "_s));
    // What a number is, its heading tells.
    const AdvisorResource &resource = world.resources().resourceAt(0);
    int values = 0;
    for (quint32 i = 0; i < quint32(resource.metadata.size()) && values < 3; ++i) {
        if (resource.metadata[i].isEmpty() || resource.metadata[i] == resource.region)
            continue;
        const QString told = world.resources().headingOfValue(i) + u": "_s + resource.metadata[i].toString();
        QVERIFY2(request->communicationBody.contains(told), qPrintable(told + u'\n' + request->communicationBody));
        ++values;
    }
    QVERIFY(values > 0 || resource.resourceId.toString().startsWith("arn:"_L1));
    const auto openWindow = [] {
        NewCaseWindow *open = nullptr;
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *window = qobject_cast<NewCaseWindow *>(widget); window && window->isVisible())
                open = window;
        }
        return open;
    };
    QVERIFY(openWindow());
    QCOMPARE(world.requests("CreateCase"), 0);
    // Closed as it is, it leaves nothing; what was typed stays.
    openWindow()->reject();
    QTRY_COMPARE(world.window.workspace().outbox().entries().size(), before);
    QTRY_VERIFY(!openWindow());
    QTest::mouseClick(world.child<QPushButton>(u"openCaseButton"_s), Qt::LeftButton);
    QTRY_VERIFY(openWindow());
    QTest::keyClicks(openWindow()->findChild<QLineEdit *>(u"subject"_s), u"x"_s);
    openWindow()->reject();
    QTRY_VERIFY(!openWindow());
    QCOMPARE(world.window.workspace().outbox().entries().size(), before + 1);
}

void TestAdvisorDetail::descriptionsLoadNothing()
{
    DescriptionView view;
    QList<QUrl> opened;
    const auto usual = std::exchange(dialogs::linkOpener(), [&](const QUrl &url) {
        opened.append(url);
        return true;
    });
    QSignalSpy hovered(&view, &DescriptionView::linkHovered);
    view.resize(300, 200);
    view.setFragment(u"<a href='https://aws.amazon.com/x'>Guide</a><img src='https://evil.example/x.png'>"
                     "<a href='http://plain.example/'>old</a><script>x()</script>"_s);
    view.QWidget::show();
    QCOMPARE(view.toPlainText(), u"Guideold"_s);
    QVERIFY(!view.toHtml().contains(u"evil"_s));
    QVERIFY(!view.loadResource(QTextDocument::ImageResource, QUrl(u"https://evil.example/x.png"_s)).isValid());
    // The keyboard goes to a link, whose target is told before it is opened.
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Tab);
    QTRY_VERIFY(!hovered.isEmpty());
    QCOMPARE(hovered.constLast().constFirst().toString(), u"https://aws.amazon.com/x"_s);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(opened, QList<QUrl>{QUrl(u"https://aws.amazon.com/x"_s)});
    QTest::keyClick(&view, Qt::Key_Tab);
    QTest::keyClick(&view, Qt::Key_Return); // not encrypted: asked first
    QCOMPARE(opened.size(), 1);
    auto *box = view.findChild<QWidget *>(u"openLinkDialog"_s);
    QVERIFY(box);
    box->close();
    dialogs::linkOpener() = usual;
}

void TestAdvisorDetail::columnsAreRemembered()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(3);
    const AdvisorCheckRecord other = [&] {
        const QList<AdvisorCheckRecord> all = world.checks().allChecks();
        for (const AdvisorCheckRecord &one : all) {
            if (one.checkId != check.checkId && one.counts.resourcesFlagged > 0)
                return one;
        }
        return AdvisorCheckRecord();
    }();
    auto *table = world.child<ResourceTable>(u"resources"_s);
    const auto open = [&](const AdvisorCheckRecord &one) {
        world.page().showCheck(one.account, one.checkId);
        return QTest::qWaitFor([&] {
            return world.resources().resources() && world.resources().resources()->result()->checkId == one.checkId
                && !world.resources().isArranging();
        });
    };
    QVERIFY(open(check));
    const int id = world.resources().columnOf({ResourceField::Kind::Id, 0});
    table->horizontalHeader()->resizeSection(id, 333);
    table->setColumnHidden(world.resources().columnOf({ResourceField::Kind::Suppressed, 0}), true);
    QVERIFY(open(other));
    QVERIFY(!table->isColumnHidden(world.resources().columnOf({ResourceField::Kind::Suppressed, 0})));
    QVERIFY(open(check));
    QCOMPARE(table->horizontalHeader()->sectionSize(id), 333);
    QVERIFY(table->isColumnHidden(world.resources().columnOf({ResourceField::Kind::Suppressed, 0})));
}

void TestAdvisorDetail::copiedCellsDoNotRun()
{
    for (const char *harmless : {"-", "+5", "-5", " -5", "a", ""})
        QCOMPARE(spreadsheetCell(QString::fromLatin1(harmless)), QString::fromLatin1(harmless));
    for (const char *formula : {"=1+1", " =1+1", "-a", "+", "@x"})
        QCOMPARE(spreadsheetCell(QString::fromLatin1(formula)), u'\'' + QString::fromLatin1(formula));
}

void TestAdvisorDetail::exportsWhatIsChosen()
{
    World world;
    QVERIFY(world.show());
    auto *exporter = world.window.window().findChild<AdvisorExporter *>();
    QVERIFY(exporter);
    QSignalSpy finished(exporter, &AdvisorExporter::finished);
    const QString path = world.folder.filePath(u"checks.csv"_s);
    exporter->write(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(finished.constFirst().constFirst().value<Result<void>>());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY(text.contains(world.checkWith(1).checkId.toUtf8()));
    QVERIFY(text.startsWith("\xef\xbb\xbf"));
    QVERIFY(world.window.window().findChild<Toast *>()->text().contains(u"checks.csv"_s));
    world.window.child<QAction>("actionExport")->trigger();
    auto *dialog = world.window.window().findChild<QWidget *>(u"advisorExportDialog"_s);
    QVERIFY(dialog);
    qint64 rows = 0;
    for (const AdvisorCheckRecord &check : world.checks().allChecks())
        rows += check.counts.resourcesFlagged + check.counts.resourcesSuppressed;
    QVERIFY2(dialog->windowTitle().contains(QLocale().toString(rows)), qPrintable(dialog->windowTitle()));
    dialog->close();

    // What the settings say holds for the next file, and is kept.
    UiSettings &settings = world.window.workspace().settings();
    ExportPage page(settings);
    for (const char *name : {"byteOrderMark", "formulaSafe"}) {
        auto *box = page.findChild<QCheckBox *>(QString::fromLatin1(name));
        QVERIFY(box->isChecked());
        box->click();
    }
    QVERIFY(!ExportPage::options(settings).byteOrderMark && !ExportPage::options(settings).formulaSafe);
    exporter->write(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_COMPARE(finished.count(), 2);
    QFile plain(path);
    QVERIFY(plain.open(QIODevice::ReadOnly));
    QVERIFY(!plain.readAll().startsWith("\xef\xbb\xbf"));
}

/// Half of it does not pass for all.
void TestAdvisorDetail::exportsTheColumnsThatAreShown()
{
    World world;
    QVERIFY(world.show());
    const AdvisorCheckRecord check = world.checkWith(1);
    QVERIFY(check.headings.size() > 1);
    UiSettings &settings = world.window.workspace().settings();
    // As the table writes it: the last one first, another one hidden.
    const int last = int(check.headings.size()) - 1;
    settings.set(u"advisor/resources/%1/columns"_s.arg(check.checkId),
                 u"status:90:1 value%1:120:1 value0:120:0 id:90:1"_s.arg(last));
    ExportPage page(settings);
    auto *box = page.findChild<QCheckBox *>(u"shownColumns"_s);
    QVERIFY(box && !box->isChecked());
    box->setChecked(true);
    auto *exporter = world.window.window().findChild<AdvisorExporter *>();
    QSignalSpy finished(exporter, &AdvisorExporter::finished);
    const QString path = world.folder.filePath(u"shown.csv"_s);
    exporter->write({check}, path, AdvisorExporter::Format::CsvBlocks);
    QTRY_COMPARE(finished.count(), 1);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString heading = QString::fromUtf8(file.readLine()).trimmed();
    QVERIFY2(heading.endsWith(u",Timestamp,"_s + check.headings.last()), qPrintable(heading));
}

void TestAdvisorDetail::whatIsNotLoadedIsNotExported()
{
    World world;
    world.demo.setFaults(u"delay:DescribeTrustedAdvisorCheckResult=2s"_s);
    world.actions().show();
    QTRY_COMPARE(world.checks().totalCount(), 60); // summaries are there, results on their way
    QTRY_VERIFY(world.actions().work().progress(world.page().accounts()).second > 0);
    auto *exporter = world.window.window().findChild<AdvisorExporter *>();
    QSignalSpy finished(exporter, &AdvisorExporter::finished);
    const QString path = world.folder.filePath(u"part.csv"_s);
    exporter->begin(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QVERIFY(world.window.window().findChild<Toast *>()->text().contains(u"when the results are loaded"_s));
    QVERIFY(!world.window.child<QMessageBox>("advisorExportQuestion"));
    world.actions().work().cancelLoads(world.page().accounts());
    QTRY_VERIFY(world.window.child<QMessageBox>("advisorExportQuestion"));
    auto *box = world.window.child<QMessageBox>("advisorExportQuestion");
    QVERIFY2(box->text().contains(u" of 60 check"_s), qPrintable(box->text()));
    QVERIFY(!QFile::exists(path));
    box->button(QMessageBox::Cancel)->click();
    QTRY_VERIFY(!world.window.child<QMessageBox>("advisorExportQuestion"));
    QVERIFY(!QFile::exists(path) && finished.isEmpty());
    exporter->begin(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_VERIFY(world.window.child<QPushButton>("exportWhatIsHere"));
    world.window.child<QPushButton>("exportWhatIsHere")->click();
    QTRY_COMPARE(finished.count(), 1);
    const QString said = world.window.window().findChild<Toast *>()->text();
    QVERIFY2(said.contains(u" of 60 check"_s), qPrintable(said));
    // A load that goes well needs no question.
    world.demo.setFaults({});
    world.actions().work().load(world.page().accounts());
    exporter->begin(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, 30'000);
    QVERIFY(world.window.window().findChild<Toast *>()->text().endsWith(u"exported: part.csv"_s));
    // Out of reach it is the archive's, and the notice says so.
    world.demo.setFaults(u"html"_s);
    world.actions().work().load(world.page().accounts());
    exporter->begin(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, 30'000);
    QVERIFY(world.window.window().findChild<Toast *>()->text().contains(u"It is from the archive, as of "_s));
    // Refused, a person is asked.
    world.demo.setFaults(u"plan"_s);
    world.actions().work().load(world.page().accounts());
    exporter->begin(world.checks().allChecks(), path, AdvisorExporter::Format::CsvBlocks);
    QTRY_VERIFY_WITH_TIMEOUT(world.window.child<QMessageBox>("advisorExportQuestion"), 30'000);
    world.window.child<QMessageBox>("advisorExportQuestion")->close();
}

QTEST_MAIN(TestAdvisorDetail)
#include "tst_advisordetail.moc"
