#include "base/libraries.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <QSysInfo>

#include <array>

#include <dlfcn.h>
#include <link.h>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// How a library is found among the loaded ones, and asked.
struct KnownLibrary
{
    const char *name;
    const char *file; ///< what its file's name begins with
    const char *function; ///< answers its version; null when it has none
    bool takesKind = false; ///< the function wants to know which text
    const char *licence;
    const char *built = nullptr; ///< the version that the program was built with, where the file's number is another
};

constexpr int openSslVersionText = 6; // OPENSSL_VERSION_STRING

constexpr std::array knownLibraries{
    KnownLibrary{"QtKeychain", "libqt6keychain.so", nullptr, false, "BSD-3-Clause"},
    KnownLibrary{"SQLite", "libsqlite3.so", "sqlite3_libversion", false, "Public domain"},
    KnownLibrary{"simdjson", "libsimdjson.so", nullptr, false, "Apache-2.0", CASEMENT_SIMDJSON_VERSION},
    KnownLibrary{"OpenSSL", "libcrypto.so", "OpenSSL_version", true, "Apache-2.0"},
    KnownLibrary{"libzip", "libzip.so", "zip_libzip_version", false, "BSD-3-Clause"},
    KnownLibrary{"yaml-cpp", "libyaml-cpp.so", nullptr, false, "MIT"},
    KnownLibrary{"libxlsxwriter", "libxlsxwriter.so", "lxw_version", false, "BSD-2-Clause"},
    KnownLibrary{"Hunspell", "libhunspell", nullptr, false, "LGPL-2.1-or-later OR GPL-2.0-or-later OR MPL-1.1"},
    KnownLibrary{"zlib", "libz.so", "zlibVersion", false, "Zlib"},
};

int addLoaded(dl_phdr_info *info, size_t, void *files)
{
    if (info->dlpi_name && *info->dlpi_name)
        static_cast<QStringList *>(files)->append(QString::fromLocal8Bit(info->dlpi_name));
    return 0;
}

/// What the library says of itself; empty when it can't.
QString toldVersion(const KnownLibrary &library, const QString &file)
{
    if (!library.function)
        return {};
    void *handle = ::dlopen(file.toLocal8Bit().constData(), RTLD_LAZY | RTLD_NOLOAD);
    if (!handle)
        return {};
    const char *version = nullptr;
    if (void *function = ::dlsym(handle, library.function)) {
        version = library.takesKind ? reinterpret_cast<const char *(*)(int)>(function)(openSslVersionText)
                                    : reinterpret_cast<const char *(*)()>(function)();
    }
    QString text = QString::fromUtf8(version);
    ::dlclose(handle);
    return text;
}

/// Where a library can't say it: libyaml-cpp.so.0.7.0 is 0.7.0, and libhunspell-1.7.so.0.0.1, whose last numbers count
/// changes of its interface, is 1.7.
QString versionInName(const QString &file)
{
    static const QRegularExpression inName(uR"(-(\d+(?:\.\d+)*)\.so)"_s);
    static const QRegularExpression behind(uR"(\.so\.(\d+(?:\.\d+)*)$)"_s);
    for (const QRegularExpression &form : {inName, behind}) {
        if (const auto match = form.match(file); match.hasMatch())
            return match.captured(1);
    }
    return file;
}

} // namespace

QList<Library> loadedLibraries()
{
    QStringList files;
    ::dl_iterate_phdr(&addLoaded, &files);
    const QString qt = QString::fromLatin1(qVersion());
    QList<Library> libraries{{u"Qt"_s,
                              qt == QLatin1StringView(QT_VERSION_STR) ? qt : qt + u", built with " QT_VERSION_STR ""_s,
                              u"LGPL-3.0-only"_s}};
    for (const KnownLibrary &known : knownLibraries) {
        for (const QString &file : std::as_const(files)) {
            if (!file.section(u'/', -1).startsWith(QLatin1StringView(known.file)))
                continue;
            QString version = toldVersion(known, file);
            if (version.isEmpty() && known.built)
                version = QString::fromLatin1(known.built);
            if (version.isEmpty())
                version = versionInName(QFileInfo(QFileInfo(file).canonicalFilePath()).fileName());
            libraries.append({QString::fromLatin1(known.name), version, QString::fromLatin1(known.licence)});
            break;
        }
    }
    return libraries;
}

QString buildText()
{
#ifdef NDEBUG
    const QString kind = u"Release"_s;
#else
    const QString kind = u"Debug"_s;
#endif
#if defined(__clang__)
    const QString compiler = u"Clang " __clang_version__ ""_s;
#elif defined(__GNUC__)
    const QString compiler = u"GCC %1.%2.%3"_s.arg(__GNUC__).arg(__GNUC_MINOR__).arg(__GNUC_PATCHLEVEL__);
#else
    const QString compiler = u"unknown compiler"_s;
#endif
    return u"%1, %2, %3"_s.arg(kind, compiler.trimmed(), QSysInfo::buildAbi());
}

} // namespace casement
