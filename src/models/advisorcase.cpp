#include "models/advisorcase.h"

#include "archive/searchtext.h"

#include <QHash>
#include <QSet>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// Letters and digits in words, a space around each: " amazon ec2 ".
QString inWords(const QString &text)
{
    QString words(u' ');
    const QString folded = foldForSearch(text);
    for (const QChar c : folded) {
        if (c.isLetterOrNumber())
            words += c;
        else if (!words.endsWith(u' '))
            words += u' ';
    }
    if (!words.endsWith(u' '))
        words += u' ';
    return words;
}

/// What a service may be called: "Elastic Compute Cloud (EC2 - Linux)" is also "EC2".
QStringList phrasesOf(const Service &service)
{
    static const QSet<QString> tellNothing{u" account "_s, u" billing "_s, u" support "_s, u" security "_s,
                                           u" general "_s};
    QStringList phrases;
    const qsizetype open = service.name.indexOf(u'(');
    QString full = inWords(open < 0 ? service.name : service.name.left(open));
    for (const QString &owner : {u" amazon "_s, u" aws "_s}) {
        if (full.startsWith(owner) && full.size() > owner.size())
            full.remove(0, owner.size() - 1);
    }
    phrases.append(full);
    if (open >= 0)
        phrases.append(u' ' + inWords(service.name.mid(open)).split(u' ', Qt::SkipEmptyParts).value(0) + u' ');
    phrases.removeIf([](const QString &phrase) { return phrase.size() < 4 || tellNothing.contains(phrase); });
    return phrases;
}

} // namespace

QString guessService(const QList<Service> &services, const QString &checkName, const QStringList &resourceIds)
{
    const auto best = [&](const QString &text) {
        QString code;
        qsizetype longest = 0;
        for (const Service &service : services) {
            const QStringList phrases = phrasesOf(service);
            for (const QString &phrase : phrases) {
                if (phrase.size() > longest && text.contains(phrase)) {
                    longest = phrase.size();
                    code = service.code;
                }
            }
        }
        return code;
    };
    if (const QString code = best(inWords(checkName)); !code.isEmpty())
        return code;
    // Where ARNs call a service otherwise than people do.
    static const QHash<QString, QString> known{{u"elasticloadbalancing"_s, u"elastic load balancing"_s},
                                               {u"autoscaling"_s, u"auto scaling"_s},
                                               {u"es"_s, u"opensearch service"_s},
                                               {u"kinesis"_s, u"kinesis data streams"_s},
                                               {u"states"_s, u"step functions"_s},
                                               {u"logs"_s, u"cloudwatch"_s},
                                               {u"monitoring"_s, u"cloudwatch"_s}};
    for (const QString &id : resourceIds) {
        if (!id.startsWith("arn:"_L1))
            continue;
        const QString name = id.section(u':', 2, 2);
        if (const QString code = best(inWords(known.value(name, name))); !code.isEmpty())
            return code;
    }
    return {};
}

} // namespace casement
