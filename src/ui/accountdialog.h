#pragma once

#include "ui/accountdesk.h"

#include <QDialog>
#include <QPointer>

#include <memory>
#include <optional>

class QLabel;
class QLineEdit;

namespace casement {

namespace Ui {
class AccountDialog;
}

/// Adds an account by its access keys, or changes one: name, colour, region, endpoint, and new keys where they were
/// entered here.
///
/// What is typed for a key stays in the fields while the dialog is open and nowhere else.
class AccountDialog final : public QDialog
{
    Q_OBJECT

public:
    /// For a new account with entered keys. `desk` is borrowed.
    explicit AccountDialog(AccountDesk &desk, QWidget *parent = nullptr);
    AccountDialog(AccountDesk &desk, const ListedAccount &account, QWidget *parent = nullptr);
    ~AccountDialog() override;

    void done(int result) override;
    /// The keychain does not give the keys that it has: asks for them, to be kept for this run.
    void askForSession(const Error &error);

Q_SIGNALS:
    /// The account is in the list like this.
    void kept();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void fillColors();
    void fillPlans();
    void retranslate();
    bool asksForKeys() const;
    bool hasKeys() const;
    void cleanKey(QLineEdit *field);
    void showProblems(bool all);
    QLineEdit *firstWrong() const;
    ListedAccount wanted() const;
    Credentials keys() const;
    void nameSave();
    void forgetTest();
    void test();
    void startTest();
    void tested(const Result<PermissionReport> &result);
    void stopTest();
    void save(AccountDesk::Keep keep);
    void saved(const Result<void> &result);
    void say(const QString &sentence, bool offersSession = false);
    void grow();
    void bringIntoSight(QWidget &part);
    int heightForContent() const;
    void setBusy(bool busy);
    void clearKeys();

    std::unique_ptr<Ui::AccountDialog> m_ui;
    AccountDesk &m_desk;
    ListedAccount m_account; // as it is; an empty id: a new one
    std::unique_ptr<QObject> m_testing; // while a test runs
    std::unique_ptr<QObject> m_saving; // until something else is typed: a keychain may be opened late
    QString m_number; // of the keys in the fields, as a test found out
    QSet<QLineEdit *> m_touched; // left once: what is wrong with them is said
    std::optional<AccountDesk::Keep> m_saveAfterTest; // typed keys are tested before they are kept
    bool m_isTested = false; // the keys in the fields, at this endpoint
    bool m_isDoubtful = false; // and the test said something to think about
    bool m_isBusy = false;
    bool m_asksForSession = false;
};

} // namespace casement
