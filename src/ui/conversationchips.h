#pragma once

#include "archive/records.h"
#include "ui/attachmentfetcher.h"

#include <QCursor>
#include <QList>
#include <QObject>
#include <QRectF>

class QFontMetrics;
class QHelpEvent;
class QKeyEvent;
class QMouseEvent;
class QPainter;
class QTextBlock;
class QTextFrame;

namespace casement {

class ConversationView;

/// The attachments in a conversation as mouse, keyboard and screen readers meet them.
///
/// A chip is a block of its own in the document (MessageWriter::attachments()) whose text is a link, so that Tab walks
/// through links and chips alike. The one that the text cursor has selected is the current one.
class ConversationChips final : public QObject
{
    Q_OBJECT

public:
    static constexpr int indent = 30; ///< logical pixels before the name: room for the icon

    struct Chip
    {
        AttachmentRecord attachment;
        QString messageKey;
        int position = -1; ///< of its block in the document
        bool isValid() const { return position >= 0; }
        friend bool operator==(const Chip &, const Chip &) = default;
    };

    explicit ConversationChips(ConversationView &view);

    /// How an attachment stands; asked whenever a chip is painted or told about.
    void setStates(std::function<AttachmentState(const QString &attachmentId)> states) { m_states = std::move(states); }
    /// States changed.
    void refresh();

    /// Those in the document, from its beginning on.
    const QList<Chip> &all() const;
    Chip current() const;
    /// What stands at a place of the viewport.
    Chip at(const QPoint &place) const;
    /// In the viewport.
    QRect rect(const Chip &chip) const;
    /// Where the attachment of this name in a message ends in the document, with some room below; 0 when there is none.
    int endOf(const QTextFrame &message, const QString &fileName) const;
    /// Makes it the current one and brings it in sight.
    void setCurrent(const Chip &chip);
    void activate(const Chip &chip) { Q_EMIT activated(chip); }

    /// For screen readers and tool tips.
    QString name(const Chip &chip) const;
    QString description(const Chip &chip) const;

    /// The chip of a block: its ground, icon, and what is known of it behind its name. `offset` is the document's in
    /// the view.
    void paint(QPainter &painter, const QTextBlock &block, const QPointF &offset) const;
    /// What is left and right of the name.
    static int widthAround(const QFontMetrics &metrics);

Q_SIGNALS:
    /// Double click, Enter.
    void activated(const casement::ConversationChips::Chip &chip);
    /// Space.
    void previewRequested(const casement::ConversationChips::Chip &chip);
    void menuRequested(const casement::ConversationChips::Chip &chip, const QPoint &place);
    void dragRequested(const casement::ConversationChips::Chip &chip);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QRectF ground(const QTextBlock &block) const; // in the document
    QPixmap pictureOf(const Chip &chip, const AttachmentState &state) const;
    AttachmentState stateOf(const QString &attachmentId) const;
    static QString tail(const AttachmentState &state);
    bool keyPressed(const QKeyEvent &event);
    bool mousePressed(const QMouseEvent &event);
    bool mouseMoved(const QMouseEvent &event);
    bool showToolTip(const QHelpEvent &event);
    void tellCurrent();

    ConversationView &m_view;
    const QObject *m_viewport;
    std::function<AttachmentState(const QString &)> m_states;
    Chip m_pressed;
    QPoint m_pressedAt;
    Chip m_told; // the current one that screen readers know of
    bool m_isOver = false; // the pointer is on a chip
    QCursor m_cursorBefore;
    mutable QList<Chip> m_all;
    mutable int m_revision = -1; // of the document that m_all is of
};

} // namespace casement
