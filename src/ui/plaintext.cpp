#include "ui/plaintext.h"

#include "models/displaytext.h"
#include "ui/spoken.h"

#include <QAction>
#include <QFontMetrics>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTextLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QChar narrow(QChar c)
{
    const ushort u = c.unicode();
    if (u >= 0xff01 && u <= 0xff5e)
        return QChar(ushort(u - 0xfee0)); // full-width ASCII
    if (u == 0x3000)
        return u' ';
    return c;
}

QString folded(const QString &text)
{
    QString result = text;
    for (QChar &c : result)
        c = narrow(c).toCaseFolded(); // one to one, so positions stay
    return result;
}

} // namespace

QString withoutMnemonic(QString text)
{
    static const QRegularExpression ending(u"\\(&.\\)"_s);
    return text.remove(ending).remove(u'&');
}

QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return u"<p style=\"white-space:pre-wrap\">"_s + bodyText(text).left(2000).toHtmlEscaped() + u"</p>"_s;
}

void setPlainToolTip(QWidget &widget, const QString &text)
{
    widget.setToolTip(plainToolTip(text));
    spoken::setDescription(widget, text);
}

void nameClearButton(QLineEdit &field, const QString &name)
{
    if (auto *clear = field.findChild<QAction *>(u"_q_qlineeditclearaction"_s)) {
        clear->setText(name);
        clear->setToolTip(name);
    }
}

int layOut(QTextLayout &layout, int width, int lines)
{
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(wrapping);
    int start = 0;
    qreal y = 0;
    layout.beginLayout();
    for (int i = 0; i < lines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height();
        start = line.textStart();
    }
    layout.endLayout();
    return start;
}

QString fittingText(const QString &text, const QFont &font, QPaintDevice *device, int width, int lines)
{
    const QFontMetrics metrics(font, device);
    if (lines <= 1)
        return metrics.elidedText(text, Qt::ElideRight, width);
    QTextLayout layout(text, font, device);
    const int last = layOut(layout, width, lines);
    QString rest = text.mid(last);
    while (rest.endsWith(u' '))
        rest.chop(1);
    return text.left(last) + metrics.elidedText(rest, Qt::ElideRight, width);
}

QStringList searchWords(const QString &typed)
{
    static const QRegularExpression space(u"[\\s\\x{3000}]+"_s);
    QStringList words = typed.split(space, Qt::SkipEmptyParts);
    words.removeDuplicates();
    return words;
}

QList<Occurrence> findWords(const QString &text, const QStringList &words)
{
    QList<Occurrence> all;
    const QString haystack = folded(text);
    for (const QString &word : words) {
        const QString needle = folded(word);
        if (needle.isEmpty())
            continue;
        for (qsizetype at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + needle.size()))
            all.append({int(at), int(needle.size())});
    }
    std::sort(all.begin(), all.end(), [](const Occurrence &a, const Occurrence &b) {
        return a.start != b.start ? a.start < b.start : a.length > b.length;
    });
    QList<Occurrence> apart;
    int end = 0;
    for (const Occurrence &one : all) {
        if (one.start < end)
            continue;
        apart.append(one);
        end = one.start + one.length;
    }
    return apart;
}

} // namespace casement
