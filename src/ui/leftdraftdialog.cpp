#include "ui/leftdraftdialog.h"

#include "archive/outbox.h"
#include "models/displaytext.h"
#include "support/cases.h"
#include "ui/spoken.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace casement {

using namespace Qt::StringLiterals;

LeftDraftDialog::LeftDraftDialog(Workspace &workspace, const QString &entry, QWidget *parent)
    : QDialog(parent), m_workspace(workspace), m_entry(entry), m_what(new QLabel(this)),
      m_text(new QPlainTextEdit(this)), m_files(new QLabel(this))
{
    setObjectName(u"leftDraftDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_what->setObjectName(u"leftDraftWhat"_s);
    m_text->setObjectName(u"leftDraftText"_s);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_files->setObjectName(u"leftDraftFiles"_s);
    for (QLabel *label : {m_what, m_files}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *buttons = new QDialogButtonBox(this);
    m_close = buttons->addButton(QDialogButtonBox::Close);
    m_copy = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    m_close->setObjectName(u"leftDraftClose"_s);
    m_copy->setObjectName(u"leftDraftCopy"_s);
    m_copy->setDefault(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_what);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_files);
    layout->addWidget(buttons);
    setTabOrder(m_text, m_copy);
    setTabOrder(m_copy, m_close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_text->toPlainText()); });
    connect(&m_workspace.outbox(), &Outbox::changed, this, [this](const QString &id) {
        if (id == m_entry)
            showEntry();
    });
    connect(&m_workspace.accounts(), &AccountModel::changed, this, &LeftDraftDialog::showEntry);
    retranslate();
    resize(560, 400);
    m_text->setFocus();
}

void LeftDraftDialog::showEntry()
{
    const OutboxEntry *entry = m_workspace.outbox().find(m_entry);
    if (!entry || entry->operation != QLatin1StringView(AddCommunicationToCase::name)) {
        close();
        return;
    }
    const QString account = m_workspace.accounts().label(entry->account);
    const bool isGone = !m_workspace.hasAccount(entry->account);
    const QString caseId = displayText(entry->caseId);
    m_what->setText(
        isGone ? tr("Reply to the case %1 of “%2”. Add the account to the list again to go on with it.")
                     .arg(caseId, account)
               : tr("Reply to the case %1 of “%2”, which is not in the list of cases at the moment. Once it is there "
                    "again you can go on with it.")
                     .arg(caseId, account));
    AddCommunicationToCase::Request request;
    if (const auto read = decode<AddCommunicationToCase::Request>(entry->input); read)
        request = *read;
    if (m_text->toPlainText() != request.communicationBody)
        m_text->setPlainText(request.communicationBody);
    m_copy->setEnabled(!request.communicationBody.isEmpty());
    QStringList lines;
    if (!request.ccEmailAddresses.isEmpty())
        lines.append(tr("Copies to %1").arg(displayText(request.ccEmailAddresses.join(u", "_s))));
    QStringList names;
    for (const OutboxFile &file : m_workspace.outbox().files().of(m_entry))
        names.append(displayText(file.name));
    if (!names.isEmpty())
        lines.append(tr("Files: %1").arg(names.join(tr(", ", "list separator"))));
    m_files->setText(lines.join(u'\n'));
    m_files->setVisible(!lines.isEmpty());
}

void LeftDraftDialog::retranslate()
{
    setWindowTitle(tr("Draft of a Reply"));
    spoken::setName(*m_text, tr("Text of the draft"));
    m_copy->setText(tr("&Copy the Text"));
    showEntry();
}

void LeftDraftDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace casement
