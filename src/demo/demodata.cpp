#include "demo/demodata.h"

#include "demo/demodatainternal.h"

#include <QSet>
#include <QTimeZone>

#include <algorithm>

namespace casement::demo {

using namespace Qt::StringLiterals;

namespace {

struct KnownAccount
{
    const char *name;
    const char *id;
    const char *partition;
    const char *key;
    const char *secret;
    const char *plan;
    int severities;
};

// Keys in the manner of AWS's documentation; the first two are its very own examples.
constexpr KnownAccount knownAccounts[]{
    {"Production", "111122223333", "aws", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
     "Enterprise Support", 5},
    {"Staging", "444455556666", "aws", "AKIAI44QH8DHBEXAMPLE", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
     "Business Support+", 4},
    {"Data Platform", "123456789012", "aws", "AKIAJ3DATAPLAEXAMPLE", "qT5rYvLm2Xc/8HsNdKe4/Wf0uZgPbaEXAMPLEKEY",
     "Enterprise Support", 5},
    {"China Production", "777788889999", "aws-cn", "AKIAJ7CNPROD4EXAMPLE", "bD9kRxQw7Ju/3MvTnGa6/Ey1oHzLcsEXAMPLEKEY",
     "Business Support", 4},
};
constexpr int knownCount = int(std::size(knownAccounts));

QString lettersOf(Random &random, int count, QLatin1StringView alphabet)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += alphabet.at(random.below(alphabet.size()));
    return text;
}

DemoAccount makeAccount(int index)
{
    DemoAccount account;
    if (index < knownCount) {
        const KnownAccount &known = knownAccounts[index];
        account.name = QString::fromLatin1(known.name);
        account.accountId = QString::fromLatin1(known.id);
        account.partition = QString::fromLatin1(known.partition);
        account.accessKeyId = QString::fromLatin1(known.key);
        account.secretAccessKey = QString::fromLatin1(known.secret);
        account.plan = QString::fromLatin1(known.plan);
    } else {
        static constexpr const char *teams[]{"Shop",     "Search", "Payments", "Warehouse", "Mobile",
                                             "Identity", "Media",  "Partners", "Sandbox",   "Analytics"};
        static constexpr const char *stages[]{"Production", "Staging", "Development"};
        Random random(mixed(7, u"account", quint64(index)));
        const int other = index - knownCount;
        account.name = QString::fromLatin1(teams[other % 10]) + u' ' + QString::fromLatin1(stages[other / 10 % 3]);
        if (other >= 30)
            account.name += u' ' + QString::number(other / 30 + 1);
        account.accountId = QString::number(200000000000LL + index * 7919LL + random.below(7919));
        account.partition = u"aws"_s;
        account.accessKeyId = "AKIAJ"_L1 + lettersOf(random, 4, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"_L1)
            + u"%1"_s.arg(index % 10000, 4, 10, QLatin1Char('0')) + "EXAMPLE"_L1;
        account.secretAccessKey =
            lettersOf(random, 30, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/"_L1)
            + "EXAMPLEKEY"_L1;
        account.plan = u"Business Support+"_s;
    }
    account.region = account.partition == "aws-cn"_L1 ? u"cn-north-1"_s : u"us-east-1"_s;
    const int severities = index < knownCount ? knownAccounts[index].severities : 4;
    for (const DemoSeverity &severity : severityLevels().first(severities))
        account.severityCodes += severity.code;
    return account;
}

/// The nearest time from `time` on (or back from it) at which an office in Tokyo or London is open.
QDateTime inOfficeHours(const QDateTime &time, bool back)
{
    QDateTime moved = time;
    for (int i = 0; i < 200; ++i) {
        const int weekday = moved.date().dayOfWeek();
        const int hourOfDay = moved.time().hour();
        if (weekday <= 5 && hourOfDay >= 0 && hourOfDay < 17)
            break;
        moved = moved.addMSecs(back ? -37 * minute : 37 * minute);
    }
    return moved;
}

void placeInTime(const ScriptCase &script, const QDateTime &now, DemoCase &theCase, QList<QDateTime> &times)
{
    const qint64 age = durationOf(script.fields.value(u"age"_s));
    QDateTime created = now.addMSecs(-age);
    const bool calm = theCase.severityCode == "low"_L1 || theCase.severityCode == "normal"_L1;
    if (calm && age > 3 * day)
        created = inOfficeHours(created, true);
    Random random(mixed(3, theCase.subject));
    created = created.addMSecs(-random.below(40) * second - random.below(1000));
    theCase.timeCreated = created;

    QDateTime time = created;
    for (const ScriptMessage &message : script.messages) {
        const qint64 jitter = times.isEmpty() ? 0 : random.below(47 * second) + random.below(1000);
        time = time.addMSecs(message.after + jitter);
        if (calm && message.author != "aws"_L1 && !times.isEmpty())
            time = inOfficeHours(time, false);
        times += time;
    }
    const QDateTime latest = now.addMSecs(-qMin(age / 3, 2 * minute));
    if (times.constLast() <= latest)
        return;
    // Told too slowly for a case that is this young: the same story in the time there is.
    const double squeeze = double(created.msecsTo(latest)) / double(created.msecsTo(times.constLast()));
    for (QDateTime &moved : times)
        moved = created.addMSecs(qint64(double(created.msecsTo(moved)) * squeeze));
}

DemoCase scriptedCase(const DemoAccount &account, const ScriptCase &script, const QDateTime &now, quint64 seed)
{
    const auto field = [&script](const QString &name) { return script.fields.value(name); };

    DemoCase theCase;
    theCase.subject = field(u"subject"_s);
    theCase.status = field(u"status"_s);
    theCase.serviceCode = field(u"service"_s);
    theCase.categoryCode = field(u"category"_s);
    theCase.severityCode = field(u"severity"_s);
    theCase.language = field(u"language"_s);
    theCase.issueType = script.fields.value(u"type"_s, u"technical"_s);
    const Person &author = person(field(u"by"_s));
    theCase.submittedBy = author.address;
    for (const QString &cc : field(u"cc"_s).split(u' ', Qt::SkipEmptyParts))
        theCase.ccEmailAddresses += cc.contains(u'@') ? cc : person(cc).address;
    if (!account.severityCodes.contains(theCase.severityCode))
        theCase.severityCode = account.severityCodes.constLast();

    QList<QDateTime> times;
    placeInTime(script, now, theCase, times);

    const quint64 own = mixed(seed, theCase.subject);
    theCase.caseId = makeCaseId(account.accountId, theCase.language, theCase.timeCreated.date().year(), own);
    theCase.displayId = makeDisplayId(theCase.timeCreated, own);

    for (qsizetype i = 0; i < script.messages.size(); ++i) {
        const ScriptMessage &source = script.messages.at(i);
        DemoMessage message;
        message.fromAws = source.author == "aws"_L1;
        message.submittedBy = message.fromAws ? u"Amazon Web Services"_s : person(source.author).submittedBy();
        message.timeCreated = times.at(i);
        message.body = expanded(source.text, {account, theCase, message.timeCreated, source.author});
        for (const auto &[name, size] : source.files) {
            DemoAttachment file;
            file.fileName = expanded(name, {account, theCase, message.timeCreated, source.author});
            file.size = size;
            file.seed = mixed(own, name, quint64(i));
            file.attachmentId = makeAttachmentId(file.seed);
            message.attachments += file;
        }
        theCase.messages += message;
    }
    if (theCase.status == "resolved"_L1)
        theCase.resolvedAt = qMin(times.constLast().addMSecs(3 * hour), now.addMSecs(-minute));
    else if (theCase.status == "reopened"_L1)
        theCase.resolvedAt = times.constLast().addMSecs(-hour);
    return theCase;
}

/// Spreads generated cases over a year, newest last minutes ago, a little less in the far past.
QDateTime generatedTime(const QDateTime &now, quint32 number, quint32 count, quint64 seed)
{
    Random random(mixed(seed, u"time", number));
    const double share = (double(number) + random.real()) / double(count);
    return now.addMSecs(-12 * minute - qint64(share * double(364 * day)));
}

} // namespace

DemoData make(const DemoDataOptions &options)
{
    DemoData data;
    data.seed = options.seed;
    data.resourcesPerCheck = options.resources;
    data.now = (options.now.isValid() ? options.now : QDateTime::currentDateTimeUtc()).toUTC();
    const int accounts = std::clamp(options.accounts, 1, 10000);
    for (int i = 0; i < accounts; ++i)
        data.accounts += makeAccount(i);

    int written = 0;
    for (const ScriptCase &script : readScripts()) {
        if (options.cases > 0 && written == options.cases)
            break;
        DemoAccount &account = data.accounts[script.fields.value(u"account"_s).toInt() % accounts];
        account.cases += scriptedCase(account, script, data.now, options.seed);
        ++written;
    }

    const int more = options.cases > 0 ? options.cases - written : 4 * qMax(0, accounts - knownCount);
    const int first = options.cases > 0 ? 0 : knownCount;
    for (int i = 0; i < more; ++i) {
        DemoAccount &account = data.accounts[first + i % (accounts - first)];
        const QDateTime created = generatedTime(data.now, quint32(i), quint32(more), options.seed);
        account.cases += generatedCase(account, quint32(i), options.seed, created, data.now);
    }
    for (DemoAccount &account : data.accounts) {
        std::stable_sort(account.cases.begin(), account.cases.end(),
                         [](const DemoCase &a, const DemoCase &b) { return a.timeCreated > b.timeCreated; });
        account.cases.squeeze();
    }
    data.checks = makeChecks(options.checks);
    return data;
}

qsizetype messageCount(const DemoCase &theCase) { return theCase.generated + theCase.messages.size(); }

QList<DemoMessage> messagesOf(const DemoAccount &account, const DemoCase &theCase)
{
    if (theCase.generated == 0)
        return theCase.messages;
    return generatedMessages(account, theCase) + theCase.messages;
}

std::optional<DemoAttachment> findAttachment(const DemoAccount &account, const QString &attachmentId)
{
    const auto in = [&attachmentId](const QList<DemoMessage> &messages) -> std::optional<DemoAttachment> {
        for (const DemoMessage &message : messages) {
            for (const DemoAttachment &attachment : message.attachments) {
                if (attachment.attachmentId == attachmentId)
                    return attachment;
            }
        }
        return std::nullopt;
    };
    for (const DemoCase &theCase : account.cases) {
        if (const auto found = in(theCase.messages))
            return found;
    }
    // Generated cases have files too rarely to keep a list of them; only those that do are looked into.
    for (const DemoCase &theCase : account.cases) {
        if (theCase.generated > 0 && theCase.number % 16 == 0) {
            if (const auto found = in(generatedMessages(account, theCase)))
                return found;
        }
    }
    return std::nullopt;
}

} // namespace casement::demo
