#pragma once

#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class StatePage;
}

/// What stands in a list's place while it has nothing to show: one sentence and, at most, one button with another way
/// out beside it; or quiet bars while it loads.
class StatePage final : public QWidget
{
    Q_OBJECT

public:
    explicit StatePage(QWidget *parent = nullptr);
    ~StatePage() override;

    /// `button`, `second` empty: none.
    void show(const QString &iconName, const QString &title, const QString &sentence, const QString &button = {},
              const QString &second = {});
    /// Bars where rows will be, with a line that says what is awaited.
    void showLoading(const QString &sentence);
    /// Gives the focus to the button; false when there is none.
    bool focusButton();
    /// To the button, or to the page itself, so that a screen reader says what stands there and keys have a place.
    void takeFocus();
    QString title() const;
    QString sentence() const;

Q_SIGNALS:
    void buttonClicked();
    void secondClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintIcon();

    std::unique_ptr<Ui::StatePage> m_ui;
    QString m_icon;
    bool m_loading = false;
};

} // namespace casement
