#include "models/servicemodel.h"

#include "demo/demodata.h"
#include "models/modelwatch.h"
#include "models/roles.h"

#include <QItemSelectionModel>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// `code=Name` each, separated by commas.
QList<Service> servicesOf(const QString &text)
{
    QList<Service> services;
    for (const QString &one : text.split(u',', Qt::SkipEmptyParts))
        services.append({one.section(u'=', 0, 0), one.section(u'=', 1), {{u"general"_s, u"General"_s}}});
    return services;
}

/// The demo's, about as many as the real service has.
QList<Service> allServices(const QString &language = u"en"_s)
{
    QList<Service> services;
    for (const demo::DemoService &service : demo::services()) {
        Service made{service.code, service.name.in(language), {}};
        for (const demo::DemoCategory &category : service.categories)
            made.categories.append({category.code, category.name.in(language)});
        services.append(made);
    }
    return services;
}

QStringList namesOf(const QAbstractItemModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row)
        names.append(model.index(row, 0).data().toString());
    return names;
}

struct Watched
{
    Watched() : watch(model, [this](int row) { return model.codeAt(row); }) { }
    ~Watched()
    {
        // QVERIFY returns, which a destructor can do
        QVERIFY(watch.isRight());
        QVERIFY(watch.neverReset());
    }
    ServiceModel model;
    test::ModelWatch watch;
};

} // namespace

class TestServiceModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void typingFinds_data();
    void typingFinds();
    void beginningsOfJapaneseWords();
    void typingFindsAmongAll_data();
    void typingFindsAmongAll();
    void recentOnesStandFirst();
    void aChoiceStaysWhileItIsShown();
    void theSameListIsNoChange();
    void anotherLanguageChangesTheNamesInPlace();
    void servicesComeAndGo();
    void namesAreInTheOrderOfTheLanguage();
    void whatARowTells();
    void hostileServices();
    void anyOrderOfFilters();
    void categories();
};

void TestServiceModel::typingFinds_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *name, const char *typed, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
    };
    row("nothing is everything", "",
        "AWS の請求, Elastic Block Store (EBS), Elastic Compute Cloud (EC2), Lambda, データ転送");
    row("spaces are nothing", "  \u3000 ",
        "AWS の請求, Elastic Block Store (EBS), Elastic Compute Cloud (EC2), Lambda, データ転送");
    row("beginnings of words come first", "la", "Lambda, Elastic Block Store (EBS), Elastic Compute Cloud (EC2)");
    row("any case", "LAMBDA", "Lambda");
    row("any width", "ＥＣ２", "Elastic Compute Cloud (EC2)");
    row("narrow kana", "ﾃﾞｰﾀ", "データ転送");
    row("several words in any order", "cloud ela", "Elastic Compute Cloud (EC2)");
    row("all words must stand there", "cloud lambda", "");
    row("the code counts", "amazon-ec2", "Elastic Compute Cloud (EC2)");
    row("words of the code", "vol", "Elastic Block Store (EBS)");
    row("name and code together", "block amazon", "Elastic Block Store (EBS)");
    row("not across name and code", "(ebs)amazon", "");
    row("inside Japanese", "求", "AWS の請求");
    row("one long vowel", "ー", "データ転送");
    row("a wide space parts words", "elastic\u3000ec2", "Elastic Compute Cloud (EC2)");
    row("everything is literal", "(e.*", "");
    row("no such thing", "zzz", "");
}

void TestServiceModel::typingFinds()
{
    QFETCH(QString, typed);
    QFETCH(QString, expected);
    Watched w;
    w.model.setServices(servicesOf(u"amazon-ec2=Elastic Compute Cloud (EC2),amazon-volumes=Elastic Block Store (EBS),"
                                   "fn=Lambda,bill=AWS の請求,transfer=データ転送"_s));
    w.model.setFilter(typed);
    QCOMPARE(namesOf(w.model).join(u", "_s), expected);
}

/// Without spaces, a word begins where the writing changes.
void TestServiceModel::beginningsOfJapaneseWords()
{
    Watched w;
    w.model.setServices(servicesOf(u"1=回転送信,2=請求の転送"_s));
    QCOMPARE(namesOf(w.model), QStringList({u"回転送信"_s, u"請求の転送"_s}));
    w.model.setFilter(u"転送"_s);
    QCOMPARE(namesOf(w.model), QStringList({u"請求の転送"_s, u"回転送信"_s}));
    w.model.setServices(servicesOf(u"1=データ,2=テープ タイマー"_s)); // a long vowel is no change
    w.model.setFilter(u"タ"_s);
    QCOMPARE(namesOf(w.model), QStringList({u"テープ タイマー"_s, u"データ"_s}));
}

void TestServiceModel::typingFindsAmongAll_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("first");

    QTest::newRow("ec2") << u"ec2 lin"_s << u"amazon-elastic-compute-cloud-linux"_s;
    QTest::newRow("lambda") << u"lamb"_s << u"aws-lambda"_s;
    QTest::newRow("kubernetes by its letters") << u"eks"_s << u"service-eks"_s;
    QTest::newRow("storage by its letters") << u"simple s3"_s << u"amazon-simple-storage-service"_s;
    QTest::newRow("billing") << u"bill"_s << u"aws-marketplace-billing"_s;
}

void TestServiceModel::typingFindsAmongAll()
{
    QFETCH(QString, typed);
    QFETCH(QString, first);
    Watched w;
    w.model.setServices(allServices());
    QVERIFY(w.model.rowCount() > 200);
    w.model.setFilter(typed);
    QVERIFY(w.model.rowCount() < 60);
    QCOMPARE(w.model.codeAt(0), first);
}

void TestServiceModel::recentOnesStandFirst()
{
    Watched w;
    w.model.setRecent({u"c"_s, u"nobody-knows-it"_s, u"b"_s, u"c"_s});
    w.model.setServices(servicesOf(u"a=Alpha,b=Beta,c=Gamma al,d=Delta"_s));
    QCOMPARE(namesOf(w.model), QStringList({u"Gamma al"_s, u"Beta"_s, u"Alpha"_s, u"Delta"_s}));
    QCOMPARE(w.model.index(1).data(RecentRole).toBool(), true);
    QCOMPARE(w.model.index(2).data(RecentRole).toBool(), false);
    w.model.setFilter(u"al"_s);
    QCOMPARE(namesOf(w.model), QStringList({u"Gamma al"_s, u"Alpha"_s}));
    w.model.setFilter(u"ta"_s); // Be-ta, Del-ta: neither at a beginning
    QCOMPARE(namesOf(w.model), QStringList({u"Beta"_s, u"Delta"_s}));
    w.model.setRecent({u"d"_s});
    QCOMPARE(namesOf(w.model), QStringList({u"Delta"_s, u"Beta"_s}));
    w.model.setRecent({});
    w.model.setFilter({});
    QCOMPARE(namesOf(w.model), QStringList({u"Alpha"_s, u"Beta"_s, u"Delta"_s, u"Gamma al"_s}));
    w.watch.takeTold();
    w.model.setRecent({u"a"_s}); // it stands there already, but looks otherwise now
    QCOMPARE(w.watch.takeTold(), u"~"_s);
}

void TestServiceModel::aChoiceStaysWhileItIsShown()
{
    Watched w;
    w.model.setServices(servicesOf(u"a=Alpha,b=Beta,c=Gamma al,d=Delta"_s));
    QItemSelectionModel selection(&w.model);
    selection.setCurrentIndex(w.model.index(w.model.rowOf(u"c"_s)), QItemSelectionModel::ClearAndSelect);
    const auto chosen = [&] { return selection.currentIndex().data(KeyRole).toString(); };
    QSignalSpy changed(&selection, &QItemSelectionModel::currentChanged);
    for (const QString &typed : {u"g"_s, u"ga"_s, u"al"_s, u""_s, u"am"_s})
        w.model.setFilter(typed);
    w.model.setRecent({u"c"_s});
    w.model.setServices(servicesOf(u"c=Gamma,e=Eta"_s));
    QCOMPARE(chosen(), u"c"_s);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(selection.selectedIndexes().size(), 1);
    w.model.setFilter(u"eta"_s);
    QVERIFY(!selection.isSelected(w.model.index(0)) || chosen() == u"e"_s);
    QCOMPARE(w.model.rowOf(u"c"_s), -1);
}

void TestServiceModel::theSameListIsNoChange()
{
    Watched w;
    w.model.setServices(allServices());
    w.watch.takeTold();
    w.model.setServices(allServices());
    w.model.setFilter(u"  "_s);
    w.model.setRecent({});
    w.model.retranslate();
    QCOMPARE(w.watch.takeTold(), QString());
    w.model.setFilter(u"ec2"_s);
    w.watch.takeTold();
    w.model.setFilter(u"EC2 "_s);
    w.model.setServices(allServices());
    QCOMPARE(w.watch.takeTold(), QString());
}

void TestServiceModel::anotherLanguageChangesTheNamesInPlace()
{
    Watched w;
    w.model.setServices(servicesOf(u"a=Account,b=Billing,l=Lambda"_s));
    w.watch.takeTold();
    w.model.setServices(servicesOf(u"a=アカウント,b=Billing,l=Lambda"_s));
    QCOMPARE(w.model.name(u"a"_s), u"アカウント"_s);
    QCOMPARE(w.model.name(u"unknown"_s), u"unknown"_s);
    QCOMPARE(w.watch.takeTold(), u"%~"_s); // sorted elsewhere, and named anew
    QList<Service> more = servicesOf(u"a=アカウント,b=Billing,l=Lambda"_s);
    more[1].categories.append({u"other"_s, u"Other"_s});
    w.model.setServices(more);
    QCOMPARE(w.watch.takeTold(), u"~"_s);
    QCOMPARE(w.model.categories(u"b"_s).size(), 2);
}

void TestServiceModel::servicesComeAndGo()
{
    Watched w;
    QVERIFY(w.model.isEmpty());
    w.model.setServices(servicesOf(u"a=A,b=B,c=C,d=D,e=E"_s));
    QCOMPARE(w.watch.takeTold(), u"+"_s);
    w.model.setServices(servicesOf(u"x=AA,c=C,d=D,y=Y"_s));
    QCOMPARE(namesOf(w.model), QStringList({u"AA"_s, u"C"_s, u"D"_s, u"Y"_s}));
    QCOMPARE(w.watch.takeTold(), u"--++"_s);
    w.model.setServices({});
    QVERIFY(w.model.isEmpty());
    QCOMPARE(w.watch.takeTold(), u"-"_s);
}

void TestServiceModel::namesAreInTheOrderOfTheLanguage()
{
    const QList<Service> services = servicesOf(u"1=カ,2=あ,3=ア10,4=ア9,5=が,6=lambda,7=Kappa,8=ｶﾞ"_s);
    QLocale::setDefault(QLocale(QLocale::Japanese, QLocale::Japan));
    Watched w;
    w.model.setServices(services);
    const QStringList japanese = namesOf(w.model);
    QCOMPARE(japanese.first(2), QStringList({u"Kappa"_s, u"lambda"_s}));
    QCOMPARE(japanese[2], u"あ"_s);
    QVERIFY(japanese.indexOf(u"ア9"_s) < japanese.indexOf(u"ア10"_s));
    QVERIFY(japanese.indexOf(u"カ"_s) < japanese.indexOf(u"が"_s));
    QVERIFY(japanese.indexOf(u"ア10"_s) < japanese.indexOf(u"カ"_s));
    // Swedish puts Ä after Z.
    w.model.setServices(servicesOf(u"1=Äpple,2=Zebra"_s));
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    w.model.retranslate();
    QCOMPARE(namesOf(w.model), QStringList({u"Äpple"_s, u"Zebra"_s}));
    QLocale::setDefault(QLocale(QLocale::Swedish, QLocale::Sweden));
    w.model.retranslate();
    QCOMPARE(namesOf(w.model), QStringList({u"Zebra"_s, u"Äpple"_s}));
}

void TestServiceModel::whatARowTells()
{
    ServiceModel model;
    model.setServices({{u"amazon-x"_s, u"X <b>"_s, {{u"general"_s, u"General"_s}}}});
    const QModelIndex row = model.index(0);
    QCOMPARE(row.data().toString(), u"X <b>"_s);
    QCOMPARE(row.data(Qt::EditRole).toString(), u"X <b>"_s);
    QCOMPARE(row.data(KeyRole).toString(), u"amazon-x"_s);
    QCOMPARE(row.data(ServiceCodeRole).toString(), u"amazon-x"_s);
    QCOMPARE(row.data(Qt::ToolTipRole).toString(), u"<qt>amazon-x</qt>"_s);
    QCOMPARE(row.data(CategoriesRole).value<QList<Category>>().first().code, u"general"_s);
    QVERIFY(!row.data(RecentRole).toBool());
    QCOMPARE(model.codeAt(-1), QString());
    QCOMPARE(model.codeAt(1), QString());
}

void TestServiceModel::hostileServices()
{
    Watched w;
    w.model.setServices({{u"a"_s, u"line\nbreak\t\u202eright\u0000to"_s, {}},
                         {u"a"_s, u"a second time"_s, {}},
                         {u""_s, u"no code"_s, {}},
                         {u"no-name"_s, {}, {}},
                         {u"lone"_s, u"half "_s + QChar(0xd83d), {}},
                         {u"long"_s, QString(1'000'000, u'x'), {}}});
    QCOMPARE(w.model.rowCount(), 4);
    QCOMPARE(w.model.name(u"no-name"_s), u"no-name"_s);
    QCOMPARE(w.model.name(u"lone"_s), u"half \ufffd"_s);
    QVERIFY(w.model.name(u"a"_s).startsWith(u"line break right"_s));
    QVERIFY(w.model.name(u"long"_s).size() <= 1001);
    for (const QString &typed :
         {QString(QChar(0xd800)), QString(QChar(0)), QString(10'000'000, u'x'), u"a b "_s.repeated(100'000)})
        w.model.setFilter(typed);
    w.model.setFilter(u"line"_s);
    QCOMPARE(w.model.rowCount(), 1);
}

/// Whatever was shown before, views end up with what a new model shows.
void TestServiceModel::anyOrderOfFilters()
{
    Watched w;
    w.model.setServices(allServices());
    QStringList typed;
    for (const QString &text :
         {u"elastic cloud"_s, u"s3"_s, u"aws"_s, u"amazon el"_s, u"zzz"_s, u""_s, u"e"_s, u"db"_s}) {
        for (qsizetype i = 0; i <= text.size(); ++i)
            typed.append(text.first(i));
    }
    const QStringList codes{u"aws-lambda"_s, u"service-eks"_s, u"billing"_s};
    for (qsizetype i = 0; i < typed.size(); ++i) {
        const QString language = i % 7 == 3 ? u"ja"_s : u"en"_s;
        const QStringList recent = codes.first(i % 4);
        w.model.setServices(i % 5 == 4 ? allServices(language).mid(50, 150) : allServices(language));
        w.model.setRecent(recent);
        w.model.setFilter(typed[i]);
        ServiceModel fresh;
        fresh.setServices(i % 5 == 4 ? allServices(language).mid(50, 150) : allServices(language));
        fresh.setRecent(recent);
        fresh.setFilter(typed[i]);
        QCOMPARE(namesOf(w.model), namesOf(fresh));
        QVERIFY(w.watch.isRight());
    }
}

void TestServiceModel::categories()
{
    CategoryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.setCategories({{u"z"_s, u"Zeta"_s}, {u"general"_s, u"General"_s}, {u"a"_s, {}}, {{}, u"none"_s}});
    QCOMPARE(namesOf(model), QStringList({u"Zeta"_s, u"General"_s, u"a"_s})); // in the service's order
    const QPersistentModelIndex general = model.index(model.rowOf(u"general"_s));
    model.setCategories({{u"general"_s, u"一般"_s}, {u"other"_s, u"Other"_s}, {u"z"_s, u"Zeta"_s}});
    QCOMPARE(namesOf(model), QStringList({u"一般"_s, u"Other"_s, u"Zeta"_s}));
    QCOMPARE(general.row(), 0);
    QCOMPARE(general.data(KeyRole).toString(), u"general"_s);
    model.setCategories({});
    QVERIFY(!general.isValid());
    QVERIFY(resets.isEmpty());
}

QTEST_MAIN(TestServiceModel)
#include "tst_servicemodel.moc"
