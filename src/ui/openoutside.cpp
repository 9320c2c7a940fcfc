#include "ui/openoutside.h"

#include "base/privacy.h"

#include <QDesktopServices>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace casement {

using namespace Qt::StringLiterals;

QProcessEnvironment environmentWithoutKeys()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names) {
        if (name.startsWith("AWS_"_L1))
            environment.remove(name);
    }
    return environment;
}

bool openOutside(const QUrl &url)
{
    const QString opener = QStandardPaths::findExecutable(u"xdg-open"_s);
    // In a sandbox the portal opens it, and nothing is started from here.
    if (opener.isEmpty() || QFile::exists(u"/.flatpak-info"_s) || qEnvironmentVariableIsSet("SNAP"))
        return QDesktopServices::openUrl(url);
    QProcess process;
    // A shell, since startDetached() asks nobody before it starts; the address is an argument and no part of its text.
    process.setProgram(u"/bin/sh"_s);
    process.setArguments({u"-c"_s, u"umask %1; exec \"$@\""_s.arg(usualMask(), 4, 8, QChar(u'0')), u"sh"_s, opener,
                          QString::fromLatin1(url.toEncoded())});
    process.setProcessEnvironment(environmentWithoutKeys());
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    return process.startDetached();
}

} // namespace casement
