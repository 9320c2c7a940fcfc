#pragma once

#include "archive/outboxfiles.h"
#include "archive/refusedfiles.h"
#include "base/secretscan.h"

#include <QCoreApplication>

namespace casement {

/// What a person is told about the files of a message: plain text.
class FileText
{
    Q_DECLARE_TR_FUNCTIONS(casement::FileText)

public:
    /// The name of a file, for the eye.
    static QString nameOf(const QString &path);
    /// "2.1 MB", in the binary units in which the service's limits are round.
    static QString size(qint64 bytes);
    /// A size beside a limit that it exceeds: with as many digits as tell them apart.
    static QString sizeBeside(qint64 bytes, qint64 limit);

    /// Where a file stands, in a few words: "uploading 40 %". `progress` is in bytes.
    static QString state(const OutboxFile &file, qint64 progress);
    /// The name that it has on this computer, where it is sent under another; else empty.
    static QString nameHere(const OutboxFile &file);
    /// A sentence about a file that failed; empty when it did not.
    static QString problem(const OutboxFile &file, const UploadLimits &limits);
    /// What a screen reader says of a file: name, size and state.
    static QString accessible(const OutboxFile &file, qint64 progress, const UploadLimits &limits);
    /// "Holds an AWS access key ID, …"; empty when nothing was found.
    static QString secrets(const QList<SecretFinding> &findings);

    using Refused = RefusedFile;
    /// What is wrong with a file that was refused, in a few words; `limits` are those that hold.
    static QString whyRefused(const Refused &file, const UploadLimits &limits);
    /// The same behind its name.
    static QString refusal(const Refused &file, const UploadLimits &limits);

    /// Whether a message speaks of an attachment, outside of lines that it quotes.
    static bool mentionsAttachment(const QString &text);

    /// The icon for a kind of file, by its name: `file-image`.
    static QString icon(const QString &name);
};

// Error::code of Error::Kind::File, of what is not taken for a message
inline constexpr QLatin1StringView attachedAlready("AttachedAlready"); ///< the message has this very file
inline constexpr QLatin1StringView zipTooLarge("ZipTooLarge"); ///< one that was made for it, and can't be split
inline constexpr QLatin1StringView zipSplits("ZipSplits"); ///< it is too large, and several of them would not be

} // namespace casement
