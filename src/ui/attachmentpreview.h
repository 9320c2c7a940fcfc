#pragma once

#include "ui/attachmentfetcher.h"
#include "ui/previewcontent.h"

#include <QDialog>

#include <memory>

class QLabel;

namespace casement {

namespace Ui {
class AttachmentPreview;
}

class AttachmentActions;

/// Shows a picture, a text, JSON or a table of CSV inside the program, so that no other one has to open it. Downloads
/// it first where it must, and reads it on the pool.
class AttachmentPreview final : public QDialog
{
    Q_OBJECT

public:
    /// `actions` is borrowed and outlives the dialog.
    AttachmentPreview(AttachmentActions &actions, const AttachmentFile &file, QWidget *parent);
    ~AttachmentPreview() override;

    /// What there is stands on screen, or why there is nothing.
    bool isReady() const { return m_isReady; }
    const PreviewContent &content() const { return m_content; }

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void load();
    void showContent(PreviewContent content);
    void showFailure(const Error &error);
    void showReason();
    void showFacts();
    void showProgress();
    void fitPicture();
    void find(bool backward);
    bool findInTable(const QString &words, bool backward);
    void retranslate();

    std::unique_ptr<Ui::AttachmentPreview> m_ui;
    AttachmentActions &m_actions;
    AttachmentFile m_file;
    PreviewContent m_content;
    Error m_error; // of the download
    QLabel *m_picture = nullptr;
    bool m_isReady = false;
};

} // namespace casement
