#pragma once

#include <QByteArray>
#include <QString>

namespace casement {

/// Holds what a file has until this object goes, and lets it go on a pool thread then: a rename() that replaces a large
/// file frees its blocks before it returns, which takes longer than a frame. Nothing happens if there is no such file.
class ReplacedFile
{
public:
    explicit ReplacedFile(const QString &path);
    /// `name` in an open folder.
    ReplacedFile(int folder, const QByteArray &name);
    ~ReplacedFile();
    Q_DISABLE_COPY_MOVE(ReplacedFile)

private:
    int m_descriptor;
};

} // namespace casement
