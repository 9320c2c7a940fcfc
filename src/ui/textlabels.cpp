#include "ui/textlabels.h"

#include "ui/plaintext.h"

#include <QEvent>
#include <QPainter>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace casement {

namespace {
constexpr QChar noBreakSpace(0x00a0);
constexpr QChar wordJoiner(0x2060);
const QString betweenFacts = QStringLiteral("  ·  ");

bool isJapanese(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.script() == QChar::Script_Hiragana || c.script() == QChar::Script_Katakana;
    });
}

/// What stands together in a line if it can. Japanese has no spaces between words, but marks where one pauses.
QStringList piecesOf(const QString &text, const QFontMetrics &metrics, int width)
{
    const auto split = [](const QString &whole, auto &&isEnd) {
        QStringList pieces;
        QTextBoundaryFinder places(QTextBoundaryFinder::Line, whole);
        qsizetype start = 0;
        for (qsizetype end = places.toNextBoundary(); end >= 0; end = places.toNextBoundary()) {
            if (end < whole.size() && !isEnd(whole.at(end - 1)))
                continue;
            pieces.append(whole.mid(start, end - start));
            start = end;
        }
        return pieces;
    };
    const auto anywhere = [](QChar) { return true; };
    if (!isJapanese(text))
        return split(text, anywhere);
    QStringList pieces;
    const QStringList clauses = split(text, [](QChar c) { return QStringLiteral("。、：！？").contains(c); });
    for (const QString &clause : clauses) {
        if (metrics.horizontalAdvance(clause) <= width)
            pieces.append(clause);
        else
            pieces += split(clause, anywhere);
    }
    return pieces;
}

QStringList filledLines(const QStringList &pieces, const QFontMetrics &metrics, int width)
{
    QStringList lines;
    QString line;
    for (const QString &piece : pieces) {
        if (!line.isEmpty() && metrics.horizontalAdvance((line + piece).trimmed()) > width) {
            lines.append(line.trimmed());
            line.clear();
        }
        line += piece;
    }
    lines.append(line.trimmed());
    return lines;
}
} // namespace

ElidingLabel::ElidingLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidingLabel::setTexts(const QString &text, const QString &brief)
{
    m_brief = brief;
    setText(text);
    showTip();
}

void ElidingLabel::setDetails(const QString &details)
{
    m_details = details;
    showTip();
}

void ElidingLabel::showTip()
{
    QStringList tip{shown() == text() ? QString() : text(), m_details};
    tip.removeAll(QString());
    setPlainToolTip(*this, tip.join(u'\n'));
}

QString ElidingLabel::shown() const
{
    const QFontMetrics metrics = fontMetrics();
    if (metrics.horizontalAdvance(text()) <= contentsRect().width())
        return text();
    return metrics.elidedText(m_brief.isEmpty() ? text() : m_brief, Qt::ElideRight, contentsRect().width());
}

QSize ElidingLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, QLabel::minimumSizeHint().height()};
}

void ElidingLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(contentsRect(), int(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine, shown());
}

void ElidingLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    showTip();
}

BreakingLabel::BreakingLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

void BreakingLabel::setWhole(const QString &text)
{
    m_whole = text;
    m_facts.clear();
    breakWords();
}

void BreakingLabel::setFacts(const QStringList &facts)
{
    m_whole = facts.join(betweenFacts);
    m_facts = facts;
    breakWords();
}

void BreakingLabel::setOneLine(bool on)
{
    if (on == m_isOneLine)
        return;
    m_isOneLine = on;
    breakWords();
}

int BreakingLabel::heightOfWhole(int width) const
{
    const QFontMetrics metrics = fontMetrics();
    return metrics.boundingRect(QRect(0, 0, width, QWIDGETSIZE_MAX), Qt::TextWordWrap, broken(width)).height();
}

QSize BreakingLabel::minimumSizeHint() const
{
    // QLabel asks for its longest word, which is what this one need not show in one piece.
    return {fontMetrics().averageCharWidth() * 8, fontMetrics().height()};
}

void BreakingLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    breakWords();
}

void BreakingLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        breakWords();
}

void BreakingLabel::breakWords()
{
    const int width = contentsRect().width();
    const QString shown =
        m_isOneLine ? fontMetrics().elidedText(m_whole, Qt::ElideRight, qMax(0, width)) : broken(width);
    if (shown != text())
        setText(shown);
}

/// No line begins or ends with the dot between two facts.
QString BreakingLabel::broken(int width) const
{
    const QFontMetrics metrics = fontMetrics();
    if (m_facts.isEmpty() || width <= 0 || metrics.horizontalAdvance(m_whole) <= width)
        return withBreaks(m_whole, metrics, width);
    QStringList lines;
    for (const QString &fact : m_facts) {
        const QString together = lines.isEmpty() ? QString() : lines.constLast() + betweenFacts + fact;
        if (!together.isEmpty() && metrics.horizontalAdvance(together) <= width)
            lines.last() = together;
        else
            lines.append(fact);
    }
    for (QString &line : lines) {
        // What fits is not broken by a layout that counts a pixel more.
        line = metrics.horizontalAdvance(line) <= width ? unbroken(line) : withBreaks(line, metrics, width);
    }
    return lines.join(u'\n');
}

SentenceLabel::SentenceLabel(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setAlignment(Qt::AlignCenter);
}

int SentenceLabel::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const qsizetype lines = evenLines(text(), fontMetrics(), width - margins.left() - margins.right()).size();
    return int(lines) * fontMetrics().lineSpacing() + margins.top() + margins.bottom();
}

QSize SentenceLabel::minimumSizeHint() const
{
    const int width = fontMetrics().averageCharWidth() * 12;
    return {width, heightForWidth(qMax(width, this->width()))};
}

void SentenceLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    const QRect area = contentsRect();
    const QStringList lines = evenLines(text(), fontMetrics(), area.width());
    const int step = fontMetrics().lineSpacing();
    int y = area.top() + (area.height() - int(lines.size()) * step) / 2;
    for (const QString &line : lines) {
        painter.drawText(QRect(area.left(), y, area.width(), step),
                         int(Qt::AlignHCenter | Qt::AlignVCenter) | Qt::TextSingleLine, line);
        y += step;
    }
}

QStringList evenLines(const QString &text, const QFontMetrics &metrics, int width)
{
    QStringList lines;
    const QStringList paragraphs = text.split(u'\n');
    for (const QString &paragraph : paragraphs) {
        const QStringList pieces = piecesOf(withBreaks(paragraph, metrics, width), metrics, width);
        const QStringList filled = filledLines(pieces, metrics, width);
        int narrow = width / int(filled.size()); // the least at which there are no more lines
        for (int wide = width; narrow < wide;) {
            const int middle = (narrow + wide) / 2;
            const QStringList tried = filledLines(pieces, metrics, middle);
            const bool fits = tried.size() <= filled.size()
                && std::all_of(tried.begin(), tried.end(),
                               [&](const QString &line) { return metrics.horizontalAdvance(line) <= width; });
            if (fits)
                wide = middle;
            else
                narrow = middle + 1;
        }
        lines += filledLines(pieces, metrics, qMin(narrow, width));
    }
    return lines;
}

QString withBreaks(const QString &text, const QFontMetrics &metrics, int width)
{
    constexpr QChar breakHere(0x200b);
    if (width <= 0 || metrics.horizontalAdvance(text) <= width)
        return text;
    QString result;
    QTextBoundaryFinder words(QTextBoundaryFinder::Line, text);
    qsizetype start = 0;
    for (qsizetype end = words.toNextBoundary(); end >= 0; end = words.toNextBoundary()) {
        const QString word = text.mid(start, end - start); // what is broken nowhere by itself
        start = end;
        if (metrics.horizontalAdvance(word.trimmed()) <= width) {
            result += word;
            continue;
        }
        QTextBoundaryFinder letters(QTextBoundaryFinder::Grapheme, word);
        qsizetype from = 0;
        for (qsizetype to = letters.toNextBoundary(); to >= 0; to = letters.toNextBoundary()) {
            if (from > 0)
                result += breakHere;
            result += QStringView(word).mid(from, to - from);
            from = to;
        }
    }
    return result;
}

QString unbroken(const QString &text)
{
    QString result;
    QTextBoundaryFinder places(QTextBoundaryFinder::Line, text);
    qsizetype start = 0;
    for (qsizetype end = places.toNextBoundary(); end >= 0; end = places.toNextBoundary()) {
        result += QStringView(text).mid(start, end - start);
        start = end;
        if (end == text.size())
            break;
        if (!result.endsWith(u' '))
            result += wordJoiner;
    }
    // All of them: layouts break lines where the finder names no place, as between two numbers.
    return result.replace(u' ', noBreakSpace);
}

QString withoutBonds(QString text) { return text.remove(wordJoiner).replace(noBreakSpace, u' '); }

} // namespace casement
