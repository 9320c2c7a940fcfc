#pragma once

#include <QObject>

class QAction;

namespace casement {

namespace Ui {
class MainWindow;
}

class AttachmentActions;
class ConversationPage;
class GuideWindow;
class InterfaceLanguage;
class LogWindow;
class MainWindow;
class ReportDialog;
class ActivityWindow;
class EditMenu;
class Theme;
class Workspace;

/// The main window's menus for looking: edit, view, language, theme and help. They act on what has the focus.
class WindowMenus final : public QObject
{
    Q_OBJECT

public:
    /// `ui` belongs to `window`; all are borrowed.
    WindowMenus(Ui::MainWindow &ui, MainWindow &window, Workspace &workspace, InterfaceLanguage &language,
                Theme &theme);

    /// Checks the language and the theme that hold.
    void update();
    /// Attachments of a conversation are opened and saved from here.
    void serve(ConversationPage &page);
    AttachmentActions &attachments() { return *m_attachments; }

Q_SIGNALS:
    /// Ctrl+F, and no conversation has the focus.
    void searchFieldRequested();

private:
    void connectRefreshing();
    void connectEdit();
    void connectWriting();
    void connectView();
    void connectColumns();
    void connectAppearance();
    void connectHelp();
    void connectAttachments();
    void nameToolBar();
    void goToCase();
    void copy();
    void selectAll();
    template <typename Slot> void on(QAction *action, Slot slot);

    Ui::MainWindow &m_ui;
    MainWindow &m_window;
    Workspace &m_workspace;
    InterfaceLanguage &m_language;
    Theme &m_theme;
    AttachmentActions *m_attachments;
    EditMenu *m_edit;
    // Made when they are first wanted.
    GuideWindow *m_guide = nullptr;
    ActivityWindow *m_activity = nullptr;
    LogWindow *m_log = nullptr;
    ReportDialog *m_report = nullptr;
};

} // namespace casement
