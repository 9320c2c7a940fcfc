#pragma once

#include "ui/accountdesk.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QTreeWidgetItem;
class QPushButton;
class QTreeWidget;

namespace casement {

class BreakingLabel;

/// Tries accounts before they go into the list, some at a time, by the same test as that of one account. When all work
/// they are added, and it closes by itself; of those that do not, and of those that lead to an AWS account that is
/// there already, the person says whether they are added all the same. Nothing is added until the tests are over, or
/// somebody does not want to wait for them.
class NewAccountsDialog final : public QDialog
{
    Q_OBJECT

public:
    static constexpr int testsAtOnce = 8; ///< each makes some twenty calls

    NewAccountsDialog(AccountDesk &desk, const QList<ListedAccount> &accounts, QWidget *parent = nullptr);
    ~NewAccountsDialog() override;

Q_SIGNALS:
    /// To the list; once or twice.
    void added();

protected:
    void done(int result) override;

private:
    struct One
    {
        ListedAccount account;
        std::unique_ptr<QObject> testing; // null before and after
        bool isTested = false;
        bool works = false;
        std::function<QString()> told; // what stands in the list of it, in the language of now
    };

    void testSome();
    void tested(size_t index, const Result<PermissionReport> &result);
    void refresh();
    void setResult(size_t index, std::function<QString()> told);
    void showResult(size_t index);
    void explain();
    void grow();
    void stopWaiting();
    void finishTests();
    /// Those that work, or those that do not; false after it said why not.
    bool add(bool working);
    void addAll();
    qsizetype count(bool One::*what) const;
    void say(const QString &sentence);

    AccountDesk &m_desk;
    std::vector<One> m_accounts;
    QTreeWidget *m_list;
    QLabel *m_text;
    BreakingLabel *m_details; // the whole result of the current one
    QLabel *m_problem;
    QPushButton *m_skip;
    QPushButton *m_anyway;
    QPushButton *m_leave;
    QPushButton *m_cancel;
    bool m_isOver = false;
};

} // namespace casement
