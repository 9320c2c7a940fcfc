#include "export/tablewriter.h"

#include <QCoreApplication>

#include <algorithm>

namespace casement {

namespace {

/// Gives the titles their context.
class TableWriterTexts
{
    Q_DECLARE_TR_FUNCTIONS(casement::TableWriter)

public:
    static QStringList leading()
    {
        return {tr("Account"), tr("Check ID"),    tr("Check"),      tr("Category"), tr("Status"),
                tr("Region"),  tr("Resource ID"), tr("Suppressed"), tr("Timestamp")};
    }
    static QStringList field() { return {tr("Field"), tr("Value")}; }
    static QString beyond(qsizetype column) { return tr("Column %1").arg(column + 1); }
};

} // namespace

bool OpenTable::takes(const ExportedResult &result) const
{
    return m_isOpen && result.record.checkId == m_checkId && result.record.headings == m_headings
        && result.columns == m_chosen && (m_chosen || !result.result || qsizetype(result.result->widest) <= m_columns);
}

void OpenTable::open(const ExportedResult &result)
{
    m_isOpen = true;
    m_checkId = result.record.checkId;
    m_headings = result.record.headings;
    m_chosen = result.columns;
    m_columns = m_chosen ? m_chosen->size() : m_headings.size();
    if (result.result && !m_chosen)
        m_columns = std::max(m_columns, qsizetype(result.result->widest));
}

QString OpenTable::heading(qsizetype column) const
{
    const auto place = qsizetype(field(column));
    const QString heading = m_headings.value(place);
    return heading.isEmpty() ? TableWriterTexts::beyond(place) : heading;
}

QStringList leadingTitles() { return TableWriterTexts::leading(); }

QStringList longTitles() { return TableWriterTexts::leading() + TableWriterTexts::field(); }

} // namespace casement
