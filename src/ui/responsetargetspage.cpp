#include "ui/responsetargetspage.h"

#include "models/names.h"
#include "ui/messagelimits.h"
#include "ui/spoken.h"
#include "ui/workspace.h"
#include "ui_responsetargetspage.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostMinutes = 60 * 24 * 60; // what ResponseTargets reads
constexpr int mostDays = 365;
constexpr std::array<std::string_view, 5> severities{"critical", "urgent", "high", "normal", "low"};
const QString own = u"own"_s;

struct Unit
{
    int minutes;
    const char *name;
};
constexpr std::array<Unit, 3> units{{
    {1, QT_TRANSLATE_NOOP("casement::ResponseTargetsPage", "minutes")},
    {60, QT_TRANSLATE_NOOP("casement::ResponseTargetsPage", "hours")},
    {24 * 60, QT_TRANSLATE_NOOP("casement::ResponseTargetsPage", "days")},
}};

/// The unit that people say a span in: 24 hours, and 3 days.
int unitFor(int minutes)
{
    if (minutes == 0)
        return 1;
    if (minutes % units[2].minutes == 0 && minutes > units[2].minutes)
        return 2;
    return minutes % units[1].minutes == 0 ? 1 : 0;
}

/// The plan that promises this; empty when none does.
QString planOf(const ResponseTargets &targets)
{
    const QStringList plans = ResponseTargets::plans();
    const auto is = [&targets](const QString &plan) {
        const ResponseTargets promised = ResponseTargets::forPlan(plan);
        return std::all_of(severities.begin(), severities.end(), [&](std::string_view code) {
            return targets.minutesFor(code) == promised.minutesFor(code);
        });
    };
    const auto at = std::find_if(plans.begin(), plans.end(), is);
    return at == plans.end() ? QString() : *at;
}

} // namespace

int ResponseTargetsPage::Row::minutes() const { return number->value() * units[size_t(unit->currentIndex())].minutes; }

ResponseTargetsPage::ResponseTargetsPage(Workspace &workspace, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::ResponseTargetsPage>()), m_workspace(workspace)
{
    m_ui->setupUi(this);
    m_ui->introduction->setForegroundRole(QPalette::PlaceholderText);
    for (QSpinBox *days : {m_ui->daysUntilClosed, m_ui->daysToReopen}) {
        days->setRange(0, mostDays);
        days->setKeyboardTracking(false); // "1" on the way to "14" is not meant
        connect(days, &QSpinBox::valueChanged, this, &ResponseTargetsPage::edited);
    }
    buildRows();
    if (planOf(m_workspace.targets()).isEmpty())
        m_own = m_workspace.targets();
    connect(m_ui->plan, &QComboBox::activated, this, &ResponseTargetsPage::choosePlan);
    connect(m_ui->reset, &QPushButton::clicked, this, [this] { keep(ResponseTargets::forPlan({})); });
    retranslate();
    showTargets(m_workspace.targets());
}

ResponseTargetsPage::~ResponseTargetsPage() = default;

QString ResponseTargetsPage::title() const { return tr("Response Targets"); }

QString ResponseTargetsPage::planName(const QString &plan)
{
    if (plan == "basic"_L1)
        return tr("Basic");
    if (plan == "developer"_L1)
        return tr("Developer");
    if (plan == "business"_L1)
        return tr("Business");
    if (plan == "enterprise-on-ramp"_L1)
        return tr("Business Support+ or Enterprise On-Ramp");
    if (plan == "enterprise"_L1)
        return tr("Enterprise");
    return plan == "unified-operations"_L1 ? tr("Unified Operations") : plan;
}

/// A row for each severity that this version knows, and for those that were written into the settings.
void ResponseTargetsPage::buildRows()
{
    std::vector<std::string> codes(severities.begin(), severities.end());
    for (const auto &[code, minutes] : m_workspace.targets().minutes) {
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(code);
    }
    QWidget *before = m_ui->plan;
    for (const std::string &code : codes) {
        Row row{.code = code, .label = new QLabel(this), .number = new QSpinBox(this), .unit = new QComboBox(this)};
        const QString name = QString::fromStdString(code);
        row.label->setTextFormat(Qt::PlainText);
        row.number->setObjectName(u"target."_s + name);
        row.number->setRange(0, mostMinutes);
        row.number->setKeyboardTracking(false);
        row.number->setAlignment(Qt::AlignRight);
        row.unit->setObjectName(u"unit."_s + name);
        for (const Unit &unit : units)
            row.unit->addItem(QString(), unit.minutes);
        const int line = int(m_rows.size());
        m_ui->targets->addWidget(row.label, line, 0);
        m_ui->targets->addWidget(row.number, line, 1);
        m_ui->targets->addWidget(row.unit, line, 2);
        setTabOrder(before, row.number);
        setTabOrder(row.number, row.unit);
        before = row.unit;
        connect(row.number, &QSpinBox::valueChanged, this, &ResponseTargetsPage::edited);
        connect(row.unit, &QComboBox::currentIndexChanged, this, [this, number = row.number](int unit) {
            if (unit >= 0)
                number->setMaximum(mostMinutes / units[size_t(unit)].minutes);
            edited();
        });
        m_rows.push_back(row);
    }
    setTabOrder(before, m_ui->daysUntilClosed);
    m_ui->targets->setColumnStretch(3, 1);
}

void ResponseTargetsPage::showTargets(const ResponseTargets &targets)
{
    const QScopedValueRollback guard(m_showing, true);
    for (const Row &row : m_rows) {
        const int minutes = targets.minutesFor(row.code);
        row.unit->setCurrentIndex(unitFor(minutes));
        row.number->setValue(minutes / units[size_t(row.unit->currentIndex())].minutes);
    }
    m_ui->daysUntilClosed->setValue(targets.daysUntilClosed);
    m_ui->daysToReopen->setValue(targets.daysToReopen);
    showPlan();
}

void ResponseTargetsPage::showPlan()
{
    const QString plan = planOf(m_workspace.targets());
    if (m_own && m_ui->plan->findData(own) < 0)
        m_ui->plan->addItem(tr("My own numbers"), own);
    m_ui->plan->setCurrentIndex(m_ui->plan->findData(plan.isEmpty() ? own : plan));
    const QStringList problems = m_workspace.targetProblems();
    MessageLimits::showProblem(*m_ui->problem, problems.join(u'\n'));
}

void ResponseTargetsPage::choosePlan()
{
    const QString chosen = m_ui->plan->currentData().toString();
    const ResponseTargets promised =
        chosen == own ? m_own.value_or(m_workspace.targets()) : ResponseTargets::forPlan(chosen);
    ResponseTargets targets = m_workspace.targets(); // days, and severities that no plan knows, stay
    for (const std::string_view code : severities)
        targets.minutes[std::string(code)] = promised.minutesFor(code);
    keep(targets);
}

void ResponseTargetsPage::edited()
{
    if (m_showing)
        return;
    ResponseTargets targets = m_workspace.targets();
    for (const Row &row : m_rows)
        targets.minutes[row.code] = row.minutes(); // 0, too: what is missing would be the usual one
    targets.daysUntilClosed = m_ui->daysUntilClosed->value();
    targets.daysToReopen = m_ui->daysToReopen->value();
    if (planOf(targets).isEmpty())
        m_own = targets;
    m_workspace.setTargets(targets);
    showPlan();
}

void ResponseTargetsPage::keep(const ResponseTargets &targets)
{
    m_workspace.setTargets(targets);
    showTargets(targets);
}

void ResponseTargetsPage::retranslate()
{
    const QScopedValueRollback guard(m_showing, true);
    m_ui->retranslateUi(this);
    const QString chosen = m_ui->plan->currentData().toString();
    m_ui->plan->clear();
    for (const QString &plan : ResponseTargets::plans())
        m_ui->plan->addItem(planName(plan), plan);
    for (const Row &row : m_rows) {
        const QString name = Names::severity(row.code);
        row.label->setText(name);
        //: What a screen reader says of a field: %1 is a severity
        spoken::setName(*row.number, tr("%1: first answer within").arg(name));
        //: What a screen reader says of a field: %1 is a severity
        spoken::setName(*row.unit, tr("%1: unit").arg(name));
        spoken::setDescription(*row.unit, row.unit->accessibleName()); // on X11 and Wayland the name is what is chosen
        //: In the place of a number of minutes or hours: AWS promises nothing for this severity
        row.number->setSpecialValueText(tr("no target"));
        for (size_t unit = 0; unit < units.size(); ++unit)
            row.unit->setItemText(int(unit), tr(units[unit].name));
    }
    showPlan();
}

} // namespace casement
