#include "demo/demodata.h"

#include "demo/demodatacheckplan.h"
#include "demo/demodatainternal.h"

/// The catalogue of checks: data/checks.txt, which has the 450 of the service.
namespace casement::demo {

using namespace Qt::StringLiterals;

namespace {

struct Heading
{
    DemoText text;
    QString kind;
};

struct NamedResource
{
    DemoText name;
    QString arn;
};

struct Catalogue
{
    QList<DemoCheck> checks;
    QList<CheckPlan> plans;
};

/// How many checks of a category the service has.
int wanted(const QString &category)
{
    static const QHash<QString, int> counts{
        {u"security"_s, 222},   {u"fault_tolerance"_s, 87},        {u"service_limits"_s, 52},
        {u"performance"_s, 37}, {u"operational_excellence"_s, 31}, {u"cost_optimizing"_s, 21}};
    return counts.value(category);
}

class CatalogueReader
{
public:
    Catalogue read()
    {
        for (const QString &line : dataFile("checks.txt"_L1).split(u'\n', Qt::SkipEmptyParts)) {
            const QStringList words = line.mid(line.startsWith(u'@') ? 3 : 0).split(u'|');
            if (line.startsWith(u'#'))
                continue;
            if (line.startsWith("@h "_L1))
                m_headings.insert(words.at(0), {{words.at(0), words.at(1)}, words.at(2)});
            else if (line.startsWith("@r "_L1))
                m_resources.insert(words.at(0), {{words.at(1), words.at(2)}, words.at(3)});
            else if (line.startsWith(u'*'))
                addFamily(words);
            else if (line.startsWith(u'!'))
                addLimit(words);
            else
                add(words.at(0), words.at(1), {words.at(3), words.at(4)}, words.at(5), {}, words.at(2).isEmpty());
        }
        return m_catalogue;
    }

private:
    void add(const QString &category, const QString &id, const DemoText &name, const QString &headings, CheckPlan plan,
             bool refreshable)
    {
        if (m_counts[category] >= wanted(category))
            return;
        ++m_counts[category];
        DemoCheck check;
        check.id = id;
        check.category = category;
        check.name = name;
        check.refreshable = refreshable;
        check.kind = qint32(m_catalogue.plans.size());
        for (const QString &title : headings.split(u';', Qt::SkipEmptyParts)) {
            Q_ASSERT(m_headings.contains(title));
            const Heading &heading = m_headings[title];
            check.headings += heading.text;
            plan.kinds += heading.kind;
        }
        plan.saves = category == "cost_optimizing"_L1 && plan.kinds.contains("money"_L1);
        if (plan.arn.isEmpty())
            plan.arn = u"ec2:instance/i-"_s;
        m_catalogue.checks += check;
        m_catalogue.plans += plan;
    }

    void addFamily(const QStringList &words)
    {
        const QString prefix = words.at(1);
        for (const QString &key : words.at(5).split(u' ', Qt::SkipEmptyParts)) {
            Q_ASSERT(m_resources.contains(key));
            const NamedResource &resource = m_resources[key];
            CheckPlan plan;
            plan.arn = resource.arn;
            QString japanese = words.at(3);
            if (resource.name.ja.back().unicode() > 0x7f) // a space stands between Latin and Japanese letters only
                japanese.replace("%1 "_L1, "%1"_L1);
            const DemoText name{QString(words.at(2)).arg(resource.name.en), japanese.arg(resource.name.ja)};
            add(words.at(0).mid(1), prefix + QString::number(100 + m_numbers[prefix]++), name, words.at(4), plan,
                prefix != "Hs4Ma3G"_L1 && prefix != "c18d2gz"_L1);
        }
    }

    void addLimit(const QStringList &words)
    {
        CheckPlan plan;
        plan.service = words.at(1);
        plan.limitName = {words.at(2), words.at(3)};
        plan.limit = words.at(4).toLongLong();
        add(u"service_limits"_s, words.at(0).mid(1),
            {plan.service + u' ' + words.at(2), plan.service + u' ' + words.at(3)},
            u"Region;Service;Limit Name;Limit Amount;Current Usage;Status"_s, plan, true);
    }

    QHash<QString, Heading> m_headings;
    QHash<QString, NamedResource> m_resources;
    QHash<QString, int> m_counts;
    QHash<QString, int> m_numbers;
    Catalogue m_catalogue;
};

const Catalogue &catalogue()
{
    static const Catalogue all = CatalogueReader().read();
    return all;
}

} // namespace

const CheckPlan &planOf(const DemoCheck &check) { return catalogue().plans.at(check.kind); }

QList<DemoCheck> makeChecks(int count)
{
    const QList<DemoCheck> &known = catalogue().checks;
    if (count <= known.size())
        return known.first(qMax(0, count));
    QList<DemoCheck> checks = known;
    checks.reserve(count);
    for (int i = int(known.size()); i < count; ++i) {
        DemoCheck check = known.at(i % known.size());
        const QString edition = u" (%1)"_s.arg(i / known.size() + 1);
        check.name = {check.name.en + edition, check.name.ja + edition};
        check.id = "zz"_L1 + QString::number(i, 36).rightJustified(8, QLatin1Char('0'));
        checks += check;
    }
    return checks;
}

QString checkDescription(const DemoCheck &check, const QString &language)
{
    static const auto all = [] {
        QHash<QString, QString> read;
        for (const QString &part : dataFile("descriptions.txt"_L1).split(u"\n=== "_s).mid(1)) {
            const qsizetype end = part.indexOf(u'\n');
            read.insert(part.left(end), part.mid(end + 1).trimmed());
        }
        return read;
    }();
    const bool japanese = language == "ja"_L1;
    const QString prefix = japanese ? u"ja."_s : u"en."_s;
    QString text;
    for (const QString &key : {check.id, check.category, u"any"_s}) {
        text = all.value(prefix + key);
        if (!text.isEmpty())
            break;
    }
    const QString source = check.id.startsWith("Hs4Ma3"_L1) ? u"AWS Security Hub"_s
        : check.id.startsWith("c18d2gz"_L1)                 ? u"AWS Config Managed Rule"_s
                                                            : u"AWS Trusted Advisor"_s;
    text.replace("%name"_L1, check.name.in(language)).replace("%source"_L1, source).replace("%id"_L1, check.id);

    // The service's own texts are not all well-formed either: api-facts §8.5.
    const quint64 dice = mixed(17, check.id);
    if (dice % 61 == 0)
        text.replace("\n"_L1, "\r\n"_L1);
    if (dice % 47 == 1)
        text.replace("<br>\n<br>"_L1, "<br/>\n</br>"_L1);
    if (dice % 53 == 2)
        text.replace("</a>"_L1, QString());
    return text;
}

} // namespace casement::demo
