#include "ui/templatefolder.h"

#include "base/background.h"
#include "support/casetemplate.h"

#include <QDateTime>
#include <QDir>

#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostLookedAt = 2000; // of a folder that is none of templates
constexpr qint64 enoughToTell = 64 << 10; // of a file; a message has at most 8000 characters

struct FolderContent
{
    QFileInfoList files;
    TemplateFolder::Cache cache;
};

bool isTemplateFile(const QFileInfo &info)
{
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray beginning = file.read(enoughToTell);
    return looksLikeTemplate(beginning, info.size() <= beginning.size());
}

FolderContent contentOf(const QString &folder, const TemplateFolder::Cache &before)
{
    FolderContent content;
    const QFileInfoList all =
        QDir(folder).entryInfoList({u"*.json"_s, u"*.yaml"_s, u"*.yml"_s}, QDir::Files, QDir::Name | QDir::LocaleAware);
    for (const QFileInfo &info : all.mid(0, mostLookedAt)) {
        TemplateFolder::Known now{info.lastModified().toMSecsSinceEpoch(), info.size(), false};
        const auto known = before.constFind(info.filePath());
        const bool isSame = known != before.cend() && known->time == now.time && known->size == now.size;
        now.isTemplate = isSame ? known->isTemplate : isTemplateFile(info);
        content.cache.insert(info.filePath(), now);
        if (now.isTemplate)
            content.files.append(info);
    }
    return content;
}

} // namespace

TemplateFolder::TemplateFolder(QObject *parent) : QObject(parent) { }

void TemplateFolder::look(const QString &folder)
{
    if (folder != m_folder) {
        m_folder = folder;
        m_cache.clear();
        if (!m_files.isEmpty()) {
            m_files.clear();
            Q_EMIT changed();
        }
    }
    m_lookAgain = m_looking;
    if (folder.isEmpty() || std::exchange(m_looking, true))
        return;
    inBackground(
        this, [folder, cache = m_cache] { return contentOf(folder, cache); },
        [this, folder](const FolderContent &content) {
            m_looking = false;
            if (folder == m_folder) {
                m_cache = content.cache;
                const auto paths = [](const QFileInfoList &files) {
                    QStringList list;
                    for (const QFileInfo &file : files)
                        list.append(file.filePath());
                    return list;
                };
                const bool isOther = paths(m_files) != paths(content.files);
                m_files = content.files;
                if (isOther)
                    Q_EMIT changed();
            }
            if (std::exchange(m_lookAgain, false))
                look(m_folder);
        });
}

} // namespace casement
