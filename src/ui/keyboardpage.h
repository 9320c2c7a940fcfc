#pragma once

#include "ui/settingsdialog.h"

#include <QKeySequence>

#include <functional>
#include <memory>

class QTreeWidgetItem;

namespace casement {

namespace Ui {
class KeyboardPage;
}

class Shortcuts;

/// Settings: the key of every command. A key that another command has is told at once, and the person decides whose it
/// is; one that fields or menus need is refused with a sentence.
class KeyboardPage final : public SettingsPage
{
    Q_OBJECT

public:
    /// The commands are borrowed.
    explicit KeyboardPage(Shortcuts &shortcuts, QWidget *parent = nullptr);
    ~KeyboardPage() override;

    QString title() const override;
    void retranslate() override;

    /// Makes a command the current one, also one that the filter hides.
    void select(const QString &id);
    /// Of the command that is chosen; empty when none is.
    QString current() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void showKeys();
    void showCurrent();
    void fitColumns();
    void filter();
    void choose(const QKeySequence &key, const QKeySequence &other = {});
    void leaveKey();
    void setCurrentKey(const QKeySequence &key);
    void say(const QString &sentence, bool isProblem);
    void ask(const QString &sentence, const QString &button, std::function<void()> use, bool canLeave);
    void endNotice();
    QTreeWidgetItem *itemOf(const QString &id) const;

    std::unique_ptr<Ui::KeyboardPage> m_ui;
    Shortcuts &m_shortcuts;
    std::function<void()> m_use; // what the button beside a question does
    bool m_isProblem = false;
    bool m_isAsking = false; // the field shows a key that is not decided
};

} // namespace casement
