#include "fuzzinput.h"
#include "transfer/filename.h"

#include <QSet>

// Input: names in UTF-8, one a line; with a first byte 0xff in UTF-16, so that halves of characters come, too.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostBytes = 255;

bool isHarmful(char32_t c)
{
    const bool isControl = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
    const bool turns =
        (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
    const bool isRefused = c < 0x80 && QByteArrayView("<>:\"|?*/\\").contains(char(c));
    return isControl || turns || isRefused || (c >= 0xd800 && c < 0xe000);
}

/// Windows takes these for devices, whatever extension they have.
bool isReserved(const QString &name)
{
    const QString stem = name.section(u'.', 0, 0).trimmed().toUpper();
    static const QSet<QString> devices{u"CON"_s, u"PRN"_s, u"AUX"_s, u"NUL"_s, u"CONIN$"_s, u"CONOUT$"_s};
    if (devices.contains(stem))
        return true;
    return stem.size() == 4 && (stem.startsWith("COM"_L1) || stem.startsWith("LPT"_L1)) && stem[3].unicode() < 0x80
        && stem[3].isDigit();
}

void checkSafe(const QString &safe, const QString &name)
{
    const QString seen = name + u" became "_s + safe;
    require(!safe.isEmpty() && safe.toUtf8().size() <= mostBytes, "a name has a length that file systems take", seen);
    for (const char32_t c : safe.toUcs4())
        require(!isHarmful(c), "no character does harm", seen);
    require(safe.isValidUtf16(), "characters are whole", seen);
    require(!safe.startsWith(u'.') && !safe.endsWith(u'.') && safe == safe.trimmed(), "a name is seen, and whole",
            seen);
    require(!isReserved(safe), "a name is no device", seen);
    require(safe.normalized(QString::NormalizationForm_C) == safe, "a name is NFC", seen);
}

void checkName(const QString &name)
{
    const QString safe = safeFileName(name);
    checkSafe(safe, name);
    const QString again = safeFileName(safe);
    require(again == safe, "what is safe stays as it is", safe + u" became "_s + again);
    require(canRunCode(name) == canRunCode(safe), "what a file can do does not depend on the hostile name", name);

    const QString shown = shownPath(name);
    require(shown.size() <= 301 && !hasControls(shown), "a path is shown on one line", shown);
    require(!name.isValidUtf16() || shown.isValidUtf16(), "a path is shown in whole characters", shown);
}

void checkDistinct(const QStringList &names)
{
    DistinctNames distinct;
    QSet<QString> taken;
    QStringList all;
    for (const QString &name : names) {
        const QString safe = safeFileName(name);
        const QString own = distinct.add(safe);
        checkSafe(own, safe);
        const QString folded = own.toCaseFolded();
        require(!taken.contains(folded), "no two names are the same", own);
        taken.insert(folded);
        require(distinctName(safe, all) == own, "one name beside others is the same as among them", own);
        all.append(own);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    QString text;
    if (size > 0 && data[0] == 0xff) {
        text.resize(qsizetype((size - 1) / 2));
        std::memcpy(text.data(), data + 1, size_t(text.size()) * 2);
    } else {
        text = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    }
    const QStringList names = text.split(u'\n').mid(0, 12);
    for (const QString &name : names)
        checkName(name);
    checkDistinct(names);
    return 0;
}
