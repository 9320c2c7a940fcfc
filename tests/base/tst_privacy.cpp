#include "base/log.h"
#include "base/logbuffer.h"
#include "base/privacy.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdlib>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

unsigned modeOf(const QString &path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

/// Runs `work` in a child process and says how that ended.
template <class Work> int inChild(Work work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        std::_Exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

} // namespace

/// What of this program others on the same computer can see.
class TestPrivacy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreForTheirOwner();
    void whatIsSavedHasTheUsualRights();
    void aCrashLeavesNoMemory();
    void foldersAreLookedAt();
    void namesOfPeopleGoFromPaths_data();
    void namesOfPeopleGoFromPaths();
    void theLogKeepsTheLast();
    void theLogIsRedactedForEverybody();
    void levelsChoose();
    void theLogFileIsForItsOwner();

private:
    QTemporaryDir m_folder;
};

void TestPrivacy::filesAreForTheirOwner()
{
    const QString file = m_folder.filePath(u"made"_s);
    const int status = inChild([&file] {
        ::umask(0);
        makeFilesPrivate();
        QFile made(file);
        if (!made.open(QIODevice::WriteOnly) || usualMask() != 0)
            std::_Exit(1);
    });
    QCOMPARE(status, 0);
    QCOMPARE(modeOf(file), 0600U);
}

void TestPrivacy::whatIsSavedHasTheUsualRights()
{
    const QString file = m_folder.filePath(u"saved"_s);
    const int status = inChild([&file] {
        ::umask(027);
        makeFilesPrivate();
        QFile saved(file);
        if (!saved.open(QIODevice::WriteOnly))
            std::_Exit(1);
        giveUsualRights(saved);
    });
    QCOMPARE(status, 0);
    QCOMPARE(modeOf(file), 0640U);
}

void TestPrivacy::aCrashLeavesNoMemory()
{
    const QString folder = m_folder.filePath(u"crash"_s);
    QVERIFY(QDir().mkpath(folder));
    const auto crash = [&folder](bool forbidden) {
        return inChild([&folder, forbidden] {
            if (::chdir(QFile::encodeName(folder).constData()) != 0)
                std::_Exit(1);
            rlimit limit{};
            ::getrlimit(RLIMIT_CORE, &limit);
            limit.rlim_cur = limit.rlim_max; // as a developer's shell has it
            ::setrlimit(RLIMIT_CORE, &limit);
            if (forbidden)
                forbidCoreDumps();
            ::signal(SIGABRT, SIG_DFL);
            ::abort();
        });
    };
    const int status = crash(true);
    QVERIFY(WIFSIGNALED(status));
    QCOMPARE(WTERMSIG(status), SIGABRT);
    QVERIFY(!WCOREDUMP(status));
    QVERIFY(QDir(folder).isEmpty());
    // What it does is seen where dumps are possible at all.
    QFile limits(u"/proc/self/limits"_s);
    QVERIFY(limits.open(QIODevice::ReadOnly));
    const int told = inChild([] {
        forbidCoreDumps();
        rlimit limit{};
        ::getrlimit(RLIMIT_CORE, &limit);
        std::_Exit(limit.rlim_cur <= 1 ? 0 : 1);
    });
    QCOMPARE(told, 0);
}

void TestPrivacy::foldersAreLookedAt()
{
    const QString folder = m_folder.filePath(u"open"_s);
    QVERIFY(QDir().mkpath(folder));
    ::chmod(QFile::encodeName(folder).constData(), 0755);
    QVERIFY(isOpenToOthers(folder));
    QVERIFY(keepFromOthers(folder));
    QVERIFY(!isOpenToOthers(folder));
    QCOMPARE(modeOf(folder), 0700U);
    QVERIFY(!keepFromOthers(m_folder.filePath(u"nothing"_s)));
    const QString link = m_folder.filePath(u"link"_s);
    QVERIFY(QFile::link(folder, link));
    QVERIFY(!keepFromOthers(link)); // it may lead to what is another's
}

void TestPrivacy::namesOfPeopleGoFromPaths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("own home") << u"no %1/.aws/config here"_s.arg(QDir::homePath()) << u"no ~/.aws/config here"_s;
    QTest::newRow("another's home") << QString(u"/home"_s + u"/ann.smith/x and /home"_s + u"/bob"_s)
                                    << u"/home/…/x and /home/…"_s;
    QTest::newRow("no home") << u"/usr/share/casement"_s << u"/usr/share/casement"_s;
    QTest::newRow("longer name") << QDir::homePath()
            + u"2/x"_s << (QDir::homePath().startsWith(u"/home/"_s) ? u"/home/…/x"_s : QDir::homePath() + u"2/x"_s);
}

void TestPrivacy::namesOfPeopleGoFromPaths()
{
    QFETCH(const QString, text);
    QFETCH(const QString, shown);
    QCOMPARE(withoutUserName(text), shown);
}

void TestPrivacy::theLogKeepsTheLast()
{
    LogBuffer log;
    for (size_t i = 0; i < LogBuffer::mostLines + 10; ++i)
        log.add(QtInfoMsg, u"casement.test"_s, QString::number(i));
    const QList<LogLine> all = log.since();
    QCOMPARE(all.size(), qsizetype(LogBuffer::mostLines));
    QCOMPARE(all.constFirst().text, u"10"_s);
    QCOMPARE(log.since(all.constLast().number - 3).size(), 3);
    QVERIFY(log.since(all.constLast().number).isEmpty());
    log.add(QtInfoMsg, {}, QString(100'000, u'x'));
    QCOMPARE(log.since(all.constLast().number).constFirst().text.size(), LogBuffer::longestLine + 1);
    // A line break in a message makes no second line.
    log.add(QtWarningMsg, u"c"_s, u"one\ntwo"_s);
    QVERIFY(log.since().constLast().toText().endsWith(u"warning c one\\ntwo"_s));
}

void TestPrivacy::theLogIsRedactedForEverybody()
{
    installRedactingLog();
    const quint64 before = logBuffer().since().isEmpty() ? 0 : logBuffer().since().constLast().number;
    qCWarning(logHttp).noquote() << "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY in"
                                 << QDir::homePath() + u"/.aws/credentials"_s;
    const QList<LogLine> lines = logBuffer().since(before);
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lines.constFirst().text, u"aws_secret_access_key=[redacted] in ~/.aws/credentials"_s);
    QCOMPARE(lines.constFirst().category, u"casement.http"_s);
}

void TestPrivacy::levelsChoose()
{
    QVERIFY(!setLogLevel(u"loud"_s));
    QVERIFY(setLogLevel(u"debug"_s));
    QVERIFY(logSync().isDebugEnabled());
    QVERIFY(setLogLevel(u"error"_s));
    QVERIFY(!logSync().isWarningEnabled() && logSync().isCriticalEnabled());
    QVERIFY(setLogLevel(u"off"_s));
    QVERIFY(!logSync().isCriticalEnabled());
    QVERIFY(setLogLevel(u"info"_s));
    QVERIFY(logSync().isInfoEnabled() && !logSync().isDebugEnabled());
}

void TestPrivacy::theLogFileIsForItsOwner()
{
    installRedactingLog();
    const QString path = m_folder.filePath(u"casement.log"_s);
    QFile old(path);
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("before\n");
    old.close();
    ::chmod(QFile::encodeName(path).constData(), 0644);
    QVERIFY(setLogFile(path));
    QCOMPARE(modeOf(path), 0600U);
    qCWarning(logUi) << "a message";
    QVERIFY(old.open(QIODevice::ReadOnly));
    const QByteArray content = old.readAll();
    QVERIFY(content.startsWith("before\n"));
    QVERIFY(content.endsWith(" warning casement.ui a message\n"));
    const Result<void> refused = setLogFile(m_folder.filePath(u"no/folder"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, Error::Kind::File);
}

QTEST_GUILESS_MAIN(TestPrivacy)
#include "tst_privacy.moc"
