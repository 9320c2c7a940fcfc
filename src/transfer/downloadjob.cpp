#include "transfer/downloadjob.h"

#include "base/background.h"
#include "transfer/transfererror.h"

#include <QFile>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

/// Passes everything on to the file and tells how far it is.
class DownloadJob::Meter final : public BodySink
{
public:
    Meter(std::shared_ptr<FileSink> sink, std::function<void(qint64 done, qint64 total)> tell)
        : m_sink(std::move(sink)), m_tell(std::move(tell))
    {
        connect(m_sink.get(), &BodySink::drained, this, &BodySink::drained);
    }

    Error begin(const HttpAnswer &head) override
    {
        const Error error = m_sink->begin(head);
        m_done = m_sink->present();
        const qint64 coming = head.header("content-length").toLongLong();
        m_total = coming > 0 ? m_done + coming : 0;
        return error;
    }
    Error take(const QByteArray &piece) override
    {
        m_done += piece.size();
        m_tell(m_done, m_total);
        return m_sink->take(piece);
    }
    bool isFull() const override { return m_sink->isFull(); }

private:
    std::shared_ptr<FileSink> m_sink;
    std::function<void(qint64, qint64)> m_tell;
    qint64 m_done = 0;
    qint64 m_total = 0;
};

DownloadJob::DownloadJob(Client &client, const QString &attachmentId, const QString &fileName, const QString &path,
                         Options options, QObject *parent)
    : Job(parent), m_client(client), m_attachmentId(attachmentId), m_shownName(fileName), m_path(path),
      m_options(std::move(options))
{
}

DownloadJob::~DownloadJob() = default;

QString DownloadJob::title() const { return tr("Downloading %1").arg(m_shownName); }

void DownloadJob::run()
{
    m_call = std::make_unique<QObject>();
    if (m_options.withoutLinks)
        describe();
    else
        askForLink();
}

void DownloadJob::stop()
{
    m_call.reset();
    m_sink.reset();
}

void DownloadJob::askForLink()
{
    GetAttachmentDownloadLink::Request request;
    request.attachmentId = m_attachmentId;
    m_client.call(request, m_call.get(), [this](const Result<GetAttachmentDownloadLink::Response> &answer) {
        if (!answer && isMissingOperation(answer.error())) {
            m_options.withoutLinks = true;
            return describe();
        }
        if (!answer)
            return finish(answer.error());
        m_serviceName = answer->fileName;
        get(answer->downloadUrl->url);
    });
}

void DownloadJob::get(const QString &link)
{
    m_sink = std::make_shared<FileSink>(m_path);
    m_lastSize = m_sink->present();
    LinkRequest request;
    request.link = link;
    request.from = m_sink->present();
    request.sink = std::make_shared<Meter>(m_sink, [this](qint64 done, qint64 total) { setProgress(done, total); });
    m_client.connection().follow(request, m_call.get(), [this](const Result<LinkAnswer> &answer) {
        transferred(answer ? Error() : answer.error());
    });
}

void DownloadJob::transferred(const Error &error)
{
    // What came is kept, also of a transfer that broke off: the next one goes on behind it.
    m_sink->close(m_call.get(), [this, error](const Result<FileDigest> &digest) {
        m_sink.reset();
        if (!digest)
            return finish(digest.error());
        if (error.kind != Error::Kind::None)
            return again(error);
        m_digest = *digest;
        setProgress(m_digest.size, m_digest.size);
        finish();
    });
}

void DownloadJob::again(const Error &error)
{
    if (error.httpStatus == 416 && m_lastSize > 0 && QFile::remove(m_path)) {
        m_lastSize = 0; // what was there is no beginning of this file
        return askForLink();
    }
    if (QFileInfo(m_path).size() > m_lastSize)
        m_attempt = 0; // it gets on
    if (!isWorthAnotherTry(error) || ++m_attempt >= m_options.attempts)
        return finish(error);
    const auto pause = error.kind == Error::Kind::Refused && m_attempt == 1
        ? std::chrono::milliseconds(0) // the link was over: a fresh one at once
        : m_options.firstPause * (1 << std::min(m_attempt - 1, 5));
    QTimer::singleShot(pause, m_call.get(), [this] { askForLink(); });
}

void DownloadJob::describe()
{
    DescribeAttachment::Request request;
    request.attachmentId = m_attachmentId;
    m_client.call(request, m_call.get(), [this](const Result<DescribeAttachment::Response> &answer) {
        if (!answer)
            return limited(answer.error());
        m_serviceName = answer->attachment->fileName;
        write(answer->attachment->data);
    });
}

void DownloadJob::limited(const Error &error)
{
    if (!isCode(error.code, "DescribeAttachmentLimitExceeded"_L1) || m_limited >= m_options.limitPauses.size())
        return finish(error);
    QTimer::singleShot(m_options.limitPauses.at(m_limited++), m_call.get(), [this] { describe(); });
}

void DownloadJob::write(const QByteArray &bytes)
{
    QFile::remove(m_path); // a beginning is of no use here: all came at once
    m_sink = std::make_shared<FileSink>(m_path);
    const Error error = m_sink->take(bytes);
    transferred(error);
}

} // namespace casement
