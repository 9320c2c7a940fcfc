#pragma once

#include "demo/emulatorcall.h"
#include "support/attachments.h"

#include <QHash>

#include <memory>
#include <optional>

namespace casement::demo {

/// The part of the emulator that holds files: attachment sets, uploads over links, downloads.
class EmulatorAttachments
{
public:
    EmulatorAttachments(const EmulatorSettings &settings, const PageTokens &keys) : m_settings(settings), m_keys(keys)
    {
    }

    EmulatorAnswer addToSet(const AddAttachmentsToSet::Request &request, Call &call);
    EmulatorAnswer describeAttachment(const DescribeAttachment::Request &request, Call &call);
    EmulatorAnswer uploadLinks(const GetAttachmentUploadLinks::Request &request, Call &call);
    EmulatorAnswer completeUpload(const CompleteAttachmentUpload::Request &request, Call &call);
    EmulatorAnswer uploadStatus(const DescribeAttachmentUploadStatus::Request &request, Call &call);
    EmulatorAnswer downloadLink(const GetAttachmentDownloadLink::Request &request, Call &call);

    LinkAnswer put(const QByteArray &path, const QByteArray &query, const QByteArray &body, qint64 now,
                   const RequestFaults &faults);
    LinkAnswer get(const QByteArray &path, const QByteArray &query, const QByteArray &range, qint64 now,
                   const RequestFaults &faults);

    /// Whether a message may carry that set and those uploads; the refusal if not.
    std::optional<EmulatorAnswer> check(const QString &setId, const QList<QString> &uploadIds, Call &call);
    /// Their files, which a message now has. Sets and uploads are used up by it. Only after check().
    QList<DemoAttachment> consume(const QString &setId, const QList<QString> &uploadIds, Call &call);

private:
    struct Set
    {
        QString accountId;
        qint64 expiry = 0;
        QList<DemoAttachment> files;
    };
    struct Upload
    {
        QString accountId;
        QString fileName;
        qint64 size = 0;
        QList<QByteArray> parts; ///< what was PUT
        QList<QByteArray> eTags;
        QList<bool> completed;
        qint64 readyAt = 0; ///< 0: parts are missing
        bool isUsed = false;
        bool hasFailed = false;

        qint64 partBytes(qsizetype part, qint64 partSize) const;
        qsizetype completedParts() const { return completed.count(true); }
    };

    enum class UploadState { Missing, Processing, Ready, Failed };

    Upload *findUpload(const QString &uploadId, const Call &call);
    UploadState stateOf(const Upload &upload, qint64 now) const;
    QString stateName(const Upload &upload, qint64 now) const;
    std::optional<DemoAttachment> findFile(const QString &attachmentId, Call &call);
    QString link(const QByteArray &path, qint64 expiry) const;
    std::optional<LinkAnswer> checkLink(const QByteArray &path, const QByteArray &query, qint64 now,
                                        const RequestFaults &faults) const;
    QString expiryText(qint64 expiry) const;

    const EmulatorSettings &m_settings;
    const PageTokens &m_keys;
    QHash<QString, Set> m_sets;
    QHash<QString, std::shared_ptr<Upload>> m_uploads;
    QHash<QString, DemoAttachment> m_files; ///< those that downloads were asked for, by id
};

} // namespace casement::demo
