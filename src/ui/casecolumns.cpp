#include "ui/casecolumns.h"

#include "models/caselistmodel.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "ui/casetable.h"
#include "ui/columnmenu.h"
#include "ui/headerstate.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QDateTime>
#include <QEvent>
#include <QFontInfo>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QScopedValueRollback>
#include <QScrollBar>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString settingsKey = u"cases"_s;
const QString keptKey = u"cases/keptColumns"_s;
const QString draggedKey = u"cases/ownWidths"_s;

constexpr int cellMargins = 16;
constexpr int sortArrow = 24; // FlatStyle's, with the gap before it

// What the subject wants, in heights of a letter: to do without a second line below it, and to be of use at all.
constexpr int comfortableSubject = 16;
constexpr int leastSubject = 13;

/// What is given up for the subject's sake, one step after the other.
struct Concession
{
    QList<int> folded;
    int enough; ///< done when the subject has room for so many
};

const QList<Concession> &concessions()
{
    using Model = CaseListModel;
    static const QList<Concession> list{
        {{}, comfortableSubject},
        {{Model::Account}, leastSubject},
        {{Model::Account, Model::Star}, leastSubject},
        {{Model::Account, Model::Star, Model::Updated}, leastSubject},
        {{Model::Account, Model::Star, Model::Status, Model::Updated}, 0},
    };
    return list;
}

} // namespace

CaseColumns::CaseColumns(CaseTable &table, Workspace &workspace, QObject *parent)
    : QObject(parent), m_table(table), m_workspace(workspace)
{
    QHeaderView *header = m_table.horizontalHeader();
    reset();
    const UiSettings &settings = m_workspace.settings();
    if (!settings.text(settingsKey + u"/columns"_s).isEmpty()) {
        const QScopedValueRollback guard(m_fitting, true);
        fold({});
        headerstate::restore(*header, settings, settingsKey, CaseListModel::Updated, Qt::DescendingOrder);
        m_kept = headerstate::toColumns(*header, settings.text(keptKey));
        m_dragged = headerstate::toColumns(*header, settings.text(draggedKey));
    }
    fit();
    connect(header, &QHeaderView::sectionResized, this, &CaseColumns::columnResized);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &CaseColumns::fitSoon);
    connect(&m_workspace.accounts(), &AccountModel::changed, this, &CaseColumns::fitSoon);
    header->viewport()->installEventFilter(this);
    m_table.viewport()->installEventFilter(this);
    // A scroll bar that comes while the page is shown for the first time takes its room without a resize event.
    for (const QScrollBar *bar : {m_table.verticalScrollBar(), m_table.horizontalScrollBar()}) {
        connect(bar, &QScrollBar::rangeChanged, this, [this] {
            if (m_table.viewport()->width() != m_fittedRoom)
                fitSoon();
        });
    }
}

void CaseColumns::fillColumnMenu(QMenu &menu)
{
    const QHeaderView &header = *m_table.horizontalHeader();
    columnmenu::fillColumns(menu, header, columnmenu::sectionsOf(header),
                            [this](int section, bool on) { showColumn(section, on); });
}

void CaseColumns::fillSortMenu(QMenu &menu)
{
    QHeaderView &header = *m_table.horizontalHeader();
    columnmenu::fillSort(menu, header, columnmenu::sectionsOf(header));
}

void CaseColumns::reset()
{
    QHeaderView *header = m_table.horizontalHeader();
    {
        const QScopedValueRollback guard(m_fitting, true);
        fold({});
        headerstate::reset(*header, CaseListModel::Updated, Qt::DescendingOrder);
        for (int section = 0; section < header->count(); ++section)
            header->setSectionHidden(section, true);
        int place = 0;
        for (const int section :
             {int(CaseListModel::Star), int(CaseListModel::Severity), int(CaseListModel::Status),
              int(CaseListModel::Subject), int(CaseListModel::Account), int(CaseListModel::Updated)}) {
            header->setSectionHidden(section, false);
            header->moveSection(header->visualIndex(section), place++);
        }
    }
    m_kept.clear();
    m_dragged.clear();
    fit();
}

/// Shown, or only folded for want of room.
bool CaseColumns::isWanted(int section) const
{
    return !m_table.horizontalHeader()->isSectionHidden(section) || m_folded.contains(section);
}

void CaseColumns::showColumn(int section, bool on)
{
    QHeaderView *header = m_table.horizontalHeader();
    if (!on && header->hiddenSectionCount() >= header->count() - 1)
        return; // the last column stays
    {
        const QScopedValueRollback guard(m_fitting, true);
        m_folded.removeAll(section);
        m_kept.removeAll(section);
        if (on)
            m_kept.append(section);
        header->setSectionHidden(section, !on);
    }
    m_dragged.removeAll(CaseListModel::Subject); // it takes, or gives, the room
    fit();
}

void CaseColumns::columnResized(int section, int before, int now)
{
    if (m_fitting || !m_table.isVisible())
        return;
    if (before > 0 && now > 0) {
        if (!m_dragged.contains(section))
            m_dragged.append(section);
        m_dragging = QGuiApplication::mouseButtons() != Qt::NoButton;
    }
    fitSoon(); // the header is in the middle of its change
}

void CaseColumns::fitSoon()
{
    if (m_fitPending)
        return;
    m_fitPending = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_fitPending = false;
            fit();
        },
        Qt::QueuedConnection);
}

/// Hides these and no others for want of room.
void CaseColumns::fold(const QList<int> &sections)
{
    QHeaderView *header = m_table.horizontalHeader();
    const QList<int> before = m_folded;
    m_folded = sections;
    for (const int section : before) {
        if (!sections.contains(section))
            header->setSectionHidden(section, false);
    }
    for (const int section : sections) {
        if (!before.contains(section))
            header->setSectionHidden(section, true);
    }
    // Which account a case is of is never told by a colour alone.
    QList<int> below = sections;
    const bool several = m_workspace.accountRecords().size() > 1;
    below.removeAll(CaseListModel::Account);
    below.removeAll(CaseListModel::Star); // the subject has a picture of it
    if (several && header->isSectionHidden(CaseListModel::Account))
        below.prepend(CaseListModel::Account);
    m_table.setBelowSubject(header->isSectionHidden(CaseListModel::Subject) ? QList<int>() : below);
}

/// As wide as its title and its widest words; other columns as they are.
int CaseColumns::widthFor(int section) const
{
    const QHeaderView *header = m_table.horizontalHeader();
    if (m_dragged.contains(section) && !m_folded.contains(section))
        return header->sectionSize(section);
    if (section == CaseListModel::Star) // its heading is a picture
        return CaseTable::starWidth + (section == header->sortIndicatorSection() ? sortArrow : 0);
    QFont bold = m_table.font(); // unread cases
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    int width =
        QFontMetrics(header->font()).horizontalAdvance(header->model()->headerData(section, Qt::Horizontal).toString());
    if (section == header->sortIndicatorSection())
        width += sortArrow;
    const auto widen = [&](const QString &text, int more = 0) {
        width = qMax(width, metrics.horizontalAdvance(text) + more);
    };
    switch (section) {
    case CaseListModel::Severity:
        for (const char *code : {"low", "normal", "high", "urgent", "critical"})
            width = qMax(width, m_table.fontMetrics().horizontalAdvance(Names::severity(code)) + 18); // never bold
        break;
    case CaseListModel::Status:
        for (const char *code : {"unassigned", "opened", "work-in-progress", "pending-customer-action",
                                 "customer-action-completed", "reopened", "resolved"})
            widen(Names::status(code));
        break;
    case CaseListModel::Account:
        for (const AccountRecord &account : m_workspace.accountRecords())
            widen(m_workspace.accountName(account.id).left(40), 15);
        width = qMin(width, metrics.averageCharWidth() * 18 + 15);
        break;
    case CaseListModel::Updated: {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const qint64 old = QDateTime(QDate(2020, 12, 28), QTime(12, 0)).toMSecsSinceEpoch();
        widen(TimeText::relative(old, now, QLocale()));
        widen(TimeText::span(59 * 60'000LL));
        widen(TimeText::span(23 * 3'600'000LL));
        break;
    }
    default:
        return header->sectionSize(section);
    }
    return width + cellMargins;
}

void CaseColumns::fit()
{
    QHeaderView *header = m_table.horizontalHeader();
    if (m_fitting)
        return;
    const QScopedValueRollback guard(m_fitting, true);
    if (header->isSectionHidden(CaseListModel::Subject))
        return fold({}); // nothing that could give or take
    const int room = m_table.viewport()->width();
    m_fittedRoom = room;
    const int letter = QFontInfo(m_table.font()).pixelSize(); // average widths tell little across scripts
    QList<int> widths; // by section
    for (int section = 0; section < header->count(); ++section)
        widths.append(isWanted(section) ? widthFor(section) : 0);
    // What is left for the subject when the columns up to `last` stand in the room.
    const auto left = [&](const QList<int> &folded, int last) {
        int rest = room;
        for (int visual = 0; visual <= last; ++visual) {
            const int section = header->logicalIndex(visual);
            if (section != CaseListModel::Subject && isWanted(section) && !folded.contains(section))
                rest -= widths.at(section);
        }
        return rest;
    };
    const int all = header->count() - 1;
    QList<int> folded = m_folded;
    for (const Concession &step : concessions()) {
        QList<int> sections;
        for (const int section : step.folded) {
            if (isWanted(section) && !m_kept.contains(section))
                sections.append(section);
        }
        if (m_dragging && sections != m_folded)
            continue; // columns neither come nor go under the mouse
        folded = sections;
        if (left(folded, all) >= letter * step.enough)
            break;
    }
    // More columns than there is room for, because somebody asked for them: whole ones, and always the sorted one.
    const int sorted = header->visualIndex(header->sortIndicatorSection());
    int width = left(folded, all);
    for (int last = all; width < letter * leastSubject && last > sorted; --last)
        width = left(folded, last - 1);
    fold(folded);
    for (int section = 0; section < header->count(); ++section) {
        if (section != CaseListModel::Subject && !header->isSectionHidden(section))
            header->resizeSection(section, widths.at(section));
    }
    if (!m_dragged.contains(CaseListModel::Subject))
        header->resizeSection(CaseListModel::Subject, qMax(width, letter * 3));
    // The view paints what changed by itself; more would paint a filled list twice.
}

bool CaseColumns::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_table.viewport()) {
        if (m_fitting)
            fitSoon(); // higher rows brought a scroll bar
        else
            fit();
    } else if (event->type() == QEvent::MouseButtonRelease && m_dragging) {
        m_dragging = false;
        fitSoon();
    }
    return QObject::eventFilter(watched, event);
}

void CaseColumns::save()
{
    UiSettings &settings = m_workspace.settings();
    const QHeaderView &header = *m_table.horizontalHeader();
    headerstate::save(header, settings, settingsKey, m_folded);
    settings.set(keptKey, headerstate::toString(header, m_kept));
    settings.set(draggedKey, headerstate::toString(header, m_dragged));
}

} // namespace casement
