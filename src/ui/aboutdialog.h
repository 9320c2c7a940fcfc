#pragma once

#include <QDialog>

#include <memory>

namespace casement {

namespace Ui {
class AboutDialog;
}

/// Help > About Casement: version, build, licence, and the libraries that the program runs with. Goes when it is
/// closed.
class AboutDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent = nullptr);
    ~AboutDialog() override;

    /// All of it, a line each, for a report; the same in every language.
    static QString text();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    std::unique_ptr<Ui::AboutDialog> m_ui;
};

} // namespace casement
