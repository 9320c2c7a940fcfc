#include "ui/recentcases.h"

#include "archive/accounttraces.h"
#include "models/displaytext.h"
#include "ui/mnemonics.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QAction>
#include <QFontMetrics>
#include <QMenu>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString recentCasesKey = accounttraces::recentCases;
constexpr int subjectCharacters = 50;

/// One line of the settings; ids of cases have no spaces.
QString lineOf(const CaseKey &key) { return QString::number(key.account) + u' ' + key.caseId; }

CaseKey keyOfLine(const QString &line)
{
    return {AccountId(line.section(u' ', 0, 0).toLongLong()), line.section(u' ', 1)};
}

} // namespace

RecentCases::RecentCases(Workspace &workspace, QObject *parent) : QObject(parent), m_workspace(workspace) { }

void RecentCases::read(const CaseKey &key)
{
    if (key.isValid())
        m_workspace.settings().remember(recentCasesKey, lineOf(key), most);
}

QList<CaseKey> RecentCases::keys() const
{
    QList<CaseKey> keys;
    const QStringList lines = m_workspace.settings().remembered(recentCasesKey);
    for (const QString &line : lines) {
        const CaseKey key = keyOfLine(line);
        if (key.isValid() && m_workspace.cases().findCase(key))
            keys.append(key);
    }
    return keys;
}

void RecentCases::serve(QMenu &menu)
{
    connect(&menu, &QMenu::aboutToShow, this, [this, &menu] { fill(menu); });
}

void RecentCases::fill(QMenu &menu)
{
    menu.clear();
    const int room = menu.fontMetrics().averageCharWidth() * subjectCharacters;
    for (const CaseKey &key : keys()) {
        const CaseRecord &record = *m_workspace.cases().findCase(key);
        const QString subject =
            menu.fontMetrics().elidedText(displayText(record.subject.view()).simplified(), Qt::ElideRight, room);
        QString text = u"%1 — %2"_s.arg(subject, displayText(m_workspace.accountName(key.account)));
        QAction *action = menu.addAction(text.replace(u'&', u"&&"_s));
        action->setObjectName(u"recentCase"_s);
        connect(action, &QAction::triggered, this, [this, key] { Q_EMIT chosen(key); });
    }
    if (menu.isEmpty()) {
        QAction *none = menu.addAction(tr("No case was read yet"));
        none->setObjectName(u"noRecentCase"_s);
        none->setEnabled(false);
    }
    giveMnemonics(menu.actions());
}

} // namespace casement
