#include "ui/advisortrend.h"

#include "models/advisortext.h"
#include "models/relativetime.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QTimeZone>
#include <QToolTip>

#include <algorithm>
#include <limits>

namespace casement {

namespace {

constexpr int plotHeight = 112;

QDate dateOf(const AdvisorDay &day) { return QDateTime::fromMSecsSinceEpoch(day.day, Qt::UTC).date(); }

} // namespace

AdvisorTrend::AdvisorTrend(QWidget *parent) : QWidget(parent)
{
    spoken::setRole(*this, QAccessible::Chart);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding); // as high as the chart beside it
    setCursor(Qt::PointingHandCursor);
}

void AdvisorTrend::show(const QList<AdvisorDay> &days)
{
    m_days = days;
    m_current = std::min(m_current, int(m_days.size()) - 1);
    retranslate();
    update();
}

void AdvisorTrend::retranslate()
{
    QString text = tr("Flagged resources by day");
    if (!m_days.isEmpty())
        text = tr("%1. %2", "chart and what it shows")
                   .arg(text, textOf(m_days.at(m_current >= 0 ? m_current : m_days.size() - 1)));
    spoken::setName(*this, text);
}

QString AdvisorTrend::textOf(const AdvisorDay &day) const
{
    const QLocale locale;
    //: A day of the trend: date, flagged resources, checks to act on and to investigate
    return tr("%1: %Ln resource(s) flagged, %2 checks to act on, %3 to investigate", nullptr,
              int(qMin<qint64>(day.flagged, std::numeric_limits<int>::max())))
        .arg(TimeText::date(dateOf(day), locale), locale.toString(day.errors), locale.toString(day.warnings));
}

QString AdvisorTrend::wordsInstead() const
{
    if (m_days.size() != 1)
        return {};
    //: The trend of Trusted Advisor while there is one day of it; %1 is its date
    return tr("%Ln resource(s) flagged on %1", nullptr,
              int(qMin<qint64>(m_days.constFirst().flagged, std::numeric_limits<int>::max())))
        .arg(TimeText::date(dateOf(m_days.constFirst()), QLocale()));
}

QSize AdvisorTrend::sizeHint() const { return {280, plotHeight + fontMetrics().height() * 2 + 20}; }

QSize AdvisorTrend::minimumSizeHint() const { return {160, sizeHint().height()}; }

QRectF AdvisorTrend::plot() const
{
    const int line = fontMetrics().height();
    return QRectF(rect()).adjusted(12, line + 10, -12, -line - 10);
}

QPointF AdvisorTrend::pointOf(int day) const
{
    const QRectF area = plot();
    qint64 most = 1;
    for (const AdvisorDay &one : m_days)
        most = std::max(most, one.flagged);
    const double x = area.left()
        + area.width() * double(m_days.at(day).day - m_days.constFirst().day)
            / double(std::max<qint64>(1, m_days.constLast().day - m_days.constFirst().day));
    return {x, area.bottom() - area.height() * double(m_days.at(day).flagged) / double(most)};
}

void AdvisorTrend::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    const QLocale locale;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = plot();
    const int line = fontMetrics().height();
    if (hasFocus()) {
        painter.setPen(QPen(colors.accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
    if (const QString words = wordsInstead(); !words.isEmpty()) {
        painter.setPen(colors.palette.color(QPalette::Text));
        return painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignCenter | Qt::TextWordWrap, words);
    }
    painter.setPen(colors.line);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.drawLine(area.topLeft(), area.topRight());
    if (m_days.isEmpty())
        return;
    QPainterPath path;
    for (int day = 0; day < m_days.size(); ++day) {
        // What was found holds until something else is found.
        if (day == 0) {
            path.moveTo(pointOf(0));
        } else {
            path.lineTo(pointOf(day).x(), pointOf(day - 1).y());
            path.lineTo(pointOf(day));
        }
    }
    QPainterPath ground = path;
    ground.lineTo(pointOf(int(m_days.size()) - 1).x(), area.bottom());
    ground.lineTo(pointOf(0).x(), area.bottom());
    ground.closeSubpath();
    QColor shade = colors.accent;
    shade.setAlphaF(0.14F);
    painter.fillPath(ground, shade);
    painter.setPen(QPen(colors.accent, 2));
    painter.drawPath(path);
    painter.setBrush(colors.palette.color(QPalette::Base));
    for (int day = 0; day < m_days.size(); ++day) {
        if (m_days.size() <= 40 || day == m_current)
            painter.drawEllipse(pointOf(day), day == m_current ? 5 : 3, day == m_current ? 5 : 3);
    }
    // What the lines stand for, and the day that is pointed at.
    qint64 most = 1;
    for (const AdvisorDay &one : m_days)
        most = std::max(most, one.flagged);
    painter.setPen(colors.mutedText);
    const QRectF below(area.left(), area.bottom() + 4, area.width(), line + 2);
    painter.drawText(below, Qt::AlignLeft, TimeText::date(dateOf(m_days.constFirst()), locale));
    painter.drawText(below, Qt::AlignRight, TimeText::date(dateOf(m_days.constLast()), locale));
    painter.drawText(QRectF(area.left(), 4, area.width(), line + 2), Qt::AlignLeft, locale.toString(most));
    if (m_current >= 0) {
        painter.setPen(colors.palette.color(QPalette::Text));
        const QString text = textOf(m_days.at(m_current));
        const int room = int(area.width()) - fontMetrics().horizontalAdvance(locale.toString(most)) - 12;
        painter.drawText(QRectF(area.right() - room, 4, room, line + 2), Qt::AlignRight,
                         fontMetrics().elidedText(text, Qt::ElideRight, room));
    }
}

void AdvisorTrend::setCurrent(int day)
{
    if (day == m_current || day >= m_days.size())
        return;
    m_current = day;
    retranslate();
    update();
    if (hasFocus() && day >= 0) {
        QAccessibleEvent told(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&told);
    }
}

void AdvisorTrend::mouseMoveEvent(QMouseEvent *event)
{
    int nearest = -1;
    double least = 1e9;
    for (int day = 0; day < m_days.size(); ++day) {
        const double away = std::abs(pointOf(day).x() - event->position().x());
        if (away < least) {
            least = away;
            nearest = day;
        }
    }
    setCurrent(nearest);
    if (nearest >= 0)
        QToolTip::showText(event->globalPosition().toPoint(), textOf(m_days.at(nearest)), this);
}

void AdvisorTrend::leaveEvent(QEvent *)
{
    if (!hasFocus())
        setCurrent(-1);
}

void AdvisorTrend::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0)
        setCurrent(int(m_days.size()) - 1);
    update();
}

void AdvisorTrend::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    setCurrent(-1);
    update();
}

void AdvisorTrend::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT chosen();
}

void AdvisorTrend::keyPressEvent(QKeyEvent *event)
{
    const int last = int(m_days.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return setCurrent(std::max(0, m_current - 1));
    case Qt::Key_Right:
        return setCurrent(std::min(last, m_current + 1));
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        Q_EMIT chosen();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace casement
