#include "ui/filetext.h"

#include "base/datasize.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/filename.h"
#include "ui/errortext.h"
#include "ui/secretnotice.h"

#include <QLocale>
#include <QMimeDatabase>
#include <QRegularExpression>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// The number as the region writes it, the unit in the words of the window.
QString dataSizeWords(qint64 bytes)
{
    const QLocale region;
    const QLocale words = wordsLocale();
    const QString text = dataSizeText(bytes, region);
    if (words.language() == region.language())
        return text;
    const auto unitAt = [](const QString &size) {
        return std::find_if(size.rbegin(), size.rend(), [](QChar c) { return c.isSpace(); }).base() - size.begin();
    };
    const QString worded = dataSizeText(bytes, words);
    return text.first(unitAt(text)) + worded.sliced(unitAt(worded));
}

} // namespace

QString FileText::nameOf(const QString &path) { return displayText(readableName(path.section(u'/', -1))); }

QString FileText::size(qint64 bytes)
{
    return bytes < 1024 ? tr("%n byte(s)", nullptr, int(bytes)) : dataSizeWords(bytes);
}

QString FileText::sizeBeside(qint64 bytes, qint64 limit)
{
    if (size(bytes) != size(limit))
        return size(bytes);
    return tr("%1 bytes").arg(QLocale().toString(bytes));
}

QString FileText::state(const OutboxFile &file, qint64 progress)
{
    switch (file.state) {
    case OutboxFileState::Waiting:
        //: State of a file: its upload was interrupted
        return file.error.kind == Error::Kind::None ? tr("waiting") : tr("interrupted; it goes on by itself");
    case OutboxFileState::Uploading: {
        const qint64 percent = file.file.size > 0 ? std::clamp(progress * 100 / file.file.size, 0LL, 100LL) : 0;
        //: State of a file: so much of it is uploaded
        return tr("uploading %1 %").arg(percent);
    }
    case OutboxFileState::Processing:
        //: State of a file: AWS looks at it
        return tr("processing at AWS");
    case OutboxFileState::Ready:
        //: State of a file: it is uploaded
        return tr("ready");
    case OutboxFileState::Paused:
        //: State of a file
        return tr("paused");
    case OutboxFileState::Failed:
        //: State of a file
        return tr("failed");
    }
    return {};
}

QString FileText::nameHere(const OutboxFile &file)
{
    if (file.name == file.file.name.normalized(QString::NormalizationForm_C))
        return {};
    //: Of a file that is sent under another name than it has on this computer
    return tr("here “%1”").arg(displayText(file.file.name));
}

QString FileText::problem(const OutboxFile &file, const UploadLimits &limits)
{
    if (file.state != OutboxFileState::Failed)
        return {};
    const Error &error = file.error;
    if (error.code == filecode::tooLarge) {
        return tr("This file has %1. AWS takes files of up to %2 here.")
            .arg(sizeBeside(file.file.size, limits.largestFile), size(limits.largestFile));
    }
    if (error.code == filecode::tooMany)
        return tr("A message takes %Ln file(s) here. Send this one with another reply.", nullptr, limits.mostFiles);
    const auto deed = file.upload.uploadId.isEmpty() ? ErrorText::Deed::Upload : ErrorText::Deed::PartUpload;
    if (error.kind == Error::Kind::File || error.kind == Error::Kind::Archive)
        return ErrorText::whole(deed, error); // which says itself what is wrong with what
    return ErrorText::whole(tr("“%1” could not be uploaded.").arg(displayText(file.name)), deed, error);
}

QString FileText::accessible(const OutboxFile &file, qint64 progress, const UploadLimits &limits)
{
    const QString words =
        file.state == OutboxFileState::Failed ? tr("failed: %1").arg(problem(file, limits)) : state(file, progress);
    //: What a screen reader says of a file: its name, its size, and where it stands
    return tr("%1, %2, %3").arg(displayText(file.name), size(file.file.size), words)
        + (nameHere(file).isEmpty() ? QString() : u". "_s + nameHere(file));
}

QString FileText::secrets(const QList<SecretFinding> &findings)
{
    if (findings.isEmpty())
        return {};
    //: %1 is a list of kinds: "AWS access key ID, card number"
    return tr("This file holds %Ln secret(s): %1. People at AWS would read it.", nullptr, int(findings.size()))
        .arg(SecretNotice::kindNames(findings));
}

QString FileText::whyRefused(const Refused &file, const UploadLimits &limits)
{
    const Error &error = file.error;
    const QString has = sizeBeside(file.size, limits.largestFile);
    if (error.code == filecode::tooLarge) {
        //: What is wrong with a file: its size, and the largest that AWS takes
        return tr("%1, at most %2").arg(has, size(limits.largestFile));
    }
    if (error.code == zipSplits || error.code == zipTooLarge) {
        //: What is wrong with a file: the size that it has as a ZIP, and the largest that AWS takes
        return tr("%1 as a ZIP, at most %2").arg(has, size(limits.largestFile));
    }
    if (error.code == filecode::tooMany)
        return tr("more than %Ln file(s)", "what is wrong with a file", limits.mostFiles);
    if (error.code == filecode::folder)
        return tr("a folder", "what is wrong with a file");
    if (error.code == filecode::holdsKeys)
        return tr("from a place of keys and passwords", "what is wrong with a file");
    if (error.code == filecode::notRegular)
        return tr("a pipe, a socket or a device", "what is wrong with a file");
    if (error.code == filecode::empty)
        return tr("empty", "what is wrong with a file");
    if (error.code == filecode::vanished)
        return tr("not there any more", "what is wrong with a file");
    if (error.code == filecode::deadLink)
        return tr("a link that leads to no file", "what is wrong with a file");
    if (error.code == attachedAlready)
        return tr("attached already", "what is wrong with a file");
    if (error.code == filecode::notReadable) {
        const QString why = displayText(fileReason(fileTrouble(error).why));
        //: What is wrong with a file: it can't be read, and why
        return why.isEmpty() ? tr("can't be read", "what is wrong with a file") : tr("can't be read (%1)").arg(why);
    }
    return ErrorText::summary(error);
}

QString FileText::refusal(const Refused &file, const UploadLimits &limits)
{
    //: A file that was not attached, and what is wrong with it: "core.dump: 4.2 GB, AWS takes up to 150 MB"
    return tr("%1: %2", "file").arg(nameOf(file.path), whyRefused(file, limits));
}

bool FileText::mentionsAttachment(const QString &text)
{
    static const QRegularExpression words(u"\\b(attached|attachments?|attaching)\\b|添付"_s,
                                          QRegularExpression::CaseInsensitiveOption
                                              | QRegularExpression::UseUnicodePropertiesOption);
    for (const QStringView line : QStringView(text).split(u'\n')) {
        if (!line.trimmed().startsWith(u'>') && words.match(line).hasMatch())
            return true;
    }
    return false;
}

QString FileText::icon(const QString &name)
{
    const QMimeType type = QMimeDatabase().mimeTypeForFile(name, QMimeDatabase::MatchExtension);
    if (type.name().startsWith("image/"_L1))
        return u"file-image"_s;
    if (type.inherits(u"application/zip"_s) || type.inherits(u"application/gzip"_s)
        || type.inherits(u"application/x-tar"_s) || type.name().contains("compressed"_L1)
        || type.name().contains("-tar"_L1))
        return u"file-archive"_s;
    if (type.inherits(u"text/plain"_s) || type.inherits(u"application/json"_s))
        return u"file-text"_s;
    return u"file"_s;
}

} // namespace casement
