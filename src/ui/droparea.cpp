#include "ui/droparea.h"

#include "ui/fileintake.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QDropEvent>
#include <QEvent>
#include <QMimeData>
#include <QPainter>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int leaveAfter = 60; // ms

/// Makes a copy of the drag; false when its source only lets go of files that are moved.
bool accept(QDropEvent &event)
{
    for (const Qt::DropAction action : {Qt::CopyAction, Qt::LinkAction}) {
        if (!event.possibleActions().testFlag(action))
            continue;
        event.setDropAction(action);
        event.accept();
        return true;
    }
    return false;
}

} // namespace

DropArea::DropArea(QWidget &over, std::function<bool()> canTake, Take take)
    : QWidget(&over), m_over(over), m_canTake(std::move(canTake)), m_take(std::move(take))
{
    setObjectName(u"dropFrame"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    m_over.setAcceptDrops(true);
    m_over.installEventFilter(this);
    const auto inside = m_over.findChildren<QWidget *>();
    for (QWidget *field : inside) {
        if (field->acceptDrops())
            field->installEventFilter(this); // it would take the names of files as text
    }
    m_leave.setSingleShot(true);
    m_leave.setInterval(leaveAfter);
    connect(&m_leave, &QTimer::timeout, this, &QWidget::hide);
    hide();
    retranslate();
}

bool DropArea::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == &m_over && isVisible())
        cover();
    if (event->type() == QEvent::DragLeave && watched == &m_over) {
        m_leave.start();
        return true;
    }
    const bool isDrag =
        event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop;
    if (!isDrag)
        return QWidget::eventFilter(watched, event);
    auto &drag = *static_cast<QDropEvent *>(event);
    const QStringList paths = FileIntake::pathsIn(*drag.mimeData());
    if (watched != &m_over) {
        if (paths.isEmpty())
            return QWidget::eventFilter(watched, event);
        drag.ignore(); // it goes on to the area
        return true;
    }
    if (paths.isEmpty() || !m_canTake() || !accept(drag)) {
        drag.ignore();
        return true;
    }
    if (event->type() == QEvent::Drop) {
        hide();
        m_take(paths);
    } else {
        m_leave.stop();
        cover();
    }
    return true;
}

void DropArea::cover()
{
    setGeometry(m_over.rect());
    raise();
    show();
}

void DropArea::retranslate()
{
    m_words = tr("Drop files to attach them");
    spoken::setName(*this, m_words);
    update();
}

void DropArea::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void DropArea::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.palette.color(QPalette::Base);
    veil.setAlphaF(0.75F);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(colors.accent, 2, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(8, 8, -8, -8), 6, 6);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.2);
    large.setWeight(QFont::DemiBold);
    painter.setFont(large);
    QRect box = painter.fontMetrics().boundingRect(rect().adjusted(24, 0, -24, 0),
                                                   int(Qt::AlignCenter) | Qt::TextWordWrap, m_words);
    box.adjust(-16, -10, 16, 10);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.palette.color(QPalette::Window));
    painter.drawRoundedRect(box, 6, 6);
    painter.setPen(colors.palette.color(QPalette::WindowText));
    painter.drawText(box, int(Qt::AlignCenter) | Qt::TextWordWrap, m_words);
}

} // namespace casement
