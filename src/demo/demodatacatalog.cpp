#include "demo/demodata.h"

#include "demo/demodatainternal.h"

/// Services, categories, severities and languages: data/services.txt.
namespace casement::demo {

using namespace Qt::StringLiterals;

const QList<DemoService> &services()
{
    static const QList<DemoService> all = [] {
        QList<DemoService> read;
        QHash<QString, QList<DemoCategory>> sets;
        for (const QString &line : dataFile("services.txt"_L1).split(u'\n', Qt::SkipEmptyParts)) {
            if (line.startsWith(u'#'))
                continue;
            const QStringList words = line.split(u'|');
            if (line.startsWith("@"_L1)) {
                QList<DemoCategory> &set = sets[words.at(0).mid(1)];
                for (const QString &entry : words.mid(1)) {
                    const QStringList parts = entry.split(u'=');
                    set += {parts.at(0), {parts.at(1), parts.at(2)}};
                }
                continue;
            }
            DemoService service;
            service.code = words.at(0);
            service.name = {words.at(1), words.value(3)};
            service.issueType =
                words.at(2) == "account"_L1 || words.at(2) == "billing"_L1 ? u"customer-service"_s : u"technical"_s;
            service.categories = sets.value(words.at(2));
            read += service;
        }
        return read;
    }();
    return all;
}

const QList<DemoSeverity> &severityLevels()
{
    static const QList<DemoSeverity> all{
        {u"low"_s, {u"Low"_s, u"低"_s}},
        {u"normal"_s, {u"Normal"_s, u"中"_s}},
        {u"high"_s, {u"High"_s, u"高"_s}},
        {u"urgent"_s, {u"Urgent"_s, u"緊急"_s}},
        {u"critical"_s, {u"Critical"_s, u"非常事態"_s}},
    };
    return all;
}

const QList<DemoLanguage> &caseLanguages()
{
    static const QList<DemoLanguage> all{
        {u"en"_s, u"English"_s}, {u"ja"_s, u"Japanese"_s},   {u"zh"_s, u"Chinese"_s}, {u"ko"_s, u"Korean"_s},
        {u"es"_s, u"Spanish"_s}, {u"pt"_s, u"Portuguese"_s}, {u"fr"_s, u"French"_s},  {u"tr"_s, u"Turkish"_s},
    };
    return all;
}

} // namespace casement::demo
