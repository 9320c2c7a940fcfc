#include "transfer/setuploadjob.h"

#include "base/background.h"
#include "support/attachments.h"
#include "support/timestamp.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct MadeBody
{
    Result<SetBody> body;
    qsizetype unreadable = -1;
};

} // namespace

SetUploadJob::SetUploadJob(Client &client, const QList<Item> &items, const QString &setId, QObject *parent)
    : Job(parent), m_client(client), m_items(items), m_setId(setId)
{
    for (const Item &item : items)
        m_size += item.file.size;
}

SetUploadJob::~SetUploadJob() = default;

QString SetUploadJob::title() const { return tr("Uploading %1").arg(m_items.value(0).name); }

void SetUploadJob::run()
{
    m_call = std::make_unique<QObject>();
    setProgress(0, m_size);
    // Their base64.
    PartBudget::instance().ask(m_size * 4 / 3, m_call.get(), [this](PartBudget::Share share) {
        m_share = std::move(share);
        inBackground(
            m_call.get(),
            [items = m_items, setId = m_setId] {
                qsizetype unreadable = -1;
                Result<SetBody> body = makeSetBody(items, setId, unreadable);
                return MadeBody{std::move(body), unreadable};
            },
            [this](const MadeBody &made) {
                m_unreadable = made.unreadable;
                if (!made.body)
                    return finish(made.body.error());
                send(*made.body);
            });
    });
}

void SetUploadJob::stop()
{
    m_call.reset();
    m_share = {};
}

void SetUploadJob::send(const SetBody &body)
{
    const auto sent = [this, bytes = body.json.size()](qint64 count) {
        setProgress(qint64(double(m_size) * double(count) / double(bytes)), m_size);
    };
    m_client.sendEncoded<AddAttachmentsToSet::Request>(
        body.json, body.sha256, m_setId.isEmpty(), sent, m_call.get(), [this](const Result<ServiceAnswer> &answer) {
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
            m_expiry = parseTimestamp(set->expiryTime);
            setProgress(m_size, m_size);
            finish();
        });
}

} // namespace casement
