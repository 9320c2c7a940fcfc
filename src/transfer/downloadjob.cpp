#include "transfer/downloadjob.h"

#include "aws/localcode.h"
#include "base/background.h"
#include "transfer/filecode.h"
#include "transfer/transfererror.h"

#include <QFileInfo>
#include <QTimer>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 worthwhile = 64 << 10; // bytes: a connection that brings fewer is one of the attempts
constexpr int mostLost = 2; // beginnings that turned out to be of another file
constexpr int mostRefusals = 2; // one after the other: a fresh link that is refused is not over its time

Error notTheFile(const QString &why)
{
    return {.kind = Error::Kind::BadAnswer, .message = why, .operation = QLatin1StringView(DescribeAttachment::name)};
}

} // namespace

/// Passes everything on to the file and tells how far it is.
class DownloadJob::Meter final : public BodySink
{
public:
    Meter(std::shared_ptr<FileSink> sink, bool isPage, std::function<void(qint64 done, qint64 total)> tell)
        : m_sink(std::move(sink)), m_isPage(isPage), m_tell(std::move(tell))
    {
        connect(m_sink.get(), &BodySink::drained, this, &BodySink::drained);
    }

    Error begin(const HttpAnswer &head) override
    {
        const Error error = m_sink->begin(head);
        m_done = m_sink->present();
        m_total = std::max<qint64>(0, m_sink->origin().size);
        // Of a portal in between, which answers whatever is asked; where the service keeps files there is an ETag.
        if (error.kind == Error::Kind::None && m_sink->origin().eTag.isEmpty() && !m_isPage
            && head.header("content-type").trimmed().toLower().startsWith("text/html"))
            return {.kind = Error::Kind::BadAnswer, .message = u"a web page came in the place of the file"_s};
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
    bool m_isPage; // the file itself is one, by its name
    std::function<void(qint64, qint64)> m_tell;
    qint64 m_done = 0;
    qint64 m_total = 0;
};

/// Of an answer that holds the file in base64.
class DownloadJob::DescribedFile final : public BodySink
{
public:
    DescribedFile(std::shared_ptr<FileSink> sink, std::function<void(qint64 done, qint64 total)> tell)
        : m_sink(std::move(sink)), m_tell(std::move(tell))
    {
        connect(m_sink.get(), &BodySink::drained, this, &BodySink::drained);
    }

    Error begin(const HttpAnswer &head) override
    {
        m_sink->beginEncoded();
        m_total = head.header("content-length").toLongLong(); // nearly all of it is the file
        return {};
    }
    Error take(const QByteArray &piece) override
    {
        const Error error = m_sink->take(piece);
        m_tell(m_sink->taken() / 4 * 3, m_total / 4 * 3);
        return error;
    }
    bool isFull() const override { return m_sink->isFull(); }

private:
    std::shared_ptr<FileSink> m_sink;
    std::function<void(qint64, qint64)> m_tell;
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
    request.eTag = m_sink->origin().eTag;
    const QString name = m_serviceName.isEmpty() ? m_shownName : m_serviceName;
    request.sink = std::make_shared<Meter>(m_sink, name.contains("htm"_L1, Qt::CaseInsensitive),
                                           [this](qint64 done, qint64 total) { setProgress(done, total); });
    m_client.connection().follow(request, m_call.get(), [this](const Result<LinkAnswer> &answer) {
        transferred(answer ? Error() : answer.error());
    });
}

void DownloadJob::transferred(const Error &error)
{
    // What came is kept, also of a transfer that broke off: the next one goes on behind it.
    m_sink->close(m_call.get(), [this, error](const Result<FileDigest> &digest) {
        const FileOrigin origin = m_sink->origin();
        const bool isOfAnother = m_sink->isOfAnother();
        m_sink.reset();
        if (isOfAnother || (!digest && digest.error().code == filecode::diskFull))
            FileSink::removeBeginning(m_path); // of no use, and in the way of others
        if (!digest)
            return finish(digest.error());
        if (isOfAnother && ++m_lost > mostLost)
            return finish(error);
        if (error.kind != Error::Kind::None)
            return again(error);
        if (digest->size == 0 || (origin.size >= 0 && digest->size != origin.size)) {
            FileSink::removeBeginning(m_path);
            return again({.kind = Error::Kind::BadAnswer,
                          .message = digest->size == 0
                              ? u"the file that came is empty"_s
                              : u"the file has %1 bytes, and %2 came"_s.arg(origin.size).arg(digest->size)});
        }
        m_digest = *digest;
        setProgress(m_digest.size, m_digest.size);
        finish();
    });
}

void DownloadJob::again(const Error &error)
{
    if (error.httpStatus == 416 && m_lastSize > 0) {
        FileSink::removeBeginning(m_path);
        m_lastSize = 0; // what was there is no beginning of this file
        return askForLink();
    }
    if (QFileInfo(m_path).size() >= m_lastSize + worthwhile)
        m_attempt = 0; // it gets on
    m_refusals = error.kind == Error::Kind::Refused ? m_refusals + 1 : 0;
    if (!isWorthAnotherTry(error) || m_refusals > mostRefusals || ++m_attempt >= m_options.attempts) {
        Error told = error;
        told.operation = QLatin1StringView(GetAttachmentDownloadLink::name);
        if (told.code == localcode::linkRefused)
            told.code = localcode::downloadRefused;
        return finish(told);
    }
    const auto pause = error.kind == Error::Kind::Refused && m_attempt == 1
        ? std::chrono::milliseconds(0) // the link was over: a fresh one at once
        : m_options.firstPause * (1 << std::min(m_attempt - 1, 5));
    QTimer::singleShot(pause, m_call.get(), [this] { askForLink(); });
}

void DownloadJob::describe()
{
    DescribeAttachment::Request request;
    request.attachmentId = m_attachmentId;
    m_sink = std::make_shared<FileSink>(m_path);
    const auto file =
        std::make_shared<DescribedFile>(m_sink, [this](qint64 done, qint64 total) { setProgress(done, total); });
    m_client.callForBlob(request, file, m_call.get(), [this](const Result<DescribeAttachment::Response> &answer) {
        if (!answer)
            return described(answer.error());
        m_serviceName = answer->attachment->fileName;
        const QByteArray &whole = answer->attachment->data; // where it was not parted from the answer
        if (!whole.isEmpty() && m_sink->wasGiven())
            return described(notTheFile(u"the answer holds two files"_s));
        if (whole.isEmpty() && m_sink->taken() == 0)
            return described(notTheFile(u"the file that came is empty"_s));
        if (whole.isEmpty())
            return described({});
        FileSink::removeBeginning(m_path); // of no use here: all came at once
        m_sink = std::make_shared<FileSink>(m_path);
        described(m_sink->take(whole));
    });
}

/// All came at once, or nothing of use.
void DownloadJob::described(const Error &error)
{
    if (!m_sink->wasGiven()) {
        m_sink.reset();
        return limited(error);
    }
    m_sink->close(m_call.get(), [this, error](const Result<FileDigest> &digest) {
        m_sink.reset();
        Error failed = error; // of an answer that broke off no base64 is whole
        if (!digest && (error.kind == Error::Kind::None || digest.error().kind == Error::Kind::File))
            failed = digest.error();
        if (failed.kind == Error::Kind::None) {
            m_digest = *digest;
            setProgress(m_digest.size, m_digest.size);
            return finish();
        }
        if (failed.code != filecode::busy) // then it is another program's
            FileSink::removeBeginning(m_path);
        if (failed.kind == Error::Kind::BadAnswer)
            failed.operation = QLatin1StringView(DescribeAttachment::name);
        limited(failed);
    });
}

void DownloadJob::limited(const Error &error)
{
    if (!isCode(error.code, "DescribeAttachmentLimitExceeded"_L1) || m_limited >= m_options.limitPauses.size())
        return finish(error);
    QTimer::singleShot(m_options.limitPauses.at(m_limited++), m_call.get(), [this] { describe(); });
}

} // namespace casement
