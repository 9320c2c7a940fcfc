// Pure functions of the program, each next to its yardstick.

#include "archive/caselisting.h"
#include "aws/sigv4.h"
#include "aws/transport.h"
#include "support/attachments.h"
#include "support/cases.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <benchmark/benchmark.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

using namespace casement;

namespace {

// A page as the service sends it: 100 cases with five messages of some 600 characters each.
const QByteArray &page()
{
    static const QByteArray body = [] {
        const QStringList words{QStringLiteral("instance"), QStringLiteral("latency"),    QStringLiteral("the"),
                                QStringLiteral("東京"),     QStringLiteral("\"quoted\""), QStringLiteral("timeout\n"),
                                QStringLiteral("error"),    QStringLiteral("503")};
        const auto text = [&](int length, int seed) {
            QString out;
            for (int i = 0; out.size() < length; ++i)
                out += words[(i * 7 + seed) % words.size()] + u' ';
            return out;
        };
        DescribeCases::Response response;
        for (int i = 0; i < 100; ++i) {
            CaseDetails details;
            details.caseId = QStringLiteral("case-123456789012-muen-2026-%1").arg(i, 16, 16, QLatin1Char('0'));
            details.displayId = QString::number(170'000'000'000 + i);
            details.subject = text(60, i);
            details.status = QStringLiteral("work-in-progress");
            details.serviceCode = QStringLiteral("amazon-dynamodb");
            details.categoryCode = QStringLiteral("general-guidance");
            details.severityCode = QStringLiteral("normal");
            details.submittedBy = QStringLiteral("user%1@example.com").arg(i);
            details.timeCreated = QStringLiteral("2026-01-02T03:04:05.678Z");
            details.ccEmailAddresses = {QStringLiteral("team@example.com"), QStringLiteral("ops@example.com")};
            details.language = QStringLiteral("en");
            RecentCaseCommunications &recent = details.recentCommunications.emplace();
            recent.nextToken = QStringLiteral("token");
            for (int k = 0; k < 5; ++k) {
                Communication message;
                message.caseId = details.caseId;
                message.body = text(600, i + k);
                message.submittedBy = QStringLiteral("Amazon Web Services");
                message.timeCreated = QStringLiteral("2026-01-02T03:04:05.678Z");
                recent.communications.append(message);
            }
            response.cases.append(details);
        }
        response.nextToken = QStringLiteral("next");
        QByteArray json = encode(response);
        json.reserve(json.size() + answerRoom); // as an answer has it
        return json;
    }();
    return body;
}

void bytes(benchmark::State &state, qint64 size) { state.SetBytesProcessed(int64_t(state.iterations()) * size); }

void parsePageToRecords(benchmark::State &state)
{
    for (auto _ : state) {
        auto records = readListing(page(), 1);
        benchmark::DoNotOptimize(records);
    }
    bytes(state, page().size());
}
BENCHMARK(parsePageToRecords);

void parsePageToShapes(benchmark::State &state)
{
    for (auto _ : state) {
        auto response = decode<DescribeCases::Response>(page());
        benchmark::DoNotOptimize(response);
    }
    bytes(state, page().size());
}
BENCHMARK(parsePageToShapes);

void parsePage_QJsonDocument(benchmark::State &state)
{
    for (auto _ : state) {
        QJsonDocument document = QJsonDocument::fromJson(page());
        benchmark::DoNotOptimize(document);
    }
    bytes(state, page().size());
}
BENCHMARK(parsePage_QJsonDocument);

void parsePage_QJsonDocumentToStrings(benchmark::State &state)
{
    for (auto _ : state) {
        QList<std::array<QString, 10>> rows;
        const QJsonArray cases = QJsonDocument::fromJson(page()).object()[QLatin1StringView("cases")].toArray();
        for (const QJsonValue &value : cases) {
            const QJsonObject o = value.toObject();
            const auto text = [&](const char *name) { return o[QLatin1StringView(name)].toString(); };
            rows.append({text("caseId"), text("displayId"), text("subject"), text("status"), text("serviceCode"),
                         text("categoryCode"), text("severityCode"), text("submittedBy"), text("timeCreated"),
                         text("language")});
        }
        benchmark::DoNotOptimize(rows);
    }
    bytes(state, page().size());
}
BENCHMARK(parsePage_QJsonDocumentToStrings);

void sign(benchmark::State &state, qsizetype bodySize)
{
    const Credentials credentials(QStringLiteral("AKIAIOSFODNN7EXAMPLE"),
                                  QStringLiteral("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    const QByteArray body(bodySize, 'x');
    sigv4::SigningKeyCache cache;
    for (auto _ : state) {
        sigv4::Request request;
        request.headers = {{"host", "support.us-east-1.amazonaws.com"},
                           {"content-type", "application/x-amz-json-1.1"},
                           {"x-amz-target", "AWSSupport_20130415.DescribeCases"}};
        request.payloadHash = sigv4::sha256Hex(body);
        auto signature = sigv4::sign(request, credentials, "us-east-1", "support", 1'767'225'600, cache);
        benchmark::DoNotOptimize(signature);
    }
    bytes(state, bodySize);
}

void sign1KB(benchmark::State &state) { sign(state, 1024); }
BENCHMARK(sign1KB);

void sign20MB(benchmark::State &state) { sign(state, 20'000'000); }
BENCHMARK(sign20MB)->Unit(benchmark::kMillisecond);

// What a signature can't do without: two digests and one HMAC.
void sign1KB_OpenSslAlone(benchmark::State &state)
{
    const QByteArray body(1024, 'x');
    const QByteArray canonical(300, 'c');
    const QByteArray toSign(150, 's');
    const std::array<unsigned char, 32> key{};
    for (auto _ : state) {
        std::array<unsigned char, 32> out{};
        unsigned length = 0;
        EVP_Digest(body.constData(), size_t(body.size()), out.data(), &length, EVP_sha256(), nullptr);
        EVP_Digest(canonical.constData(), size_t(canonical.size()), out.data(), &length, EVP_sha256(), nullptr);
        HMAC(EVP_sha256(), key.data(), int(key.size()), reinterpret_cast<const unsigned char *>(toSign.constData()),
             size_t(toSign.size()), out.data(), &length);
        benchmark::DoNotOptimize(out);
    }
}
BENCHMARK(sign1KB_OpenSslAlone);

void encodeAttachment5MB(benchmark::State &state)
{
    Attachment file;
    file.fileName = QStringLiteral("heap.bin");
    file.data = QByteArray(5 << 20, 'x');
    for (auto _ : state) {
        QByteArray json = encode(file);
        benchmark::DoNotOptimize(json);
    }
    bytes(state, file.data.size());
}
BENCHMARK(encodeAttachment5MB)->Unit(benchmark::kMillisecond);

void base64Of5MB_QByteArray(benchmark::State &state)
{
    const QByteArray data(5 << 20, 'x');
    for (auto _ : state) {
        QByteArray text = data.toBase64();
        benchmark::DoNotOptimize(text);
    }
    bytes(state, data.size());
}
BENCHMARK(base64Of5MB_QByteArray)->Unit(benchmark::kMillisecond);

} // namespace
