#include "ui/fieldhint.h"

#include <QEvent>
#include <QLineEdit>
#include <QStyle>
#include <QStyleOptionFrame>

namespace casement {

namespace {

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
        const QStyle &style = *m_field.style();
        int besides = 2 * 2; // QLineEdit's own, left and right of its text
        if (m_field.isClearButtonEnabled()) // which keeps its room while it is hidden
            besides += style.pixelMetric(QStyle::PM_LineEditIconSize, nullptr, &m_field)
                + style.pixelMetric(QStyle::PM_LineEditIconMargin, nullptr, &m_field) + 8;
        QStyleOptionFrame frame;
        frame.initFrom(&m_field);
        frame.lineWidth = style.pixelMetric(QStyle::PM_DefaultFrameWidth, &frame, &m_field);
        const int room = style.subElementRect(QStyle::SE_LineEditContents, &frame, &m_field).width() - besides;
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

} // namespace casement
