#include "ui/sendquestion.h"

#include "models/displaytext.h"
#include "models/names.h"
#include "ui/workspace.h"

#include <QMessageBox>
#include <QPushButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSubjectAsked = 200;

QString quotedSubject(const QString &subject)
{
    const QString shown = displayText(subject);
    //: The subject of a case in a question
    return QCoreApplication::translate("casement::SendQuestion", "“%1”")
        .arg(shown.size() > longestSubjectAsked ? shown.left(longestSubjectAsked).trimmed() + u'…' : shown);
}

} // namespace

void SendQuestion::ask(QWidget *parent, const char *name, const QString &title, const QString &question,
                       const QString &explanation, const QString &button, bool isWarning, Yes yes)
{
    auto *box = new QMessageBox(isWarning ? QMessageBox::Warning : QMessageBox::Question, title, question,
                                QMessageBox::Cancel, parent);
    box->setObjectName(QLatin1StringView(name));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(explanation);
    QPushButton *go = box->addButton(button, QMessageBox::AcceptRole);
    go->setObjectName(u"goOnButton"_s);
    // Who hits Ctrl+Enter by mistake hits Enter next.
    if (isWarning)
        box->setDefaultButton(QMessageBox::Cancel);
    else
        box->setDefaultButton(go);
    box->setEscapeButton(QMessageBox::Cancel);
    QObject::connect(go, &QPushButton::clicked, parent, std::move(yes));
    box->open();
}

QString SendQuestion::remark(Workspace &workspace, AccountId account)
{
    return workspace.accounts().asksBeforeSending(account)
        ? tr("This account is set to ask before anything is sent from it.")
        : QString();
}

void SendQuestion::beforeCase(QWidget *parent, Workspace &workspace, AccountId account, const QString &subject,
                              const QString &severityCode, Yes yes)
{
    const QString marked = remark(workspace, account);
    const bool isUrgent = severityCode == "urgent"_L1 || severityCode == "critical"_L1;
    if (marked.isEmpty() && !isUrgent)
        return yes();
    QStringList lines{quotedSubject(subject)};
    if (isUrgent)
        lines.append(tr("AWS works on such cases day and night, and needs you within reach."));
    if (!marked.isEmpty())
        lines.append(marked);
    ask(parent, "sendQuestion", tr("Create Case"),
        tr("Open this case in %1 as “%2”?")
            .arg(workspace.accountName(account), Names::severity(severityCode.toStdString())),
        lines.join(u'\n'), tr("Create Case"), !marked.isEmpty(), std::move(yes));
}

void SendQuestion::beforeReply(QWidget *parent, Workspace &workspace, const CaseKey &key, Yes yes)
{
    const QString marked = remark(workspace, key.account);
    if (marked.isEmpty())
        return yes();
    const CaseRecord *record = workspace.cases().findCase(key);
    const QString id = record ? displayText(record->displayId.view()) : displayText(key.caseId);
    QStringList lines;
    if (record)
        lines.append(quotedSubject(record->subject.toString()));
    lines.append(marked);
    ask(parent, "sendQuestion", tr("Send Reply"),
        tr("Send this reply to case %1 of %2?").arg(id, workspace.accountName(key.account)), lines.join(u'\n'),
        tr("Send"), true, std::move(yes));
}

} // namespace casement
