#pragma once

#include <QObject>
#include <QSize>

class QDialog;
class QWidget;

namespace casement {

/// Sees to it that every dialog of the program fits its screen: none is shown larger than that, and where one needs
/// more height than there is, what stands above its buttons scrolls. One for the process, made before the first window.
class ScreenFit final : public QObject
{
    Q_OBJECT

public:
    explicit ScreenFit(QObject *parent = nullptr);
    ~ScreenFit() override;

    /// What the window's screen has room for, without the desktop's frame around the window.
    static QSize roomFor(const QWidget &window);
    /// The keys go to a field, to which what scrolls is scrolled with a few lines below it, where its problem stands.
    static void goTo(QWidget &field);
    /// As if each screen had so much room; an empty size: as it is. For tests.
    static void pretendRoom(QSize room);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit(QDialog &dialog);
};

} // namespace casement
