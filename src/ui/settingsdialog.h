#pragma once

#include <QDialog>

#include <functional>
#include <memory>
#include <vector>

namespace casement {

namespace Ui {
class SettingsDialog;
}

/// A page of the settings. What is changed on it holds at once: there is nothing to confirm and nothing to lose. A
/// value that can't hold yet (half a number, a pattern that is none) says so beside its field; the last good one holds.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// What it is called in the list of pages, in the language of now.
    virtual QString title() const = 0;
    /// The interface language changed. Words only: what the fields hold may be older than what is set, and is not
    /// written.
    virtual void retranslate() = 0;
};

/// The settings: a list of pages and the chosen one beside it. Not modal; the rest of the window follows each change.
///
/// Costs nothing until it is opened.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(QWidget *parent = nullptr);
    ~SettingsDialog() override;

    /// Adds a page behind those that are there; it is made when the dialog is first opened, and told the language
    /// after that.
    enum class Place { Last, First };
    void addPage(std::function<SettingsPage *()> make, Place place = Place::Last);
    /// Makes all pages anew but `kept`, as for settings that came from elsewhere.
    void rebuild(const SettingsPage *kept = nullptr);
    /// Shows the dialog and brings it to the front: at the page with this objectName, else at the one seen last.
    void present(const QString &page = {});

Q_SIGNALS:
    /// The dialog was closed: time to write what was changed to the disk.
    void closed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void build();
    void makePages();
    QWidget *newPage(size_t maker);
    void retranslate();
    void step(int pages);

    std::unique_ptr<Ui::SettingsDialog> m_ui; // null until opened
    std::vector<std::function<SettingsPage *()>> m_makers;
    QList<SettingsPage *> m_pages; // of the first of them
};

} // namespace casement
