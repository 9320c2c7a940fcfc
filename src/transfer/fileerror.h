#pragma once

#include "base/error.h"

namespace casement {

/// "<path> can't be read: <why>": Error::Kind::File, with the code that the system's words `why` stand for.
Error cannotRead(const QString &path, const QString &why);
/// "<path> can't be written: <why>": the same of what is made or written.
Error cannotWrite(const QString &path, const QString &why);

/// What such a message holds; both empty when it is none.
struct FileTrouble
{
    QString path;
    QString why; ///< the system's words
    bool isWriting = false;
};

FileTrouble fileTrouble(const Error &error);

/// The system's words for why a file could not be used, in words of the person's language that go behind a colon:
/// "there is no room". What is not known comes back as a quotation.
QString fileReason(const QString &why);

} // namespace casement
