#pragma once

#include "archive/fillstore.h"
#include "models/caselistmodel.h"

#include <QStringList>
#include <QTimer>
#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class ConversationPage;
}

class CaseNote;
class Composer;
class ConversationView;
class Workspace;

/// One case: what is known of it above, its conversation below. Reads from the archive and follows its changes.
class ConversationPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationPage(Workspace &workspace, QWidget *parent = nullptr);
    ~ConversationPage() override;

    /// Shows a case; at a message, with the words marked, when they are given. Marks it read once its newest message
    /// was seen, but only when a person asked for it (`byPerson`) or scrolled in it.
    void open(const CaseKey &key, bool byPerson, const QString &message = {}, const QStringList &words = {},
              const QString &file = {});
    const CaseKey &key() const { return m_key; }
    /// The conversation stands on screen.
    bool isReady() const;

    ConversationView &view();
    /// Made on first use, under the conversation.
    Composer &composer();
    CaseNote &note() { return *m_note; }
    /// What is typed into note and reply is on its way to the disk.
    void flush();
    bool hasFocusInside() const;
    void startFind();
    void findNext(bool backward);
    /// True when it was open.
    bool closeFind();

    void openInBrowser();
    QUrl browserUrl() const;
    void copyId();
    void copyLink();
    /// Remembered in the settings.
    void setZoom(int steps);
    void retranslate();
    void tick();

Q_SIGNALS:
    void linkHovered(const QString &target);
    void ready();
    /// Another case is open than before.
    void caseChanged();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void load(const QString &message);
    void showFacts();
    void fitHeader();
    void fitIdRow();
    void markReadSoon();
    void updateFindCount();
    void nameKeys();

    std::unique_ptr<Ui::ConversationPage> m_ui;
    CaseNote *m_note = nullptr;
    Composer *m_composer = nullptr;
    Workspace &m_workspace;
    CaseKey m_key;
    QTimer m_readTimer;
    QStringList m_cc;
    int m_loads = 0; // the newest load; older answers are dropped
    bool m_hasCase = false; // that the list knows
    bool m_byPerson = false;
    bool m_loaded = false;
    ConversationState m_state = ConversationState::Whole;
    bool m_findPending = false;
};

} // namespace casement
