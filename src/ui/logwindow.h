#pragma once

#include "base/logbuffer.h"

#include <QDialog>
#include <QTimer>

#include <memory>

namespace casement {

namespace Ui {
class LogWindow;
}

/// Help > Log: what this run wrote into its log, filtered as it comes. Redacted and without names of people's folders,
/// so that it can be copied into a report as it stands.
class LogWindow final : public QDialog
{
    Q_OBJECT

public:
    /// `log` is borrowed.
    explicit LogWindow(const LogBuffer &log, QWidget *parent = nullptr);
    ~LogWindow() override;

    /// What is shown, below a few lines about this program and this computer.
    QString report() const;
    void saveTo(const QString &file);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refill();
    void takeNew();
    void retranslate();
    void showCount();
    bool isWanted(const LogLine &line) const;

    std::unique_ptr<Ui::LogWindow> m_ui;
    const LogBuffer &m_log;
    QTimer m_look;
    quint64 m_last = 0;
    int m_shown = 0;
};

} // namespace casement
