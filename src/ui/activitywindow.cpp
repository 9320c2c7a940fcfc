#include "ui/activitywindow.h"

#include "models/activitymodel.h"
#include "ui/dialogs.h"
#include "ui/roomyrows.h"
#include "ui/spoken.h"
#include "ui_activitywindow.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

ActivityWindow::ActivityWindow(ActivityModel &activity, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ActivityWindow>()), m_activity(activity)
{
    m_ui->setupUi(this);
    setObjectName(u"activityWindow"_s);
    m_ui->activities->setModel(&activity);
    m_ui->activities->setItemDelegate(new RoomyRows(this));
    m_ui->activities->setAllColumnsShowFocus(true);
    m_ui->activities->viewport()->installEventFilter(this);
    m_ui->activities->header()->setStretchLastSection(true);
    m_ui->activities->header()->setSectionsMovable(false);
    m_ui->activities->addActions({m_ui->actionActivityStop, m_ui->actionActivityCopy});
    connect(m_ui->actionActivityStop, &QAction::triggered, this, &ActivityWindow::stop);
    connect(m_ui->actionActivityCopy, &QAction::triggered, this, &ActivityWindow::copy);
    connect(m_ui->activityStop, &QPushButton::clicked, this, &ActivityWindow::stop);
    connect(m_ui->activityStopAll, &QPushButton::clicked, this, &ActivityWindow::stopAll);
    connect(m_ui->activityCopy, &QPushButton::clicked, this, &ActivityWindow::copy);
    connect(m_ui->activityClose, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ui->activityState, &StatePage::buttonClicked, this, &ActivityWindow::refreshRequested);
    connect(m_ui->activities->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ActivityWindow::update);
    for (const auto changed : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&activity, changed, this, &ActivityWindow::update);
    connect(&activity, &QAbstractItemModel::dataChanged, this, &ActivityWindow::update);
    dialogs::inPlatformOrder(*m_ui->buttons, {{m_ui->activityClose, QDialogButtonBox::RejectRole}});
    resize(760, 480);
    retranslate();
}

ActivityWindow::~ActivityWindow() = default;

void ActivityWindow::present()
{
    show();
    raise();
    activateWindow();
    if (m_activity.rowCount() == 0)
        return m_ui->activityState->takeFocus();
    if (!m_ui->activities->currentIndex().isValid())
        m_ui->activities->setCurrentIndex(m_activity.index(0, ActivityModel::What));
    m_ui->activities->setFocus();
}

void ActivityWindow::retranslate()
{
    m_ui->retranslateUi(this);
    m_ui->activityState->show(u"clock"_s, tr("Nothing was done yet"),
                              tr("What Casement fetches, sends and saves stands here, with how it ended."),
                              tr("&Refresh"));
    spoken::setDescription(*m_ui->activityStop, tr("Stops what is chosen, if it runs"));
    spoken::setDescription(*m_ui->activityStopAll, tr("Stops everything that runs"));
    update();
    fitColumns();
}

void ActivityWindow::update()
{
    m_ui->stack->setCurrentWidget(m_activity.rowCount() > 0 ? static_cast<QWidget *>(m_ui->activities)
                                                            : m_ui->activityState);
    const QModelIndexList chosen = m_ui->activities->selectionModel()->selectedRows();
    const bool anyRuns = std::any_of(chosen.begin(), chosen.end(),
                                     [this](const QModelIndex &index) { return m_activity.isRunning(index); });
    m_ui->activityStop->setEnabled(anyRuns);
    m_ui->actionActivityStop->setEnabled(anyRuns);
    m_ui->activityStopAll->setEnabled(m_activity.runningCount() > 0);
    m_ui->activityCopy->setEnabled(!chosen.isEmpty());
    m_ui->actionActivityCopy->setEnabled(!chosen.isEmpty());
}

/// One that ends may begin another, and rows move.
void ActivityWindow::cancel(const QModelIndexList &rows)
{
    const QList<QPersistentModelIndex> all(rows.begin(), rows.end());
    for (const QPersistentModelIndex &index : all)
        m_activity.cancel(index);
}

void ActivityWindow::stop() { cancel(m_ui->activities->selectionModel()->selectedRows()); }

void ActivityWindow::stopAll()
{
    QModelIndexList all;
    for (int row = 0; row < m_activity.rowCount(); ++row)
        all.append(m_activity.index(row, ActivityModel::What));
    cancel(all);
}

void ActivityWindow::copy()
{
    QList<int> rows;
    const QModelIndexList chosen = m_ui->activities->selectionModel()->selectedRows();
    for (const QModelIndex &index : chosen)
        rows.append(index.row());
    QGuiApplication::clipboard()->setText(m_activity.copied(rows));
}

void ActivityWindow::fitColumns()
{
    QHeaderView *header = m_ui->activities->header();
    const QFontMetrics metrics = m_ui->activities->fontMetrics();
    const int began = std::max(metrics.horizontalAdvance(u"00/00/00, 00:00 AM"_s) + 16,
                               header->sectionSizeHint(ActivityModel::Began));
    header->resizeSection(ActivityModel::Began, began);
    header->resizeSection(ActivityModel::What, std::max(160, (m_ui->activities->viewport()->width() - began) * 3 / 5));
}

void ActivityWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

bool ActivityWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        fitColumns();
    return QDialog::eventFilter(watched, event);
}

} // namespace casement
