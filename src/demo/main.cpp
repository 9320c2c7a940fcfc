#include "base/endsignals.h"
#include "demo/demoservice.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <limits>

#include <csignal>

using namespace casement;

namespace {

int usageError(const QString &sentence)
{
    std::fprintf(stderr, "casement-demo-service: %s\n", qPrintable(sentence));
    return 2;
}

/// The number of an option; a sentence in `wrong` when it is none or out of bounds.
qint64 number(const QCommandLineParser &parser, const QString &option, qint64 least, qint64 most, QString &wrong)
{
    bool ok = false;
    const qint64 value = parser.value(option).toLongLong(&ok);
    if (!ok || value < least || value > most)
        wrong = QStringLiteral("--%1 takes a number from %2 to %3.").arg(option).arg(least).arg(most);
    return value;
}

/// False after a complaint when standard output takes nothing.
bool print(const QByteArray &line)
{
    if (std::fwrite(line.constData(), 1, size_t(line.size()), stdout) == size_t(line.size())
        && std::fflush(stdout) == 0)
        return true;
    std::fprintf(stderr, "casement-demo-service: standard output can't be written: %s\n", std::strerror(errno));
    return false;
}

bool announce(const DemoService &service)
{
    QJsonArray accounts;
    for (const DemoAccountInfo &account : service.accounts()) {
        accounts.append(QJsonObject{{QStringLiteral("name"), account.name},
                                    {QStringLiteral("accountId"), account.accountId},
                                    {QStringLiteral("partition"), account.partition},
                                    {QStringLiteral("region"), account.region},
                                    {QStringLiteral("accessKeyId"), account.accessKeyId},
                                    {QStringLiteral("secretAccessKey"), account.secretAccessKey}});
    }
    const QJsonObject line{{QStringLiteral("endpoint"), service.endpoint()}, {QStringLiteral("accounts"), accounts}};
    return print(QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n');
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(QStringLiteral(
        "Answers like AWS Support on a loopback port, with invented accounts. Prints one line of JSON when it is "
        "ready: "
        "\"endpoint\" and \"accounts\" with their keys. Ends on SIGTERM.\n"
        "\n"
        "--faults takes a list: NAME[:OPERATION][@N][=VALUE[/VALUE...]], separated by commas (@N: every Nth account). "
        "A value is a number of times "
        "(3), a "
        "chance (25%), a duration (200ms, 2s, 1h) or a word.\n"
        "  throttle, rate=5, deny, plan    refusals: ThrottlingException, the same beyond 5 calls a second,\n"
        "                                  AccessDeniedException, SubscriptionRequiredException\n"
        "  429, 500, 502, 503, 504         such a status\n"
        "  delay=200ms, slow=100ms, hang   late, dripping, or no answers\n"
        "  drop, reset, reset=inside, truncate, cut\n"
        "                                  connections closed or reset before or inside the answer; JSON cut in half\n"
        "  html, garbage, notjson, badgzip, redirect\n"
        "                                  answers that are none\n"
        "  repeattoken                     every page has the same token\n"
        "  expire=tokens, =sets, =links, =credentials\n"
        "                                  what is over its time\n"
        "  skew=1h                         the service's clock is off\n"
        "  failupload                      uploaded files end as failed\n"
        "The words done and undone say whether the service did its work before: 504:CreateCase=1/done. Examples: "
        "throttle=3, "
        "drop:CreateCase=1, 500:DescribeCases=10%. PutPart and GetFile are the names of uploads and downloads over "
        "links."));
    const auto add = [&parser](const char *name, const char *text, const char *value, const char *otherwise) {
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), QString::fromLatin1(text),
                                            QString::fromLatin1(value), QString::fromLatin1(otherwise)));
    };
    add("accounts", "How many accounts (4).", "N", "4");
    add("cases", "How many cases over all accounts (0: some 60 written by hand).", "N", "0");
    add("checks", "How many Trusted Advisor checks (450).", "N", "450");
    add("resources", "How many flagged resources each flagged check has (0: as many as is likely).", "N", "0");
    add("faults", "What goes wrong; see above.", "LIST", "");
    parser.addOption(QCommandLineOption(
        QStringLiteral("old-api"),
        QStringLiteral(
            "Answers like the service before 2026: 16 operations, no list of large attachments. As such a service "
            "skips members it doesn't know, dryRun has no effect: a rehearsal really opens a case.")));
    add("port", "The port to listen on (0: a free one).", "PORT", "0");
    add("reply-delay", "Seconds until an engineer answers (8; 0: never).", "SECONDS", "8");
    add("seed", "Another seed, other data (1).", "N", "1");
    parser.addOption(QCommandLineOption({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Prints this.")));
    parser.addOption(
        QCommandLineOption({QStringLiteral("v"), QStringLiteral("version")}, QStringLiteral("Prints the version.")));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("casement-demo-service"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CASEMENT_VERSION));

    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(QCoreApplication::arguments()))
        return usageError(parser.errorText());
    if (parser.isSet(QStringLiteral("help"))) {
        return print(parser.helpText().toUtf8()) ? 0 : 1;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        return print(QByteArray("casement-demo-service " CASEMENT_VERSION "\n")) ? 0 : 1;
    }
    if (!parser.positionalArguments().isEmpty())
        return usageError(
            QStringLiteral("There is nothing to do with \"%1\".").arg(parser.positionalArguments().constFirst()));

    QString wrong;
    DemoServiceOptions options;
    options.data.accounts = int(number(parser, QStringLiteral("accounts"), 1, 10'000, wrong));
    options.data.cases = int(number(parser, QStringLiteral("cases"), 0, 10'000'000, wrong));
    options.data.checks = int(number(parser, QStringLiteral("checks"), 0, 100'000, wrong));
    options.data.resources = number(parser, QStringLiteral("resources"), 0, 10'000'000, wrong);
    options.data.seed = quint64(number(parser, QStringLiteral("seed"), 0, std::numeric_limits<qint64>::max(), wrong));
    options.port = quint16(number(parser, QStringLiteral("port"), 0, 65'535, wrong));
    options.faults = parser.value(QStringLiteral("faults"));
    options.oldApi = parser.isSet(QStringLiteral("old-api"));
    bool isNumber = false;
    const double delay = parser.value(QStringLiteral("reply-delay")).toDouble(&isNumber);
    if (!isNumber || !(delay >= 0 && delay <= 1e6))
        wrong = QStringLiteral("--reply-delay takes a number of seconds from 0 to 1000000.");
    options.replyDelay = std::chrono::milliseconds(qint64(delay * 1000));
    if (!wrong.isEmpty())
        return usageError(wrong);

    DemoService service(options);
    wrong = service.setFaults(options.faults);
    if (!wrong.isEmpty())
        return usageError(wrong);
    onEndSignal(&application, [](int) { QCoreApplication::quit(); });
    std::signal(SIGPIPE, SIG_IGN); // a parent that is gone must not end this in the middle of a line
    QObject::connect(&service, &DemoService::ready, &service, [&service] {
        if (!announce(service))
            QCoreApplication::exit(1); // nobody will learn the keys
    });
    QObject::connect(&service, &DemoService::failed, &service, [](const QString &why) {
        std::fprintf(stderr, "casement-demo-service: %s\n", qPrintable(why));
        QCoreApplication::exit(1);
    });
    service.start();
    return QCoreApplication::exec();
}
