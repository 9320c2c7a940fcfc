#include "transfer/uploadjob.h"

#include "base/background.h"
#include "support/timestamp.h"
#include "transfer/filecode.h"
#include "transfer/partbudget.h"
#include "transfer/transfererror.h"

#include <QDateTime>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int linksPerCall = 10;
constexpr qint64 largestPart = 100LL << 20; // api-facts §3A.1
constexpr int mostStartsOver = 2;
constexpr qint64 linkMargin = 30'000; // ms; a link that is over so soon is not begun with

Error badLinks(const QString &why)
{
    return {
        .kind = Error::Kind::BadAnswer, .message = why, .operation = QLatin1StringView(GetAttachmentUploadLinks::name)};
}

} // namespace

struct UploadJob::Part
{
    std::unique_ptr<QObject> call = std::make_unique<QObject>();
    PartBudget::Share share;
    qint64 sent = 0; // bytes
    int attempts = 0;
    bool waits = false; // to be sent again, as soon as there is a link
};

UploadJob::UploadJob(Client &client, const LocalFile &file, const QString &name, const LinkUpload &from,
                     Options options, QObject *parent)
    : Job(parent), m_client(client), m_file(file), m_name(name), m_upload(from), m_options(std::move(options)),
      m_done(from.reported.begin(), from.reported.end())
{
    if (m_options.polls.isEmpty())
        m_options.polls = {100ms, 250ms, 500ms, 1s, 2s, 5s, 5s, 5s, 15s}; // a small file is ready at once
    m_pollTimer.setSingleShot(true);
    connect(&m_pollTimer, &QTimer::timeout, this, &UploadJob::askStatus);
}

UploadJob::~UploadJob() = default;

QString UploadJob::title() const { return tr("Uploading %1").arg(m_name); }

void UploadJob::run()
{
    m_calls = std::make_unique<QObject>();
    showProgress();
    if (m_upload.uploadId.isEmpty())
        begin();
    else
        resume();
}

void UploadJob::stop()
{
    m_pollTimer.stop();
    m_parts.clear();
    m_calls.reset();
}

void UploadJob::begin()
{
    GetAttachmentUploadLinks::Request request;
    request.fileName = m_name;
    request.fileSizeBytes = m_file.size;
    m_client.call(request, m_calls.get(), [this](const Result<GetAttachmentUploadLinks::Response> &links) {
        if (isOver())
            return;
        if (!links)
            return fail(links.error());
        const qint64 partSize = links->partSizeBytes.value_or(0);
        if (links->uploadId.isEmpty() || partSize < 1 || partSize > largestPart)
            return fail(badLinks(u"the service answered an upload without an id or a size of its parts"_s));
        const qint64 parts = (m_file.size + partSize - 1) / partSize;
        if (parts > 1'000'000 || links->totalParts.value_or(int(parts)) != parts)
            return fail(badLinks(u"the service counts other parts than the file has"_s));
        m_upload = {links->uploadId, partSize, int(parts), {}};
        m_done.clear();
        Q_EMIT stepped();
        takeLinks(*links);
        goOn();
    });
}

/// An upload of an earlier run, or from before a mishap: the service may know more of it.
void UploadJob::resume()
{
    if (m_upload.partSize < 1 || m_upload.partSize > largestPart
        || m_upload.totalParts != (m_file.size + m_upload.partSize - 1) / m_upload.partSize)
        return startOver({});
    DescribeAttachmentUploadStatus::Request request;
    request.uploadId = m_upload.uploadId;
    m_client.call(request, m_calls.get(), [this](const Result<DescribeAttachmentUploadStatus::Response> &answer) {
        if (isOver())
            return;
        if (!answer)
            return isCode(answer.error().code, "UploadIdNotFound"_L1) ? startOver(answer.error())
                                                                      : fail(answer.error());
        if (answer->uploadStatus == "failed"_L1)
            return startOver({});
        if (answer->uploadStatus == "attachment-ready"_L1)
            return judge(answer->uploadStatus);
        // Reports whose answers were lost: with all parts there is nothing to send.
        if (answer->uploadProgress && answer->uploadProgress->completedPartsCount.value_or(0) >= m_upload.totalParts) {
            for (int index = 1; index <= m_upload.totalParts; ++index)
                m_done.insert(index);
        }
        goOn();
    });
}

void UploadJob::startOver(const Error &error)
{
    if (m_startsOver >= mostStartsOver) {
        m_upload = {}; // what is tried again begins anew
        Q_EMIT stepped();
        return fail(error.kind == Error::Kind::None ? notTaken() : error);
    }
    ++m_startsOver;
    m_pollTimer.stop();
    m_parts.clear();
    m_links.clear();
    m_toReport.clear();
    m_put.clear();
    m_done.clear();
    m_processing = false;
    m_asking = false;
    m_reporting = false;
    m_poll = 0;
    m_badPolls = 0;
    m_upload = {};
    m_calls.release()->deleteLater(); // this may be called from a callback of it
    m_calls = std::make_unique<QObject>();
    Q_EMIT stepped();
    begin();
}

void UploadJob::takeLinks(const GetAttachmentUploadLinks::Response &links)
{
    for (const UploadUrl &link : links.uploadUrls) {
        if (link.partIndex && *link.partIndex >= 1 && *link.partIndex <= m_upload.totalParts && !link.url.isEmpty())
            m_links.insert(*link.partIndex, link);
    }
}

void UploadJob::askForLinks(int from)
{
    if (std::exchange(m_asking, true))
        return;
    GetAttachmentUploadLinks::Request request;
    request.fileName = m_name;
    request.uploadId = m_upload.uploadId;
    request.uploadRange = UploadRange{from, std::min(from + linksPerCall, m_upload.totalParts + 1)};
    m_client.call(request, m_calls.get(), [this, from](const Result<GetAttachmentUploadLinks::Response> &links) {
        if (isOver())
            return;
        m_asking = false;
        if (!links)
            return isCode(links.error().code, "UploadIdNotFound"_L1) ? startOver(links.error()) : fail(links.error());
        if (!links->uploadId.isEmpty() && links->uploadId != m_upload.uploadId)
            return fail(badLinks(u"the service answered links of another upload"_s));
        takeLinks(*links);
        if (!hasLink(from))
            return fail(badLinks(u"the service answered no link for part %1"_s.arg(from)));
        goOn();
    });
}

bool UploadJob::hasLink(int index) const
{
    const auto link = m_links.constFind(index);
    if (link == m_links.cend())
        return false;
    const qint64 expiry = parseTimestamp(link->expiryDate);
    const qint64 now =
        QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(m_client.connection().clockOffset()).count();
    return expiry == 0 || now + linkMargin < expiry;
}

int UploadJob::nextMissing() const
{
    for (int index = 1; index <= m_upload.totalParts; ++index) {
        if (!isReported(index) && !m_put.contains(index) && m_parts.find(index) == m_parts.end())
            return index;
    }
    return 0;
}

void UploadJob::goOn()
{
    if (m_done.size() == m_upload.totalParts)
        return poll();
    for (auto &[index, part] : m_parts) {
        if (!part->waits)
            continue;
        if (!hasLink(index))
            return askForLinks(index);
        part->waits = false;
        startPart(index);
    }
    while (int(m_parts.size()) < std::max(1, m_options.parallelParts)) {
        const int index = nextMissing();
        if (index == 0)
            return;
        if (!hasLink(index))
            return askForLinks(index);
        startPart(index);
    }
}

qint64 UploadJob::partBytes(int index) const
{
    return std::min(m_upload.partSize, m_file.size - (index - 1) * m_upload.partSize);
}

void UploadJob::startPart(int index)
{
    std::unique_ptr<Part> &part = m_parts[index];
    if (!part)
        part = std::make_unique<Part>();
    PartBudget::instance().ask(partBytes(index), part->call.get(), [this, index](PartBudget::Share share) {
        if (isOver())
            return;
        Part &granted = *m_parts.at(index);
        granted.share = std::move(share);
        const qint64 offset = (index - 1) * m_upload.partSize;
        inBackground(
            granted.call.get(),
            [file = m_file, offset, bytes = partBytes(index)] { return readPart(file, offset, bytes); },
            [this, index](const Result<QByteArray> &bytes) {
                if (isOver())
                    return;
                if (!bytes)
                    return fail(bytes.error());
                put(index, *bytes);
            });
    });
}

void UploadJob::put(int index, const QByteArray &bytes)
{
    Part &part = *m_parts.at(index);
    ++part.attempts;
    LinkRequest request;
    request.link = m_links.value(index).url;
    request.body = bytes;
    request.onSent = [this, index](qint64 sent) {
        if (const auto found = m_parts.find(index); found != m_parts.end()) {
            found->second->sent = sent;
            showProgress();
        }
    };
    m_client.connection().follow(request, part.call.get(), [this, index](const Result<LinkAnswer> &answer) {
        if (!isOver())
            putEnded(index, answer);
    });
}

void UploadJob::putEnded(int index, const Result<LinkAnswer> &answer)
{
    if (!answer)
        return again(index, answer.error());
    if (answer->eTag.isEmpty())
        return again(index, {.kind = Error::Kind::BadAnswer, .message = u"the part has no ETag"_s});
    m_put.insert(index);
    m_parts.erase(index);
    m_links.remove(index);
    m_toReport.append({index, QString::fromLatin1(answer->eTag)});
    showProgress();
    report();
    goOn();
}

/// A part did not arrive. What passes is tried again after a pause, by a fresh link.
void UploadJob::again(int index, const Error &error)
{
    Part &part = *m_parts.at(index);
    m_links.remove(index);
    if (!isWorthAnotherTry(error) || part.attempts >= m_options.attempts)
        return fail(error);
    part.share = {};
    part.sent = 0;
    showProgress();
    const auto pause = error.kind == Error::Kind::Refused && part.attempts == 1
        ? std::chrono::milliseconds(0)
        : m_options.firstPause * (1 << std::min(part.attempts - 1, 5));
    QTimer::singleShot(pause, part.call.get(), [this, index] {
        if (isOver())
            return;
        m_parts.at(index)->waits = true;
        goOn();
    });
}

void UploadJob::report()
{
    if (m_reporting || m_toReport.isEmpty())
        return;
    m_reporting = true;
    CompleteAttachmentUpload::Request request;
    request.uploadId = m_upload.uploadId;
    request.completedUploads = std::exchange(m_toReport, {});
    QList<int> indexes;
    for (const CompletedUpload &part : std::as_const(request.completedUploads))
        indexes.append(*part.partIndex);
    m_client.call(request, m_calls.get(), [this, indexes](const Result<CompleteAttachmentUpload::Response> &answer) {
        if (state() == State::Finished)
            return;
        m_reporting = false;
        if (m_failure) {
            if (answer)
                markReported(indexes);
            return answer && !m_toReport.isEmpty() ? report() : finish(*m_failure);
        }
        if (!answer && isCode(answer.error().code, "UploadIdNotFound"_L1)) {
            // The second report of the last part may be answered like this: its status tells.
            m_parts.clear();
            m_put.clear();
            m_toReport.clear();
            return resume();
        }
        if (!answer)
            return fail(answer.error());
        reported(indexes, answer->uploadStatus);
    });
}

void UploadJob::markReported(const QList<int> &indexes)
{
    for (const int index : indexes) {
        m_put.remove(index);
        m_done.insert(index);
    }
    m_upload.reported = QList<int>(m_done.begin(), m_done.end());
    std::sort(m_upload.reported.begin(), m_upload.reported.end());
    Q_EMIT stepped();
}

void UploadJob::reported(const QList<int> &indexes, const QString &status)
{
    markReported(indexes);
    if (m_done.size() == m_upload.totalParts)
        return judge(status);
    report();
    goOn();
}

void UploadJob::poll()
{
    if (!std::exchange(m_processing, true))
        Q_EMIT processing();
    const auto pause = m_options.polls.at(std::min(m_poll, m_options.polls.size() - 1));
    ++m_poll;
    m_pollTimer.start(m_isPatient ? std::max(pause, m_options.patience) : pause);
}

void UploadJob::setPatient(bool patient)
{
    if (std::exchange(m_isPatient, patient) && !patient && m_pollTimer.isActive())
        m_pollTimer.start(0);
}

void UploadJob::askStatus()
{
    DescribeAttachmentUploadStatus::Request request;
    request.uploadId = m_upload.uploadId;
    m_client.call(request, m_calls.get(), [this](const Result<DescribeAttachmentUploadStatus::Response> &answer) {
        if (isOver())
            return;
        if (!answer && isCode(answer.error().code, "UploadIdNotFound"_L1))
            return startOver(answer.error());
        if (!answer && isWorthAnotherTry(answer.error()) && ++m_badPolls < m_options.attempts)
            return poll(); // all parts are there: a look that went wrong changes nothing
        if (!answer)
            return fail(answer.error());
        judge(answer->uploadStatus);
    });
}

void UploadJob::judge(const QString &status)
{
    if (status == "attachment-ready"_L1) {
        setProgress(m_file.size, m_file.size);
        return finish();
    }
    if (status == "failed"_L1)
        return startOver({}); // a mishap of the service passes, and what it does not want it says again
    poll();
}

Error UploadJob::notTaken() const
{
    return {.kind = Error::Kind::Refused,
            .code = filecode::uploadFailed,
            .message = m_name,
            .operation = QLatin1StringView(DescribeAttachmentUploadStatus::name)};
}

void UploadJob::fail(const Error &error)
{
    m_parts.clear();
    // A part is at fault, not the service: what is there and was not reported would go up again.
    const bool isOfUse = error.operation.isEmpty() && error.code != filecode::changed;
    if (!isOfUse || (!m_reporting && m_toReport.isEmpty()))
        return finish(error);
    m_failure = error;
    report();
}

void UploadJob::showProgress()
{
    qint64 bytes = 0;
    for (const int index : std::as_const(m_done))
        bytes += partBytes(index);
    for (const int index : std::as_const(m_put))
        bytes += partBytes(index);
    for (const auto &[index, part] : m_parts)
        bytes += std::min(part->sent, partBytes(index));
    setProgress(bytes, m_file.size);
}

} // namespace casement
