#pragma once

#include "archive/advisorarchive.h"
#include "models/resourcemodel.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <utility>

namespace casement {

namespace Ui {
class AdvisorDetail;
}

class AdvisorWork;
class Workspace;

class ColumnTable;

/// Resources of a check that a person chose, for a case about them.
struct ChosenResources
{
    AccountId account = 0;
    QString checkId;
    QString name; ///< of the check
    QString status; ///< of the check, as the service spells it
    QList<std::pair<QString, QString>> resources; ///< region and id, or what else tells the resource
    qsizetype more = 0; ///< chosen and not listed
};

/// A check: how it stands, its resources with what became of them, and its description.
class AdvisorDetail final : public QWidget
{
    Q_OBJECT

public:
    explicit AdvisorDetail(QWidget *parent = nullptr);
    ~AdvisorDetail() override;

    /// Both borrowed; once.
    void setUp(Workspace &workspace, AdvisorWork &work);

    /// Shows a check, or how it stands by now when it is shown already.
    void show(const AdvisorCheckRecord &check);
    using QWidget::show;
    void clear();
    AccountId account() const { return m_check.account; }
    QString checkId() const { return m_check.checkId; }
    ResourceModel &resources() { return *m_model; }
    /// The check, and the resources that are selected.
    ChosenResources choice() const;
    void setHidesSuppressed(bool on);
    bool hidesSuppressed() const;
    void setRowActions(const QList<QAction *> &actions);
    void copy() const;
    void selectAll();
    bool hasResourceFocus() const;
    /// The table of resources; null while there is none.
    ColumnTable *table() const;
    void save();
    void retranslate();
    /// Ages and countdowns move on.
    void tick();

Q_SIGNALS:
    void refreshRequested(casement::AccountId account, const QString &checkId);
    void loadRequested(casement::AccountId account);
    void openCaseRequested();
    void linkHovered(const QString &target);
    void hidesSuppressedChanged(bool on);
    /// The table stands, with whatever it is compared with.
    void shown();

protected:
    void changeEvent(QEvent *event) override;

private:
    void load();
    void takeSnapshots(const QList<AdvisorSnapshotRecord> &snapshots);
    void takeResult(const AdvisorSnapshot &snapshot);
    void chooseEarlier(int row);
    void compareWith(qint64 snapshot);
    void filterChanged();
    void fillStatuses();
    void fillSnapshots();
    void showFacts();
    void showRefresh();
    void showRows();
    void recolor();

    std::unique_ptr<Ui::AdvisorDetail> m_ui;
    Workspace *m_workspace = nullptr;
    AdvisorWork *m_work = nullptr;
    ResourceModel *m_model;
    AdvisorCheckRecord m_check;
    QList<AdvisorSnapshotRecord> m_snapshots; // newest first
    AdvisorResultPtr m_result;
    qint64 m_shownSnapshot = 0;
    qint64 m_comparedWith = 0;
    bool m_comparisonChosen = false; // by the person: not the one before
    Error m_error;
    std::unique_ptr<QObject> m_loading; // context of what is asked for this check
    std::unique_ptr<QObject> m_comparing;
    QTimer m_second;
};

} // namespace casement
