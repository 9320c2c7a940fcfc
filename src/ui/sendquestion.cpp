#include "ui/sendquestion.h"

#include "models/accountmodel.h"
#include "models/caselistmodel.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "support/casetemplate.h"
#include "ui/dialogs.h"
#include "ui/workspace.h"

#include <QMessageBox>
#include <QPushButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestSubjectAsked = 200;
constexpr qsizetype mostNamesAsked = 8;

QString quotedSubject(const QString &subject)
{
    const QString shown = displayText(subject);
    //: The subject of a case in a question
    return QCoreApplication::translate("casement::SendQuestion", "“%1”")
        .arg(shown.size() > longestSubjectAsked ? shown.left(longestSubjectAsked).trimmed() + u'…' : shown);
}

/// What a question explains: which case it is, and a line below that what else is to be known.
QString explanation(const QString &subject, QStringList sentences)
{
    sentences.removeAll(QString());
    QStringList parts{subject.isEmpty() ? QString() : quotedSubject(subject), sentences.join(u'\n')};
    parts.removeAll(QString());
    return parts.join("\n\n"_L1);
}

} // namespace

void SendQuestion::ask(QWidget *parent, const char *name, const QString &title, const QString &question,
                       const QString &explanation, const QString &button, Yes yes)
{
    QMessageBox *box =
        dialogs::question(parent, QLatin1StringView(name), QMessageBox::Warning, title, question, explanation);
    QPushButton *go = box->addButton(button, QMessageBox::AcceptRole);
    go->setObjectName(u"goOnButton"_s);
    QObject::connect(go, &QPushButton::clicked, parent, std::move(yes));
    box->open();
}

QString SendQuestion::remark(Workspace &workspace, AccountId account) { return remark(workspace.accounts(), account); }

QString SendQuestion::remark(const AccountModel &accounts, AccountId account)
{
    return accounts.asksBeforeSending(account) ? tr("This account is set to ask before anything is sent from it.")
                                               : QString();
}

/// What of a template nobody filled in; empty when there is nothing such.
QString SendQuestion::unfilled(const QStringList &texts)
{
    QStringList names;
    for (const QString &text : texts) {
        for (const Placeholder &placeholder : placeholdersIn(text))
            names.append(displayText(u"{{%1}}"_s.arg(placeholder.name)));
    }
    names.removeDuplicates();
    if (names.isEmpty())
        return {};
    const qsizetype more = names.size() - mostNamesAsked;
    return more > 0 ? tr("Not filled in yet: %1 and %Ln more.", nullptr, int(more))
                          .arg(names.first(mostNamesAsked).join(tr(", ", "list separator")))
                    : tr("Not filled in yet: %1.").arg(names.join(tr(", ", "list separator")));
}

void SendQuestion::beforeCase(QWidget *parent, Workspace &workspace, AccountId account,
                              const CreateCase::Request &request, const QString &secrets, Yes yes)
{
    const QString marked = remark(workspace, account);
    const QString gaps = unfilled({request.subject, request.communicationBody});
    const QString &severityCode = request.severityCode;
    const bool isUrgent = severityCode == "urgent"_L1 || severityCode == "critical"_L1;
    if (marked.isEmpty() && gaps.isEmpty() && secrets.isEmpty() && !isUrgent)
        return yes();
    const QString urgency =
        isUrgent ? tr("AWS works on such cases day and night, and needs you within reach.") : QString();
    ask(parent, "sendQuestion", tr("Create Case"),
        tr("Open this case in %1 as “%2”?")
            .arg(workspace.accountName(account), Names::severity(severityCode.toStdString())),
        explanation(request.subject, {secrets, gaps, urgency, marked}), tr("&Create Case"), std::move(yes));
}

/// Of an account that is marked.
void SendQuestion::askMarked(QWidget *parent, const QString &title, const QString &question, const QString &subject,
                             const QString &button, Yes yes)
{
    ask(parent, "sendQuestion", title, question,
        explanation(subject, {tr("This account is set to ask before anything is sent from it.")}), button,
        std::move(yes));
}

void SendQuestion::beforeReply(QWidget *parent, Workspace &workspace, const CaseKey &key, const QString &text,
                               const QString &secrets, Yes yes)
{
    const QString gaps = unfilled({text});
    const QString marked = remark(workspace, key.account);
    if (marked.isEmpty() && gaps.isEmpty() && secrets.isEmpty())
        return yes();
    const CaseRecord *record = workspace.cases().findCase(key);
    const QString id = record ? displayText(record->displayId.view()) : displayText(key.caseId);
    ask(parent, "sendQuestion", tr("Send Reply"),
        tr("Send this reply to case %1 of %2?").arg(id, workspace.accountName(key.account)),
        explanation(record ? record->subject.toString() : QString(), {secrets, gaps, marked}), tr("&Send"),
        std::move(yes));
}

void SendQuestion::beforeCheck(QWidget *parent, const QString &secrets, Yes yes)
{
    if (secrets.isEmpty())
        return yes();
    ask(parent, "checkQuestion", tr("Check"), tr("Send this to AWS to be checked?"), secrets, tr("Chec&k"),
        std::move(yes));
}

void SendQuestion::beforeAgain(QWidget *parent, const AccountModel &accounts, const CaseListModel &cases,
                               const OutboxEntry &entry, Yes yes)
{
    if (entry.state != OutboxState::Asking || !accounts.asksBeforeSending(entry.account))
        return yes();
    const QString name = accounts.name(entry.account);
    const CaseRecord *record = cases.findCase({entry.account, entry.caseId});
    const QString id = record ? displayText(record->displayId.view()) : displayText(entry.caseId);
    QString subject = record ? record->subject.toString() : QString();
    QString question = tr("Send this reply to case %1 of %2 again?").arg(id, name);
    if (entry.operation == QLatin1StringView(CreateCase::name)) {
        question = tr("Send this new case to %1 again?").arg(name);
        if (const auto request = decode<CreateCase::Request>(entry.input))
            subject = request->subject;
    } else if (entry.operation == QLatin1StringView(ResolveCase::name)) {
        question = tr("Resolve case %1 of %2 after all?").arg(id, name);
    }
    askMarked(parent, tr("Send Again"), question, subject, tr("&Send Again"), std::move(yes));
}

} // namespace casement
