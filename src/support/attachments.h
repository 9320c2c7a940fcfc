#pragma once

#include "support/shape.h"

/// Attachments, both ways: sets (three files of 5 MB, one hour) and upload links (ten files of 150 MB a message).
namespace casement {

/// A file with its bytes.
struct Attachment
{
    QString fileName;
    QByteArray data;

    static constexpr auto shape()
    {
        return std::tuple(field("fileName", &Attachment::fileName), field("data", &Attachment::data, essential));
    }
};

/// Adds files to an attachment set, or starts a set when `attachmentSetId` is empty.
///
/// A set holds up to three files of 5 MB each and expires one hour after it was made; the answer carries the time, in
/// UTC. Name the set in CreateCase or AddCommunicationToCase before then.
///
/// Errors: `AttachmentSetIdNotFound`, `AttachmentSetExpired`, `AttachmentSetSizeLimitExceeded`, and
/// `AttachmentLimitExceeded` when too many sets were started in a short time. Not repeatable: a lost answer may mean
/// that the files are in the set already.
struct AddAttachmentsToSet
{
    static constexpr const char *name = "AddAttachmentsToSet";
    static constexpr bool repeatable = false;
    static constexpr bool movesFiles = true;
    static constexpr int mostFiles = 3;
    static constexpr qint64 largestFile = 5LL << 20;

    struct Request
    {
        using Operation = AddAttachmentsToSet;
        QString attachmentSetId;
        QList<Attachment> attachments;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("attachmentSetId", &Request::attachmentSetId),
                              field("attachments", &Request::attachments, required | within(1, 3)),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString attachmentSetId;
        QString expiryTime;

        static constexpr auto shape()
        {
            return std::tuple(field("attachmentSetId", &Response::attachmentSetId, essential),
                              field("expiryTime", &Response::expiryTime));
        }
    };
};

/// One whole file of at most 5 MB, as base64. Errors: `AttachmentIdNotFound`, `DescribeAttachmentLimitExceeded` (wait
/// minutes), `InvalidParameterValueException` for larger files: ask GetAttachmentDownloadLink. Repeatable.
struct DescribeAttachment
{
    static constexpr const char *name = "DescribeAttachment";
    static constexpr bool repeatable = true;
    static constexpr bool movesFiles = true;
    static constexpr const char *blobRecord = "attachment"; ///< where the answer has the file
    static constexpr const char *blobMember = "data";

    struct Request
    {
        using Operation = DescribeAttachment;
        QString attachmentId;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("attachmentId", &Request::attachmentId, required),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        std::optional<Attachment> attachment;

        static constexpr auto shape() { return std::tuple(field("attachment", &Response::attachment, essential)); }
    };
};

/// Parts of an upload, both indexes counted from 1; `endIndex` is not included, and at most ten are asked for at once.
struct UploadRange
{
    std::optional<int> startIndex;
    std::optional<int> endIndex;

    static constexpr auto shape()
    {
        return std::tuple(field("startIndex", &UploadRange::startIndex, within(1, 1'000'000)),
                          field("endIndex", &UploadRange::endIndex, within(2, 1'000'001)));
    }
};

/// Where one part is PUT. The URL is a bearer secret: never logged, never sent elsewhere.
struct UploadUrl
{
    QString url;
    std::optional<int> partIndex;
    QString expiryDate;

    static constexpr auto shape()
    {
        return std::tuple(field("url", &UploadUrl::url), field("partIndex", &UploadUrl::partIndex),
                          field("expiryDate", &UploadUrl::expiryDate));
    }
};

/// Starts an upload (name and size), or asks for further or fresh links of one (uploadId and range).
/// Errors: `UploadIdNotFound`. Starting twice leaves an unused upload behind and harms nothing.
struct GetAttachmentUploadLinks
{
    static constexpr const char *name = "GetAttachmentUploadLinks";
    static constexpr bool repeatable = true;
    static constexpr qint64 largestFile = 150LL << 20;

    struct Request
    {
        using Operation = GetAttachmentUploadLinks;
        QString fileName;
        std::optional<qint64> fileSizeBytes;
        QString uploadId;
        std::optional<UploadRange> uploadRange;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("fileName", &Request::fileName),
                              field("fileSizeBytes", &Request::fileSizeBytes, within(1, 157'286'400)),
                              field("uploadId", &Request::uploadId, within(1, 2048)),
                              field("uploadRange", &Request::uploadRange), field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString uploadId;
        std::optional<qint64> partSizeBytes;
        std::optional<int> totalParts;
        std::optional<int> nextIndex; ///< empty when every link was handed out
        QList<UploadUrl> uploadUrls;

        static constexpr auto shape()
        {
            return std::tuple(field("uploadId", &Response::uploadId), field("partSizeBytes", &Response::partSizeBytes),
                              field("totalParts", &Response::totalParts), field("nextIndex", &Response::nextIndex),
                              field("uploadUrls", &Response::uploadUrls, always));
        }
    };
};

struct CompletedUpload
{
    std::optional<int> partIndex;
    QString eTag; ///< the PUT's answer header as it came, quotes included

    static constexpr auto shape()
    {
        return std::tuple(field("partIndex", &CompletedUpload::partIndex, required),
                          field("eTag", &CompletedUpload::eTag, required));
    }
};

/// Reports parts as done, one or many; best at once after each PUT, which makes an upload resumable. Errors:
/// `UploadIdNotFound`.
struct CompleteAttachmentUpload
{
    static constexpr const char *name = "CompleteAttachmentUpload";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = CompleteAttachmentUpload;
        QString uploadId;
        QList<CompletedUpload> completedUploads;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("uploadId", &Request::uploadId, required | within(1, 2048)),
                              field("completedUploads", &Request::completedUploads, required),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString uploadStatus;

        static constexpr auto shape() { return std::tuple(field("uploadStatus", &Response::uploadStatus)); }
    };
};

struct UploadProgress
{
    std::optional<int> totalParts;
    std::optional<int> completedPartsCount;

    static constexpr auto shape()
    {
        return std::tuple(field("totalParts", &UploadProgress::totalParts),
                          field("completedPartsCount", &UploadProgress::completedPartsCount));
    }
};

/// `attachment-ready`, `attachment-not-ready` or `failed`; ready comes some minutes after the last part of a large
/// file.
struct DescribeAttachmentUploadStatus
{
    static constexpr const char *name = "DescribeAttachmentUploadStatus";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = DescribeAttachmentUploadStatus;
        QString uploadId;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("uploadId", &Request::uploadId, required | within(1, 2048)),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString uploadStatus;
        QString fileName;
        std::optional<UploadProgress> uploadProgress;

        static constexpr auto shape()
        {
            return std::tuple(field("uploadStatus", &Response::uploadStatus), field("fileName", &Response::fileName),
                              field("uploadProgress", &Response::uploadProgress));
        }
    };
};

struct DownloadUrl
{
    QString url; ///< a bearer secret
    QString expiryDate;

    static constexpr auto shape()
    {
        return std::tuple(field("url", &DownloadUrl::url), field("expiryDate", &DownloadUrl::expiryDate));
    }
};

/// A link to an attachment of any size. Errors: `AttachmentIdNotFound`. Repeatable.
struct GetAttachmentDownloadLink
{
    static constexpr const char *name = "GetAttachmentDownloadLink";
    static constexpr bool repeatable = true;

    struct Request
    {
        using Operation = GetAttachmentDownloadLink;
        QString attachmentId;
        std::optional<bool> dryRun;

        static constexpr auto shape()
        {
            return std::tuple(field("attachmentId", &Request::attachmentId, required),
                              field("dryRun", &Request::dryRun));
        }
    };
    struct Response
    {
        QString fileName;
        std::optional<DownloadUrl> downloadUrl;

        static constexpr auto shape()
        {
            return std::tuple(field("fileName", &Response::fileName),
                              field("downloadUrl", &Response::downloadUrl, essential));
        }
    };
};

} // namespace casement
