#include "ui/datefiltermenu.h"

#include "archive/datewords.h"
#include "models/displaytext.h"
#include "ui_mainwindow.h"

#include <QActionGroup>
#include <QDate>
#include <QLineEdit>

namespace casement {

using namespace Qt::StringLiterals;

DateFilterMenu::DateFilterMenu(Ui::MainWindow &ui, QLineEdit &search, QObject *parent)
    : QObject(parent), m_search(search), m_entries{{ui.actionAnyTime, {}},
                                                   {ui.actionSinceToday, u"after:today"_s},
                                                   {ui.actionSinceWeek, u"after:7d"_s},
                                                   {ui.actionSinceMonth, u"after:30d"_s},
                                                   {ui.actionBeforeMonth, u"before:30d"_s},
                                                   {ui.actionCreatedSinceWeek, u"created-after:7d"_s},
                                                   {ui.actionCreatedSinceMonth, u"created-after:30d"_s}}
{
    auto *choice = new QActionGroup(this);
    choice->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional); // somebody may type other dates
    for (const Entry &entry : m_entries) {
        choice->addAction(entry.action);
        connect(entry.action, &QAction::triggered, this, [this, dates = entry.dates] { put(dates); });
    }
    connect(ui.actionOtherDates, &QAction::triggered, this, &DateFilterMenu::putBoth);
    connect(&search, &QLineEdit::textChanged, this, &DateFilterMenu::check);
    check();
}

void DateFilterMenu::put(const QString &dates)
{
    const QString rest = readDateWords(m_search.text()).words.simplified();
    m_search.setText(rest.isEmpty() || dates.isEmpty() ? rest + dates : rest + u' ' + dates);
    check(); // the same text again changes nothing, but unchecks the action
}

/// The last month, for somebody to write over: the first date is selected.
void DateFilterMenu::putBoth()
{
    const QDate today = QDate::currentDate();
    const QString first = today.addMonths(-1).toString(Qt::ISODate);
    put(u"after:%1 before:%2"_s.arg(first, today.addDays(1).toString(Qt::ISODate)));
    m_search.setFocus(Qt::OtherFocusReason);
    m_search.setSelection(int(m_search.text().lastIndexOf(u"after:"_s) + 6), int(first.size()));
}

void DateFilterMenu::check()
{
    const DateWords now = readDateWords(m_search.text());
    for (const Entry &entry : m_entries) {
        const DateWords meant = readDateWords(entry.dates);
        entry.action->setChecked(now.wrong.isEmpty() && now.updated == meant.updated && now.created == meant.created);
    }
}

QString DateFilterMenu::problem(const QString &typed)
{
    const QString wrong = readDateWords(typed).wrong;
    return wrong.isEmpty() ? QString()
                           : tr("“%1” names no date: write it as 2026-01-31, 2026-01, 2026, 7d, 2w, 3m, 1y or today.")
                                 .arg(displayText(wrong));
}

} // namespace casement
