#pragma once

#include "archive/outboxstore.h"
#include "models/caselistmodel.h"
#include "support/casetemplate.h"
#include "ui/draftsaver.h"

#include <QPointer>
#include <QWidget>

#include <map>
#include <memory>

class QMenu;
class QTextDocument;

namespace casement {

namespace Ui {
class Composer;
}

class CcCompleter;
class FileTray;
class MessageEdit;
class Outbox;
class Workspace;

/// Writes the reply to a case. What is typed is a draft in the outbox from the first keystroke, on the disk within half
/// a second; each case has its own, with its own undo.
///
/// Above the field it says where the case's last message stands that did not arrive yet, and what a person can do.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(Workspace &workspace, QWidget *parent = nullptr);
    ~Composer() override;

    /// Goes to a case: its draft, or an empty field. What was typed for another one is stored first.
    void open(const CaseKey &key);
    /// Stores what is typed now.
    void flush() { m_draft.flush(); }
    void focusText();
    /// Fills the field with a template of a reply, its placeholders replaced; what stood there comes back with undo.
    void load(const CaseTemplate &from);
    /// Puts quoted text behind what is written; a quotation of nothing changes nothing.
    void quote(const QString &quoted);
    MessageEdit &text();
    FileTray &files();
    void chooseFiles();
    /// How high the page is whose lower part it is: it leaves some of that to what is above.
    void setRoom(int height);
    /// The case changed: what a reply does may differ.
    void refresh();
    void retranslate();

Q_SIGNALS:
    /// The person sent a reply.
    void sent();
    /// focusText() was called, and nothing can be written yet.
    void mustWait();

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    bool canType() const;
    void takeFocusLate();
    void placeButtons();
    void fill();
    std::optional<DraftSaver::Content> content() const;
    void edited();
    void outboxChanged(const QString &id);
    void lost(const QString &id);
    void forgetAccount(AccountId account);
    void filesChanged(const QString &entry);
    void send();
    void askAndSend();
    void sendNow();
    void check();
    void checkNow();
    void showPending();
    void showNote();
    void showState();
    QString whyNot() const;
    bool isEmpty() const;
    bool hasFiles() const;
    QString entryFor(const CaseKey &key);
    QTextDocument *documentOf(const CaseKey &key);
    AddCommunicationToCase::Request request() const;
    void buildTemplateMenu();

    std::unique_ptr<Ui::Composer> m_ui;
    Workspace &m_workspace;
    Outbox &m_outbox;
    int m_room = 0;
    CaseKey m_key;
    DraftSaver m_draft; // of the text in the field
    QString m_checked; // what AWS said of the text in the field
    QMenu *m_templateMenu = nullptr;
    CcCompleter *m_ccCompleter = nullptr;
    std::map<QString, std::unique_ptr<QTextDocument>> m_documents; // by case
    std::unique_ptr<QObject> m_check; // context of the rehearsal under way
    bool m_filling = false;
    bool m_isRehearsal = false;
    bool m_hadFiles = false; // the draft, as long as it was there
    bool m_isAwaited = false; // the field gets the keys as soon as it can take them
    QPointer<QWidget> m_waiting; // what has them until then
};

} // namespace casement
