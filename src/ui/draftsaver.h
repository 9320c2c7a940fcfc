#pragma once

#include "archive/outboxstore.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace casement {

class Outbox;

/// Keeps what is typed in a form as its draft in the outbox: from the first keystroke on, on the disk within half a
/// second.
class DraftSaver final : public QObject
{
    Q_OBJECT

public:
    /// What stands in the form.
    struct Content
    {
        AccountId account = 0;
        QString caseId; ///< of a reply
        QByteArray input; ///< the encoded request
    };
    /// Nothing when there is nothing worth keeping: then a draft that was stored goes.
    using Ask = std::function<std::optional<Content>()>;

    /// `operation` is a static name; the outbox is borrowed. `ask` is called while this lives.
    DraftSaver(Outbox &outbox, const char *operation, Ask ask, QObject *parent);

    /// The draft; without id until something was stored.
    const OutboxEntry &entry() const { return m_entry; }
    /// Goes on with another draft, or the same one as the outbox has it now. What is not stored stays unsaved.
    void setEntry(const OutboxEntry &entry) { m_entry = entry; }
    /// What was said of the draft's text; goes with it.
    void setError(const Error &error) { m_entry.error = error; }

    /// Something was typed: it is stored soon.
    void edited();
    bool isUnsaved() const { return m_isUnsaved; }
    /// Stores what is typed now. An entry that is on its way is left alone.
    void flush();
    /// Keeps what is in the form as a draft of its own beside this one, before something else takes its place. False
    /// when there is nothing worth keeping.
    bool keepCopy();
    /// What is in the form is stored already, or not wanted.
    void forget();
    /// Its entry is no more, and what was written stays: it becomes an entry of its own with the next edit or flush().
    void startAnew();
    /// The id of the draft, which is stored with this when there is none yet: files come before text.
    QString ensure(const Content &content);
    /// The draft with what is in the form, to be sent. Nothing is unsaved any more.
    OutboxEntry whole();

private:
    void take(const Content &content);

    Outbox &m_outbox;
    const char *m_operation;
    Ask m_ask;
    OutboxEntry m_entry;
    QTimer m_timer;
    bool m_isUnsaved = false;
};

} // namespace casement
