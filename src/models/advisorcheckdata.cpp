#include "models/advisorcheckmodel.h"
#include "models/advisortext.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "models/roles.h"

#include <QDateTime>
#include <QFont>
#include <QLocale>

#include <array>

/// What AdvisorCheckModel's cells and headings say.
namespace casement {

using namespace Qt::StringLiterals;

QVariant AdvisorCheckModel::checkData(const AdvisorCheckRecord &check, int column, int role) const
{
    const QLocale locale;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const QString status = Names::advisorStatus(check.status.toUtf8().toStdString());
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Check:
            return displayText(check.name);
        case Status:
            if (check.isGone) //: The service does not list a check any more
                return tr("Not offered any more");
            return check.hasSummary ? status : QString();
        case Account:
            return m_accounts.name(check.account);
        case Flagged:
            return check.hasSummary ? AdvisorText::flagged(check, locale) : QString();
        case Savings:
            return check.savings.estimatedMonthlySavings > 0
                ? AdvisorText::money(check.savings.estimatedMonthlySavings, locale)
                : QString();
        case Age:
            return check.time > 0 ? TimeText::relative(check.time, now, locale) : QString();
        case Refresh:
            return AdvisorText::refresh(check.refresh, now);
        default:
            return {};
        }
    case Qt::ToolTipRole:
        if (column == Check)
            return toolTipText(displayText(check.name) + u" ("_s + displayText(check.checkId) + u')');
        if (column == Age && check.time > 0)
            return TimeText::exact(check.time, locale);
        if (column == Refresh && check.refresh.isAutomatic)
            return tr("AWS refreshes this check by itself and can't be asked to.");
        return {};
    case Qt::AccessibleTextRole:
        if (column == Check && check.hasSummary)
            //: What a screen reader says of a check: its name and status
            return tr("%1, %2", "check and status").arg(displayText(check.name), status);
        return {};
    case Qt::TextAlignmentRole:
        if (column == Flagged || column == Savings)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case KeyRole:
    case CheckIdRole:
        return check.checkId;
    case StatusCodeRole:
        return check.hasSummary ? check.status : QString();
    case AccountIdRole:
        return QVariant::fromValue(check.account);
    case AdvisorCategoryRole:
        return check.category;
    case CreatedRole:
        return check.time;
    case ExactTimeRole:
        return check.time > 0 ? TimeText::exact(check.time, locale) : QString();
    default:
        return {};
    }
}

/// What is said of a category holds for the checks that are shown in it: the tiles have the whole.
QVariant AdvisorCheckModel::categoryData(const Group &group, int column, int role) const
{
    const QLocale locale;
    const QString &code = group.code;
    const AdvisorCategory &sum = group.sum;
    const auto counts = [&] {
        QStringList parts;
        if (sum.errors > 0) //: Checks of a category with the status "Action recommended"
            parts.append(tr("%n to act on", nullptr, sum.errors));
        if (sum.warnings > 0) //: Checks of a category with the status "Investigate"
            parts.append(tr("%n to investigate", nullptr, sum.warnings));
        return parts.join(tr(", ", "list separator"));
    };
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Check:
            //: A category of checks and how many of them are shown
            return tr("%1 (%2)", "category and number")
                .arg(nameOf(code), locale.toString(qsizetype(group.shown.size())));
        case Status:
            return counts();
        case Flagged:
            return sum.flagged > 0 ? locale.toString(sum.flagged) : QString();
        case Savings:
            return sum.savings > 0 ? AdvisorText::money(sum.savings, locale) : QString();
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        return column == Check ? nameOf(code) + (counts().isEmpty() ? QString() : u", "_s + counts()) : QVariant();
    case Qt::TextAlignmentRole:
        if (column == Flagged || column == Savings)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    case Qt::FontRole: {
        QFont font;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case AdvisorCategoryRole:
        return code;
    default:
        return {};
    }
}

QVariant AdvisorCheckModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    constexpr std::array ids{"check", "status", "account", "flagged", "savings", "age", "refresh"};
    constexpr std::array widths{44, 22, 14, 10, 10, 8, 9};
    switch (role) {
    case Qt::DisplayRole:
        switch (section) {
        case Check: //: Column: a check of Trusted Advisor
            return tr("Checks");
        case Status:
            return tr("Status");
        case Account:
            return tr("Account");
        case Flagged: //: Column: resources that a check flagged, of all that it looked at
            return tr("Flagged");
        case Savings: //: Column: what could be saved a month
            return tr("Savings/month");
        case Age: //: Column: how long ago a check was refreshed
            return tr("Refreshed");
        default: //: Column: where the refresh of a check stands
            return tr("Refresh");
        }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (section == Flagged || section == Savings ? Qt::AlignRight : Qt::AlignLeading) | Qt::AlignVCenter));
    case ColumnIdRole:
        return QString::fromLatin1(ids[size_t(section)]);
    case ColumnHiddenRole:
        return false;
    case ColumnWidthRole:
        return widths[size_t(section)];
    default:
        return {};
    }
}

} // namespace casement
