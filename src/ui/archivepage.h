#pragma once

#include "archive/archivecare.h"
#include "ui/settingsdialog.h"

#include <functional>
#include <memory>

namespace casement {

namespace Ui {
class ArchivePage;
}

class UiSettings;
class Workspace;

/// What is kept about how long the archive keeps things; whatever can't be read is "for ever".
Retention readRetention(const UiSettings &settings);
void writeRetention(UiSettings &settings, const Retention &retention);

/// Settings: where the archive is, how large it is, how to move it, and what of it is kept for how long.
class ArchivePage final : public SettingsPage
{
    Q_OBJECT

public:
    /// All are borrowed. `fixedPlace` says why it can't be moved (a portable folder, `--archive`), in the language of
    /// now; nothing when it can.
    ArchivePage(Workspace &workspace, ArchiveCare &care, std::function<QString()> fixedPlace,
                QWidget *parent = nullptr);
    ~ArchivePage() override;

    QString title() const override;
    void retranslate() override;

    /// `1 case and 2 downloaded files (3 MB) were removed.`
    static QString told(const CleanedUp &gone);

Q_SIGNALS:
    /// Clean up as the settings say, now; tellCleaned() follows.
    void cleanUpRequested();
    /// The person chose a folder for the archive.
    void moveRequested(const QString &folder);

public Q_SLOTS:
    void tellCleaned(const casement::Result<casement::CleanedUp> &gone);
    /// Something about the move: why it can't be, that it goes on, how it ended.
    void tellMove(const QString &sentence, bool isProblem);
    /// Where it is, and how large.
    void refresh();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void load();
    void store();
    void explain();

    std::unique_ptr<Ui::ArchivePage> m_ui;
    Workspace &m_workspace;
    ArchiveCare &m_care;
    std::function<QString()> m_fixedPlace;
    bool m_loading = false;
};

} // namespace casement
