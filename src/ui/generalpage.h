#pragma once

#include "ui/settingsdialog.h"

#include <memory>

namespace casement {

namespace Ui {
class GeneralPage;
}

class InterfaceLanguage;
class Theme;
class Workspace;

/// Settings: languages, theme, how often accounts are refreshed, where templates are, and the
/// spelling.
class GeneralPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All are borrowed and outlive the page.
    GeneralPage(Workspace &workspace, InterfaceLanguage &language, Theme &theme, QWidget *parent = nullptr);
    ~GeneralPage() override;

    QString title() const override;
    void retranslate() override;

Q_SIGNALS:
    /// How often accounts are refreshed is another; it is in the settings (NotificationSettings::poll).
    void refreshChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void storeRefresh();
    void explainLanguage();
    void explainRefresh();
    void folderEdited();
    void showSpelling();

    std::unique_ptr<Ui::GeneralPage> m_ui;
    Workspace &m_workspace;
    InterfaceLanguage &m_language;
    Theme &m_theme;
    bool m_loading = false;
};

} // namespace casement
