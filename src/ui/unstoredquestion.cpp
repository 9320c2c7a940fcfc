#include "ui/unstoredquestion.h"

#include "archive/outbox.h"
#include "models/displaytext.h"
#include "support/cases.h"
#include "transfer/fileerror.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/workspace.h"

#include <QDir>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>

namespace casement {

using namespace Qt::StringLiterals;

UnstoredQuestion::UnstoredQuestion(Workspace &workspace, QWidget &window)
    : QObject(&window), m_workspace(workspace), m_window(window)
{
    connect(&workspace.outbox(), &Outbox::recovered, this, [this] {
        if (!m_box)
            return;
        m_box->disconnect(this);
        m_box->close();
        Q_EMIT agreed(); // there was room again while it was asked
    });
}

bool UnstoredQuestion::mayEnd()
{
    const QList<OutboxEntry> unstored = m_workspace.outbox().unstored();
    if (m_isAgreed || unstored.isEmpty())
        return true;
    if (m_box) {
        m_box->raise();
        m_box->activateWindow();
        return false;
    }
    if (!m_window.isVisible()) // in the tray
        m_window.show();
    m_workspace.outbox().storeAgain(); // perhaps there is room by now
    m_box = new QMessageBox(
        QMessageBox::Warning, tr("Quit"),
        tr("%n text(s) that you wrote are not stored, and would be lost.", nullptr, int(unstored.size())),
        QMessageBox::NoButton, &m_window);
    m_box->setObjectName(u"unstoredQuestion"_s);
    m_box->setAttribute(Qt::WA_DeleteOnClose);
    m_box->setTextFormat(Qt::PlainText);
    m_box->setInformativeText(ErrorText::summary(unstored.constFirst().error));
    m_box->setDetailedText(text());
    QPushButton *save = m_box->addButton(tr("&Save in Another Place…"), QMessageBox::ActionRole);
    save->setObjectName(u"saveUnstored"_s);
    QPushButton *quit = m_box->addButton(tr("&Quit and Lose It"), QMessageBox::DestructiveRole);
    quit->setObjectName(u"quitUnstored"_s);
    QPushButton *cancel = m_box->addButton(QMessageBox::Cancel);
    m_box->setDefaultButton(cancel);
    m_box->setEscapeButton(cancel);
    connect(m_box, &QDialog::finished, this, [this, save, quit, box = m_box.data()] {
        m_box = nullptr;
        if (box->clickedButton() == save)
            saveElsewhere();
        else if (box->clickedButton() == quit)
            agree();
        else
            Q_EMIT declined();
    });
    m_box->open();
    return false;
}

void UnstoredQuestion::agree()
{
    m_isAgreed = true;
    Q_EMIT agreed();
}

void UnstoredQuestion::saveElsewhere()
{
    auto *dialog = new QFileDialog(&m_window, tr("Save What Is Not Stored"));
    dialog->setObjectName(u"saveUnstoredDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text (*.txt)")});
    dialog->setDefaultSuffix(u"txt"_s);
    dialog->setDirectory(QDir::homePath());
    dialog->selectFile(tr("Casement drafts", "name of a file") + ".txt"_L1);
    connect(dialog, &QFileDialog::fileSelected, this, &UnstoredQuestion::write);
    connect(dialog, &QDialog::rejected, this, &UnstoredQuestion::declined);
    dialog->open();
}

void UnstoredQuestion::write(const QString &path)
{
    QSaveFile file(path);
    const QByteArray bytes = text().toUtf8();
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(bytes) == bytes.size()
        && file.commit())
        return agree();
    dialogs::tellFailedExport(&m_window, u"saveUnstoredFailed"_s, cannotWrite(path, file.errorString()));
    Q_EMIT declined();
}

QString UnstoredQuestion::text() const
{
    QStringList parts;
    const QList<OutboxEntry> unstored = m_workspace.outbox().unstored();
    for (const OutboxEntry &entry : unstored) {
        const QString account = m_workspace.accountName(entry.account);
        QString heading;
        QString body;
        if (const auto request = decode<CreateCase::Request>(entry.input);
            request && entry.operation == QLatin1StringView(CreateCase::name)) {
            heading = tr("New case of %1: %2").arg(account, request->subject);
            body = request->communicationBody;
        } else if (const auto reply = decode<AddCommunicationToCase::Request>(entry.input); reply) {
            const CaseRecord *record = m_workspace.cases().findCase({entry.account, entry.caseId});
            heading = tr("Reply to case %1 of %2").arg(record ? record->displayId.toString() : entry.caseId, account);
            body = reply->communicationBody;
        }
        parts.append(displayText(heading) + "\n\n"_L1 + body);
    }
    return parts.join("\n\n\n"_L1) + u'\n';
}

} // namespace casement
