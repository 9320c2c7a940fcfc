#pragma once

#include <QIcon>
#include <QWidget>

namespace casement {

/// The mark of an account's colour, as in the case list; `color` is an index of accountColor(). Of the theme of now.
QIcon accountSwatch(int color);
/// The same of an account that can't be refreshed: a warning in its colour's place.
QIcon accountTroubleSwatch();

/// The same beside a text that begins with the account's name: as high as the first line of it.
class AccountMark final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountMark(QWidget *parent = nullptr);

    void setColor(int color);
    int color() const { return m_color; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_color = 0;
};

} // namespace casement
