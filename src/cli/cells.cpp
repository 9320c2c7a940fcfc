#include "cli/cells.h"

#include "base/datasize.h"
#include "cli/terminaltext.h"

#include <algorithm>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView gap("  ");

// Symbols for what can't stand in a cell; line breaks and tabs stay.
QString withoutControls(QString text)
{
    for (QChar &c : text) {
        if (c == u'\0' || (c < u' ' && c != u'\n' && c != u'\r' && c != u'\t'))
            c = QChar(char16_t(0x2400 + c.unicode()));
        else if (c.unicode() >= 0x7f && c.unicode() < 0xa0)
            c = c.unicode() == 0x7f ? QChar(0x2421) : QChar(QChar::ReplacementCharacter);
    }
    return text;
}

bool looksLikeFormula(QStringView text)
{
    while (text.startsWith(u' ')) // which some readers cut
        text = text.sliced(1);
    bool isNumber = false;
    [[maybe_unused]] const double number = text.toDouble(&isNumber);
    return !text.isEmpty() && !isNumber && QStringView(u"=+-@\t\r\n＝＋－＠").contains(text.front());
}

} // namespace

QByteArray csvCell(const QString &text, bool forTerminal)
{
    QString cell = forTerminal ? terminalLine(text) : withoutControls(text);
    if (looksLikeFormula(cell))
        cell.prepend(u'\'');
    if (cell.contains(u'"') || cell.contains(u',') || cell.contains(u'\n') || cell.contains(u'\r')
        || cell.startsWith(u' ') || cell.endsWith(u' ')) {
        cell.replace(u'"', u"\"\""_s);
        cell = u'"' + cell + u'"';
    }
    return cell.toUtf8();
}

QString tableText(std::vector<QStringList> rows, const std::vector<int> &mostCells, int columns, bool firstWhole)
{
    std::vector<int> widths(mostCells.size(), 0);
    for (QStringList &row : rows) {
        for (QString &cell : row) {
            cell = terminalLine(cell);
            if (cell.isEmpty())
                cell = u"-"_s;
        }
        for (size_t i = 0; i < widths.size(); ++i) {
            QString &cell = row[qsizetype(i)];
            if (i > 0 || !firstWhole)
                cell = cutToCells(cell, mostCells[i]);
            widths[i] = std::max(widths[i], std::min(cellWidth(cell), mostCells[i]));
        }
    }
    QString text;
    for (const QStringList &row : rows) {
        QString line;
        for (size_t i = 0; i < widths.size(); ++i)
            line += padToCells(row.at(qsizetype(i)), widths[i]) + gap;
        line += row.last();
        text +=
            (columns > 0 ? cutToCells(line, firstWhole ? std::max(columns, cellWidth(row.first())) : columns) : line)
            + u'\n';
    }
    return text;
}

QString sizeText(qint64 bytes)
{
    if (bytes < 1024)
        return bytes == 1 ? u"1 byte"_s : u"%1 bytes"_s.arg(bytes);
    return dataSizeText(bytes, QLocale::c());
}

QString progressText(qint64 done, qint64 total) { return u"%1 of %2"_s.arg(sizeText(done), sizeText(total)); }

} // namespace casement::cli
