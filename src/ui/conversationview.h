#pragma once

#include "archive/records.h"
#include "ui/messagefolds.h"
#include "ui/messagepieces.h"
#include "ui/messagewriter.h"

#include <QList>
#include <QSet>
#include <QStringList>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTimer>
#include <QVector>

#include <deque>

class QTextFrame;

namespace casement {

class ConversationChips;

/// A whole conversation as one document, so that text can be selected and copied across messages.
///
/// Built from plain text by cursor only: nothing that the service sends is ever read as HTML, and no resource is
/// loaded. Built in slices by a zero timer, the message to start at first; earlier ones follow when the person scrolls
/// to them. Links of http and https ask to be opened by `linkActivated`; nothing opens by itself.
class ConversationView final : public QTextBrowser
{
    Q_OBJECT

public:
    explicit ConversationView(QWidget *parent = nullptr);
    ~ConversationView() override;

    /// Another conversation, or the same one (`sameCase`) with what came since: then the reading position stays.
    /// `messages` are oldest first. Opens at the message of that key; when empty at the first unread one, else with the
    /// end of the newest at the bottom (its beginning at the top when it is taller than the view). That holds, whatever
    /// comes in and however the text is laid out anew, until somebody scrolls.
    void setMessages(const QList<CommunicationRecord> &messages, bool sameCase, const QString &openAt = {});
    void clearMessages();
    /// One quiet sentence in the middle while there is no message.
    void setEmptyText(const QString &text);
    const QList<CommunicationRecord> &messages() const { return m_messages; }

    /// Words to mark in every message; empty for none. What is folded and has one of them is open as long as they are
    /// marked.
    void setMarkedWords(const QStringList &words);
    void showMessage(const QString &key);
    /// What showMessage() and setMessages() open is shown so far down that its attachment of this name is in sight.
    void setOpenFile(const QString &fileName) { m_openFile = fileName; }

    /// All that setMessages() asked for stands in the document; earlier messages may still wait for scrolling.
    bool isBuilt() const { return m_work.empty(); }
    /// Messages in the document.
    int shownMessages() const { return int(m_shown.size()); }
    /// Puts the rest of the conversation in, for searching and printing; `isBuilt()` when done.
    void buildAll();

    /// The newest message stands at the top and it opens there, or at the bottom, as at first.
    void setNewestFirst(bool on);
    bool isNewestFirst() const { return m_newestFirst; }

    /// For a reply: the selected text, else the message at `at`, else the one at the top of the view.
    QString quote(const QTextCursor &at) const;

    /// Code lines are wrapped at the edge, as at first, or run out of sight: then the code reaches out of its card and
    /// everything else stays where it is.
    void setCodeWrapping(bool wrap);
    bool codeWrapping() const { return m_wrapCode; }

    /// The size of text, in steps from the font of the system, -4 to 12.
    void setZoomSteps(int steps);
    int zoomSteps() const { return m_zoom; }

    /// The newest message was on screen.
    bool isNewestSeen() const { return m_toldSeen; }

    /// The key of the message whose text is at the top of the view; empty when there is none.
    QString topMessage() const;

    /// The attachments in it.
    ConversationChips &chips() { return *m_chips; }

    void retranslate();
    /// Relative times move on.
    void tick();

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    void linkActivated(const QUrl &url);
    void quoteRequested(const QString &quoted);
    /// The pointer or the focus is on a link; empty when it left.
    void linkHovered(const QString &target);
    /// messages() is another list; said a moment later.
    void messagesChanged();
    void built();
    /// The newest message was on screen.
    void newestSeen();
    /// The newest message, which came to the conversation that was open already, is AWS's; said a moment later.
    void answerArrived(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    QMimeData *createMimeDataFromSelection() const override;
    void doSetSource(const QUrl &name, QTextDocument::ResourceType type) override;

private:
    friend class ConversationChips; // walks to a chip as Tab does

    struct Shown
    {
        int message = 0; // index in m_messages
        QTextFrame *frame = nullptr;
        QTextCursor time; // where the header line says when
    };
    struct Place
    {
        QString key;
        int offset = 0; // pixels from the top of the view to the top of the message
    };

    void rebuild(const Place &place);
    /// What is read; or where the view was asked to stand while nobody scrolled.
    Place currentPlace() const;
    void stand(const Place &place);
    void standHeld();
    /// Where to open; `keeps` a place at what was unread a moment ago.
    void holdRule(bool keeps);
    void enqueueMessage(int message, bool isEarlier);
    void loadEarlier(int count, qsizetype bytes);
    void loadMore();
    void work();
    void perform(const MessagePiece &piece);
    void toggleFold(const MessageFolds::Id &id);
    void openForWords();
    void markWords();
    void finishBuilding();
    void setPageWidth();
    void updateSeen();
    void anchorActivated(const QUrl &url);
    int topOf(const QTextFrame *frame) const;
    const Shown *shownFor(const QString &key) const;

    ConversationChips *m_chips;
    QList<CommunicationRecord> m_messages;
    std::vector<Shown> m_shown; // in the order of the document
    std::deque<MessagePiece> m_work;
    QTimer m_timer;
    MessageWriter m_writer; // of the message being built
    int m_firstShown = 0; // messages before it are not in the document yet
    QString m_openAt;
    QString m_openFile; // of the message that is opened at
    int m_openOffset = 0; // of m_openAt, until the view stands there
    bool m_toEnd = false; // the end of m_openAt is what counts
    bool m_asked = false; // m_openAt was asked for by key
    bool m_held = false; // nobody scrolled since: the view stays at m_openAt
    bool m_moving = false; // scrolling that is not a person's
    bool m_placed = false; // the view stands where it was asked to
    bool m_wrapCode = true;
    bool m_newestFirst = false;
    int m_zoom = 0;
    qreal m_baseSize = 0;
    QStringList m_words;
    QSet<MessageFolds::Id> m_open; // folds that a person opened
    QSet<MessageFolds::Id> m_openForWords; // and those that are open to show a marked word
    QString m_emptyText;
    bool m_toldSeen = false;
    bool m_focusMarked = false;
};

} // namespace casement
