#pragma once

#include "ui/problemreport.h"

#include <QDialog>
#include <QTimer>

#include <memory>
#include <vector>

namespace casement {

namespace Ui {
class ReportDialog;
}

/// Help > Report a Problem: what goes into a report, each file to be read and left out, before anything is written. It
/// is saved where the person says or copied, and never sent.
///
/// What the person wrote is kept in the settings, so that neither closing nor a crash loses it.
class ReportDialog final : public QDialog
{
    Q_OBJECT

public:
    static const QString writtenKey; ///< of the settings

    /// What a report is made from; all are borrowed, `desk` may be null.
    struct Parts
    {
        Workspace &workspace;
        const AccountDesk *desk;
        const LogBuffer &log;
    };
    explicit ReportDialog(const Parts &parts, QWidget *parent = nullptr);
    ~ReportDialog() override;

    /// Looks at everything anew, and comes to the front.
    void present();
    /// Everything is there to be read.
    bool isReady() const { return m_report.isReady(); }
    /// The files that are chosen, one below the other.
    QString text() const;
    void saveTo(const QString &wanted);

Q_SIGNALS:
    /// A ZIP was written, or could not be.
    void saveEnded();

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    /// A file of the ZIP.
    struct File
    {
        QString name;
        std::function<QString()> content;
    };

    std::vector<File> chosen() const;
    void retranslate();
    void showFile();
    void showButtons();
    void keepWritten();
    void chooseTarget();
    void told(const QString &sentence);

    std::unique_ptr<Ui::ReportDialog> m_ui;
    Workspace &m_workspace;
    ProblemReport m_report;
    std::vector<File> m_files;
    QTimer m_keep;
    bool m_isSaving = false;
};

} // namespace casement
