#pragma once

#include "aws/networkpreferences.h"
#include "ui/settingsdialog.h"

#include <memory>

namespace casement {

namespace Ui {
class NetworkPage;
}

class UiSettings;

/// What is kept about the way to the network; never a password.
NetworkPreferences readNetworkPreferences(const UiSettings &settings);
/// Whether a proxy may be there: a name or an address, without port, path and name of a person.
bool isProxyHost(const QString &host);

/// Settings: proxy and CA file.
class NetworkPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// `settings` is borrowed. `environmentProxy`: `HOST:PORT` of what the environment names, empty when it names none.
    NetworkPage(UiSettings &settings, const QString &environmentProxy, QWidget *parent = nullptr);
    ~NetworkPage() override;

    QString title() const override;
    void retranslate() override;

Q_SIGNALS:
    /// Something else holds now; it is in the settings.
    void changed(const casement::NetworkPreferences &preferences);

private:
    void load();
    void showState();
    void edited();
    bool takeAddress();
    QString proxyProblem() const;
    QString caProblem() const;

    std::unique_ptr<Ui::NetworkPage> m_ui;
    UiSettings &m_settings;
    QString m_environmentProxy;
    qsizetype m_hostSize = 0; // before it was edited
    bool m_loading = false;
};

} // namespace casement
