#pragma once

#include <QDialog>
#include <QModelIndex>

#include <memory>

namespace casement {

class ActivityModel;

namespace Ui {
class ActivityWindow;
}

/// View > Activity: what runs, what was done since the start and how it ended. What runs can be stopped there.
class ActivityWindow final : public QDialog
{
    Q_OBJECT

public:
    /// `activity` is borrowed.
    explicit ActivityWindow(ActivityModel &activity, QWidget *parent = nullptr);
    ~ActivityWindow() override;

    /// Shows it, or brings it to the front.
    void present();

Q_SIGNALS:
    /// Nothing was done yet, and the person wants something to be.
    void refreshRequested();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    void update();
    void cancel(const QModelIndexList &rows);
    void stop();
    void stopAll();
    void copy();
    void fitColumns();

    std::unique_ptr<Ui::ActivityWindow> m_ui;
    ActivityModel &m_activity;
};

} // namespace casement
