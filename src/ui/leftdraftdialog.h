#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace casement {

class Workspace;

/// The draft of a reply that nothing can be written on any more, since its account or its case is not in this window:
/// to be read and copied.
class LeftDraftDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Closes itself when the entry goes. Deletes itself when it is closed.
    LeftDraftDialog(Workspace &workspace, const QString &entry, QWidget *parent);

protected:
    void changeEvent(QEvent *event) override;

private:
    void showEntry();
    void retranslate();

    Workspace &m_workspace;
    const QString m_entry;
    QLabel *m_what;
    QPlainTextEdit *m_text;
    QLabel *m_files;
    QPushButton *m_copy;
    QPushButton *m_close;
};

} // namespace casement
