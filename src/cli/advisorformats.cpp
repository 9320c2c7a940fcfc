#include "cli/advisorformats.h"

#include "cli/caseformats.h"
#include "cli/cells.h"
#include "cli/terminaltext.h"
#include "export/csvtext.h"
#include "export/tablewriter.h"
#include "support/jsonindent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <cmath>
#include <vector>

namespace casement::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostCellsOfValue = 48;

QString dollars(const AdvisorCheckRecord &check)
{
    const double amount = check.savings.estimatedMonthlySavings;
    if (std::abs(amount) >= largestExactAmount)
        return QString::number(amount, 'g', QLocale::FloatingPointShortest);
    return amount == 0 ? QString() : QString::number(amount, 'f', 2);
}

/// `3 of 12, 1 suppressed`.
QString counted(const AdvisorCheckRecord &check)
{
    const TrustedAdvisorResourcesSummary &counts = check.counts;
    if (!check.hasCounts)
        return u"not known"_s;
    QString text = u"%1 of %2"_s.arg(counts.resourcesFlagged).arg(counts.resourcesProcessed);
    if (counts.resourcesSuppressed > 0)
        text += u", %1 suppressed"_s.arg(counts.resourcesSuppressed);
    return text;
}

/// Counts of a check that has none are no zeros.
bool hasCounts(const AdvisorCheckRecord &check)
{
    return check.hasSummary && check.hasCounts
        && (check.status != "not_available"_L1 || check.counts != TrustedAdvisorResourcesSummary());
}

QString checkTime(const AdvisorCheckRecord &check) { return localTime(check.time, check.timestamp); }

QJsonValue textOrNull(const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); }

} // namespace

QString checkTable(const QList<ListedCheck> &checks, bool withAccounts, int columns)
{
    QStringList titles{u"ID"_s, u"CATEGORY"_s, u"STATUS"_s, u"FLAGGED"_s, u"SAVINGS"_s, u"RUN"_s, u"CHECK"_s};
    std::vector<int> most{16, 24, 16, 24, 16, 24};
    if (withAccounts) {
        titles.prepend(u"ACCOUNT"_s);
        most.insert(most.begin(), 32);
    }
    std::vector<QStringList> rows{titles};
    for (const auto &[account, check] : checks) {
        const QString flagged = check.hasSummary && check.hasCounts && check.status != "not_available"_L1
            ? u"%1/%2"_s.arg(check.counts.resourcesFlagged).arg(check.counts.resourcesProcessed)
            : QString();
        QStringList row{check.checkId,  check.category,   check.status, flagged,
                        dollars(check), checkTime(check), check.name};
        if (withAccounts)
            row.prepend(account);
        rows.push_back(row);
    }
    return tableText(std::move(rows), most, columns);
}

QByteArray checkJson(const QList<ListedCheck> &checks)
{
    QJsonArray array;
    for (const auto &[account, check] : checks) {
        QJsonObject object{{u"account"_s, account},
                           {u"checkId"_s, check.checkId},
                           {u"name"_s, check.name},
                           {u"category"_s, textOrNull(check.category)},
                           {u"status"_s, textOrNull(check.status)},
                           {u"timestamp"_s, textOrNull(check.timestamp)}};
        if (hasCounts(check)) {
            object.insert(u"resourcesFlagged"_s, check.counts.resourcesFlagged);
            object.insert(u"resourcesIgnored"_s, check.counts.resourcesIgnored);
            object.insert(u"resourcesProcessed"_s, check.counts.resourcesProcessed);
            object.insert(u"resourcesSuppressed"_s, check.counts.resourcesSuppressed);
            object.insert(u"estimatedMonthlySavings"_s, check.savings.estimatedMonthlySavings);
        }
        array.append(object);
    }
    return indentJson(QJsonDocument(array).toJson(QJsonDocument::Compact), true).value() + '\n';
}

QByteArray checkCsv(const QList<ListedCheck> &checks, bool formulaSafe, bool forTerminal)
{
    QByteArray csv = "account,checkId,name,category,status,resourcesFlagged,resourcesIgnored,resourcesProcessed,"
                     "resourcesSuppressed,estimatedMonthlySavings,timestamp\r\n";
    for (const auto &[account, check] : checks) {
        QStringList row{account, check.checkId, check.name, check.category, check.status};
        for (const qint64 count : {check.counts.resourcesFlagged, check.counts.resourcesIgnored,
                                   check.counts.resourcesProcessed, check.counts.resourcesSuppressed})
            row.append(hasCounts(check) ? QString::number(count) : QString());
        row += {dollars(check), check.timestamp};
        for (qsizetype i = 0; i < row.size(); ++i) {
            const std::string utf8 = row.at(i).toStdString();
            csv += (i > 0 ? "," : "") + (forTerminal ? csvCell(row.at(i), true) : CsvText::cellOf(utf8, formulaSafe));
        }
        csv += "\r\n";
    }
    return csv;
}

QString shownCheck(const ListedCheck &listed, const AdvisorSnapshot &snapshot, bool withAccounts, int columns)
{
    const AdvisorCheckRecord &check = listed.check;
    QString text = terminalLine(check.name) + u'\n';
    const auto line = [&text](QLatin1StringView name, const QString &value) {
        text += padToCells(name, 10) + (value.isEmpty() ? u"-"_s : terminalLine(value)) + u'\n';
    };
    if (withAccounts)
        line("Account"_L1, listed.account);
    line("Check"_L1, check.checkId);
    line("Category"_L1, check.category);
    line("Status"_L1, check.status);
    line("Run"_L1, checkTime(check));
    if (check.hasSummary && check.status != "not_available"_L1)
        line("Flagged"_L1, counted(check));
    if (check.savings.estimatedMonthlySavings != 0)
        line("Savings"_L1, u"%1 USD a month"_s.arg(dollars(check)));
    if (!snapshot.result || snapshot.result->resources.empty())
        return text;
    OpenTable table;
    table.open({{}, snapshot.record, snapshot.result});
    QStringList titles{u"Status"_s, u"Suppressed"_s, u"Region"_s};
    for (qsizetype i = 0; i < table.columns(); ++i)
        titles.append(table.heading(i));
    titles.append(u"Resource ID"_s);
    const std::vector<int> most(size_t(titles.size()) - 1, mostCellsOfValue);
    std::vector<QStringList> rows{titles};
    for (const AdvisorResource &resource : snapshot.result->resources) {
        QStringList row{resource.status.toString(), resource.suppressed() ? u"yes"_s : u"no"_s,
                        resource.region.toString()};
        for (qsizetype i = 0; i < table.columns(); ++i)
            row.append(resource.value(size_t(i)).toString());
        row.append(resource.resourceId.toString());
        rows.push_back(row);
    }
    return text + u'\n' + tableText(std::move(rows), most, columns);
}

} // namespace casement::cli
