#pragma once

#include <QByteArrayView>
#include <QHash>
#include <QString>
#include <QStringList>

/// Names of files that others chose, made fit for any file system, and what they say about what a file can do.
namespace casement {

/// A name that any file system takes and that shows what it is, for a file that is saved or sent.
///
/// - Only the last part of a path, whichever way its slashes lean, without a drive.
/// - Never hidden: dots and spaces at the beginning go, as do those at the end, which Windows cuts.
/// - Controls, line separators, halves of pairs, U+FFFD and <>:"|?* become `_`. Direction controls and what takes no
///   room go, so that an extension stands where it is read. Joiners stay between characters beyond ASCII, where emoji
///   and Indic and Persian words need them.
/// - Windows' devices (CON, NUL, COM1 …), with any extension, get a `_`.
/// - NFC, at most 255 bytes of UTF-8: the extension stays, no character is cut in two.
/// - `attachment` when nothing is left.
///
/// What is safe stays as it is.
QString safeFileName(const QString &name);

/// The name under which a file of this computer is sent: safeFileName(), but what only a path of somebody else would
/// mean is a part of the name here. A `:` or `\\` becomes `_`, a name that begins with a dot gets a `_` before it, and
/// what is not UTF-8 (pathFromBytes()) stands as `%E9`.
QString sentFileName(const QString &name);

/// A name for the eye: what pathFromBytes() made of bytes that are not UTF-8 as `%E9`.
QString readableName(const QString &name);

/// Keeps names apart: one that is the same as an earlier one for some file system or for the eye (after NFKC, folding
/// of case and without what takes no room) becomes `name (2).ext`, in at most 255 bytes.
class DistinctNames
{
public:
    DistinctNames() = default;
    explicit DistinctNames(const QStringList &taken);

    /// The name, or one made of it; taken from now on.
    QString add(const QString &name);

private:
    QHash<QString, int> m_taken; ///< the number to go on with
};

/// A name for one more file beside `taken`.
QString distinctName(const QString &name, const QStringList &taken);

/// True when a double click on a file of that name can run what is in it, on any system: programs, scripts, shortcuts,
/// packages, disk images, documents with macros, and pages whose scripts a browser runs. The last extension decides,
/// as safeFileName() leaves it: `invoice.pdf.exe`.
bool canRunCode(const QString &name);

/// True when the first bytes are those of a program, a script or a shortcut, or of a page that a browser opens; for
/// names without an extension, where desktops look inside. Needs 512 bytes at most.
bool looksExecutable(QByteArrayView firstBytes);

/// A path as one line that harms nothing around it, cut in the middle when it is very long.
QString shownPath(const QString &path);

} // namespace casement
