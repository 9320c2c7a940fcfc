#pragma once

#include "ui/notificationsettings.h"
#include "ui/settingsdialog.h"

#include <array>
#include <functional>
#include <memory>

class QCheckBox;

namespace casement {

namespace Ui {
class NotificationsPage;
}

/// Settings: what is told on the desktop, when it is quiet, and the tray.
class NotificationsPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// `hasTray` says whether this desktop has a place for the icon.
    NotificationsPage(UiSettings &settings, std::function<bool()> hasTray, QWidget *parent = nullptr);
    ~NotificationsPage() override;

    QString title() const override;
    void retranslate() override;

Q_SIGNALS:
    /// Something else holds now; it is in the settings.
    void changed(const casement::NotificationSettings &settings);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void store();
    void explain();

    std::unique_ptr<Ui::NotificationsPage> m_ui;
    UiSettings &m_settings;
    std::function<bool()> m_hasTray;
    std::array<QCheckBox *, 7> m_days{};
    bool m_loading = false;
};

} // namespace casement
