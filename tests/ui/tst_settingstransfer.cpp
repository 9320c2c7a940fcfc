#include "ui/settingstransfer.h"

#include "ui/settingsnames.h"
#include "ui/transferpage.h"
#include "ui/uisettings.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QString secret = u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s;

QByteArray file(const QJsonObject &settings, int version = 1)
{
    return QJsonDocument(
               QJsonObject{{u"casement"_s, u"settings"_s}, {u"version"_s, version}, {u"settings"_s, settings}})
        .toJson();
}

} // namespace

/// Settings as a file, and back.
class TestSettingsTransfer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatIsSetTravels();
    void whatBelongsToThisComputerStays();
    void secretsStay();
    void wrongValuesAreTold_data();
    void wrongValuesAreTold();
    void otherFilesAreRefused_data();
    void otherFilesAreRefused();
    void thePageWritesAndReads();
    void whatDeletesIsTold_data();
    void whatDeletesIsTold();
    void allHaveNames();

private:
    static QMessageBox *questionOf(const TransferPage &page)
    {
        return page.findChild<QMessageBox *>(u"importSettingsQuestion"_s);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<UiSettings> m_settings;
};

void TestSettingsTransfer::init()
{
    m_settings.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<UiSettings>(m_folder->filePath(u"casement.ini"_s));
}

void TestSettingsTransfer::whatIsSetTravels()
{
    m_settings->set(u"theme"_s, u"dark"_s);
    m_settings->set(u"polling/minutes"_s, 7);
    m_settings->set(u"notifications/on"_s, false);
    m_settings->set(u"secrets/patterns"_s, u"PROJ-[0-9]{6}\nother"_s);
    m_settings->set(u"network/proxyHost"_s, u"proxy.example"_s);
    const QByteArray content = SettingsTransfer::write(*m_settings);
    UiSettings other(m_folder->filePath(u"other.ini"_s));
    const auto proposal = SettingsTransfer::look(content, other);
    QVERIFY(proposal);
    QCOMPARE(proposal->changes.size(), 5);
    QVERIFY(proposal->problems.isEmpty() && proposal->deletions.isEmpty());
    QVERIFY(other.keys().isEmpty()); // a look changes nothing
    SettingsTransfer::take(proposal->changes, other);
    QVERIFY(SettingsTransfer::look(content, other)->changes.isEmpty());
    QCOMPARE(other.word(u"theme"_s), u"dark"_s);
    QCOMPARE(other.number(u"polling/minutes"_s, 2, 1, 60), 7);
    QVERIFY(!other.flag(u"notifications/on"_s, true));
    QCOMPARE(other.text(u"secrets/patterns"_s), u"PROJ-[0-9]{6}\nother"_s);
}

void TestSettingsTransfer::whatBelongsToThisComputerStays()
{
    m_settings->set(u"window/geometry"_s, QRect(1, 2, 800, 600));
    m_settings->set(u"accounts/profiles"_s, u"prod"_s);
    m_settings->set(u"cases/selectedCase"_s, u"case-1"_s);
    QCOMPARE(QJsonDocument::fromJson(SettingsTransfer::write(*m_settings)).object()[u"settings"_s].toObject(),
             QJsonObject());
}

void TestSettingsTransfer::secretsStay()
{
    m_settings->set(u"secrets/patterns"_s, u"aws_secret_access_key = "_s + secret);
    m_settings->set(u"theme"_s, u"dark"_s);
    QStringList leftOut;
    const QByteArray content = SettingsTransfer::write(*m_settings, &leftOut);
    QVERIFY(!content.contains(secret.toUtf8()));
    QCOMPARE(leftOut, QStringList{u"secrets/patterns"_s});
    const auto taken =
        SettingsTransfer::look(file({{u"secrets/patterns"_s, QString(u"secret_access_key="_s + secret)}}), *m_settings);
    QCOMPARE(taken->changes.size(), 0);
    QCOMPARE(taken->problems.size(), 1);
    QVERIFY(!taken->problems.constFirst().contains(secret));
}

void TestSettingsTransfer::wrongValuesAreTold_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("unknown") << u"theme2"_s << QJsonValue(u"dark"_s);
    QTest::newRow("a key of an account") << u"accounts/profiles"_s << QJsonValue(u"prod"_s);
    QTest::newRow("no word of it") << u"theme"_s << QJsonValue(u"pink"_s);
    QTest::newRow("no text") << u"theme"_s << QJsonValue(3);
    QTest::newRow("a number out of range") << u"polling/minutes"_s << QJsonValue(u"0"_s);
    QTest::newRow("a path upwards") << u"templates/folder"_s << QJsonValue(u"/tmp/../etc"_s);
    QTest::newRow("half a path") << u"templates/folder"_s << QJsonValue(u"templates"_s);
    QTest::newRow("a folder that is not here") << u"templates/folder"_s << QJsonValue(u"/no/such/folder"_s);
    QTest::newRow("a file that is not here") << u"network/caFile"_s << QJsonValue(u"/no/such.pem"_s);
    QTest::newRow("a password") << u"network/proxyHost"_s << QJsonValue(u"ann:secret@proxy.example"_s);
    QTest::newRow("no name of a host") << u"network/proxyHost"_s << QJsonValue(u"no host"_s);
    QTest::newRow("a host with a port") << u"network/proxyHost"_s << QJsonValue(u"proxy.example:3128"_s);
    QTest::newRow("a proxy without a host") << u"network/proxy"_s << QJsonValue(u"http"_s);
    QTest::newRow("a CA file without a certificate") << u"network/caFile"_s << QJsonValue(u"/etc/hostname"_s);
    QTest::newRow("no targets") << u"cases/responseTargets"_s << QJsonValue(u"zzz"_s);
    QTest::newRow("a file for a folder") << u"templates/folder"_s << QJsonValue(u"/etc/hostname"_s);
    QTest::newRow("a control character") << u"secrets/patterns"_s << QJsonValue(u"a\u001b[2J"_s);
    QTest::newRow("too long") << u"secrets/patterns"_s << QJsonValue(QString(70'000, u'x'));
}

void TestSettingsTransfer::wrongValuesAreTold()
{
    QFETCH(const QString, key);
    QFETCH(const QJsonValue, value);
    const auto taken = SettingsTransfer::look(file({{key, value}, {u"language"_s, u"ja"_s}}), *m_settings);
    QVERIFY(taken);
    QCOMPARE(taken->changes, (QList<SettingsTransfer::Change>{{u"language"_s, {}, u"ja"_s}})); // the good one
    QCOMPARE(taken->problems.size(), 1);
    QVERIFY2(taken->problems.constFirst().contains(key)
                 || taken->problems.constFirst().contains(SettingsNames::name(key)),
             qPrintable(taken->problems.constFirst()));
}

void TestSettingsTransfer::otherFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("[General]\ntheme=dark\n");
    QTest::newRow("other JSON") << QByteArray("{\"settings\": {\"theme\": \"dark\"}}");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("newer") << file({{u"theme"_s, u"dark"_s}}, 2);
    QTest::newRow("huge") << file({{u"theme"_s, QString(2 << 20, u'x')}});
}

void TestSettingsTransfer::otherFilesAreRefused()
{
    QFETCH(const QByteArray, content);
    const auto taken = SettingsTransfer::look(content, *m_settings);
    QVERIFY(!taken);
    QVERIFY(!taken.error().message.isEmpty());
    QVERIFY(m_settings->keys().isEmpty());
}

void TestSettingsTransfer::thePageWritesAndReads()
{
    m_settings->set(u"theme"_s, u"dark"_s);
    TransferPage page(*m_settings);
    page.retranslate();
    QSignalSpy imported(&page, &TransferPage::imported);
    const QString path = m_folder->filePath(u"out.json"_s);
    page.exportTo(path);
    QVERIFY(page.outcome().contains(path));
    m_settings->set(u"theme"_s, u"light"_s);
    page.importFrom(path);
    QMessageBox *question = questionOf(page);
    QVERIFY(question);
    QCOMPARE(m_settings->word(u"theme"_s), u"light"_s); // nothing changes before it is answered
    QCOMPARE(question->defaultButton(), question->button(QMessageBox::Cancel));
    QVERIFY2(question->informativeText().contains(u"Theme: light → dark"_s), qPrintable(question->informativeText()));
    question->button(QMessageBox::Cancel)->click();
    QCOMPARE(m_settings->word(u"theme"_s), u"light"_s);
    QCOMPARE(imported.size(), 0);
    QTRY_VERIFY(!questionOf(page));
    page.importFrom(path);
    questionOf(page)->findChild<QPushButton *>(u"takeSettings"_s)->click();
    QCOMPARE(m_settings->word(u"theme"_s), u"dark"_s);
    QCOMPARE(imported.size(), 1);
    QVERIFY2(page.outcome().contains(u"Theme: light → dark"_s), qPrintable(page.outcome()));
    QTRY_VERIFY(!questionOf(page));
    page.importFrom(path); // all of it holds already
    QVERIFY(!questionOf(page));
    QVERIFY2(page.outcome().contains(u"Nothing"_s), qPrintable(page.outcome()));
    page.importFrom(m_folder->filePath(u"none.json"_s));
    QVERIFY(page.outcome().contains(u"none.json"_s));
    page.exportTo(m_folder->filePath(u"no/folder.json"_s));
    QVERIFY(page.outcome().contains(u"folder.json"_s));
    QCOMPARE(imported.size(), 1);
    // The settings' own file is for its owner.
    QVERIFY(m_settings->save());
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(m_settings->fileName()).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
}

void TestSettingsTransfer::whatDeletesIsTold_data()
{
    QTest::addColumn<QJsonObject>("values");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("old cases") << QJsonObject{{u"archive/old"_s, u"remove"_s}, {u"archive/months"_s, u"3"_s}}
                               << u"Resolved cases that did not change for 3 "_s;
    QTest::newRow("their files") << QJsonObject{{u"archive/old"_s, u"dropCopies"_s}}
                                 << u"Downloaded files of resolved cases"_s;
    QTest::newRow("files beyond a size") << QJsonObject{{u"archive/limitCopies"_s, u"yes"_s},
                                                        {u"archive/copiesMegabytes"_s, u"10"_s}}
                                         << u"Downloaded files beyond 10 MB"_s;
    QTest::newRow("nothing") << QJsonObject{{u"archive/old"_s, u"keep"_s}, {u"archive/months"_s, u"3"_s}} << QString();
}

void TestSettingsTransfer::whatDeletesIsTold()
{
    QFETCH(const QJsonObject, values);
    QFETCH(const QString, sentence);
    const auto proposal = SettingsTransfer::look(file(values), *m_settings);
    QVERIFY(proposal);
    QCOMPARE(proposal->deletions.size(), sentence.isEmpty() ? 0 : 1);
    QVERIFY2(sentence.isEmpty() || proposal->deletions.constFirst().startsWith(sentence),
             qPrintable(proposal->deletions.join(u' ')));
    TransferPage page(*m_settings);
    const QString path = m_folder->filePath(u"in.json"_s);
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file(values)) > 0);
    out.close();
    page.importFrom(path);
    const QMessageBox *question = questionOf(page);
    QVERIFY(question);
    QVERIFY(question->informativeText().startsWith(sentence));
    if (values.value(u"archive/old"_s) == "remove"_L1) // what holds where nothing was set
        QVERIFY(question->informativeText().contains(u"Resolved cases: kept for ever → old ones removed"_s));
    QCOMPARE(question->icon(), sentence.isEmpty() ? QMessageBox::Question : QMessageBox::Warning);
}

/// Each setting that travels has a name of its own for people.
void TestSettingsTransfer::allHaveNames()
{
    QStringList names;
    for (const QString &key : SettingsTransfer::keys()) {
        const QString name = SettingsNames::name(key);
        QVERIFY2(name != key, qPrintable(key));
        QVERIFY2(!names.contains(name), qPrintable(name));
        names.append(name);
    }
    QVERIFY(names.size() > 30);
}

QTEST_MAIN(TestSettingsTransfer)
#include "tst_settingstransfer.moc"
