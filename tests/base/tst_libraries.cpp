#include "base/libraries.h"

#include <QTest>

#include <dlfcn.h>

using namespace casement;
using namespace Qt::StringLiterals;

/// What the process says it runs with.
class TestLibraries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qtIsTheFirst();
    void versionsAreNumbers();
    void aLibraryIsThereOnceItIsLoaded();
    void theBuildIsTold();

private:
    static QString versionOf(const QString &name);
};

QString TestLibraries::versionOf(const QString &name)
{
    for (const Library &library : loadedLibraries()) {
        if (library.name == name)
            return library.version;
    }
    return {};
}

void TestLibraries::qtIsTheFirst()
{
    const QList<Library> libraries = loadedLibraries();
    QCOMPARE(libraries.constFirst().name, u"Qt"_s);
    QVERIFY(libraries.constFirst().version.startsWith(QString::fromLatin1(qVersion())));
    for (const Library &library : libraries)
        QVERIFY2(!library.version.isEmpty() && !library.licence.isEmpty(), qPrintable(library.name));
}

/// As its packages call it, also where the library itself can't say it.
void TestLibraries::versionsAreNumbers()
{
    void *hunspell = ::dlopen("libhunspell-1.7.so.0", RTLD_LAZY | RTLD_LOCAL);
    void *yaml = ::dlopen("libyaml-cpp.so.0.7", RTLD_LAZY | RTLD_LOCAL);
    void *json = ::dlopen("libsimdjson.so.14", RTLD_LAZY | RTLD_LOCAL);
    if (hunspell)
        QCOMPARE(versionOf(u"Hunspell"_s), u"1.7"_s);
    if (yaml)
        QCOMPARE(versionOf(u"yaml-cpp"_s), u"0.7.0"_s);
    if (json)
        QVERIFY2(!versionOf(u"simdjson"_s).startsWith(u"14"_s), qPrintable(versionOf(u"simdjson"_s)));
    for (const Library &library : loadedLibraries())
        QVERIFY2(library.version.at(0).isDigit() && !library.version.contains(u".so"_s), qPrintable(library.version));
    for (void *handle : {hunspell, yaml, json}) {
        if (handle)
            ::dlclose(handle);
    }
}

void TestLibraries::aLibraryIsThereOnceItIsLoaded()
{
    if (!versionOf(u"libzip"_s).isEmpty())
        QSKIP("This platform loads it for everybody.");
    void *zip = ::dlopen("libzip.so.4", RTLD_LAZY | RTLD_LOCAL); // as a plugin of Qt is loaded
    if (!zip)
        QSKIP("There is no libzip of that version here.");
    auto *function = reinterpret_cast<const char *(*)()>(::dlsym(zip, "zip_libzip_version"));
    QVERIFY(function);
    QCOMPARE(versionOf(u"libzip"_s), QString::fromLatin1(function()));
    ::dlclose(zip);
}

void TestLibraries::theBuildIsTold()
{
    const QStringList parts = buildText().split(u", "_s);
    QCOMPARE(parts.size(), 3);
#ifdef NDEBUG
    QCOMPARE(parts.at(0), u"Release"_s);
#else
    QCOMPARE(parts.at(0), u"Debug"_s);
#endif
    QCOMPARE(parts.at(2), QSysInfo::buildAbi());
}

QTEST_APPLESS_MAIN(TestLibraries)
#include "tst_libraries.moc"
