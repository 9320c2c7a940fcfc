#include "support/operations.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace casement;

namespace {

// Where Debian's python3-botocore keeps the service's model.
const QString modelPath =
    QStringLiteral("/usr/lib/python3/dist-packages/botocore/data/support/2013-04-15/service-2.json");

struct Shapes
{
    const detail::StructInfo *request = nullptr;
    const detail::StructInfo *response = nullptr;
    bool found = false;
};

template <class... Operations> Shapes shapesOf(const QString &name, const std::tuple<Operations...> *)
{
    Shapes shapes;
    const auto look = [&]<class Operation>(const Operation *) {
        if (QLatin1StringView(Operation::name) == name)
            shapes = {&detail::structInfo<typename Operation::Request>(),
                      &detail::structInfo<typename Operation::Response>(), true};
    };
    (look(static_cast<const Operations *>(nullptr)), ...);
    return shapes;
}

const detail::FieldInfo *fieldOf(const detail::StructInfo &info, const QString &name)
{
    for (const detail::FieldInfo &field : info.fields) {
        if (QLatin1StringView(field.name.data(), qsizetype(field.name.size())) == name)
            return &field;
    }
    return nullptr;
}

} // namespace

class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void thereAreTwenty();
    void agreesWithTheModel_data();
    void agreesWithTheModel();
    void checksWhatIsTyped_data();
    void checksWhatIsTyped();

private:
    void compareStruct(const QString &shapeName, const detail::StructInfo &info, bool isInput);
    QJsonObject m_shapes;
    QStringList m_onTheWay;
};

void TestOperations::init() { m_onTheWay.clear(); }

void TestOperations::thereAreTwenty()
{
    QCOMPARE(operations().size(), size_t(20));
    QVERIFY(findOperation(QStringLiteral("describe-cases")));
    QVERIFY(findOperation(QStringLiteral("DescribeCases")));
    QVERIFY(!findOperation(QStringLiteral("DeleteCase")));
    QStringList once;
    for (const OperationInfo &info : operations()) {
        if (!info.repeatable)
            once << QString::fromLatin1(info.name);
    }
    QCOMPARE(once,
             QStringList({QStringLiteral("AddAttachmentsToSet"), QStringLiteral("AddCommunicationToCase"),
                          QStringLiteral("CreateCase"), QStringLiteral("ResolveCase")}));
}

void TestOperations::agreesWithTheModel_data()
{
    QFile file(modelPath);
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(modelPath));
    const QJsonObject model = QJsonDocument::fromJson(file.readAll()).object();
    m_shapes = model[u"shapes"].toObject();
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("output");
    const QJsonObject known = model[u"operations"].toObject();
    QVERIFY(known.size() >= 14);
    for (auto it = known.begin(); it != known.end(); ++it) {
        const QJsonObject operation = it.value().toObject();
        QTest::newRow(qPrintable(it.key())) << operation[u"input"].toObject()[u"shape"].toString()
                                            << operation[u"output"].toObject()[u"shape"].toString();
    }
}

void TestOperations::agreesWithTheModel()
{
    QFETCH(QString, input);
    QFETCH(QString, output);
    const Shapes shapes =
        shapesOf(QString::fromLatin1(QTest::currentDataTag()), static_cast<const AllOperations *>(nullptr));
    QVERIFY(shapes.found);
    compareStruct(input, *shapes.request, true);
    compareStruct(output, *shapes.response, false);
}

void TestOperations::compareStruct(const QString &shapeName, const detail::StructInfo &info, bool isInput)
{
    if (m_onTheWay.contains(shapeName))
        return;
    m_onTheWay.append(shapeName);
    const QJsonObject shape = m_shapes[shapeName].toObject();
    const QJsonArray mandatory = shape[u"required"].toArray();
    const QJsonObject members = shape[u"members"].toObject();
    for (auto it = members.begin(); it != members.end(); ++it) {
        const QString where = shapeName + u'.' + it.key();
        const detail::FieldInfo *field = fieldOf(info, it.key());
        QVERIFY2(field, qPrintable(where));
        QJsonObject member = m_shapes[it.value().toObject()[u"shape"].toString()].toObject();
        const QString type = member[u"type"].toString();
        QCOMPARE(field->type.isList(), type == u"list");
        if (isInput) {
            if (mandatory.contains(it.key()))
                QVERIFY2(field->limits.isRequired, qPrintable(where));
            if (member.contains(u"max"))
                QVERIFY2(field->limits.most == member[u"max"].toInteger(), qPrintable(where));
            if (member.contains(u"min"))
                QVERIFY2(field->limits.least == member[u"min"].toInteger(), qPrintable(where));
        }
        QString elementShape = it.value().toObject()[u"shape"].toString();
        if (type == u"list") {
            elementShape = member[u"member"].toObject()[u"shape"].toString();
            member = m_shapes[elementShape].toObject();
        }
        const QString elementType = member[u"type"].toString();
        using detail::Kind;
        switch (field->type.kind) {
        case Kind::String:
            QVERIFY2(elementType == u"string", qPrintable(where));
            break;
        case Kind::Bool:
            QVERIFY2(elementType == u"boolean", qPrintable(where));
            break;
        case Kind::Int32:
            QVERIFY2(elementType == u"integer", qPrintable(where));
            break;
        case Kind::Int64:
            QVERIFY2(elementType == u"long", qPrintable(where));
            break;
        case Kind::Double:
            QVERIFY2(elementType == u"double", qPrintable(where));
            break;
        case Kind::Blob:
            QVERIFY2(elementType == u"blob", qPrintable(where));
            break;
        case Kind::Struct:
            QVERIFY2(elementType == u"structure", qPrintable(where));
            compareStruct(elementShape, field->type.structure(), isInput);
            break;
        case Kind::Text:
            QFAIL(qPrintable(where));
        }
    }
}

void TestOperations::checksWhatIsTyped_data()
{
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("complaint");

    const auto row = [](const char *name, const char *operation, const char *json, const char *complaint) {
        QTest::newRow(name) << QString::fromUtf8(operation) << QByteArray(json) << QString::fromUtf8(complaint);
    };
    row("fine", "DescribeCases", R"({"maxResults":10})", "");
    row("too few a page", "DescribeCases", R"({"maxResults":5})", "maxResults must be at least 10, but is 5.");
    row("too many a page", "DescribeCommunications", R"({"caseId":"c","maxResults":101})",
        "maxResults must be at most 100, but is 101.");
    row("a missing case", "DescribeCommunications", "{}", "caseId is missing.");
    row("a misspelt member", "DescribeCases", R"({"maxResult":10})", "\"maxResult\"");
    row("not JSON", "DescribeCases", "{", "The input is not whole JSON");
    row("nothing", "DescribeCases", "", "The input is empty");
    row("four files in a set", "AddAttachmentsToSet",
        R"({"attachments":[{"fileName":"a","data":""},{"fileName":"b","data":""},{"fileName":"c","data":""},{"fileName":"d","data":""}]})",
        "attachments has too many items: 4, at most 3.");
    row("a part without its tag", "CompleteAttachmentUpload",
        R"({"uploadId":"u","completedUploads":[{"partIndex":1}]})", "completedUploads[0].eTag is missing.");
}

void TestOperations::checksWhatIsTyped()
{
    QFETCH(QString, operation);
    QFETCH(QByteArray, json);
    QFETCH(QString, complaint);
    const Result<void> checked = findOperation(operation)->checkRequest(json);
    QCOMPARE(bool(checked), complaint.isEmpty());
    if (!checked) {
        QCOMPARE(checked.error().kind, Error::Kind::Invalid);
        QVERIFY2(checked.error().message.contains(complaint), qPrintable(checked.error().message));
    }
}

QTEST_APPLESS_MAIN(TestOperations)
#include "tst_operations.moc"
