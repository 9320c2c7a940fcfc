#include "ui/textlabels.h"

#include "ui/plaintext.h"

#include <QEvent>
#include <QPainter>
#include <QTextBoundaryFinder>

namespace casement {

namespace {
constexpr QChar noBreakSpace(0x00a0);
constexpr QChar wordJoiner(0x2060);
const QString betweenFacts = QStringLiteral("  ·  ");
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
    setPlainToolTip(*this, shown() == text ? QString() : text);
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
    setPlainToolTip(*this, shown() == text() ? QString() : text());
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
