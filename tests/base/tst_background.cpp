#include "base/background.h"

#include <QSemaphore>
#include <QTest>

using namespace casement;

class TestBackground : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void worksElsewhereAndComesBack();
    void deadContextHearsNothing();
};

void TestBackground::worksElsewhereAndComesBack()
{
    QThread *worker = nullptr;
    QThread *back = nullptr;
    int sum = 0;
    inBackground(
        this,
        [&] {
            worker = QThread::currentThread();
            return 42;
        },
        [&](int value) {
            back = QThread::currentThread();
            sum = value;
        });
    QCOMPARE(sum, 0); // never before the call returns
    QTRY_COMPARE(sum, 42);
    QVERIFY(worker != thread());
    QCOMPARE(back, thread());
}

void TestBackground::deadContextHearsNothing()
{
    QSemaphore mayEnd;
    QSemaphore ended;
    bool called = false;
    auto *context = new QObject;
    inBackground(
        context,
        [&] {
            mayEnd.acquire();
            return 1;
        },
        [&](int) { called = true; });
    delete context;
    mayEnd.release();
    // What comes after it on the same pool has been delivered when the first one's chance is over.
    bool after = false;
    inBackground(
        this, [] { return QThreadPool::globalInstance()->maxThreadCount(); }, [&](int) { after = true; });
    QTRY_VERIFY(after);
    QVERIFY(QThreadPool::globalInstance()->waitForDone());
    QCoreApplication::sendPostedEvents();
    QVERIFY(!called);
}

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
