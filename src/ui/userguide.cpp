#include "ui/userguide.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>
#include <QStringList>

namespace casement::userguide {

using namespace Qt::StringLiterals;

QString page(const QString &language)
{
    const QString program = QCoreApplication::applicationDirPath();
    // bin/ of an installation, a bundle of macOS, build/<preset>/bin of the sources
    QStringList folders{program + u"/../share/casement/guide"_s, program + u"/../Resources/guide"_s};
    const QStringList data = QStandardPaths::standardLocations(QStandardPaths::GenericDataLocation);
    for (const QString &folder : data)
        folders.append(folder + u"/casement/guide"_s);
    folders.append(program + u"/../../../docs/guide"_s);
    for (const QString &code : {language, u"en"_s}) {
        for (const QString &folder : std::as_const(folders)) {
            const QFileInfo file(u"%1/%2/index.html"_s.arg(folder, code));
            if (file.isFile())
                return file.canonicalFilePath();
        }
    }
    return {};
}

} // namespace casement::userguide
