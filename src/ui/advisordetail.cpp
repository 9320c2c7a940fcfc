#include "ui/advisordetail.h"

#include "base/background.h"
#include "models/advisortext.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "ui/advisorlook.h"
#include "ui/advisorwork.h"
#include "ui/errortext.h"
#include "ui/fieldhint.h"
#include "ui/flowlayout.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_advisordetail.h"

#include <QDateTime>
#include <QEvent>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;
using ResourceKind = ResourceField::Kind;

namespace {

const QString hideSuppressedKey = u"advisor/hideSuppressed"_s;
const QString descriptionKey = u"advisor/description"_s;
constexpr qsizetype mostListed = 200; // resources of a case: a message has 8,000 characters

QString statusName(const QString &status) { return Names::advisorStatus(status.toUtf8().toStdString()); }

} // namespace

AdvisorDetail::AdvisorDetail(QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::AdvisorDetail>()), m_model(new ResourceModel(this))
{
    m_ui->setupUi(this);
    for (QWidget *part : {m_ui->heading, m_ui->facts, m_ui->controls}) {
        part->setBackgroundRole(QPalette::Base);
        part->setAutoFillBackground(true);
    }
    m_ui->name->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_ui->summary->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    QFont bold = m_ui->name->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->name->setFont(bold);
    m_ui->summary->setForegroundRole(QPalette::PlaceholderText);
    m_ui->resourceCount->setForegroundRole(QPalette::PlaceholderText);
    delete m_ui->controls->layout();
    auto *flow = new FlowLayout(m_ui->controls);
    flow->setContentsMargins(12, 0, 12, 8);
    flow->setSpacing(8);
    for (QWidget *part : std::initializer_list<QWidget *>{m_ui->resourceFilter, m_ui->resourceStatus, m_ui->compareWith,
                                                          m_ui->onlyChanges, m_ui->hideSuppressed,
                                                          m_ui->descriptionButton, m_ui->resourceCount})
        flow->addWidget(part);
    m_ui->body->setStretchFactor(0, 3);
    m_ui->body->setStretchFactor(1, 2);
    m_ui->stack->setMinimumWidth(240);
    m_ui->description->setMinimumWidth(180);
    m_second.setInterval(1000);
    connect(&m_second, &QTimer::timeout, this, &AdvisorDetail::showRefresh);

    connect(m_ui->resourceFilter, &QLineEdit::textChanged, this, &AdvisorDetail::filterChanged);
    connect(m_ui->resourceStatus, &QComboBox::activated, this, &AdvisorDetail::filterChanged);
    connect(m_ui->onlyChanges, &QCheckBox::toggled, this, &AdvisorDetail::filterChanged);
    connect(m_ui->hideSuppressed, &QCheckBox::toggled, this, [this](bool on) {
        filterChanged();
        Q_EMIT hidesSuppressedChanged(on);
    });
    connect(m_ui->compareWith, &QComboBox::activated, this, &AdvisorDetail::chooseEarlier);
    connect(m_ui->descriptionButton, &QToolButton::toggled, m_ui->description, &QWidget::setVisible);
    connect(m_ui->refreshButton, &QPushButton::clicked, this,
            [this] { Q_EMIT refreshRequested(m_check.account, m_check.checkId); });
    connect(m_ui->openCaseButton, &QPushButton::clicked, this, &AdvisorDetail::openCaseRequested);
    connect(m_ui->resourceState, &StatePage::buttonClicked, this, [this] {
        if (m_model->totalCount() == 0)
            return Q_EMIT loadRequested(m_check.account);
        m_ui->resourceFilter->clear();
        m_ui->resourceStatus->setCurrentIndex(0);
        m_ui->onlyChanges->setChecked(false);
        m_ui->hideSuppressed->setChecked(false);
        filterChanged();
    });
    connect(m_ui->description, &DescriptionView::linkHovered, this, &AdvisorDetail::linkHovered);
    connect(m_model, &ResourceModel::arranged, this, &AdvisorDetail::showRows);
    fillStatuses();
    recolor();
}

AdvisorDetail::~AdvisorDetail() = default;

void AdvisorDetail::setUp(Workspace &workspace, AdvisorWork &work)
{
    m_workspace = &workspace;
    m_work = &work;
    UiSettings &settings = workspace.settings();
    m_ui->resources->setUp(*m_model, settings);
    m_ui->hideSuppressed->setChecked(settings.flag(hideSuppressedKey, false));
    m_ui->descriptionButton->setChecked(settings.flag(descriptionKey, true));
    m_ui->description->setVisible(m_ui->descriptionButton->isChecked());
    connect(&work, &AdvisorWork::changed, this, &AdvisorDetail::showRefresh);
    clear();
}

void AdvisorDetail::setRowActions(const QList<QAction *> &actions) { m_ui->resources->setRowActions(actions); }

void AdvisorDetail::save()
{
    if (!m_workspace)
        return;
    m_ui->resources->saveColumns();
    m_workspace->settings().set(hideSuppressedKey, m_ui->hideSuppressed->isChecked());
    m_workspace->settings().set(descriptionKey, m_ui->descriptionButton->isChecked());
}

void AdvisorDetail::clear()
{
    m_loading.reset();
    m_comparing.reset();
    m_check = {};
    m_snapshots.clear();
    m_result.reset();
    m_shownSnapshot = 0;
    m_ui->resources->setCheck({});
    m_model->clear();
    m_ui->description->setFragment({});
    fillSnapshots();
    showFacts();
}

void AdvisorDetail::show(const AdvisorCheckRecord &check)
{
    const bool isOther = check.account != m_check.account || check.checkId != m_check.checkId;
    const bool isNewer = isOther || check.snapshot != m_check.snapshot
        || check.snapshotFetched != m_check.snapshotFetched; // one of the same time takes its number
    if (isOther) {
        clear();
        m_comparisonChosen = false;
        m_ui->resources->setCheck(check.checkId);
        m_ui->description->verticalScrollBar()->setValue(0);
    }
    m_check = check;
    if (isNewer)
        load();
    showFacts();
}

void AdvisorDetail::load()
{
    m_loading = std::make_unique<QObject>();
    m_error = {};
    AdvisorArchive &archive = m_work->archive();
    // The list has no descriptions; of one check it is read.
    archive.loadChecks(m_check.account, m_workspace->serviceLanguage(), m_loading.get(),
                       [this](const Result<QList<AdvisorCheckRecord>> &checks) {
                           for (const AdvisorCheckRecord &check : checks ? *checks : QList<AdvisorCheckRecord>()) {
                               if (check.checkId == m_check.checkId)
                                   m_ui->description->setFragment(check.description);
                           }
                       });
    archive.loadSnapshots(m_check.account, m_check.checkId, m_loading.get(),
                          [this](const Result<QList<AdvisorSnapshotRecord>> &snapshots) {
                              if (snapshots)
                                  return takeSnapshots(*snapshots);
                              m_error = snapshots.error();
                              showRows();
                          });
}

void AdvisorDetail::takeSnapshots(const QList<AdvisorSnapshotRecord> &snapshots)
{
    m_snapshots = snapshots;
    fillSnapshots();
    if (snapshots.isEmpty())
        return showRows();
    // The newest in the language of the window; what there is when there is none.
    const auto own = std::find_if(snapshots.begin(), snapshots.end(), [this](const AdvisorSnapshotRecord &snapshot) {
        return snapshot.id == m_check.snapshot;
    });
    m_shownSnapshot = own == snapshots.end() ? snapshots.constFirst().id : own->id;
    m_work->archive().loadSnapshot(m_shownSnapshot, m_loading.get(), [this](const Result<AdvisorSnapshot> &snapshot) {
        if (snapshot)
            return takeResult(*snapshot);
        m_error = snapshot.error();
        showRows();
    });
}

void AdvisorDetail::takeResult(const AdvisorSnapshot &snapshot)
{
    m_result = snapshot.result;
    fillSnapshots();
    m_model->setResult(m_result, snapshot.record.headings);
    // What became of the resources since the result before, unless somebody asked for another one.
    const auto isOffered = [this](qint64 id) { return m_ui->compareWith->findData(id) > 0; };
    if (!m_comparisonChosen || (m_comparedWith != 0 && !isOffered(m_comparedWith)))
        m_comparedWith = m_ui->compareWith->count() > 1 ? m_ui->compareWith->itemData(1).toLongLong() : 0;
    m_ui->compareWith->setCurrentIndex(qMax(0, m_ui->compareWith->findData(m_comparedWith)));
    compareWith(m_comparedWith);
}

/// Earlier results in the same language: values of another one would all be "changed".
void AdvisorDetail::fillSnapshots()
{
    const QSignalBlocker blocker(m_ui->compareWith);
    m_ui->compareWith->clear();
    //: In a list of earlier results: compare with none of them
    m_ui->compareWith->addItem(tr("No comparison"), qint64(0));
    const auto shown = std::find_if(m_snapshots.begin(), m_snapshots.end(),
                                    [this](const AdvisorSnapshotRecord &one) { return one.id == m_shownSnapshot; });
    const QLocale locale;
    for (auto it = shown == m_snapshots.end() ? shown : shown + 1; it != m_snapshots.end(); ++it) {
        if (it->language != shown->language)
            continue;
        //: An earlier result, by its time
        m_ui->compareWith->addItem(tr("Since %1").arg(TimeText::shortDateTime(it->time, locale)), it->id);
    }
    m_ui->compareWith->setCurrentIndex(qMax(0, m_ui->compareWith->findData(m_comparedWith)));
    m_ui->compareWith->setVisible(m_ui->compareWith->count() > 1);
    m_ui->onlyChanges->setVisible(m_ui->compareWith->count() > 1);
}

void AdvisorDetail::chooseEarlier(int row)
{
    m_comparisonChosen = true;
    m_comparedWith = m_ui->compareWith->itemData(row).toLongLong();
    compareWith(m_comparedWith);
}

void AdvisorDetail::compareWith(qint64 snapshot)
{
    m_comparing = std::make_unique<QObject>();
    m_ui->onlyChanges->setEnabled(snapshot != 0);
    if (snapshot == 0 || !m_result) {
        m_ui->onlyChanges->setChecked(false);
        if (m_model->resources() && m_model->resources()->isCompared())
            m_model->setComparison({}, {});
        return;
    }
    m_work->archive().loadSnapshot(snapshot, m_comparing.get(), [this](const Result<AdvisorSnapshot> &earlier) {
        if (!earlier)
            return;
        inBackground(
            m_comparing.get(), [before = earlier->result, after = m_result] { return compareResults(*before, *after); },
            [this, before = earlier->result](const AdvisorDifference &difference) {
                m_model->setComparison(before, difference);
            });
    });
}

void AdvisorDetail::filterChanged()
{
    ResourceQuery query;
    query.words = m_ui->resourceFilter->text();
    query.status = m_ui->resourceStatus->currentData().toString();
    query.hideSuppressed = m_ui->hideSuppressed->isChecked();
    query.onlyChanges = m_ui->onlyChanges->isChecked();
    m_model->setFilter(query);
}

bool AdvisorDetail::hidesSuppressed() const { return m_ui->hideSuppressed->isChecked(); }

void AdvisorDetail::setHidesSuppressed(bool on) { m_ui->hideSuppressed->setChecked(on); }

void AdvisorDetail::fillStatuses()
{
    const QSignalBlocker blocker(m_ui->resourceStatus);
    const QString chosen = m_ui->resourceStatus->currentData().toString();
    m_ui->resourceStatus->clear();
    m_ui->resourceStatus->addItem(tr("Any status"), QString());
    for (const QString &status : {u"error"_s, u"warning"_s, u"ok"_s})
        m_ui->resourceStatus->addItem(advisorlook::icon(status), statusName(status), status);
    m_ui->resourceStatus->setCurrentIndex(qMax(0, m_ui->resourceStatus->findData(chosen)));
}

/// What the check says of itself, in one line.
void AdvisorDetail::showFacts()
{
    const bool any = !m_check.checkId.isEmpty();
    for (QWidget *part : {m_ui->heading, m_ui->facts, m_ui->controls})
        part->setVisible(any);
    if (any) {
        const QLocale locale;
        m_ui->name->setTexts(displayText(m_check.name));
        QStringList facts;
        if (m_check.hasSummary)
            facts.append(statusName(m_check.status));
        if (m_workspace->accountRecords().size() > 1)
            facts.append(m_workspace->accountName(m_check.account));
        if (m_check.counts.resourcesProcessed > 0)
            facts.append(tr("%1 resources flagged", "3 of 20").arg(AdvisorText::flagged(m_check, locale)));
        else if (m_check.hasSummary && !m_check.hasCounts && m_check.status != "not_available"_L1)
            facts.append(tr("number of flagged resources not known"));
        if (m_check.savings.estimatedMonthlySavings > 0)
            facts.append(tr("%1 a month could be saved")
                             .arg(AdvisorText::money(m_check.savings.estimatedMonthlySavings, locale)));
        if (m_check.time > 0)
            facts.append(
                tr("refreshed %1").arg(TimeText::ago(m_check.time, QDateTime::currentMSecsSinceEpoch(), locale)));
        m_ui->summary->setTexts(facts.join(u" · "_s));
        if (icons::areEnabled())
            m_ui->statusIcon->setPixmap(icons::pixmap(advisorlook::iconName(m_check.status), 20, devicePixelRatioF(),
                                                      advisorlook::color(m_check.status)));
        spoken::setName(*m_ui->statusIcon, statusName(m_check.status));
    }
    showRefresh();
    showRows();
}

void AdvisorDetail::showRefresh()
{
    if (!m_work || m_check.checkId.isEmpty())
        return m_second.stop();
    const qint64 left = m_check.refresh.nextRefreshable - QDateTime::currentMSecsSinceEpoch();
    const bool isRunning = m_work->isRefreshing(m_check.account, m_check.checkId);
    QString tip = tr("Ask AWS to run this check again");
    QString text = tr("&Refresh");
    bool can = !m_check.isGone && m_workspace->client(m_check.account);
    if (m_check.refresh.isAutomatic) {
        text = tr("&Refreshed by AWS");
        tip = tr("AWS refreshes this check by itself and can't be asked to.");
        can = false;
    } else if (isRunning && (AdvisorText::isUnderWay(m_check.refresh) || left <= 0)) {
        text = tr("&Refreshing…");
        can = false;
    } else if (left > 0) {
        //: On a button: a refresh may be asked for in so many minutes and seconds
        text = tr("&Refresh in %1").arg(AdvisorText::countdown(left));
        tip = tr("AWS takes the next refresh of this check then.");
        can = false;
    }
    if (m_ui->refreshButton->hasFocus() && !can)
        m_ui->resources->setFocus();
    if (m_ui->refreshButton->text() != text)
        m_ui->refreshButton->setText(text);
    m_ui->refreshButton->setToolTip(tip);
    m_ui->refreshButton->setEnabled(can);
    if (left > 0 && !m_check.refresh.isAutomatic && isVisible())
        m_second.start();
    else
        m_second.stop();
}

/// The table, or in its place why there is none.
void AdvisorDetail::showRows()
{
    const QLocale locale;
    const int total = m_model->totalCount();
    const int rows = m_model->rowCount();
    QString count;
    if (total > 0) {
        const auto resources = m_model->resources();
        const auto gone = resources->isCompared() ? resources->difference().count(AdvisorChange::Gone) : 0;
        count = rows == total ? tr("%Ln resource(s)", nullptr, int(total - gone)) // those of today
                              : tr("%Ln of %1 resource(s)", nullptr, rows).arg(locale.toString(total));
    }
    if (const auto resources = m_model->resources(); resources && resources->isCompared()) {
        QStringList parts;
        for (const AdvisorChange change : {AdvisorChange::New, AdvisorChange::Gone, AdvisorChange::Worse,
                                           AdvisorChange::Better, AdvisorChange::Changed}) {
            if (const qsizetype some = resources->difference().count(change); some > 0)
                //: A number and what became of so many resources: "3 New"
                parts.append(tr("%Ln %1", "number and change", int(some)).arg(ResourceModel::changeName(change)));
        }
        count += u" · "_s + (parts.isEmpty() ? tr("nothing changed") : parts.join(tr(", ", "list separator")));
    }
    m_ui->resourceCount->setText(count);
    m_ui->resourceCount->setVisible(!count.isEmpty());
    m_ui->openCaseButton->setEnabled(!m_check.checkId.isEmpty());
    StatePage *state = m_ui->resourceState;
    m_ui->stack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_ui->resources) : state);
    if (rows > 0) {
        Q_EMIT shown();
        return;
    }
    if (m_check.checkId.isEmpty())
        state->show(u"info"_s, tr("No check selected"), tr("Select a check to see its resources."));
    else if (m_error.kind != Error::Kind::None)
        state->show(u"error"_s, tr("The resources could not be read"),
                    ErrorText::whole({}, ErrorText::Deed::Read, m_error), tr("L&oad Again"));
    else if (total > 0)
        state->show(u"filter"_s, tr("No match"), tr("No resource matches the filter."), tr("Clear the F&ilter"));
    else if (m_result && !m_model->isArranging() && m_check.status == "not_available"_L1)
        state->show(u"info"_s, tr("Not available"),
                    tr("AWS has no result of this check for the account. It may not apply here, or not have run yet."));
    else if (m_result && !m_model->isArranging())
        state->show(u"check"_s, tr("No resources"), tr("This check lists no resources."));
    else if (m_check.snapshot == 0 && m_snapshots.isEmpty() && m_work && !m_work->isLoading({m_check.account}))
        state->show(u"refresh"_s, tr("Not loaded yet"), tr("The resources of this check have not been loaded."),
                    tr("L&oad"));
    else
        state->showLoading(tr("Loading resources…"));
    Q_EMIT shown();
}

ChosenResources AdvisorDetail::choice() const
{
    ChosenResources choice{m_check.account, m_check.checkId, m_check.name, m_check.status, {}, 0};
    const QList<int> rows = m_ui->resources->selectedRowNumbers();
    for (const int row : rows) {
        if (choice.resources.size() == mostListed) {
            choice.more = rows.size() - mostListed;
            break;
        }
        const AdvisorResource &resource = m_model->resourceAt(row);
        QString id = displayText(resource.resourceId.toString());
        // What a person would call it: the first values that are neither region nor status, where the id is opaque.
        QStringList values;
        for (quint32 i = 0; i < quint32(resource.metadata.size()) && values.size() < 3; ++i) {
            const Text &value = resource.metadata[i];
            if (!value.isEmpty() && value != resource.region)
                values.append(
                    tr("%1: %2", "heading and value").arg(m_model->headingOfValue(i), displayText(value.toString())));
        }
        if (!id.startsWith("arn:"_L1) && !values.isEmpty())
            id = values.join(tr(", ", "list separator")) + (id.isEmpty() ? QString() : u" ("_s + id + u')');
        choice.resources.append({resource.region.toString(), id});
    }
    return choice;
}

void AdvisorDetail::copy() const { m_ui->resources->copySelection(); }

void AdvisorDetail::selectAll() { m_ui->resources->selectAll(); }

bool AdvisorDetail::hasResourceFocus() const { return m_ui->resources->hasFocus(); }

ColumnTable *AdvisorDetail::table() const
{
    return m_ui->stack->currentWidget() == m_ui->resources && m_model->columnCount() > 0 ? m_ui->resources : nullptr;
}

void AdvisorDetail::recolor()
{
    const QSignalBlocker blocker(m_ui->resourceStatus);
    fillStatuses();
}

void AdvisorDetail::tick()
{
    if (!m_check.checkId.isEmpty())
        showFacts();
}

void AdvisorDetail::retranslate()
{
    m_ui->retranslateUi(this);
    for (QComboBox *box : {m_ui->resourceStatus, m_ui->compareWith})
        spoken::setDescription(*box, box->accessibleName());
    nameClearButton(*m_ui->resourceFilter, tr("Clear the Filter"));
    makeRoomForHint(*m_ui->resourceFilter, narrowestFilter);
    m_model->retranslate();
    fillStatuses();
    fillSnapshots();
    if (!m_check.checkId.isEmpty())
        load(); // headings and values are of another language
    showFacts();
}

void AdvisorDetail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_work) {
        recolor();
        showFacts();
    }
}

} // namespace casement
