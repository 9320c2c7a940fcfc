#include "cli/inputtext.h"

#include "aws/regularfile.h"

#include <QFile>

#include <cstdio>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

Error unreadable(const QString &what, const QString &why)
{
    return {.kind = Error::Kind::File, .message = u"%1 can't be read: %2"_s.arg(what, why)};
}

} // namespace

Result<QByteArray> readInputText(const QString &value, const QString &option, qint64 most)
{
    QByteArray text = value.toUtf8();
    if (value == "-"_L1 || value.startsWith(u'@')) {
        const bool isStandardInput = value == "-"_L1;
        QFile file(value.sliced(1));
        if (const QString why = isStandardInput ? QString() : whyNotReadable(file.fileName()); !why.isEmpty())
            return unreadable(file.fileName().isEmpty() ? option + " @"_L1 : file.fileName(), why);
        const bool opened = isStandardInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
        const QString what = isStandardInput ? u"Standard input"_s : file.fileName();
        if (!opened)
            return unreadable(what, file.errorString());
        text = file.read(most + 1);
        if (text.size() > most)
            return unreadable(what, u"it is larger than %1 MB"_s.arg(most >> 20));
        if (file.error() != QFileDevice::NoError)
            return unreadable(what, file.errorString());
    }
    if (!QByteArrayView(text).isValidUtf8()) // else each other byte becomes U+FFFD on its way, and is lost
        return Error{.kind = Error::Kind::File, .message = u"The text of %1 is not in UTF-8."_s.arg(option)};
    return text.startsWith("\xef\xbb\xbf") ? text.sliced(3) : text;
}

} // namespace casement::cli
