#include "models/names.h"

#include "models/displaytext.h"
#include "models/relativetime.h"

#include <algorithm>
#include <array>
#include <span>

namespace casement {

namespace {

struct Name
{
    std::string_view code;
    const char *text;
};

// The service's own names are too long for a column ("Customer action completed"), and a status that has a second name
// elsewhere looks like two. No two are alike at their beginning, where a narrow column cuts them.
constexpr std::array<Name, 9> statusNames{{
    {"unassigned", QT_TRANSLATE_NOOP("casement::Names", "Unassigned")},
    {"opened", QT_TRANSLATE_NOOP("casement::Names", "Opened")},
    {"work-in-progress", QT_TRANSLATE_NOOP("casement::Names", "In progress")},
    {"pending-customer-action", QT_TRANSLATE_NOOP("casement::Names", "Needs reply")},
    {"customer-action-completed", QT_TRANSLATE_NOOP("casement::Names", "Replied")},
    {"reopened", QT_TRANSLATE_NOOP("casement::Names", "Reopened")},
    {"resolved", QT_TRANSLATE_NOOP("casement::Names", "Resolved")},
    {"pending-amazon-action", QT_TRANSLATE_NOOP("casement::Names", "With Amazon")},
    {"all-open", QT_TRANSLATE_NOOP("casement::Names", "Open case")},
}};

constexpr std::array<Name, 5> severityNames{{
    {"critical", QT_TRANSLATE_NOOP("casement::Names", "Critical")},
    {"urgent", QT_TRANSLATE_NOOP("casement::Names", "Urgent")},
    {"high", QT_TRANSLATE_NOOP("casement::Names", "High")},
    {"normal", QT_TRANSLATE_NOOP("casement::Names", "Normal")},
    {"low", QT_TRANSLATE_NOOP("casement::Names", "Low")},
}};

constexpr std::array<Name, 5> severityShortNames{{
    {"critical", QT_TRANSLATE_NOOP("casement::Names", "CRIT")},
    {"urgent", QT_TRANSLATE_NOOP("casement::Names", "URG")},
    {"high", QT_TRANSLATE_NOOP("casement::Names", "HIGH")},
    {"normal", QT_TRANSLATE_NOOP("casement::Names", "NORM")},
    {"low", QT_TRANSLATE_NOOP("casement::Names", "LOW")},
}};

constexpr std::array<Name, 7> advisorCategoryNames{{
    {"cost_optimizing", QT_TRANSLATE_NOOP("casement::Names", "Cost optimization")},
    {"performance", QT_TRANSLATE_NOOP("casement::Names", "Performance")},
    {"security", QT_TRANSLATE_NOOP("casement::Names", "Security")},
    {"fault_tolerance", QT_TRANSLATE_NOOP("casement::Names", "Fault tolerance")},
    {"service_limits", QT_TRANSLATE_NOOP("casement::Names", "Service limits")},
    {"operational_excellence", QT_TRANSLATE_NOOP("casement::Names", "Operational excellence")},
    //: In the place of the category of a check of Trusted Advisor that has none
    {"-", QT_TRANSLATE_NOOP("casement::Names", "Without a category")},
}};

constexpr std::array<Name, 4> advisorStatusNames{{
    {"error", QT_TRANSLATE_NOOP("casement::Names", "Action recommended")},
    {"warning", QT_TRANSLATE_NOOP("casement::Names", "Investigate")},
    //: A check of Trusted Advisor found nothing
    {"ok", QT_TRANSLATE_NOOP("casement::Names", "No problem")},
    {"not_available", QT_TRANSLATE_NOOP("casement::Names", "Not available")},
}};

constexpr std::array<Name, 15> languageNames{{
    {"zh", QT_TRANSLATE_NOOP("casement::Names", "Chinese")},
    {"zh_TW", QT_TRANSLATE_NOOP("casement::Names", "Chinese (traditional)")},
    {"en", QT_TRANSLATE_NOOP("casement::Names", "English")},
    {"ja", QT_TRANSLATE_NOOP("casement::Names", "Japanese")},
    {"ko", QT_TRANSLATE_NOOP("casement::Names", "Korean")},
    {"es", QT_TRANSLATE_NOOP("casement::Names", "Spanish")},
    {"pt", QT_TRANSLATE_NOOP("casement::Names", "Portuguese")},
    {"pt_BR", QT_TRANSLATE_NOOP("casement::Names", "Portuguese (Brazil)")},
    {"fr", QT_TRANSLATE_NOOP("casement::Names", "French")},
    {"tr", QT_TRANSLATE_NOOP("casement::Names", "Turkish")},
    {"de", QT_TRANSLATE_NOOP("casement::Names", "German")},
    {"id", QT_TRANSLATE_NOOP("casement::Names", "Indonesian")},
    {"it", QT_TRANSLATE_NOOP("casement::Names", "Italian")},
    {"zh-TW", QT_TRANSLATE_NOOP("casement::Names", "Chinese (traditional)")},
    {"pt-BR", QT_TRANSLATE_NOOP("casement::Names", "Portuguese (Brazil)")},
}};

constexpr std::array<Name, 18> categoryNames{{
    {"general-guidance", QT_TRANSLATE_NOOP("casement::Names", "General guidance")},
    {"instance-issue", QT_TRANSLATE_NOOP("casement::Names", "Instance issue")},
    {"networking", QT_TRANSLATE_NOOP("casement::Names", "Networking")},
    {"connectivity", QT_TRANSLATE_NOOP("casement::Names", "Connectivity")},
    {"performance", QT_TRANSLATE_NOOP("casement::Names", "Performance")},
    {"access-denied", QT_TRANSLATE_NOOP("casement::Names", "Access denied")},
    {"backup-restore", QT_TRANSLATE_NOOP("casement::Names", "Backup and restore")},
    {"latency", QT_TRANSLATE_NOOP("casement::Names", "Latency")},
    {"5xx-errors", QT_TRANSLATE_NOOP("casement::Names", "5xx errors")},
    {"errors", QT_TRANSLATE_NOOP("casement::Names", "Errors")},
    {"throttling", QT_TRANSLATE_NOOP("casement::Names", "Throttling")},
    {"deployment", QT_TRANSLATE_NOOP("casement::Names", "Deployment")},
    {"using-aws", QT_TRANSLATE_NOOP("casement::Names", "Using AWS")},
    {"feature-request", QT_TRANSLATE_NOOP("casement::Names", "Feature request")},
    {"general-account-question", QT_TRANSLATE_NOOP("casement::Names", "General account question")},
    {"general-billing-question", QT_TRANSLATE_NOOP("casement::Names", "General billing question")},
    {"dispute-a-charge", QT_TRANSLATE_NOOP("casement::Names", "Dispute a charge")},
    {"other", QT_TRANSLATE_NOOP("casement::Names", "Other")},
}};

// Services that have a name of words. The others are brands, the same in every language.
constexpr std::array<Name, 6> plainServiceNames{{
    {"general-info", QT_TRANSLATE_NOOP("casement::Names", "General info and getting started")},
    {"customer-account", QT_TRANSLATE_NOOP("casement::Names", "Account")},
    {"account-management", QT_TRANSLATE_NOOP("casement::Names", "Account management")},
    {"billing", QT_TRANSLATE_NOOP("casement::Names", "Billing")},
    {"aws-marketplace-billing", QT_TRANSLATE_NOOP("casement::Names", "AWS Marketplace billing")},
    {"service-limit-increase", QT_TRANSLATE_NOOP("casement::Names", "Service limit increase")},
}};

constexpr std::array<Name, 88> brandNames{{
    {"amazon-api-gateway", "API Gateway"},
    {"amazon-athena", "Athena"},
    {"amazon-bedrock", "Bedrock"},
    {"amazon-cloudfront", "CloudFront"},
    {"amazon-cloudwatch", "CloudWatch"},
    {"amazon-cognito", "Cognito"},
    {"amazon-connect", "Connect"},
    {"amazon-documentdb", "DocumentDB"},
    {"amazon-dynamodb", "DynamoDB"},
    {"amazon-dynamodb-accelerator", "DynamoDB Accelerator (DAX)"},
    {"amazon-ecr", "Elastic Container Registry (ECR)"},
    {"amazon-ecs", "Elastic Container Service (ECS)"},
    {"amazon-elastic-block-store", "Elastic Block Store (EBS)"},
    {"amazon-elastic-compute-cloud-linux", "Elastic Compute Cloud (EC2 - Linux)"},
    {"amazon-elastic-compute-cloud-macos", "Elastic Compute Cloud (EC2 - macOS)"},
    {"amazon-elastic-compute-cloud-windows", "Elastic Compute Cloud (EC2 - Windows)"},
    {"amazon-elastic-file-system", "Elastic File System (EFS)"},
    {"amazon-elastic-load-balancing", "Elastic Load Balancing"},
    {"amazon-elasticache", "ElastiCache"},
    {"amazon-elasticsearch-service", "OpenSearch Service"},
    {"amazon-emr", "EMR"},
    {"amazon-eventbridge", "EventBridge"},
    {"amazon-fsx-lustre", "FSx for Lustre"},
    {"amazon-fsx-ontap", "FSx for NetApp ONTAP"},
    {"amazon-fsx-windows", "FSx for Windows File Server"},
    {"amazon-glacier", "S3 Glacier"},
    {"amazon-guardduty", "GuardDuty"},
    {"amazon-inspector", "Inspector"},
    {"amazon-kinesis", "Kinesis"},
    {"amazon-kinesis-data-streams", "Kinesis Data Streams"},
    {"amazon-lightsail", "Lightsail"},
    {"amazon-managed-streaming-for-kafka", "Managed Streaming for Apache Kafka (MSK)"},
    {"amazon-mq", "MQ"},
    {"amazon-msk", "Managed Streaming for Apache Kafka (MSK)"},
    {"amazon-opensearch-service", "OpenSearch Service"},
    {"amazon-quicksight", "QuickSight"},
    {"amazon-rds-proxy", "RDS Proxy"},
    {"amazon-redshift", "Redshift"},
    {"amazon-redshift-serverless", "Redshift Serverless"},
    {"amazon-relational-database-service-mariadb", "Relational Database Service (MariaDB)"},
    {"amazon-relational-database-service-mysql", "Relational Database Service (MySQL)"},
    {"amazon-relational-database-service-oracle", "Relational Database Service (Oracle)"},
    {"amazon-relational-database-service-postgresql", "Relational Database Service (PostgreSQL)"},
    {"amazon-relational-database-service-sql-server", "Relational Database Service (SQL Server)"},
    {"amazon-route-53", "Route 53"},
    {"amazon-route-53-resolver", "Route 53 Resolver"},
    {"amazon-route53", "Route 53"},
    {"amazon-sagemaker", "SageMaker"},
    {"amazon-ses", "Simple Email Service (SES)"},
    {"amazon-simple-email-service", "Simple Email Service (SES)"},
    {"amazon-simple-notification-service", "Simple Notification Service (SNS)"},
    {"amazon-simple-queue-service", "Simple Queue Service (SQS)"},
    {"amazon-simple-storage-service", "Simple Storage Service (S3)"},
    {"amazon-sns", "Simple Notification Service (SNS)"},
    {"amazon-virtual-private-cloud", "Virtual Private Cloud (VPC)"},
    {"amazon-workspaces", "WorkSpaces"},
    {"aurora-mysql", "Relational Database Service (Aurora - MySQL-compat)"},
    {"aurora-postgresql", "Relational Database Service (Aurora - PostgreSQL-compat)"},
    {"auto-scaling", "Auto Scaling"},
    {"aws-amplify", "Amplify"},
    {"aws-backup", "Backup"},
    {"aws-certificate-manager", "Certificate Manager (ACM)"},
    {"aws-cloudformation", "CloudFormation"},
    {"aws-codebuild", "CodeBuild"},
    {"aws-codepipeline", "CodePipeline"},
    {"aws-config", "Config"},
    {"aws-database-migration-service", "Database Migration Service (DMS)"},
    {"aws-direct-connect", "Direct Connect"},
    {"aws-fargate", "Fargate"},
    {"aws-glue", "Glue"},
    {"aws-health", "Health"},
    {"aws-iam-identity-center", "IAM Identity Center"},
    {"aws-identity-and-access-management", "Identity and Access Management (IAM)"},
    {"aws-key-management-service", "Key Management Service (KMS)"},
    {"aws-lake-formation", "Lake Formation"},
    {"aws-lambda", "Lambda"},
    {"aws-organizations", "Organizations"},
    {"aws-secrets-manager", "Secrets Manager"},
    {"aws-shield", "Shield"},
    {"aws-step-functions", "Step Functions"},
    {"aws-systems-manager", "Systems Manager"},
    {"aws-transit-gateway", "Transit Gateway"},
    {"aws-vpn", "VPN"},
    {"aws-waf", "WAF"},
    {"elastic-load-balancing", "Elastic Load Balancing"},
    {"savings-plans", "Savings Plans"},
    {"service-eks", "Elastic Kubernetes Service (EKS)"},
    {"trusted-advisor", "Trusted Advisor"},
}};

const char *find(std::span<const Name> names, std::string_view code)
{
    const auto at = std::find_if(names.begin(), names.end(), [code](const Name &name) { return name.code == code; });
    return at == names.end() ? nullptr : at->text;
}

} // namespace

std::vector<Names::Named> Names::all(Kind kind)
{
    std::vector<Named> named;
    const auto add = [&named](std::span<const Name> names) {
        for (const Name &one : names)
            named.push_back({one.code, tr(one.text)});
    };
    switch (kind) {
    case Kind::Status:
        add(statusNames);
        break;
    case Kind::Severity:
        add(severityNames);
        add(severityShortNames);
        break;
    case Kind::Service:
        add(plainServiceNames);
        for (const Name &brand : brandNames)
            named.push_back({brand.code, QLatin1StringView(brand.text).toString()});
        break;
    case Kind::Category:
        add(categoryNames);
        break;
    }
    return named;
}

QString Names::status(std::string_view code)
{
    const char *name = find(statusNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::severity(std::string_view code)
{
    const char *name = find(severityNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::severityShort(std::string_view code)
{
    const char *name = find(severityShortNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::service(std::string_view code)
{
    const auto at = std::lower_bound(brandNames.begin(), brandNames.end(), code,
                                     [](const Name &name, std::string_view wanted) { return name.code < wanted; });
    if (at != brandNames.end() && at->code == code)
        return QLatin1StringView(at->text).toString();
    const char *name = find(plainServiceNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::category(std::string_view code)
{
    const char *name = find(categoryNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::advisorCategory(std::string_view code)
{
    const char *name = find(advisorCategoryNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::advisorStatus(std::string_view code)
{
    const char *name = find(advisorStatusNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::language(std::string_view code)
{
    const char *name = find(languageNames, code);
    return name ? tr(name) : displayText(code);
}

QString Names::turn(Turn turn)
{
    switch (turn) {
    case Turn::You:
        //: Whose turn it is to answer: the person's own
        return tr("Yours");
    case Turn::Aws:
        //: Whose turn it is to answer
        return tr("AWS");
    case Turn::Nobody:
        break;
    }
    return {};
}

QString Names::turnSince(Turn turn, qint64 since, qint64 now)
{
    if (turn == Turn::Nobody || since == 0)
        return Names::turn(turn);
    const QString span = TimeText::span(std::max<qint64>(now - since, 0));
    //: The case waits for the person's answer since a span of time: "Yours for 2 h"
    return turn == Turn::You ? tr("Yours for %1").arg(span)
                             //: The case waits for AWS's answer since a span of time: "AWS for 1 d"
                             : tr("AWS for %1").arg(span);
}

} // namespace casement
