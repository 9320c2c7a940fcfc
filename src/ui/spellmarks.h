#pragma once

#include "ui/spelling.h"

#include <QObject>
#include <QPointer>
#include <QTextCursor>
#include <QTimer>

class QMenu;

namespace casement {

class MessageEdit;

/// Underlines words of a field that may be wrong, and puts what may be meant at the head of its menu. The word that is
/// being typed is not marked before it is left.
class SpellMarks final : public QObject
{
    Q_OBJECT

public:
    /// Belongs to the field; the spelling is borrowed and outlives it.
    SpellMarks(MessageEdit &edit, Spelling &spelling);

    /// The marked words as they stand in the text.
    QStringList marked() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void look();
    void mark();
    void addTo(QMenu &menu, const QTextCursor &at);

    MessageEdit &m_edit;
    Spelling &m_spelling;
    QTimer m_soon;
    QPointer<QTextDocument> m_document; // that was looked at
    QList<QTextCursor> m_mistakes;
    int m_typing = -1; // where the mistake ends that is being typed; -1: none is
};

} // namespace casement
