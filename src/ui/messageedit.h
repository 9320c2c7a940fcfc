#pragma once

#include <QPlainTextEdit>
#include <QTextEdit>

#include <array>
#include <functional>

class QMenu;

namespace casement {

class Shortcuts;

/// A field for the text of a message: plain text, as high as its text between a few lines and a limit, Ctrl+Enter
/// sends, or the key that the person gave to that.
class MessageEdit final : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit MessageEdit(QWidget *parent = nullptr);

    /// The key that sends is the registry's from now on.
    void followSendKey(Shortcuts &shortcuts);

    /// What was typed, to the letter: QPlainTextEdit::toPlainText() makes spaces of no-break spaces.
    QString text() const;
    /// Replaces the text as an edit that can be undone.
    void replace(int start, int length, const QString &with);

    /// Lines that are shown at least and at most before it scrolls; 0 for the second: it never scrolls, being as high
    /// as its text and as the layout lets it be.
    void setLines(int least, int most);

    /// What is offered a paste that is no text alone; true: it took it. Files that are dropped go to the widgets
    /// around.
    using Paste = std::function<bool(const QMimeData &)>;
    void setPaste(Paste paste) { m_paste = std::move(paste); }

    /// Who marks places of the text; the later one is seen where two mark the same.
    enum Marker { SpellingMarks, SecretMarks, MarkerCount };
    void setMarks(Marker marker, const QList<QTextEdit::ExtraSelection> &marks);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void sendPressed();
    /// The menu for that place is about to be shown, and can be added to.
    void menuWanted(QMenu *menu, const QTextCursor &at);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    int heightOf(int lines) const;
    bool isSend(const QKeyEvent &event) const;
    void fit();

    Paste m_paste;
    std::array<QList<QTextEdit::ExtraSelection>, MarkerCount> m_marks;
    QList<QKeySequence> m_sendKeys{QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)};
    int m_least = 3;
    int m_most = 12;
    int m_wanted = 0; // the height that the layout was told of
};

} // namespace casement
