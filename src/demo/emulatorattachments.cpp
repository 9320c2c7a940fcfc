#include "demo/emulatorattachments.h"

#include <QCryptographicHash>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace casement::demo {

namespace {

constexpr int linksPerCall = 10;

EmulatorAnswer noSuchUpload() { return refused("UploadIdNotFound", QStringLiteral("The upload ID doesn't exist.")); }
EmulatorAnswer noSuchAttachment()
{
    return refused("AttachmentIdNotFound", QStringLiteral("The attachment ID doesn't exist."));
}

QByteArray eTagOf(const QByteArray &body)
{
    return '"' + QCryptographicHash::hash(body, QCryptographicHash::Md5).toHex() + '"';
}

/// The harmless text by which scanners for malware are tested (EICAR); in two halves, so that none finds it here.
bool isTestVirus(const QByteArray &content)
{
    return content.startsWith("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR"
                              "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
}

DemoAttachment makeFile(Call &call, const QString &fileName, const QByteArray &data)
{
    DemoAttachment file;
    file.attachmentId = QLatin1StringView("attachment-") + freshName(call, "attachment", 150);
    file.fileName = fileName;
    file.data = data;
    file.size = data.size();
    return file;
}

} // namespace

qint64 EmulatorAttachments::Upload::partBytes(qsizetype part, qint64 partSize) const
{
    return std::min(partSize, size - part * partSize);
}

QString EmulatorAttachments::expiryText(qint64 expiry) const { return isoTime(utc(expiry)); }

EmulatorAnswer EmulatorAttachments::addToSet(const AddAttachmentsToSet::Request &request, Call &call)
{
    const bool isNew = request.attachmentSetId.isEmpty();
    Set set;
    if (isNew) {
        set.accountId = call.state.account.accountId;
        set.expiry = call.now + m_settings.setLifetime.count();
    } else {
        if (auto refusal = check(request.attachmentSetId, {}, call))
            return *refusal;
        set = m_sets.value(request.attachmentSetId);
    }
    for (const Attachment &file : request.attachments) {
        if (file.fileName.isEmpty())
            return invalid(QStringLiteral("An attachment has no file name."));
        if (file.data.isEmpty())
            return invalid(QStringLiteral("The attachment %1 is empty.").arg(file.fileName));
        if (file.data.size() > AddAttachmentsToSet::largestFile) {
            return refused("AttachmentSetSizeLimitExceeded",
                           QStringLiteral("The attachment %1 exceeds the limit of 5 MB.").arg(file.fileName));
        }
    }
    if (set.files.size() + request.attachments.size() > AddAttachmentsToSet::mostFiles) {
        return refused("AttachmentSetSizeLimitExceeded",
                       QStringLiteral("An attachment set can't hold more than %1 attachments.")
                           .arg(AddAttachmentsToSet::mostFiles));
    }
    if (isNew && countRecent(call.state.setsMade, call.now, 60'000) >= m_settings.setsPerMinute) {
        return refused("AttachmentLimitExceeded",
                       QStringLiteral("Too many attachment sets were created in a short time."));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();

    for (const Attachment &file : request.attachments)
        set.files.append(makeFile(call, file.fileName, file.data));
    const QString setId = isNew
        ? QString(QStringLiteral("as-%1-mu-%2").arg(freshHex(call, "set", 17), freshName(call, "set", 44)))
        : request.attachmentSetId;
    if (isNew) {
        call.state.setsMade.append(call.now);
        // An expired set is remembered for a while, so that it is told from one that never was.
        m_sets.removeIf([&](auto entry) { return entry.value().expiry < call.now - 24 * 3'600'000; });
    }
    const qint64 expiry = set.expiry;
    m_sets.insert(setId, std::move(set));
    // Here the service writes the offset without a colon.
    QString expiryTime = expiryText(expiry);
    expiryTime.replace(QLatin1Char('Z'), QLatin1StringView("+0000"));
    return answered(AddAttachmentsToSet::Response{setId, expiryTime});
}

std::optional<EmulatorAnswer> EmulatorAttachments::check(const QString &setId, const QList<QString> &uploadIds,
                                                         Call &call)
{
    if (!setId.isEmpty()) {
        const auto set = m_sets.constFind(setId);
        if (set == m_sets.cend() || set->accountId != call.state.account.accountId) {
            return refused("AttachmentSetIdNotFound",
                           QStringLiteral("An attachment set with the specified ID could not be found."));
        }
        if (call.faults.setsExpired || set->expiry <= call.now) {
            return refused(
                "AttachmentSetExpired",
                QStringLiteral("The expiration time of the attachment set has passed. The set expires 1 hour "
                               "after it is created."));
        }
    }
    for (qsizetype i = 0; i < uploadIds.size(); ++i) {
        const Upload *upload = findUpload(uploadIds.at(i), call);
        if (!upload)
            return noSuchUpload();
        if (uploadIds.indexOf(uploadIds.at(i)) != i)
            return invalid(QStringLiteral("An upload ID stands twice in uploadIds."));
        if (stateOf(*upload, call.now) != UploadState::Ready) {
            return invalid(QStringLiteral("The upload of %1 is in the state %2; it has to be attachment-ready.")
                               .arg(upload->fileName, stateName(*upload, call.now)));
        }
    }
    return std::nullopt;
}

QList<DemoAttachment> EmulatorAttachments::consume(const QString &setId, const QList<QString> &uploadIds, Call &call)
{
    QList<DemoAttachment> files;
    if (!setId.isEmpty())
        files = m_sets.take(setId).files;
    for (const QString &uploadId : uploadIds) {
        Upload *upload = findUpload(uploadId, call);
        QByteArray content;
        content.reserve(qsizetype(upload->size));
        for (const QByteArray &part : std::as_const(upload->parts))
            content += part;
        files.append(makeFile(call, upload->fileName, content));
        upload->isUsed = true;
        upload->parts.clear();
    }
    return files;
}

std::optional<DemoAttachment> EmulatorAttachments::findFile(const QString &attachmentId, Call &call)
{
    return demo::findAttachment(call.state.account, attachmentId);
}

EmulatorAnswer EmulatorAttachments::describeAttachment(const DescribeAttachment::Request &request, Call &call)
{
    const std::optional<DemoAttachment> file = findFile(request.attachmentId, call);
    if (!file)
        return noSuchAttachment();
    if (file->size > AddAttachmentsToSet::largestFile) {
        return refused("InvalidParameterValueException",
                       QStringLiteral("The attachment is larger than 5 MB. Use GetAttachmentDownloadLink."));
    }
    if (countRecent(call.state.downloads, call.now, 60'000) >= m_settings.downloadsPerMinute) {
        return refused("DescribeAttachmentLimitExceeded",
                       QStringLiteral("Too many attachments were described in a short time."));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();
    call.state.downloads.append(call.now);
    return answered(DescribeAttachment::Response{Attachment{file->fileName, attachmentBytes(*file)}});
}

EmulatorAttachments::Upload *EmulatorAttachments::findUpload(const QString &uploadId, const Call &call)
{
    const auto it = m_uploads.constFind(uploadId);
    if (it == m_uploads.cend() || (*it)->accountId != call.state.account.accountId || (*it)->isUsed)
        return nullptr;
    return it->get();
}

EmulatorAttachments::UploadState EmulatorAttachments::stateOf(const Upload &upload, qint64 now) const
{
    if (upload.readyAt == 0)
        return UploadState::Missing;
    if (now < upload.readyAt)
        return UploadState::Processing;
    return upload.hasFailed ? UploadState::Failed : UploadState::Ready;
}

QString EmulatorAttachments::stateName(const Upload &upload, qint64 now) const
{
    switch (stateOf(upload, now)) {
    case UploadState::Ready:
        return QStringLiteral("attachment-ready");
    case UploadState::Failed:
        return QStringLiteral("failed");
    case UploadState::Missing:
    case UploadState::Processing:
        break;
    }
    return QStringLiteral("attachment-not-ready");
}

EmulatorAnswer EmulatorAttachments::uploadLinks(const GetAttachmentUploadLinks::Request &request, Call &call)
{
    const bool isNew = request.uploadId.isEmpty();
    std::shared_ptr<Upload> upload;
    if (isNew) {
        if (request.fileName.isEmpty() || !request.fileSizeBytes)
            return invalid(QStringLiteral("fileName and fileSizeBytes are required to start an upload."));
        upload = std::make_shared<Upload>();
        upload->accountId = call.state.account.accountId;
        upload->fileName = request.fileName;
        upload->size = *request.fileSizeBytes;
        const qsizetype count = qsizetype((upload->size + m_settings.uploadPartSize - 1) / m_settings.uploadPartSize);
        upload->parts.resize(count);
        upload->eTags.resize(count);
        upload->completed.resize(count);
    } else {
        if (!findUpload(request.uploadId, call))
            return noSuchUpload();
        upload = m_uploads.value(request.uploadId);
    }
    const int total = int(upload->completed.size());
    const UploadRange range = request.uploadRange.value_or(UploadRange());
    const int start = range.startIndex.value_or(1);
    const int end = range.endIndex.value_or(start + linksPerCall);
    if (end <= start || end - start > linksPerCall || start > total) {
        return invalid(QStringLiteral("The uploadRange %1 to %2 is not valid for %3 parts; it may hold %4 at most.")
                           .arg(start)
                           .arg(end)
                           .arg(total)
                           .arg(linksPerCall));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();

    GetAttachmentUploadLinks::Response response;
    response.uploadId =
        isNew ? QString(QLatin1StringView("upload-") + freshName(call, "upload", 60)) : request.uploadId;
    if (isNew)
        m_uploads.insert(response.uploadId, upload);
    response.partSizeBytes = std::min(m_settings.uploadPartSize, upload->size);
    response.totalParts = total;
    const qint64 expiry = call.now + m_settings.linkLifetime.count();
    const int stop = std::min(end, total + 1);
    for (int part = start; part < stop; ++part) {
        const QByteArray path = "/uploads/" + response.uploadId.toLatin1() + '/' + QByteArray::number(part);
        response.uploadUrls.append({link(path, expiry), part, expiryText(expiry)});
    }
    if (stop <= total)
        response.nextIndex = stop;
    return answered(response);
}

EmulatorAnswer EmulatorAttachments::completeUpload(const CompleteAttachmentUpload::Request &request, Call &call)
{
    Upload *upload = findUpload(request.uploadId, call);
    if (!upload)
        return noSuchUpload();
    for (const CompletedUpload &part : request.completedUploads) {
        const int index = part.partIndex.value_or(0);
        if (index < 1 || index > upload->completed.size())
            return invalid(QStringLiteral("There is no part %1.").arg(index));
        const QByteArray &eTag = upload->eTags.at(index - 1);
        if (eTag.isEmpty() || part.eTag.toLatin1() != eTag)
            return invalid(QStringLiteral("The eTag of part %1 does not match what was uploaded.").arg(index));
    }
    if (request.dryRun.value_or(false))
        return rehearsed();
    for (const CompletedUpload &part : request.completedUploads)
        upload->completed[*part.partIndex - 1] = true;
    if (upload->readyAt == 0 && upload->completedParts() == upload->completed.size()) {
        upload->readyAt = call.now + m_settings.uploadProcessing.count();
        upload->hasFailed = call.faults.failUpload || isTestVirus(upload->parts.constFirst());
    }
    return answered(CompleteAttachmentUpload::Response{stateName(*upload, call.now)});
}

EmulatorAnswer EmulatorAttachments::uploadStatus(const DescribeAttachmentUploadStatus::Request &request, Call &call)
{
    const Upload *upload = findUpload(request.uploadId, call);
    if (!upload)
        return noSuchUpload();
    return answered(DescribeAttachmentUploadStatus::Response{
        stateName(*upload, call.now), upload->fileName,
        UploadProgress{int(upload->completed.size()), int(upload->completedParts())}});
}

EmulatorAnswer EmulatorAttachments::downloadLink(const GetAttachmentDownloadLink::Request &request, Call &call)
{
    const std::optional<DemoAttachment> file = findFile(request.attachmentId, call);
    if (!file)
        return noSuchAttachment();
    if (request.dryRun.value_or(false))
        return rehearsed();
    m_files.insert(file->attachmentId, *file);
    const qint64 expiry = call.now + m_settings.linkLifetime.count();
    return answered(GetAttachmentDownloadLink::Response{
        file->fileName, DownloadUrl{link("/downloads/" + file->attachmentId.toLatin1(), expiry), expiryText(expiry)}});
}

/// A link that carries its own permission.
QString EmulatorAttachments::link(const QByteArray &path, qint64 expiry) const
{
    const QByteArray until = QByteArray::number(expiry);
    return m_settings.baseUrl
        + QString::fromLatin1(path + "?X-Amz-Expires=" + until + "&X-Amz-Signature=" + m_keys.sign(path + '?' + until));
}

std::optional<LinkAnswer> EmulatorAttachments::checkLink(const QByteArray &path, const QByteArray &query, qint64 now,
                                                         const RequestFaults &faults) const
{
    const QUrlQuery items(QString::fromLatin1(query));
    const QByteArray until = items.queryItemValue(QStringLiteral("X-Amz-Expires")).toLatin1();
    const QByteArray signature = items.queryItemValue(QStringLiteral("X-Amz-Signature")).toLatin1();
    if (signature != m_keys.sign(path + '?' + until)) {
        return linkRefused(
            403, "SignatureDoesNotMatch",
            QStringLiteral("The request signature we calculated does not match the signature you provided."));
    }
    if (faults.linksExpired || until.toLongLong() <= now)
        return linkRefused(403, "AccessDenied", QStringLiteral("Request has expired"));
    return std::nullopt;
}

LinkAnswer EmulatorAttachments::put(const QByteArray &path, const QByteArray &query, const QByteArray &body, qint64 now,
                                    const RequestFaults &faults)
{
    if (auto refusal = checkLink(path, query, now, faults))
        return *refusal;
    const QList<QByteArray> names = path.split('/'); // "", "uploads", id, part
    const auto it = names.size() == 4 && names.at(1) == "uploads" ? m_uploads.find(QString::fromLatin1(names.at(2)))
                                                                  : m_uploads.end();
    const int part = names.size() == 4 ? names.at(3).toInt() : 0;
    if (it == m_uploads.end() || (*it)->isUsed || part < 1 || part > (*it)->parts.size())
        return linkRefused(404, "NoSuchUpload", QStringLiteral("The specified upload does not exist."));
    Upload &upload = **it;
    if (body.size() != upload.partBytes(part - 1, m_settings.uploadPartSize))
        return linkRefused(400, "IncompleteBody",
                           QStringLiteral("The part does not have the size that was announced."));
    if (upload.readyAt == 0) { // what is complete stays as it is
        upload.parts[part - 1] = body;
        upload.eTags[part - 1] = eTagOf(body);
    }
    LinkAnswer answer;
    answer.headers = {{"ETag", upload.eTags.at(part - 1)}};
    return answer;
}

LinkAnswer EmulatorAttachments::get(const QByteArray &path, const QByteArray &query, const QByteArray &range,
                                    qint64 now, const RequestFaults &faults)
{
    if (auto refusal = checkLink(path, query, now, faults))
        return *refusal;
    const auto it = m_files.constFind(QString::fromLatin1(path.mid(path.lastIndexOf('/') + 1)));
    if (it == m_files.cend())
        return linkRefused(404, "NoSuchKey", QStringLiteral("The specified key does not exist."));

    LinkAnswer answer;
    answer.attachment = *it;
    answer.length = it->size;
    answer.headers = {{"Content-Type", "application/octet-stream"},
                      {"Accept-Ranges", "bytes"},
                      {"ETag", '"' + PageTokens::digest({it->attachmentId}) + '"'}};
    static const QRegularExpression form(QStringLiteral("\\Abytes=(\\d{0,18})-(\\d{0,18})\\z"));
    const QRegularExpressionMatch match = form.match(QString::fromLatin1(range));
    if (!match.hasMatch() || (match.captured(1).isEmpty() && match.captured(2).isEmpty()))
        return answer; // no range, or one of a form that a server may ignore
    qint64 first = match.captured(1).toLongLong();
    qint64 last = match.captured(2).isEmpty() ? it->size - 1 : match.captured(2).toLongLong();
    if (match.captured(1).isEmpty()) { // the last so many bytes
        first = std::max<qint64>(0, it->size - last);
        last = it->size - 1;
    }
    last = std::min(last, it->size - 1);
    if (first > last) {
        LinkAnswer refusal = linkRefused(416, "InvalidRange", QStringLiteral("The requested range is not satisfiable"));
        refusal.headers.append({"Content-Range", "bytes */" + QByteArray::number(it->size)});
        return refusal;
    }
    answer.status = 206;
    answer.offset = first;
    answer.length = last - first + 1;
    answer.headers.append(
        {"Content-Range",
         "bytes " + QByteArray::number(first) + '-' + QByteArray::number(last) + '/' + QByteArray::number(it->size)});
    return answer;
}

} // namespace casement::demo
