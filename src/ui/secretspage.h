#pragma once

#include "ui/secretsettings.h"
#include "ui/settingsdialog.h"

#include <QHash>

#include <memory>

class QCheckBox;

namespace casement {

namespace Ui {
class SecretsPage;
}

/// What is looked for before something is sent: the kinds that Casement knows, and patterns of one's own.
class SecretsPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit SecretsPage(SecretSettings &settings, QWidget *parent = nullptr);
    ~SecretsPage() override;

    QString title() const override;
    void retranslate() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void edited();
    void showProblems();

    std::unique_ptr<Ui::SecretsPage> m_ui;
    SecretSettings &m_settings;
    QHash<int, QCheckBox *> m_kinds;
};

} // namespace casement
