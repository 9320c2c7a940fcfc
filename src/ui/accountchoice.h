#pragma once

#include "archive/records.h"

#include <QComboBox>

namespace casement {

class Workspace;

/// Which account's cases are shown: all, or one. Where there are many, a part of a name or a number finds one by
/// typing.
class AccountChoice final : public QComboBox
{
    Q_OBJECT

public:
    static constexpr int mostWithoutTyping = 12; ///< as many are seen at a glance

    explicit AccountChoice(QWidget *parent = nullptr);

    /// Lists the accounts and chooses the one that the list is filtered by. False while there is nothing to choose.
    bool refill(Workspace &workspace);
    void retranslate(Workspace &workspace);
    /// As wide as the names in it, as far as the screen goes.
    void showPopup() override;

Q_SIGNALS:
    /// 0: all.
    void accountChosen(casement::AccountId account);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setTyping(bool on);
    void choose(int index);
    void chooseTyped();
    void showChosen();
    void showEnds();
    int widthOfNames() const;

    struct Entry
    {
        AccountId id = 0;
        QString text;
        int color = 0;
        QString trouble; // why it can't be refreshed
        friend bool operator==(const Entry &, const Entry &) = default;
    };
    void fill(const QList<Entry> &entries);

    QList<Entry> m_entries;
    AccountId m_chosen = 0;
};

} // namespace casement
