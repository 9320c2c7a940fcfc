#include "demo/demodata.h"

#include "demo/demodatacheckplan.h"
#include "demo/demodatainternal.h"

#include <QSet>

#include <cmath>

/// What the checks find: made from the account and the check alone, when asked for.
namespace casement::demo {

using namespace Qt::StringLiterals;

namespace {

struct Outline
{
    quint64 seed = 0;
    QString status;
    qint64 rows = 0;
    bool okRow = false; ///< the first of them is green although the check lists it
};

qint64 naturalCount(Random &random)
{
    const qint64 dice = random.below(100);
    if (dice < 62)
        return 1 + random.below(7);
    if (dice < 95)
        return 4 + random.below(36);
    return 60 + random.below(300);
}

Outline outlineOf(const DemoData &data, const DemoAccount &account, const DemoCheck &check)
{
    Outline outline;
    outline.seed = mixed(data.seed, account.accountId + check.id);
    Random random(outline.seed);
    const bool limits = check.category == "service_limits"_L1;
    const qint64 dice = random.below(1000);
    if (dice < 30)
        outline.status = u"not_available"_s;
    else if (dice < (limits ? 70 : 150))
        outline.status = u"error"_s;
    else if (dice < (limits ? 170 : check.category == "cost_optimizing"_L1 ? 720 : 370))
        outline.status = u"warning"_s;
    else
        outline.status = u"ok"_s;
    // What everybody looks at first is never empty.
    static const QSet<QString> showpieces{u"Qch7DwouX1"_s, u"DAvU99Dc4C"_s, u"hjLMh88uM8"_s, u"Ti39halfu8"_s};
    if (showpieces.contains(check.id))
        outline.status = u"warning"_s;
    if (outline.status == "not_available"_L1)
        return outline;
    if (outline.status != "ok"_L1) {
        const DemoCheckState state = account.checkStates.value(check.id);
        outline.rows = data.resourcesPerCheck > 0 ? data.resourcesPerCheck : naturalCount(random);
        if (data.resourcesPerCheck == 0 && state.refreshedAt.isValid()) // the world has moved on since
            outline.rows = qMax<qint64>(
                1,
                outline.rows + qint64(mixed(outline.seed, u"", quint64(state.refreshedAt.toSecsSinceEpoch())) % 3) - 1);
    } else if (random.oneIn(9)) {
        outline.rows = 1; // hasFlaggedResources although everything is in order: api-facts §8.3
        outline.okRow = true;
    }
    return outline;
}

/// Every eleventh row has been excluded by the user.
bool suppressed(qint64 row) { return row % 11 == 7; }

double savingOf(const Outline &outline, qint64 row)
{
    Random random(outline.seed ^ quint64(row * 2 + 1));
    const double share = random.real();
    return std::round((3.0 + 240.0 * share * share * share) * 100.0) / 100.0;
}

QString statusWord(const QString &status, const QString &language)
{
    static const QHash<QString, DemoText> words{
        {u"ok"_s, {u"Green"_s, u"緑"_s}}, {u"warning"_s, {u"Yellow"_s, u"黄"_s}}, {u"error"_s, {u"Red"_s, u"赤"_s}}};
    return words.value(status).in(language);
}

template <qsizetype N> QString oneOf(Random &random, const char *const (&words)[N])
{
    return QString::fromUtf8(words[random.below(N)]);
}

/// Makes the values of one row.
class Row
{
public:
    Row(const DemoAccount &account, const DemoCheck &check, const CheckPlan &plan, const Outline &outline,
        qint64 number, const QDateTime &now, const QString &language)
        : m_account(account), m_check(check), m_plan(plan), m_outline(outline), m_number(number), m_now(now),
          m_language(language), m_random(mixed(outline.seed, u"row", quint64(number)))
    {
        static constexpr const char *regions[]{"ap-northeast-1", "ap-northeast-1", "ap-northeast-1", "ap-northeast-3",
                                               "us-east-1",      "eu-west-2",      "ap-southeast-1"};
        static constexpr const char *chinese[]{"cn-north-1", "cn-northwest-1"};
        m_region = account.partition == "aws-cn"_L1 ? oneOf(m_random, chinese) : oneOf(m_random, regions);
        m_status = outline.okRow           ? u"ok"_s
            : outline.status == "error"_L1 ? (number == 0 || m_random.oneIn(3) ? u"error"_s : u"warning"_s)
                                           : outline.status;
        m_name = makeName();
        m_id = m_random.hex(17);
    }

    DemoResource make()
    {
        DemoResource resource;
        resource.status = m_status;
        resource.isSuppressed = suppressed(m_number);
        resource.resourceId =
            QString::fromLatin1(QByteArray::fromHex(m_random.hex(32).toLatin1())
                                    .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        for (const QString &kind : m_plan.kinds)
            resource.metadata += value(kind);

        // Rows as the service really answers them: api-facts §8.2. They begin after the first few.
        const qint64 oddity = m_number + qint64(m_outline.seed % 13);
        if (m_number >= 2 && m_check.category != "service_limits"_L1) {
            if (oddity % 97 == 31) {
                resource.metadata.clear();
                return resource; // neither metadata nor region
            }
            if (oddity % 19 == 5 && resource.metadata.size() > 2)
                resource.metadata[resource.metadata.size() - 1 - oddity % 2] = QString();
            if (oddity % 37 == 17 && resource.metadata.size() > 3)
                resource.metadata.resize(resource.metadata.size() - 2);
            if (oddity % 59 == 23 && !resource.metadata.isEmpty())
                resource.metadata += u"arn:"_s + m_account.partition + ":iam::"_L1 + m_account.accountId + ":root"_L1;
        }
        if (m_plan.kinds.contains("region"_L1) || m_plan.kinds.contains("zone"_L1))
            resource.region = m_number > 3 && oddity % 43 == 3 ? u"-"_s : m_region;
        return resource;
    }

private:
    QString makeName()
    {
        static constexpr const char *stems[]{"shop-api",      "checkout",      "catalog-search", "warehouse-sync",
                                             "image-resizer", "batch",         "reports",        "pricing",
                                             "session-store", "jenkins-agent", "analytics",      "bastion",
                                             "在庫管理",      "出荷",          "loyalty"};
        static constexpr const char *tails[]{"prod-1a", "prod-1c", "blue", "green", "old",
                                             "test",    "tmp",     "2024", "v2",    "worker"};
        static constexpr const char *odd[]{"=legacy+web", "+backup-node", "-do-not-delete-", "@marketing", "=1+1"};
        if (m_number % 23 == 9)
            return oneOf(m_random, odd);
        return oneOf(m_random, stems) + u'-' + oneOf(m_random, tails) + u'-' + QString::number(m_number + 1);
    }

    QString value(const QString &kind)
    {
        static const QHash<QString, QString (Row::*)()> makers{
            {u"status"_s, &Row::status},
            {u"region"_s, &Row::region},
            {u"zone"_s, &Row::zone},
            {u"arn"_s, &Row::arn},
            {u"time"_s, &Row::time},
            {u"money"_s, &Row::money},
            {u"percentIo"_s, &Row::percentIo},
            {u"limit"_s, &Row::limit},
            {u"usage"_s, &Row::usage},
            {u"limitName"_s, &Row::limitName},
            {u"service"_s, &Row::service},
            {u"name"_s, &Row::name},
            {u"optionalName"_s, &Row::optionalName},
            {u"reason"_s, &Row::reason},
            {u"rule"_s, &Row::rule},
            {u"parameters"_s, &Row::parameters},
            {u"yesNo"_s, &Row::yesNo},
        };
        const auto maker = makers.value(kind);
        return maker ? (this->*maker)() : plainValue(kind);
    }

    QString status() { return statusWord(m_status, m_language); }
    QString region() { return m_region; }
    QString zone() { return m_region + QChar(u'a' + int(m_random.below(3))); }
    QString arn()
    {
        const qsizetype colon = m_plan.arn.indexOf(u':');
        const QString service = m_plan.arn.left(colon);
        const QString rest = m_plan.arn.sliced(colon + 1);
        const bool global =
            service == "s3"_L1 || service == "iam"_L1 || service == "cloudfront"_L1 || service == "route53"_L1;
        const QString start = "arn:"_L1 + m_account.partition + u':' + service + u':';
        if (rest == "::"_L1) // a bucket
            return start + "::example-"_L1 + m_name;
        const bool hexId = rest.endsWith(u'-') && !rest.endsWith("docdb-"_L1) && !rest.endsWith("neptune-"_L1);
        return start + (global ? QString() : m_region) + u':' + m_account.accountId + u':' + rest
            + (hexId ? m_id : m_name);
    }
    QString time() { return m_now.addSecs(-m_random.below(30 * 24 * 3600)).toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s); }
    QString money() { return u'$' + QString::number(savingOf(m_outline, m_number), 'f', 2); }
    QString percentIo()
    {
        return QString::number(m_random.real() * 9.9, 'f', 1) + "%  "_L1
            + QString::number(m_random.real() * 4.9, 'f', 2) + "MB"_L1;
    }
    QString limit() { return QString::number(m_plan.limit); }
    QString usage()
    {
        const qint64 percent = m_status == "error"_L1 ? 100
            : m_status == "warning"_L1                ? 80 + m_random.below(19)
                                                      : 20 + m_random.below(50);
        return QString::number((m_plan.limit * percent + 99) / 100);
    }
    QString limitName() { return m_plan.limitName.in(m_language); }
    QString service() { return m_plan.service; }
    QString name() { return m_name; }
    QString optionalName() { return m_random.oneIn(2) ? QString() : m_name; }
    QString reason()
    {
        static const QList<DemoText> reasons{
            {u"No traffic in the last 14 days"_s, u"過去 14 日間トラフィックがありません"_s},
            {u"Configured in a single Availability Zone only"_s,
             u"単一のアベイラビリティーゾーンのみで設定されています"_s},
            {u"Not enabled"_s, u"有効になっていません"_s},
            {u"The setting differs from the recommended value"_s, u"設定が推奨値と異なります"_s},
            {u"Older than 90 days"_s, u"90 日を超えています"_s},
            {u"Open to 0.0.0.0/0, \"any\" source"_s, u"0.0.0.0/0 に公開されています"_s},
        };
        return reasons.at(m_random.below(reasons.size())).in(m_language);
    }
    QString rule() { return m_check.name.en.toLower().section(u' ', 0, 3).replace(u' ', u'-') + "-check"_L1; }
    QString parameters()
    {
        return m_random.oneIn(2) ? QString()
                                 : u"{\"minimum\": \"%1\", \"period\": \"P30D\"}"_s.arg(m_random.below(9) + 1);
    }
    QString yesNo()
    {
        const bool yes = m_random.oneIn(2);
        return m_language == "ja"_L1 ? (yes ? u"はい"_s : u"いいえ"_s) : (yes ? u"Yes"_s : u"No"_s);
    }

    QString plainValue(const QString &kind)
    {
        static constexpr const char *types[]{"m5.large",   "m6i.xlarge", "c7g.2xlarge",
                                             "r6g.xlarge", "t3.medium",  "db.r6g.large"};
        static constexpr const char *volumes[]{"gp2", "gp3", "io1", "st1"};
        static constexpr const char *runtimes[]{"python3.8", "nodejs16.x", "java8.al2", "dotnet6", "ruby2.7"};
        static constexpr const char *users[]{"ci-legacy", "takumi.kobayashi", "backup-operator", "root", "terraform"};
        static constexpr const char *products[]{"Windows Server 2012 R2", "SQL Server 2014", "Ubuntu 18.04 LTS"};
        static constexpr const char *ports[]{"22", "3306", "3389", "5432", "6379", "9200"};
        static const QHash<QString, QString> prefixes{
            {u"instance"_s, u"i-"_s},  {u"volume"_s, u"vol-"_s},       {u"snapshot"_s, u"snap-"_s},
            {u"group"_s, u"sg-"_s},    {u"vpc"_s, u"vpc-"_s},          {u"vpn"_s, u"vpn-"_s},
            {u"gateway"_s, u"vgw-"_s}, {u"connection"_s, u"dxcon-"_s},
        };
        if (const auto prefix = prefixes.constFind(kind); prefix != prefixes.constEnd())
            return *prefix + (kind == "instance"_L1 ? m_id : m_random.hex(kind == "connection"_L1 ? 8 : 17));
        const auto number = [this](qint64 low, qint64 high) {
            return QString::number(low + m_random.below(high - low + 1));
        };
        if (kind == "type"_L1)
            return oneOf(m_random, types);
        if (kind == "volumeType"_L1)
            return oneOf(m_random, volumes);
        if (kind == "runtime"_L1)
            return oneOf(m_random, runtimes);
        if (kind == "user"_L1)
            return oneOf(m_random, users);
        if (kind == "product"_L1)
            return oneOf(m_random, products);
        if (kind == "port"_L1)
            return oneOf(m_random, ports);
        if (kind == "percent"_L1)
            return QString::number(m_random.real() * 10, 'f', 1) + u'%';
        if (kind == "megabytes"_L1)
            return QString::number(m_random.real() * 5, 'f', 2) + "MB"_L1;
        if (kind == "days"_L1)
            return number(4, 14);
        if (kind == "small"_L1)
            return number(1, 5);
        if (kind == "gigabytes"_L1 || kind == "number"_L1)
            return QString::number(8 << m_random.below(8));
        if (kind == "memory"_L1)
            return QString::number(128 << m_random.below(6));
        if (kind == "ip"_L1)
            return "203.0.113."_L1 + number(1, 254);
        if (kind == "cidr"_L1)
            return m_random.oneIn(4) ? u"::/0"_s : u"0.0.0.0/0"_s;
        if (kind == "protocol"_L1)
            return m_random.oneIn(5) ? u"udp"_s : u"tcp"_s;
        if (kind == "version"_L1)
            return u"$LATEST"_s;
        if (kind == "location"_L1)
            return m_random.oneIn(2) ? u"Equinix TY2, Tokyo"_s : u"Equinix OS1, Osaka"_s;
        if (kind == "bucket"_L1)
            return "example-"_L1 + m_name;
        if (kind == "domain"_L1)
            return u"app%1.shop.example.com"_s.arg(m_number);
        if (kind == "hostedZone"_L1)
            return u'Z' + m_random.hex(13).toUpper();
        if (kind == "distribution"_L1)
            return u'E' + m_random.hex(13).toUpper();
        if (kind == "accessKey"_L1)
            return "AKIA"_L1 + m_random.hex(9).toUpper() + "EXAMPLE"_L1;
        if (kind == "caseNumber"_L1)
            return number(100000000, 999999999);
        if (kind == "lambdaArn"_L1)
            return "arn:"_L1 + m_account.partition + ":lambda:"_L1 + m_region + u':' + m_account.accountId
                + ":function:"_L1 + m_name;
        return {};
    }

    const DemoAccount &m_account;
    const DemoCheck &m_check;
    const CheckPlan &m_plan;
    const Outline &m_outline;
    qint64 m_number;
    const QDateTime &m_now;
    const QString &m_language;
    Random m_random;
    QString m_region;
    QString m_status;
    QString m_name;
    QString m_id;
};

DemoCheckResult summaryOf(const DemoData &data, const DemoAccount &account, const DemoCheck &check,
                          const Outline &outline)
{
    DemoCheckResult result;
    result.checkId = check.id;
    result.status = outline.status;
    if (outline.status == "not_available"_L1)
        return result;
    Random random(mixed(outline.seed, u"summary"));
    const DemoCheckState state = account.checkStates.value(check.id);
    if (state.refreshedAt.isValid())
        result.timestamp = state.refreshedAt;
    else if (random.below(60) != 0)
        result.timestamp = data.now.addSecs(-random.below((check.refreshable ? 6 * 24 : 20) * 3600LL) - 60);
    for (qint64 i = 0; i < outline.rows; ++i) {
        if (suppressed(i))
            ++result.resourcesSuppressed;
        else if (planOf(check).saves && !outline.okRow)
            result.estimatedMonthlySavings += savingOf(outline, i);
    }
    result.resourcesFlagged = outline.okRow ? 0 : outline.rows - result.resourcesSuppressed;
    result.resourcesIgnored = random.oneIn(12) ? random.below(4) : 0;
    result.resourcesProcessed = outline.rows + result.resourcesIgnored + random.below(180);
    if (result.estimatedMonthlySavings > 0)
        result.estimatedPercentMonthlySavings = std::round((0.02 + random.real() * 0.4) * 10000.0) / 10000.0;
    return result;
}

} // namespace

DemoCheckResult checkSummary(const DemoData &data, const DemoAccount &account, const DemoCheck &check)
{
    return summaryOf(data, account, check, outlineOf(data, account, check));
}

DemoCheckResult checkResult(const DemoData &data, const DemoAccount &account, const DemoCheck &check,
                            const QString &language)
{
    const Outline outline = outlineOf(data, account, check);
    DemoCheckResult result = summaryOf(data, account, check, outline);
    const CheckPlan &plan = planOf(check);
    const QDateTime &now = result.timestamp.isValid() ? result.timestamp : data.now;
    result.resources.reserve(outline.rows);
    for (qint64 i = 0; i < outline.rows; ++i)
        result.resources += Row(account, check, plan, outline, i, now, language).make();
    return result;
}

} // namespace casement::demo
