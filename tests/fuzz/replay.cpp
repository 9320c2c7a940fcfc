#include "fuzzinput.h"

#include <QDir>
#include <QFile>

#include <vector>

/// Runs a fuzz target over files, or the files in folders, as libFuzzer runs it when it is given them: what was found
/// once stays found, whatever compiler there is. Each input lies alone in memory, so that reading beyond it is noticed
/// by AddressSanitizer.
int main(int argc, char **argv)
{
    QStringList paths;
    for (int i = 1; i < argc; ++i) {
        const QString path = QFile::decodeName(argv[i]);
        if (!QFileInfo(path).isDir()) {
            paths.append(path);
            continue;
        }
        const QDir folder(path);
        for (const QString &name : folder.entryList(QDir::Files, QDir::Name))
            paths.append(folder.filePath(name));
    }
    if (paths.isEmpty()) {
        std::fprintf(stderr, "No inputs: name files or folders.\n");
        return 2;
    }
    for (const QString &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "%s can't be read: %s\n", qPrintable(path), qPrintable(file.errorString()));
            return 2;
        }
        const QByteArray content = file.readAll();
        std::printf("%s\n", qPrintable(path)); // the last one before a crash is the one
        std::fflush(stdout);
        const std::vector<uint8_t> input(content.begin(), content.end());
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    return 0;
}
