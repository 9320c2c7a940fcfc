#pragma once

#include <QFileInfo>
#include <QHash>
#include <QObject>

namespace casement {

/// The templates of a folder, for a menu: the files whose names of members are those of a case or a reply, and damaged
/// ones that look like it. Other JSON and YAML is left out.
///
/// Files are read on the pool, and again only when their time or size is another one.
class TemplateFolder final : public QObject
{
    Q_OBJECT

public:
    explicit TemplateFolder(QObject *parent = nullptr);

    /// What was found last, in the order of the person's language; empty until something was.
    const QFileInfoList &files() const { return m_files; }
    /// Looks into the folder; changed() follows when there is something else in it than before.
    void look(const QString &folder);

    /// What a pool thread knows of a file.
    struct Known
    {
        qint64 time = 0; ///< of its last change, ms since 1970 UTC
        qint64 size = 0;
        bool isTemplate = false;
        friend bool operator==(const Known &, const Known &) = default;
    };
    using Cache = QHash<QString, Known>; ///< by path

Q_SIGNALS:
    void changed();

private:
    QString m_folder;
    QFileInfoList m_files;
    Cache m_cache;
    bool m_looking = false;
    bool m_lookAgain = false; // it was asked for meanwhile
};

} // namespace casement
