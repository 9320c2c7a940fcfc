#include "app/application.h"
#include "app/desktoppresence.h"
#include "archive/outbox.h"
#include "archive/sendjob.h"
#include "base/endsignals.h"
#include "demoservice.h"
#include "ui/composer.h"
#include "ui/conversationpage.h"
#include "ui/mainwindow.h"
#include "ui/messageedit.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

/// A person at the real program, in a process of its own that the test kills. Says on standard output what it does, a
/// line each: `ready TEXT` (the draft that came back), `typed N`, `sent N`, `quiet`.
class Typist final : public QObject
{
    Q_OBJECT

public:
    enum class Work {
        Type, ///< words into a reply, without an end
        Send, ///< replies and new cases, without an end
        Settle, ///< nothing new, until nothing waits any more
    };

    Typist(const QString &folder, const QString &endpoint, const QString &caseId, Work work, int number)
        : m_caseId(caseId), m_work(work), m_number(number)
    {
        CommandLine line;
        line.portable = folder;
        line.endpointUrl = endpoint;
        line.profile = u"default"_s;
        line.language = u"en"_s;
        // The demo knows at once what became of a change, and takes more calls than AWS.
        for (auto &pause : SendJob::usualLooks())
            pause /= 100;
        RateLimiter::usual().callsPerSecond = 20;
        m_application = std::make_unique<Application>(line);
        connect(&outbox(), &Outbox::sendRequested, this, &Typist::onDisk);
        m_application->start();
        m_timer.setInterval(10);
        connect(&m_timer, &QTimer::timeout, this, &Typist::wait);
        m_timer.start();
    }

    void quit() { m_application->presence().quit(); }

private:
    Workspace &workspace() { return m_application->workspace(); }
    Outbox &outbox() { return workspace().outbox(); }
    MessageEdit &text() { return m_application->window().conversation().composer().text(); }
    AccountId account() { return workspace().accountRecords().first().id; }

    static void say(const QString &line)
    {
        std::puts(line.toUtf8().constData());
        std::fflush(stdout);
    }

    void wait()
    {
        if (!m_application->window().isFilled() || !outbox().isLoaded() || workspace().accountRecords().isEmpty()
            || !workspace().client(account()) || !workspace().cases().findCase({account(), m_caseId}))
            return;
        m_timer.disconnect(this);
        m_application->window().conversation().open({account(), m_caseId}, true);
        text().moveCursor(QTextCursor::End);
        say(u"ready "_s + text().text());
        if (m_work == Work::Type)
            m_number = int(text().text().split(u' ', Qt::SkipEmptyParts).size());
        connect(&m_timer, &QTimer::timeout, this, &Typist::act);
    }

    void act()
    {
        if (m_work == Work::Type) {
            QTest::keyClicks(&text(), u"w%1 "_s.arg(++m_number));
            return say(u"typed %1"_s.arg(m_number));
        }
        // What was looked for and not found is the person's to decide: send it again.
        const QList<OutboxEntry> entries = outbox().entries();
        for (const OutboxEntry &entry : entries) {
            if (entry.state == OutboxState::Asking && !outbox().isUnderWay(entry.id))
                return outbox().sendAgain(entry.id);
        }
        if (std::any_of(entries.begin(), entries.end(), [this](const OutboxEntry &entry) {
                return m_mine.contains(entry.id) && outbox().isUnderWay(entry.id);
            }))
            return; // one at a time, so that kills meet every step of it
        const bool waits = outbox().pendingFor(account(), m_caseId);
        if (!waits && !text().text().isEmpty()) {
            QTest::keyClick(&text(), Qt::Key_Return, Qt::ControlModifier);
        } else if (m_work == Work::Send) {
            ++m_number;
            waits || m_number % 2 == 0 ? openCase() : QTest::keyClicks(&text(), u"Number %1."_s.arg(m_number));
        } else if (std::all_of(entries.begin(), entries.end(),
                               [](const OutboxEntry &entry) { return entry.state == OutboxState::Done; })) {
            // Killed between its end and the notice of it: it stands among the drafts as done.
            say(u"quiet"_s);
            qApp->quit();
        }
    }

    void openCase()
    {
        CreateCase::Request request;
        request.subject = u"Number %1."_s.arg(m_number);
        request.communicationBody = request.subject;
        request.serviceCode = u"amazon-elastic-compute-cloud-linux"_s;
        request.categoryCode = u"other"_s;
        request.severityCode = u"low"_s;
        OutboxEntry entry = Outbox::newEntry(account(), CreateCase::name, {});
        entry.input = encode(request);
        outbox().send(entry);
    }

    /// From here on it must arrive.
    void onDisk(const QString &id)
    {
        const OutboxEntry *entry = outbox().find(id);
        if (!entry)
            return;
        m_mine.insert(id);
        const QString input = QString::fromUtf8(entry->input);
        const qsizetype at = input.indexOf("Number "_L1) + 7;
        say(u"sent "_s + input.mid(at, input.indexOf(u'.', at) - at));
    }

    QString m_caseId;
    Work m_work;
    int m_number;
    QSet<QString> m_mine; // what this one sent, not what an earlier one left
    QTimer m_timer;
    std::unique_ptr<Application> m_application;
};

/// The typist seen from the test.
class Child final : public QObject
{
public:
    Child(const QStringList &arguments, const QProcessEnvironment &environment)
    {
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        connect(&m_process, &QProcess::readyReadStandardOutput, this, &Child::read);
        m_process.start(QCoreApplication::applicationFilePath(), arguments);
    }
    ~Child() override { m_process.kill(); }

    bool isReady() const { return m_ready; }
    const QString &restored() const { return m_restored; }
    const QList<int> &sent() const { return m_sent; }
    /// What was typed, and when, in ms since the start.
    const QList<std::pair<int, qint64>> &typed() const { return m_typed; }
    bool isOver() const { return m_process.state() == QProcess::NotRunning; }
    bool isQuiet() const { return m_quiet; }
    qint64 age() const { return m_clock.elapsed(); }
    void killIn(int milliseconds)
    {
        QTimer::singleShot(milliseconds, Qt::PreciseTimer, this, [this] {
            m_killed = age();
            m_process.kill();
        });
    }
    qint64 killed() const { return m_killed; }
    /// As the end of a session does it.
    void end() { m_process.terminate(); }
    bool endedWell() const { return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0; }

private:
    void read()
    {
        while (m_process.canReadLine()) {
            const QString line = QString::fromUtf8(m_process.readLine()).chopped(1);
            const int number = line.section(u' ', 1).toInt();
            if (line.startsWith("ready "_L1)) {
                m_ready = true;
                m_restored = line.mid(6);
            } else if (line.startsWith("typed "_L1)) {
                m_typed.append({number, age()});
            } else if (line.startsWith("sent "_L1)) {
                m_sent.append(number);
            } else if (line == "quiet"_L1) {
                m_quiet = true;
            }
        }
    }

    QProcess m_process;
    QElapsedTimer m_clock = [] {
        QElapsedTimer clock;
        clock.start();
        return clock;
    }();
    bool m_ready = false;
    bool m_quiet = false;
    QString m_restored;
    QList<int> m_sent;
    QList<std::pair<int, qint64>> m_typed;
    qint64 m_killed = 0;
};

} // namespace

/// The window is killed at any moment: what was typed comes back, and what was sent has one effect.
class TestKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aLogoutLosesNoKey();
    void killedWhileTyping();
    void killedWhileSending();

private:
    static constexpr int kills = 50; // of each
    static constexpr qint64 grace =
        1500; // ms a draft may take to the disk: three times what it should, on a busy machine

    std::unique_ptr<Child> child(const QString &folder, Typist::Work work, int number);

    static DemoServiceOptions options()
    {
        DemoServiceOptions options = test::DemoFixture::smallOptions();
        options.casesPerHour = 10'000;
        return options;
    }
    test::DemoFixture m_demo{options()};
    QTemporaryDir m_keys;
    QString m_caseId;
    QRandomGenerator m_random{quint32(QDateTime::currentMSecsSinceEpoch())};
};

void TestKills::initTestCase()
{
    QFile file(m_keys.filePath(u"credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[default]\naws_access_key_id = " + m_demo.account().accessKeyId.toUtf8()
               + "\naws_secret_access_key = " + m_demo.account().secretAccessKey.toUtf8() + '\n');
    DescribeCases::Request request;
    request.includeCommunications = false;
    const auto cases = m_demo.call(request);
    QVERIFY(cases && !cases->cases.isEmpty());
    m_caseId = cases->cases.first().caseId;
}

std::unique_ptr<Child> TestKills::child(const QString &folder, Typist::Work work, int number)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"AWS_SHARED_CREDENTIALS_FILE"_s, m_keys.filePath(u"credentials"_s));
    environment.insert(u"AWS_CONFIG_FILE"_s, m_keys.filePath(u"config"_s));
    environment.insert(u"AWS_REGION"_s, m_demo.account().region);
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    return std::make_unique<Child>(QStringList{u"--typist"_s, folder, m_demo.endpoint(), m_caseId,
                                               QString::number(int(work)), QString::number(number)},
                                   environment);
}

void TestKills::aLogoutLosesNoKey()
{
    const QTemporaryDir folder;
    for (int i = 0; i < 5; ++i) {
        const auto typist = child(folder.path(), Typist::Work::Type, 0);
        QTRY_VERIFY_WITH_TIMEOUT(typist->isReady(), 60'000);
        QTRY_VERIFY(typist->typed().size() > i); // not yet stored
        typist->end();
        QTRY_VERIFY_WITH_TIMEOUT(typist->isOver(), 20'000);
        QVERIFY(typist->endedWell());
        const int last = typist->typed().constLast().first;
        const auto next = child(folder.path(), Typist::Work::Settle, 0);
        QTRY_VERIFY_WITH_TIMEOUT(next->isReady(), 60'000);
        QVERIFY2(next->restored().split(u' ', Qt::SkipEmptyParts).size() >= last, qPrintable(next->restored()));
    }
}

void TestKills::killedWhileTyping()
{
    const QTemporaryDir folder;
    QList<std::pair<int, qint64>> typed;
    qint64 killed = 0;
    int number = 0;
    for (int i = 0; i <= kills; ++i) {
        const auto typist = child(folder.path(), Typist::Work::Type, number);
        QTRY_VERIFY_WITH_TIMEOUT(typist->isReady(), 60'000);
        const QStringList words = typist->restored().split(u' ', Qt::SkipEmptyParts);
        for (qsizetype word = 0; word < words.size(); ++word)
            QCOMPARE(words.at(word), u"w%1"_s.arg(word + 1)); // nothing is missing in the middle
        int least = number;
        for (const auto &[which, when] : typed) {
            if (when < killed - grace)
                least = which;
        }
        QVERIFY2(words.size() >= least, qPrintable(u"%1 words of %2"_s.arg(words.size()).arg(least)));
        if (i == kills)
            return;
        typist->killIn(m_random.bounded(20, int(grace) + 500));
        QTRY_VERIFY_WITH_TIMEOUT(typist->isOver(), 20'000);
        typed = typist->typed();
        killed = typist->killed();
        number = int(words.size());
    }
}

void TestKills::killedWhileSending()
{
    const QTemporaryDir folder;
    QSet<int> sent;
    const auto remember = [&](const Child &typist) {
        for (const int one : typist.sent())
            sent.insert(one);
    };
    for (int i = 0; i < kills; ++i) {
        // Numbers of its own: what the last one stored may be more than it had time to say.
        const auto typist = child(folder.path(), Typist::Work::Send, i * 1000);
        QTRY_VERIFY_WITH_TIMEOUT(typist->isReady(), 60'000);
        typist->killIn(m_random.bounded(1, 700));
        QTRY_VERIFY_WITH_TIMEOUT(typist->isOver(), 20'000);
        remember(*typist);
    }
    const auto last = child(folder.path(), Typist::Work::Settle, 0);
    QTRY_VERIFY_WITH_TIMEOUT(last->isQuiet(), 400'000);
    remember(*last);
    qInfo("%d sent", int(sent.size()));
    QVERIFY(sent.size() > kills);

    QHash<QString, int> arrived;
    m_demo.service().withEmulator([&](demo::Emulator &emulator) {
        for (const demo::DemoCase &one : emulator.accounts().first().cases) {
            ++arrived[one.subject];
            if (one.caseId != m_caseId)
                continue;
            for (const auto &message : one.messages)
                ++arrived[message.body];
        }
    });
    for (const int one : std::as_const(sent))
        QVERIFY2(arrived.value(u"Number %1."_s.arg(one)) == 1,
                 qPrintable(u"number %1 arrived %2 times"_s.arg(one).arg(arrived.value(u"Number %1."_s.arg(one)))));
}

int main(int argc, char **argv)
{
    QApplication::setStyle(new FlatStyle);
    if (argc == 7 && qstrcmp(argv[1], "--typist") == 0) {
        int noArguments = 1;
        QApplication application(noArguments, argv);
        Typist typist(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]), QString::fromLocal8Bit(argv[4]),
                      Typist::Work(atoi(argv[5])), atoi(argv[6]));
        onEndSignal(&application, [&typist](int) { typist.quit(); });
        return QApplication::exec();
    }
    qputenv("QTEST_FUNCTION_TIMEOUT", "840000"); // a hundred starts of the program take their time on a busy machine
    QApplication application(argc, argv);
    TestKills test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_kills.moc"
