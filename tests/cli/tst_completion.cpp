#include "cli/commandline.h"
#include "cli/helptext.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>

using namespace casement;
using namespace casement::cli;
using namespace Qt::StringLiterals;

namespace {

QStringList everyCommand()
{
    QStringList all{u"call DescribeCases"_s, u"sync"_s,          u"cases"_s,     u"case 1"_s,
                    u"search word"_s,        u"create"_s,        u"reply 1"_s,   u"resolve 1"_s,
                    u"export-case 1"_s,      u"attachments 1"_s, u"download 1"_s};
    for (const char *action : {"list", "show x", "refresh x", "export"})
        all.append(u"advisor "_s + QLatin1StringView(action));
    for (const char *action : {"list", "add", "import", "test x", "remove x"})
        all.append(u"accounts "_s + QLatin1StringView(action));
    return all;
}

QSet<QString> optionsIn(const QString &text)
{
    static const QRegularExpression form(u"(?<![\\w-])--[a-z][a-z-]*[a-z]"_s);
    QSet<QString> found;
    for (auto matches = form.globalMatch(text); matches.hasNext();) {
        if (const QString option = matches.next().captured(); !option.startsWith("--cli-"_L1)) // of the AWS CLI
            found.insert(option);
    }
    return found;
}

/// Whether the parser knows the option for the command, whatever else the command may lack.
bool takes(const QStringList &command, const QString &option)
{
    const auto complaint = [&](const QString &given) {
        const auto line = parseCommandLine(QStringList{u"casement-cli"_s} + command + QStringList{given});
        return line ? QString() : line.error().message;
    };
    QString said = complaint(option + "=x"_L1);
    if (said.contains("Unexpected value"_L1))
        said = complaint(option);
    return !said.contains("has no option"_L1) && !said.contains("Unknown option"_L1);
}

QString sorted(const QSet<QString> &options)
{
    QStringList list(options.begin(), options.end());
    std::sort(list.begin(), list.end());
    return list.join(u' ');
}

} // namespace

/// The shells offer what the command takes, and nothing else.
class TestCompletion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatIsTaken_data();
    void offersWhatIsTaken();
};

void TestCompletion::offersWhatIsTaken_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("bash") << QStringList{u"--norc"_s};
    QTest::newRow("zsh") << QStringList{u"-f"_s};
    QTest::newRow("fish") << QStringList{u"--no-config"_s};
}

void TestCompletion::offersWhatIsTaken()
{
    QFETCH(QStringList, arguments);
    const QString shell = QString::fromLatin1(QTest::currentDataTag());
    if (QStandardPaths::findExecutable(shell).isEmpty())
        QSKIP("this shell is not installed");
    QProcess process;
    process.start(shell,
                  arguments << QStringLiteral(CASEMENT_SOURCE_DIR "/tests/cli/offers.") + shell
                            << QStringLiteral(CASEMENT_SOURCE_DIR "/packaging/completion"));
    const QStringList commands = everyCommand();
    process.write((commands.join(u'\n') + u'\n').toUtf8());
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    QVERIFY2(lines.size() == commands.size(), process.readAllStandardError().constData());
    const QSet<QString> known = optionsIn(helpText());
    QVERIFY(known.size() > 30);
    for (const QString &line : lines) {
        const QStringList command = line.section(u'\t', 0, 0).split(u' ');
        QSet<QString> taken;
        for (const QString &option : known) {
            if (takes(command, option))
                taken.insert(option);
        }
        const QString offered = sorted(optionsIn(line.section(u'\t', 1)));
        QVERIFY2(offered == sorted(taken),
                 qPrintable(u"%1\noffered: %2\ntaken:   %3"_s.arg(command.join(u' '), offered, sorted(taken))));
    }
}

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
