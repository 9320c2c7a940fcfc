#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace casement {

/// What has to be said of a template that was loaded, or why a file is none; it stays until it is closed or something
/// else is said.
class TemplateNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit TemplateNotice(QWidget *parent = nullptr);

    /// Shows the sentences and tells them to screen readers; hides itself when there are none.
    void tell(const QString &sentences);
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void nameClose();
    void recolor();

    QLabel *m_text = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace casement
