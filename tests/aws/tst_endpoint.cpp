#include "aws/endpoint.h"
#include "aws/proxysettings.h"

#include <QTest>

using namespace casement;

class TestEndpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partition_data();
    void partition();
    void custom_data();
    void custom();
    void refused_data();
    void refused();
    void configuredUrl_data();
    void configuredUrl();
    void missingServicesSection();
    void region();
    void proxy_data();
    void proxy();
    void proxyPasswordStaysOutOfErrors();
};

void TestEndpoint::partition_data()
{
    QTest::addColumn<QString>("region");
    QTest::addColumn<bool>("fips");
    QTest::addColumn<bool>("dualStack");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("signAs");
    QTest::addColumn<QString>("partition");
    struct Row
    {
        const char *region, *partition, *host, *signAs, *suffix, *dualSuffix;
    };
    const Row rows[]{
        {"us-east-1", "aws", "support.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com", "api.aws"},
        {"ap-northeast-1", "aws", "support.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com", "api.aws"},
        {"mx-central-1", "aws", "support.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com", "api.aws"},
        {"aws-global", "aws", "support.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com", "api.aws"},
        {"moon-base-1", "aws", "support.us-east-1.amazonaws.com", "us-east-1", "amazonaws.com", "api.aws"},
        {"cn-northwest-1", "aws-cn", "support.cn-north-1.amazonaws.com.cn", "cn-north-1", "amazonaws.com.cn",
         "api.amazonwebservices.com.cn"},
        {"us-gov-east-1", "aws-us-gov", "support.us-gov-west-1.amazonaws.com", "us-gov-west-1", "amazonaws.com",
         "api.aws"},
        {"us-iso-west-1", "aws-iso", "support.us-iso-east-1.c2s.ic.gov", "us-iso-east-1", "c2s.ic.gov",
         "api.aws.ic.gov"},
        {"us-isob-east-1", "aws-iso-b", "support.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1", "sc2s.sgov.gov",
         "api.aws.scloud"},
        {"eu-isoe-west-1", "aws-iso-e", "support.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1", "cloud.adc-e.uk",
         "api.cloud-aws.adc-e.uk"},
        {"us-isof-south-1", "aws-iso-f", "support.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1", "csp.hci.ic.gov",
         "api.aws.hci.ic.gov"},
        {"eusc-de-east-1", "aws-eusc", "support.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1", "amazonaws.eu",
         "api.amazonwebservices.eu"},
    };
    for (const Row &row : rows) {
        const QString name = QLatin1StringView(row.region);
        const QString partition = QLatin1StringView(row.partition);
        const auto add = [&](const char *variant, bool fips, bool dual, const QString &host, const QString &signAs) {
            QTest::addRow("%s%s", row.region, variant) << name << fips << dual << host << signAs << partition;
        };
        const QString suffix = QLatin1StringView(row.suffix);
        const QString dualSuffix = QLatin1StringView(row.dualSuffix);
        add("", false, false, QLatin1StringView(row.host), QLatin1StringView(row.signAs));
        if (partition == QLatin1StringView("aws-us-gov"))
            add(", FIPS", true, false, QLatin1StringView(row.host), QLatin1StringView(row.signAs));
        else
            add(", FIPS", true, false, QStringLiteral("support-fips.%1.%2").arg(name, suffix), name);
        add(", dual-stack", false, true, QStringLiteral("support.%1.%2").arg(name, dualSuffix), name);
        add(", both", true, true, QStringLiteral("support-fips.%1.%2").arg(name, dualSuffix), name);
    }
}

void TestEndpoint::partition()
{
    QFETCH(QString, region);
    QFETCH(bool, fips);
    QFETCH(bool, dualStack);
    QFETCH(QString, host);
    QFETCH(QString, signAs);
    QFETCH(QString, partition);
    const auto endpoint = resolveEndpoint({.region = region, .fips = fips, .dualStack = dualStack});
    QVERIFY2(endpoint, qPrintable(endpoint ? QString() : endpoint.error().toLine()));
    QCOMPARE(endpoint->url.toString(), QStringLiteral("https://%1/").arg(host));
    QCOMPARE(endpoint->hostHeader, host.toLatin1());
    QCOMPARE(endpoint->path, "/");
    QCOMPARE(endpoint->signingRegion, signAs.toLatin1());
    QCOMPARE(endpoint->partition, partition);
    QCOMPARE(partitionOfRegion(region), partition);
    QVERIFY(!endpoint->custom);
}

void TestEndpoint::custom_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("path");
    const auto row = [](const char *url, const char *host, const char *path) {
        QTest::newRow(url) << QString::fromLatin1(url) << QByteArray(host) << QByteArray(path);
    };
    row("http://127.0.0.1:5000", "127.0.0.1:5000", "/");
    row("http://localhost:4566/", "localhost:4566", "/");
    row("http://[::1]:80/", "[::1]", "/");
    row("http://127.8.9.10", "127.8.9.10", "/");
    row("https://vpce-1.support.us-west-2.vpce.amazonaws.com", "vpce-1.support.us-west-2.vpce.amazonaws.com", "/");
    row("https://example.com:443/aws/support", "example.com", "/aws/support");
    row("https://example.com:8443/a%20b/", "example.com:8443", "/a%20b/");
    row("https://EXAMPLE.com", "example.com", "/");
}

void TestEndpoint::custom()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, path);
    const auto endpoint = resolveEndpoint({.region = QStringLiteral("cn-northwest-1"), .customUrl = url});
    QVERIFY2(endpoint, qPrintable(endpoint ? QString() : endpoint.error().toLine()));
    QCOMPARE(endpoint->hostHeader, host);
    QCOMPARE(endpoint->path, path);
    QCOMPARE(endpoint->signingRegion, "cn-north-1"); // never us-west-2, whatever the host is called
    QVERIFY(endpoint->custom);
}

void TestEndpoint::refused_data()
{
    QTest::addColumn<EndpointChoice>("choice");
    QTest::addColumn<QString>("words");
    const QString region = QStringLiteral("us-east-1");
    const QString url = QStringLiteral("https://example.com");
    const auto row = [](const char *name, const EndpointChoice &choice, const char *words) {
        QTest::newRow(name) << choice << QString::fromLatin1(words);
    };
    row("no region", {}, "Invalid Configuration: Missing Region");
    row("FIPS and custom", {.region = region, .customUrl = url, .fips = true},
        "Invalid Configuration: FIPS and custom endpoint are not supported");
    row("dual-stack and custom", {.region = region, .customUrl = url, .dualStack = true},
        "Invalid Configuration: Dualstack and custom endpoint are not supported");
    const auto bad = [&](const char *text, const char *words) {
        QTest::newRow(text) << EndpointChoice{.region = region, .customUrl = QString::fromLatin1(text)}
                            << QString::fromLatin1(words);
    };
    bad("http://support.us-east-1.amazonaws.com", "plain http");
    bad("http://10.0.0.1:5000", "plain http");
    bad("http://localhost.example.com", "plain http");
    bad("http://127.0.0.1.nip.io", "plain http");
    bad("ftp://example.com", "neither https nor http");
    bad("https://user:geheim@example.com", "user name");
    bad("https://example.com/?x=1", "query");
    bad("https://example.com/#x", "fragment");
    bad("example.com", "not a URL");
    bad("https://", "not a URL");
    QTest::newRow("a region that is none")
        << EndpointChoice{.region = QStringLiteral("evil.example.com/x")} << QStringLiteral("not a region");
    QTest::newRow("a region and a line feed")
        << EndpointChoice{.region = QStringLiteral("us-east-1\n")} << QStringLiteral("not a region");
}

void TestEndpoint::refused()
{
    QFETCH(EndpointChoice, choice);
    QFETCH(QString, words);
    const auto endpoint = resolveEndpoint(choice);
    QVERIFY(!endpoint);
    QCOMPARE(endpoint.error().kind, Error::Kind::Invalid);
    QVERIFY2(endpoint.error().message.contains(words), qPrintable(endpoint.error().message));
    QVERIFY(!endpoint.error().message.contains(QLatin1StringView("geheim")));
}

void TestEndpoint::configuredUrl_data()
{
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("url");
    const QByteArray all = "[default]\nservices=s\nendpoint_url=https://profile\n[services s]\nsupport =\n  "
                           "endpoint_url = https://section\n";
    const auto row = [](const char *name, const QStringList &environment, const QByteArray &config, const char *url) {
        QTest::newRow(name) << environment << config << QString::fromLatin1(url);
    };
    const QString own = QStringLiteral("AWS_ENDPOINT_URL_SUPPORT=https://own");
    const QString global = QStringLiteral("AWS_ENDPOINT_URL=https://global");
    row("nothing", {}, "", "");
    row("the service's variable first", {own, global}, all, "https://own");
    row("then the global variable", {global}, all, "https://global");
    row("then the services section", {}, all, "https://section");
    row("then the profile", {}, "[default]\nendpoint_url=https://profile\n", "https://profile");
    row("a section without support", {},
        "[default]\nservices=s\nendpoint_url=https://profile\n[services s]\nsts =\n  endpoint_url = x\n",
        "https://profile");
    row("ignored by variable", {own, QStringLiteral("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true")}, all, "");
    row("ignored by profile", {own}, "[default]\nignore_configured_endpoint_urls = True\n", "");
}

void TestEndpoint::configuredUrl()
{
    QFETCH(QStringList, environment);
    QFETCH(QByteArray, config);
    QFETCH(QString, url);
    QProcessEnvironment variables;
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    const AwsConfig merged = mergeConfig(*parseConfigFile(config, QStringLiteral("c")), {});
    const auto found = configuredEndpointUrl(merged, QStringLiteral("default"), variables);
    QVERIFY(found);
    QCOMPARE(found->value, url);
}

void TestEndpoint::missingServicesSection()
{
    const AwsConfig merged = mergeConfig(*parseConfigFile("[default]\nservices=gone\n", QStringLiteral("c")), {});
    const auto found = configuredEndpointUrl(merged, QStringLiteral("default"), {});
    QVERIFY(!found);
    QCOMPARE(found.error().message,
             QStringLiteral("c:2: services of profile \"default\" names a section [services gone] that is not there"));
}

void TestEndpoint::region()
{
    const AwsConfig merged = mergeConfig(*parseConfigFile("[default]\nregion=a\n", QStringLiteral("c")), {});
    QProcessEnvironment environment;
    QCOMPARE(configuredRegion(merged, QStringLiteral("default"), environment).value, QStringLiteral("a"));
    environment.insert(QStringLiteral("AWS_DEFAULT_REGION"), QStringLiteral("b"));
    QCOMPARE(configuredRegion(merged, QStringLiteral("default"), environment).value, QStringLiteral("b"));
    environment.insert(QStringLiteral("AWS_REGION"), QStringLiteral("c"));
    QCOMPARE(configuredRegion(merged, QStringLiteral("default"), environment).value, QStringLiteral("c"));
}

void TestEndpoint::proxy_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("proxy");
    const auto row = [](const char *name, const char *url, const char *environment, const char *proxy) {
        QTest::newRow(name) << QString::fromLatin1(url) << QString::fromLatin1(environment)
                            << QString::fromLatin1(proxy);
    };
    constexpr auto aws = "https://support.us-east-1.amazonaws.com/";
    row("none", aws, "", "");
    row("upper case", aws, "HTTPS_PROXY=http://p:3128", "p:3128");
    row("lower case wins", aws, "HTTPS_PROXY=http://p:1 https_proxy=http://q:2", "q:2");
    row("empty lower case unsets", aws, "HTTPS_PROXY=http://p:1 https_proxy=", "");
    row("http's proxy is not https's", aws, "HTTP_PROXY=http://p:1", "");
    row("without a scheme", aws, "HTTPS_PROXY=p:3128", "p:3128");
    row("without a port", aws, "HTTPS_PROXY=http://p", "p:80");
    row("star", aws, "HTTPS_PROXY=http://p:1 NO_PROXY=*", "");
    row("suffix", aws, "HTTPS_PROXY=http://p:1 NO_PROXY=x,amazonaws.com", "");
    row("suffix with a dot", aws, "HTTPS_PROXY=http://p:1 no_proxy=.AMAZONAWS.com", "");
    row("not a suffix of a label", aws, "HTTPS_PROXY=http://p:1 NO_PROXY=naws.com", "p:1");
    row("no address ranges", "http://127.0.0.1:5000/", "http_proxy=http://p:1 NO_PROXY=127.0.0.0/8", "p:1");
    row("loopback goes through it as in Python", "http://127.0.0.1:5000/", "http_proxy=http://p:1", "p:1");
    row("host with port", "http://127.0.0.1:5000/", "http_proxy=http://p:1 NO_PROXY=127.0.0.1:5000", "");
    row("another port", "http://127.0.0.1:5000/", "http_proxy=http://p:1 NO_PROXY=127.0.0.1:5001", "p:1");
    row("with a user", aws, "HTTPS_PROXY=http://me:se%40cret@p:1", "me/se@cret@p:1");
}

void TestEndpoint::proxy()
{
    QFETCH(QString, url);
    QFETCH(QString, environment);
    QFETCH(QString, proxy);
    QProcessEnvironment variables;
    for (const QString &variable : environment.split(u' ', Qt::SkipEmptyParts))
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    const auto found = proxyFor(QUrl(url), variables);
    QVERIFY(found);
    QString text;
    if (found->type() != QNetworkProxy::NoProxy) {
        if (!found->user().isEmpty())
            text = found->user() + u'/' + found->password() + u'@';
        text += QStringLiteral("%1:%2").arg(found->hostName()).arg(found->port());
    }
    QCOMPARE(text, proxy);
}

void TestEndpoint::proxyPasswordStaysOutOfErrors()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HTTPS_PROXY"), QStringLiteral("https://me:geheim@proxy:1"));
    const auto found = proxyFor(QUrl(QStringLiteral("https://example.com")), environment);
    QVERIFY(!found);
    QCOMPARE(found.error().kind, Error::Kind::Proxy);
    QVERIFY(found.error().message.contains(QLatin1StringView("HTTPS_PROXY")));
    QVERIFY(!found.error().message.contains(QLatin1StringView("geheim")));
}

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
