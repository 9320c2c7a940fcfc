#pragma once

#include "checks/sourcetree.h"

#include <QMap>
#include <QRegularExpression>
#include <QSaveFile>

/// The catalogue of errors (docs/errors.md), for tests that compare it with the program.
namespace casement::test {

/// What a person reads of an error.
struct ShownError
{
    QString what; ///< what was tried and what happened
    QString changed; ///< whether anything was changed; empty where the catalogue says it in its own words
    QString todo; ///< what to do; empty likewise
};

inline QString catalogueOf(const QString &language)
{
    return language == u"en" ? QStringLiteral("docs/errors.md") : QStringLiteral("docs/errors.%1.md").arg(language);
}

inline QString cellOf(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1StringView("&amp;"))
        .replace(QLatin1Char('<'), QLatin1StringView("&lt;"))
        .replace(QLatin1Char('|'), QLatin1StringView("\\|"))
        .replace(QLatin1Char('\n'), QLatin1StringView("<br>"));
}

inline QString textOf(QString cell)
{
    return cell.replace(QLatin1StringView("<br>"), QLatin1StringView("\n"))
        .replace(QLatin1StringView("\\|"), QLatin1StringView("|"))
        .replace(QLatin1StringView("&lt;"), QLatin1StringView("<"))
        .replace(QLatin1StringView("&amp;"), QLatin1StringView("&"));
}

/// The catalogue in one language. A row is key, when it happens, what is shown, whether anything was changed, what to
/// do; or key and a sentence that says all of it.
class CatalogueFile
{
public:
    explicit CatalogueFile(const QString &language)
        : m_path(catalogueOf(language)), m_lines(readSource(m_path).split(QLatin1Char('\n')))
    {
        static const QRegularExpression row(QStringLiteral(R"(^\| `([^`]+)` \|)"));
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            const QRegularExpressionMatch match = row.match(m_lines.at(i));
            if (!match.hasMatch())
                continue;
            if (m_rows.contains(match.captured(1)))
                m_twice.append(match.captured(1));
            m_rows.insert(match.captured(1), i);
        }
    }

    QStringList keys() const { return m_rows.keys(); }
    const QStringList &twice() const { return m_twice; }
    /// Behind the key; empty when there is no such row.
    QStringList cells(const QString &key) const
    {
        const auto row = m_rows.constFind(key);
        if (row == m_rows.cend())
            return {};
        static const QRegularExpression bar(QStringLiteral(R"(\s*(?<!\\)\|\s*)"));
        QStringList cells = m_lines.at(*row).split(bar);
        cells.removeFirst();
        cells.removeFirst();
        cells.removeLast();
        for (QString &cell : cells)
            cell = textOf(cell);
        return cells;
    }
    /// All that is shown, for who looks for a sentence.
    QString whole() const
    {
        QString text;
        for (const QString &key : keys())
            text += cells(key).join(QLatin1Char('\n')) + QLatin1Char('\n');
        return text;
    }

    /// Puts what is shown into the row; what stands in italics where nothing is shown stays.
    void put(const QString &key, const ShownError &shown)
    {
        const QStringList old = cells(key);
        QStringList cells;
        if (old.size() == 1 || (old.isEmpty() && shown.changed.isEmpty() && shown.todo.isEmpty())) {
            cells = {shown.what};
        } else {
            const auto keptOr = [](const QString &text, const QString &before) {
                return !text.isEmpty() ? text : before.startsWith(QLatin1Char('*')) ? before : QStringLiteral("*?*");
            };
            cells = {old.value(0, QStringLiteral("?")), shown.what, keptOr(shown.changed, old.value(2)),
                     keptOr(shown.todo, old.value(3))};
        }
        QString line = QStringLiteral("| `%1` |").arg(key);
        for (const QString &cell : cells)
            line += QLatin1Char(' ') + cellOf(cell) + QStringLiteral(" |");
        const auto row = m_rows.constFind(key);
        if (row != m_rows.cend()) {
            m_lines[*row] = line;
        } else {
            const qsizetype end = m_lines.constLast().isEmpty() ? m_lines.size() - 1 : m_lines.size();
            m_rows.insert(key, end);
            m_lines.insert(end, line);
        }
    }
    void write() const
    {
        QSaveFile file(sourceDir() + QLatin1Char('/') + m_path);
        if (!file.open(QIODevice::WriteOnly) || file.write(m_lines.join(QLatin1Char('\n')).toUtf8()) < 0
            || !file.commit())
            qFatal("%s is not written", qPrintable(m_path));
    }

private:
    QString m_path;
    QStringList m_lines;
    QMap<QString, qsizetype> m_rows;
    QStringList m_twice;
};

/// What a row says that is not what is shown; empty when all of it is.
inline QString difference(const QString &key, const QStringList &cells, const ShownError &shown)
{
    const auto wrong = [&key](const char *what, const QString &cell, const QString &text) {
        return QStringLiteral("%1: %2\n  catalogue: %3\n  shown:     %4").arg(key, QLatin1StringView(what), cell, text);
    };
    if (cells.isEmpty())
        return QStringLiteral("%1 has no row").arg(key);
    if (cells.size() == 1 && (!shown.changed.isEmpty() || !shown.todo.isEmpty()))
        return QStringLiteral("%1 needs all columns").arg(key);
    const QString &what = cells.size() == 1 ? cells.at(0) : cells.value(1);
    if (what != shown.what || what.isEmpty())
        return wrong("what happened", what, shown.what);
    if (cells.size() == 1)
        return {};
    if (cells.size() != 4 || cells.at(0).isEmpty() || cells.at(0) == u"?")
        return QStringLiteral("%1 does not say when it happens").arg(key);
    const auto isOwnWords = [](const QString &cell) {
        return cell.size() > 3 && cell.startsWith(QLatin1Char('*')) && cell.endsWith(QLatin1Char('*'));
    };
    if (shown.changed.isEmpty() ? !isOwnWords(cells.at(2)) : cells.at(2) != shown.changed)
        return wrong("whether anything was changed", cells.at(2), shown.changed);
    if (shown.todo.isEmpty() ? !isOwnWords(cells.at(3)) : cells.at(3) != shown.todo)
        return wrong("what to do", cells.at(3), shown.todo);
    return {};
}

} // namespace casement::test
