#include "ui/uisettings.h"
#include "ui/windowplace.h"
#include "xscreen.h"

#include <QApplication>
#include <QSplitter>
#include <QStringListModel>
#include <QTest>
#include <QTreeView>

#include <cstdio>
#include <memory>

using namespace casement;
using namespace Qt::StringLiterals;

/// Windows keep their place from one start to the next under a window manager that puts a frame around them.
class TestWindowFrame : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aWindowStaysWhereItWas_data();
    void aWindowStaysWhereItWas();
};

namespace {

struct Kept
{
    explicit Kept(UiSettings &settings)
    {
        sidebar.setModel(&names);
        outer.addWidget(&sidebar);
        outer.addWidget(&inner);
        restoreWindow(window, outer, sidebar, inner, settings);
    }

    QWidget window;
    QStringListModel names;
    QSplitter outer; // has the two below, which go first
    QTreeView sidebar;
    QSplitter inner;
};

} // namespace

void TestWindowFrame::aWindowStaysWhereItWas_data()
{
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    QTest::addColumn<QPoint>("corner");
    QTest::newRow("in the middle") << QPoint(200, 150);
    QTest::newRow("in the corner") << screen.topLeft();
}

void TestWindowFrame::aWindowStaysWhereItWas()
{
    QFETCH(QPoint, corner);
    QTemporaryDir folder;
    UiSettings settings(folder.filePath(u"casement.ini"_s));
    settings.set(u"window/geometry"_s, QRect(corner, QSize(500, 400)));
    for (int start = 0; start < 3; ++start) {
        Kept kept(settings);
        QWidget &window = kept.window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTRY_VERIFY(window.frameGeometry().height() > window.geometry().height()); // the frame is there
        QTRY_COMPARE(window.frameGeometry().topLeft(), corner);
        QTRY_COMPARE(window.size(), QSize(500, 400));
        saveWindow(window, kept.inner, settings);
    }
    // What is maximized goes back to where it was.
    {
        Kept kept(settings);
        kept.window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&kept.window));
        kept.window.showMaximized();
        QTRY_VERIFY(kept.window.width() > 1000);
        saveWindow(kept.window, kept.inner, settings);
    }
    Kept kept(settings);
    QVERIFY(kept.window.isMaximized());
    kept.window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&kept.window));
    QTRY_VERIFY(kept.window.width() > 1000);
    kept.window.showNormal();
    QTRY_COMPARE(kept.window.size(), QSize(500, 400));
    QTRY_COMPARE(kept.window.frameGeometry().topLeft(), corner);
}

int main(int argc, char **argv)
{
    test::Screen screen;
    if (!screen.problem.isEmpty()) {
        std::printf("SKIP: %s\n", qPrintable(screen.problem));
        return 77; // for ctest: skipped
    }
    QApplication application(argc, argv);
    TestWindowFrame test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_windowframe.moc"
