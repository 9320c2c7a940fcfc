#pragma once

#include "models/deadlines.h"
#include "ui/settingsdialog.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QLabel;
class QSpinBox;

namespace casement {

namespace Ui {
class ResponseTargetsPage;
}

class Workspace;

/// How soon AWS aims to answer first, and how long cases wait: a plan's numbers, or one's own.
class ResponseTargetsPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit ResponseTargetsPage(Workspace &workspace, QWidget *parent = nullptr);
    ~ResponseTargetsPage() override;

    QString title() const override;
    /// Of ResponseTargets::plans(), for people.
    static QString planName(const QString &plan);
    void retranslate() override;

private:
    /// A severity's target: a number of a unit.
    struct Row
    {
        std::string code;
        QLabel *label = nullptr;
        QSpinBox *number = nullptr;
        QComboBox *unit = nullptr;
        int minutes() const;
    };

    void buildRows();
    void showTargets(const ResponseTargets &targets);
    void showPlan();
    void choosePlan();
    void edited();
    void keep(const ResponseTargets &targets);

    std::unique_ptr<Ui::ResponseTargetsPage> m_ui;
    Workspace &m_workspace;
    std::vector<Row> m_rows;
    std::optional<ResponseTargets> m_own; // numbers of no plan, to come back to
    bool m_showing = false; // the program fills the fields
};

} // namespace casement
