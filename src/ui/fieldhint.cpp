#include "ui/fieldhint.h"

#include <QEvent>
#include <QLineEdit>
#include <QStyle>
#include <QStyleOptionFrame>

namespace casement {

namespace {

/// Left and right of what is typed, beside the style's margins.
int besidesText(const QLineEdit &field)
{
    int besides = 2 * 2; // QLineEdit's own
    if (field.isClearButtonEnabled()) // which keeps its room while it is hidden
        besides += field.style()->pixelMetric(QStyle::PM_LineEditIconSize, nullptr, &field)
            + field.style()->pixelMetric(QStyle::PM_LineEditIconMargin, nullptr, &field) + 8;
    return besides;
}

QStyleOptionFrame frameOf(const QLineEdit &field)
{
    QStyleOptionFrame frame;
    frame.initFrom(&field);
    frame.lineWidth = field.style()->pixelMetric(QStyle::PM_DefaultFrameWidth, &frame, &field);
    return frame;
}

class FieldHint final : public QObject
{
public:
    explicit FieldHint(QLineEdit &field) : QObject(&field), m_field(field) { field.installEventFilter(this); }

    void set(const QStringList &hints)
    {
        m_hints = hints;
        fit();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)
            fit();
        return QObject::eventFilter(watched, event);
    }

private:
    void fit()
    {
        const QStyleOptionFrame frame = frameOf(m_field);
        const int room = m_field.style()->subElementRect(QStyle::SE_LineEditContents, &frame, &m_field).width()
            - besidesText(m_field);
        for (const QString &hint : m_hints) {
            if (m_field.fontMetrics().horizontalAdvance(hint) > room && hint != m_hints.constLast())
                continue;
            if (hint != m_field.placeholderText())
                m_field.setPlaceholderText(hint);
            return;
        }
    }

    QLineEdit &m_field;
    QStringList m_hints;
};

} // namespace

void setFittingHint(QLineEdit &field, const QStringList &longestFirst)
{
    const auto children = field.children();
    for (QObject *child : children) {
        if (auto *hint = dynamic_cast<FieldHint *>(child))
            return hint->set(longestFirst);
    }
    (new FieldHint(field))->set(longestFirst);
}

void makeRoomForHint(QLineEdit &field, int least)
{
    QStyleOptionFrame frame = frameOf(field);
    frame.rect = QRect(0, 0, 1000, field.sizeHint().height());
    const int margins = 1000 - field.style()->subElementRect(QStyle::SE_LineEditContents, &frame, &field).width();
    field.setMinimumWidth(
        qMax(least, field.fontMetrics().horizontalAdvance(field.placeholderText()) + margins + besidesText(field)));
}

} // namespace casement
