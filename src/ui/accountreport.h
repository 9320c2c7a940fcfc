#pragma once

#include "support/permissioncheck.h"

#include <QWidget>

#include <array>
#include <memory>
#include <optional>

class QLabel;

namespace casement {

namespace Ui {
class AccountReport;
}

/// What was found out about an account's keys: whose they are, whether the plan has the API, what they may do by groups
/// of operations, and the IAM policy for what is missing.
class AccountReport final : public QWidget
{
    Q_OBJECT

public:
    explicit AccountReport(QWidget *parent = nullptr);
    ~AccountReport() override;

    void clear();
    void showBusy();
    void showReport(const PermissionReport &report);
    /// Nothing could be found out.
    void showError(const Error &error);

    /// All in one or two sentences: what the person should know first.
    QString verdict() const;
    /// The same of a test that nobody shows whole; `good`: cases can be read.
    static QString verdictOf(const Result<PermissionReport> &result, bool &good);
    const std::optional<PermissionReport> &report() const { return m_report; }

    /// What operations are for, as people see it.
    enum Group { ReadCases, WriteCases, Attachments, Advisor, GroupCount };
    static Group groupOf(const QString &operation);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QLabel *icon = nullptr;
        QLabel *name = nullptr;
        QLabel *text = nullptr;
    };

    void refresh();
    void showGroups();
    void showVerdict(const QString &sentences, bool isGood);
    void recolor();
    static QString unreadable(const PermissionReport &report);
    static QString groupName(Group group);
    /// In words; `good`: all are allowed.
    QString groupText(Group group, bool &good) const;
    QString sentences(bool &good) const;

    std::unique_ptr<Ui::AccountReport> m_ui;
    std::array<Row, GroupCount> m_rows;
    std::optional<PermissionReport> m_report;
    Error m_error;
    bool m_busy = false;
};

} // namespace casement
