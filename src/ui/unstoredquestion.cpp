#include "ui/unstoredquestion.h"

#include "archive/outbox.h"
#include "models/displaytext.h"
#include "support/cases.h"
#include "transfer/fileerror.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/rescuenotice.h"
#include "ui/workspace.h"

#include <QDir>
#include <QFileDialog>
#include <QLoggingCategory>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>

namespace casement {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Q_LOGGING_CATEGORY(logUnstored, "casement.unstored")

constexpr auto patience = 2s; // with a disk that is slow, or locked

} // namespace

UnstoredQuestion::UnstoredQuestion(Workspace &workspace, QWidget &window)
    : QObject(&window), m_workspace(workspace), m_window(window)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, &UnstoredQuestion::settle);
    connect(&workspace.outbox(), &Outbox::stored, this, &UnstoredQuestion::settle);
    connect(&workspace.outbox(), &Outbox::stored, this, [this] {
        if (!m_box || !m_workspace.outbox().unsettled().isEmpty())
            return;
        m_box->disconnect(this);
        m_box->close();
        Q_EMIT agreed(); // there was room again while it was asked
    });
}

bool UnstoredQuestion::mayEnd()
{
    Outbox &outbox = m_workspace.outbox();
    if (m_isAgreed || outbox.unsettled().isEmpty())
        return true;
    if (m_box && !m_isUnattended) {
        m_box->raise();
        m_box->activateWindow();
    } else if (outbox.isStoring()) {
        m_patience.start(); // goes on in settle()
    } else if (m_isUnattended) {
        writeAside();
        m_isAgreed = true;
    } else {
        ask();
    }
    return m_isAgreed;
}

/// The disk has answered, or takes too long for it.
void UnstoredQuestion::settle()
{
    if (!m_patience.isActive() && sender() != &m_patience)
        return; // nobody wants to end
    m_patience.stop();
    if (m_workspace.outbox().unsettled().isEmpty()) {
        Q_EMIT agreed();
    } else if (m_isUnattended) {
        writeAside();
        agree();
    } else if (!m_box) {
        ask();
    }
}

void UnstoredQuestion::ask()
{
    const QList<OutboxEntry> unstored = m_workspace.outbox().unsettled();
    if (!m_window.isVisible()) // in the tray
        m_window.show();
    m_workspace.outbox().storeAgain(); // perhaps there is room by now
    const Error &error = unstored.constFirst().error;
    m_box = dialogs::question(
        &m_window, u"unstoredQuestion"_s, QMessageBox::Warning, tr("Quit"),
        tr("%Ln text(s) that you wrote are not stored, and would be lost.", nullptr, int(unstored.size())),
        error.kind == Error::Kind::Archive ? ErrorText::summary(error)
                                           : tr("The disk, or another program that uses the archive, takes too long."));
    m_box->setDetailedText(text());
    QPushButton *save = m_box->addButton(tr("&Save in Another Place…"), QMessageBox::ActionRole);
    save->setObjectName(u"saveUnstored"_s);
    QPushButton *quit = m_box->addButton(tr("&Quit and Lose It"), QMessageBox::DestructiveRole);
    quit->setObjectName(u"quitUnstored"_s);
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
}

/// For who can't be asked: where the person finds it, and the next start tells of it.
void UnstoredQuestion::writeAside()
{
    if (text().isEmpty())
        return;
    for (const QString &folder : RescueNotice::folders()) {
        QString why;
        const QString path = folder + u'/' + RescueNotice::newName();
        if (writeTo(path, why)) {
            qCWarning(logUnstored).noquote() << "what could not be stored is in" << path;
            return;
        }
    }
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
    QString why;
    if (writeTo(path, why))
        return agree();
    dialogs::tellFailedExport(&m_window, u"saveUnstoredFailed"_s, cannotWrite(path, why));
    Q_EMIT declined();
}

bool UnstoredQuestion::writeTo(const QString &path, QString &why) const
{
    QSaveFile file(path);
    const QByteArray bytes = text().toUtf8();
    const bool isWritten = file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(bytes) == bytes.size()
        && file.commit();
    why = file.errorString();
    return isWritten;
}

QString UnstoredQuestion::text() const
{
    QStringList parts;
    const QList<OutboxEntry> unstored = m_workspace.outbox().unsettled();
    for (const OutboxEntry &entry : unstored) {
        if (m_isUnattended && m_workspace.outbox().isDeleted(entry.account))
            continue; // what a person deleted is written again for a person alone
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
    return parts.isEmpty() ? QString() : parts.join("\n\n\n"_L1) + u'\n';
}

} // namespace casement
