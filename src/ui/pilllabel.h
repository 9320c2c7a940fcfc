#pragma once

#include <QLabel>

namespace casement {

/// A short word on a rounded ground: a severity. The word stays the label's text, for screen readers.
class PillLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit PillLabel(QWidget *parent = nullptr) : QLabel(parent) { setTextFormat(Qt::PlainText); }

    void setSeverity(const QString &code, const QString &word);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_code;
};

} // namespace casement
