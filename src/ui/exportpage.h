#pragma once

#include "ui/settingsdialog.h"

#include <memory>

namespace casement {

namespace Ui {
class ExportPage;
}

class UiSettings;
struct AdvisorExportOptions;

/// How results of Trusted Advisor are written into files.
class ExportPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit ExportPage(UiSettings &settings, QWidget *parent = nullptr);
    ~ExportPage() override;

    QString title() const override;
    void retranslate() override;

    /// What is set here, or the usual.
    static AdvisorExportOptions options(const UiSettings &settings);
    /// Only the columns that the table of a check shows are written.
    static bool takesShownColumns(const UiSettings &settings);

private:
    std::unique_ptr<Ui::ExportPage> m_ui;
};

} // namespace casement
