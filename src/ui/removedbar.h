#pragma once

#include <QFrame>
#include <QPointer>
#include <QStringList>
#include <QTimer>

class QLabel;
class QPushButton;

namespace casement {

class OutboxFiles;

/// Says for ten seconds which files were taken out of a message, and offers to bring them back; then they are removed
/// for good. It stays while the pointer or the focus is on it.
class RemovedBar final : public QFrame
{
    Q_OBJECT

public:
    explicit RemovedBar(QWidget *parent = nullptr);
    ~RemovedBar() override;

    /// A file that was put aside; `files` outlives the bar's use.
    void add(const QString &id, OutboxFiles &files);
    /// The ids of what is to be brought back; the bar hides.
    QStringList take();
    /// Removes for good what is offered.
    void end();
    void focusUndo();

Q_SIGNALS:
    void undoRequested();
    /// Nothing is offered any more.
    void ended();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void endUnlessUsed();

    OutboxFiles *m_files = nullptr;
    QStringList m_ids;
    QString m_name; // of the last
    QTimer m_time;
    QLabel *m_text;
    QPushButton *m_undo;
};

} // namespace casement
