#include "demo/demodata.h"

#include "demo/demodatainternal.h"

/// Cases by the hundred thousand: only what a list shows is kept of them, the rest comes from their number.
namespace casement::demo {

using namespace Qt::StringLiterals;

namespace {

struct Template
{
    QString language;
    QString serviceCode;
    QString categoryCode;
    QString subject; ///< with %1 for something that only this case has
    QString opening;
};

const QList<Template> &templates()
{
    static const QList<Template> all = [] {
        QList<Template> read;
        for (const QString &part : dataFile("bulk.txt"_L1).split(u"\n=== "_s).mid(1)) {
            const QStringList lines = part.split(u'\n');
            const QStringList head = lines.at(0).split(u' ', Qt::SkipEmptyParts);
            read += {head.at(0), head.at(1), head.at(2), lines.at(1), lines.mid(2).join(u'\n').trimmed()};
        }
        return read;
    }();
    return all;
}

const Template &templateOf(quint32 number) { return templates().at(number % templates().size()); }

QString nameOf(quint32 number)
{
    static constexpr const char *words[]{"orders",  "checkout", "catalog", "search",  "payments", "sessions",
                                         "loyalty", "images",   "billing", "reports", "events",   "profiles"};
    return QString::fromLatin1(words[(number / 7) % std::size(words)]) + u'-'
        + QString::number(number, 36).rightJustified(4, QLatin1Char('0'));
}

} // namespace

DemoCase generatedCase(const DemoAccount &account, quint32 number, quint64 seed, const QDateTime &created,
                       const QDateTime &now)
{
    static constexpr int counts[]{1, 2, 3, 4, 5, 5, 5, 5, 6, 14};
    static const QStringList open{u"unassigned"_s,
                                  u"opened"_s,
                                  u"work-in-progress"_s,
                                  u"pending-customer-action"_s,
                                  u"customer-action-completed"_s,
                                  u"reopened"_s};
    static const QStringList severities{u"low"_s,    u"low"_s,    u"low"_s,  u"normal"_s,
                                        u"normal"_s, u"normal"_s, u"high"_s, u"urgent"_s};
    Random random(mixed(seed, u"case", number));
    const Template &source = templateOf(number);
    const Person &author = people().at(random.below(people().size()));

    DemoCase theCase;
    theCase.number = number;
    theCase.timeCreated = created;
    theCase.language = source.language;
    theCase.issueType = u"technical"_s;
    theCase.serviceCode = source.serviceCode;
    theCase.categoryCode = source.categoryCode;
    theCase.subject = source.subject.arg(nameOf(number));
    theCase.severityCode = severities.at(random.below(severities.size()));
    theCase.submittedBy = author.address;
    theCase.generated = counts[random.below(std::size(counts))];
    theCase.caseId = makeCaseId(account.accountId, theCase.language, created.date().year(), random.next());
    theCase.displayId = makeDisplayId(created, number);
    const qint64 age = created.msecsTo(now);
    if (age > 20 * day || random.oneIn(3)) {
        theCase.status = u"resolved"_s;
        theCase.resolvedAt = created.addMSecs(qMin(age, 11 * day));
    } else {
        theCase.status = theCase.generated == 1 ? open.at(random.below(2)) : open.at(2 + random.below(4));
    }
    // What the messages say hangs on the case alone; that they end before now hangs on this.
    if (age < 11 * day)
        theCase.generated = qBound(1, theCase.generated, int(1 + age / (2 * hour)));
    return theCase;
}

QList<DemoMessage> generatedMessages(const DemoAccount &account, const DemoCase &theCase)
{
    const Template &source = templateOf(theCase.number);
    const Person &author = person(theCase.submittedBy);
    Random random(mixed(13, theCase.caseId));
    const bool japanese = theCase.language == "ja"_L1;

    QList<DemoMessage> messages;
    QDateTime time = theCase.timeCreated;
    for (int i = 0; i < theCase.generated; ++i) {
        DemoMessage message;
        message.fromAws = i % 2 == 1;
        message.timeCreated = time;
        message.submittedBy = message.fromAws ? u"Amazon Web Services"_s : author.submittedBy();
        const QString key = i == 0 ? source.opening
            : message.fromAws      ? QString()
                                   : (i + 1 >= theCase.generated ? u"@{thanks}"_s : u"@{followup}"_s);
        if (message.fromAws)
            message.body = engineerReply(theCase, i == 1 ? QString() : theCase.subject, random.next());
        else
            message.body =
                expanded(QString(key).replace("%1"_L1, nameOf(theCase.number)), {account, theCase, time, author.key});
        if (i == 0 && theCase.number % 16 == 0) {
            DemoAttachment file;
            file.fileName =
                japanese ? u"ログ-%1.txt"_s.arg(nameOf(theCase.number)) : u"%1.log"_s.arg(nameOf(theCase.number));
            file.seed = random.next();
            file.size = 2000 + random.below(90000);
            file.attachmentId = makeAttachmentId(file.seed);
            message.attachments += file;
        }
        messages += message;
        time = time.addMSecs(20 * minute + random.below(80) * minute + random.below(minute));
    }
    return messages;
}

} // namespace casement::demo
