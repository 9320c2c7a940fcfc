#include "transfer/setuploadjob.h"

#include "base/background.h"
#include "support/attachments.h"
#include "support/timestamp.h"
#include "transfer/filecode.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

Result<QByteArray> requestBody(const LocalFile &file, const QString &name, const QString &setId)
{
    Result<QByteArray> bytes = readWhole(file, AddAttachmentsToSet::largestFile);
    if (!bytes)
        return bytes.error();
    AddAttachmentsToSet::Request request;
    request.attachmentSetId = setId;
    request.attachments.append({name, *std::move(bytes)});
    return encode(request);
}

} // namespace

SetUploadJob::SetUploadJob(Client &client, const LocalFile &file, const QString &name, const QString &setId,
                           QObject *parent)
    : Job(parent), m_client(client), m_file(file), m_name(name), m_setId(setId)
{
}

SetUploadJob::~SetUploadJob() = default;

QString SetUploadJob::title() const { return tr("Uploading %1").arg(m_name); }

void SetUploadJob::run()
{
    m_call = std::make_unique<QObject>();
    setProgress(0, m_file.size);
    // The file, and its base64.
    PartBudget::instance().ask(m_file.size * 7 / 3, m_call.get(), [this](PartBudget::Share share) {
        m_share = std::move(share);
        inBackground(
            m_call.get(), [file = m_file, name = m_name, setId = m_setId] { return requestBody(file, name, setId); },
            [this](const Result<QByteArray> &body) {
                if (!body)
                    return finish(body.error());
                send(*body);
            });
    });
}

void SetUploadJob::stop()
{
    m_call.reset();
    m_share = {};
}

void SetUploadJob::send(const QByteArray &body)
{
    const auto sent = [this, bytes = body.size()](qint64 count) {
        setProgress(qint64(double(m_file.size) * double(count) / double(bytes)), m_file.size);
    };
    m_client.sendEncoded<AddAttachmentsToSet::Request>(
        body, sent, m_call.get(), [this](const Result<ServiceAnswer> &answer) {
            if (!answer)
                return finish(answer.error());
            const Result<AddAttachmentsToSet::Response> set = decode<AddAttachmentsToSet::Response>(answer->body);
            if (!set) {
                Error error = set.error();
                error.effect = Error::Effect::Unknown;
                error.operation = QLatin1StringView(AddAttachmentsToSet::name);
                error.requestId = answer->requestId;
                return finish(error);
            }
            m_setId = set->attachmentSetId;
            m_expiry = parseTimestamp(set->expiryTime.toUtf8().toStdString());
            setProgress(m_file.size, m_file.size);
            finish();
        });
}

} // namespace casement
