#include "newcaseworld.h"

#include <QTemporaryDir>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

using World = test::NewCaseWorld;

/// Where keys go while somebody types: the list of the completer, while it is open, gives them on to the field.
QWidget *typedInto()
{
    QWidget *popup = QApplication::activePopupWidget();
    return popup ? popup : QApplication::focusWidget();
}

} // namespace

/// The field for a service, by the keys of a person.
class TestServiceCompleter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void everyLetterArrives_data();
    void everyLetterArrives();
    void lettersComeAfterAMark();
    void downOpensTheList_data();
    void downOpensTheList();
    void downGoesOnFromWhatIsChosen();

private:
    static QLineEdit *openField(World &world);

    std::unique_ptr<QTemporaryDir> m_folder;
};

QLineEdit *TestServiceCompleter::openField(World &world)
{
    if (!world.open())
        return nullptr;
    auto *field = world.child<QLineEdit>("service");
    field->setFocus();
    const bool isReady =
        QTest::qWaitFor([field] { return field->hasFocus() && field->completer()->model()->rowCount() > 10; });
    return isReady ? field : nullptr;
}

void TestServiceCompleter::everyLetterArrives_data()
{
    QTest::addColumn<QString>("word");
    for (const char *word : {"elastic", "lambda", "cloudwatch", "billing", "simple storage", "no such service", "aaaa"})
        QTest::newRow(word) << QString::fromLatin1(word);
}

void TestServiceCompleter::everyLetterArrives()
{
    QFETCH(const QString, word);
    World world(m_folder->path());
    QLineEdit *field = openField(world);
    QVERIFY(field);
    for (qsizetype i = 0; i < word.size(); ++i) {
        QTest::keyClick(typedInto(), word.at(i).toLatin1());
        QCoreApplication::processEvents(); // a person is slower than what waits for its turn: the mark
        QCOMPARE(field->text(), word.left(i + 1));
    }
    while (!field->text().isEmpty()) { // and every one goes
        const qsizetype length = field->text().size();
        QTest::keyClick(typedInto(), Qt::Key_Backspace);
        QCoreApplication::processEvents();
        QCOMPARE(field->text().size(), length - 1);
    }
}

void TestServiceCompleter::lettersComeAfterAMark()
{
    World world(m_folder->path());
    QLineEdit *field = openField(world);
    QVERIFY(field);
    QTest::keyClicks(typedInto(), u"lamb"_s);
    const QAbstractItemView *list = field->completer()->popup();
    QTRY_VERIFY(list->selectionModel()->isRowSelected(0));
    QTest::keyClick(typedInto(), 'd');
    QTRY_VERIFY(list->selectionModel()->isRowSelected(0)); // marked as before
    QCOMPARE(field->text(), u"lambd"_s);
    QTest::keyClick(typedInto(), Qt::Key_Return);
    QTRY_COMPARE(field->text(), u"Lambda"_s);
}

void TestServiceCompleter::downOpensTheList_data()
{
    QTest::addColumn<bool>("withAlt");
    QTest::newRow("Down") << false;
    QTest::newRow("Alt+Down") << true;
}

void TestServiceCompleter::downOpensTheList()
{
    QFETCH(const bool, withAlt);
    World world(m_folder->path());
    QLineEdit *field = openField(world);
    QVERIFY(field);
    const QAbstractItemView *list = field->completer()->popup();
    QVERIFY(!list->isVisible());
    QTest::keyClick(field, Qt::Key_Down, withAlt ? Qt::AltModifier : Qt::NoModifier);
    QVERIFY(list->isVisible());
    QCOMPARE(list->model()->rowCount(), field->completer()->model()->rowCount());
    QVERIFY(list->model()->rowCount() > 10);
    QVERIFY(field->text().isEmpty());
    QTest::keyClick(typedInto(), Qt::Key_Down);
    const QString first = list->model()->index(0, 0).data().toString();
    QCOMPARE(field->text(), first);
    QTest::keyClick(typedInto(), Qt::Key_Return);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
    QCOMPARE(field->text(), first);
}

void TestServiceCompleter::downGoesOnFromWhatIsChosen()
{
    World world(m_folder->path());
    QLineEdit *field = openField(world);
    QVERIFY(field);
    QTest::keyClicks(typedInto(), u"lambda"_s);
    QTest::keyClick(typedInto(), Qt::Key_Return);
    QTRY_COMPARE(field->text(), u"Lambda"_s);
    QTRY_VERIFY(world.child<QComboBox>("category")->count() > 0);
    const QAbstractItemView *list = field->completer()->popup();
    QVERIFY(!list->isVisible());
    QTest::keyClick(field, Qt::Key_Down);
    QVERIFY(list->isVisible());
    QTRY_COMPARE(list->currentIndex().data().toString(), u"Lambda"_s);
    QTest::keyClick(typedInto(), Qt::Key_Return);
    QTRY_VERIFY(!list->isVisible());
    QCOMPARE(field->text(), u"Lambda"_s);
}

QTEST_MAIN(TestServiceCompleter)
#include "tst_servicecompleter.moc"
