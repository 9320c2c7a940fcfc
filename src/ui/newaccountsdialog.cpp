#include "ui/newaccountsdialog.h"

#include "models/displaytext.h"
#include "ui/accountreport.h"
#include "ui/accounttext.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/messagelimits.h"
#include "ui/screenfit.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
enum NewAccountColumn { NewAccountName, NewAccountResult };
}

NewAccountsDialog::NewAccountsDialog(AccountDesk &desk, const QList<ListedAccount> &accounts, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_list(new QTreeWidget(this)), m_text(new QLabel(this)),
      m_details(new BreakingLabel(this)), m_problem(new QLabel(this)), m_skip(new QPushButton(this)),
      m_anyway(new QPushButton(this)), m_leave(new QPushButton(this))
{
    setObjectName(u"newAccountsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_list->setColumnCount(NewAccountResult + 1);
    for (const ListedAccount &account : accounts) {
        One one;
        one.account = account;
        one.told = [] { return tr("Waits for its test"); };
        m_accounts.push_back(std::move(one));
        auto *item = new QTreeWidgetItem(m_list);
        item->setSizeHint(NewAccountName, QSize(0, fontMetrics().height() + 10));
        item->setText(NewAccountName, displayText(account.name));
        item->setToolTip(NewAccountName, toolTipText(displayText(account.name)));
    }
    m_list->setObjectName(u"newAccounts"_s);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(true);
    m_list->setMinimumHeight(m_list->header()->sizeHint().height() + 4 * (fontMetrics().height() + 10)
                             + 2 * m_list->frameWidth());
    m_list->setTextElideMode(Qt::ElideMiddle); // names of many accounts differ at their ends
    m_text->setObjectName(u"newAccountsText"_s);
    m_details->setObjectName(u"newAccountsDetails"_s);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->setForegroundRole(QPalette::PlaceholderText);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &NewAccountsDialog::explain);
    m_problem->setObjectName(u"newAccountsProblem"_s);
    for (QLabel *label : {m_text, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_details);
    layout->addWidget(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    m_anyway->setObjectName(u"addAnyway"_s);
    m_leave->setObjectName(u"leaveOut"_s);
    m_skip->setObjectName(u"stopWaiting"_s);
    for (QPushButton *button : {m_skip, m_anyway, m_leave}) {
        button->setAutoDefault(false);
        buttons->addButton(button, QDialogButtonBox::ActionRole);
    }
    layout->addWidget(buttons);
    setTabOrder(m_list, m_details);
    setTabOrder(m_details, m_skip);
    setTabOrder(m_skip, m_anyway);
    setTabOrder(m_anyway, m_leave);
    setTabOrder(m_leave, m_cancel);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_leave, &QPushButton::clicked, this, &QDialog::reject); // those that work are added already
    connect(m_skip, &QPushButton::clicked, this, &NewAccountsDialog::stopWaiting);
    connect(m_anyway, &QPushButton::clicked, this, &NewAccountsDialog::addAll);
    say({});
    dialogs::inEachLanguage(*this, [this] {
        setWindowTitle(tr("Testing Accounts"));
        spoken::setName(*m_list, tr("Accounts to add"));
        m_list->setHeaderLabels({tr("Account"), tr("Test")});
        m_skip->setText(tr("Stop &Waiting"));
        m_leave->setText(tr("&Leave Out"));
        for (size_t i = 0; i < m_accounts.size(); ++i)
            showResult(i);
        explain();
        refresh();
    });
    resize(640, 400);
    m_list->setColumnWidth(NewAccountName, 200);
    m_cancel->setFocus();
    testSome();
}

NewAccountsDialog::~NewAccountsDialog() = default;

qsizetype NewAccountsDialog::count(bool One::*what) const
{
    return std::count_if(m_accounts.begin(), m_accounts.end(), [what](const One &one) { return one.*what; });
}

void NewAccountsDialog::testSome()
{
    auto running =
        std::count_if(m_accounts.begin(), m_accounts.end(), [](const One &one) { return one.testing != nullptr; });
    for (size_t i = 0; i < m_accounts.size() && running < testsAtOnce; ++i) {
        One &one = m_accounts[i];
        if (one.isTested || one.testing)
            continue;
        ++running;
        one.testing = std::make_unique<QObject>();
        setResult(i, [] { return tr("Being tested…"); });
        m_desk.test(one.account, {}, one.testing.get(),
                    [this, i](const Result<PermissionReport> &result) { tested(i, result); });
    }
}

void NewAccountsDialog::tested(size_t index, const Result<PermissionReport> &result)
{
    One &one = m_accounts[index];
    one.testing.release()->deleteLater(); // it is calling us
    one.isTested = true;
    AccountReport::verdictOf(result, one.works);
    std::function<QString()> verdict = [result] {
        bool works = false;
        return AccountReport::verdictOf(result, works);
    };
    if (result && one.account.accountNumber.isEmpty())
        one.account.accountNumber = result->accountNumber;
    QList<ListedAccount> others = m_desk.accounts();
    for (const One &other : m_accounts) {
        if (other.works && &other != &one)
            others.append(other.account);
    }
    // Of those that are chosen together the one that was tested first stays.
    const QString same = one.works ? AccountText::sameAccount(one.account, others) : QString();
    if (!same.isEmpty()) {
        one.works = false;
        verdict = [account = one.account, others] { return AccountText::sameAccount(account, others); };
    }
    QTreeWidgetItem *item = m_list->topLevelItem(int(index));
    const ThemeColors &colors = Theme::colors();
    setResult(index, std::move(verdict));
    item->setIcon(NewAccountResult,
                  icons::icon(one.works ? u"check"_s : u"warning"_s, one.works ? colors.accent : colors.warningText));
    refresh();
    if (count(&One::isTested) == qsizetype(m_accounts.size()))
        finishTests();
    else
        testSome();
}

void NewAccountsDialog::refresh()
{
    const int all = int(m_accounts.size());
    const int bad = all - int(count(&One::works));
    m_leave->setVisible(m_isOver);
    m_skip->setVisible(!m_isOver && count(&One::works) > 0);
    m_cancel->setVisible(!m_isOver);
    m_anyway->setText(m_isOver ? tr("Add &Anyway") : tr("&Add Without Testing"));
    if (!m_isOver)
        //: %1: so many are tested
        m_text->setText(
            tr("%n account(s) are tested before they are added; %1 done.", nullptr, all).arg(count(&One::isTested)));
    else if (bad < all)
        //: %1: "3 accounts work and were added."
        m_text->setText(tr("%1 %n account(s) were not added; the list says why. Add them all the same, or leave "
                           "them out?",
                           nullptr, bad)
                            .arg(tr("%n account(s) work and were added.", nullptr, all - bad)));
    else
        m_text->setText(tr("%n account(s) were not added; the list says why. They can be added all the same; their "
                           "cases come once that is put right.",
                           nullptr, bad));
    spoken::setName(*m_text, m_text->text());
}

/// A row has no room for all of it: the whole stands below the list while the row is the current one.
void NewAccountsDialog::setResult(size_t index, std::function<QString()> told)
{
    m_accounts[index].told = std::move(told);
    showResult(index);
}

void NewAccountsDialog::showResult(size_t index)
{
    QTreeWidgetItem &item = *m_list->topLevelItem(int(index));
    const QString sentences = m_accounts[index].told();
    item.setText(NewAccountResult, QString(sentences).replace(u'\n', u' '));
    item.setData(NewAccountResult, Qt::UserRole, sentences);
    item.setToolTip(NewAccountResult, toolTipText(sentences));
    if (&item == m_list->currentItem())
        explain();
}

void NewAccountsDialog::explain()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    QString text;
    if (item && !item->isHidden()) {
        //: The name of an account, and what its test said
        text = tr("%1: %2", "account")
                   .arg(item->text(NewAccountName), item->data(NewAccountResult, Qt::UserRole).toString());
    }
    m_details->setWhole(text);
    spoken::setName(*m_details, text);
    m_details->setVisible(!text.isEmpty());
    QMetaObject::invokeMethod(this, &NewAccountsDialog::grow, Qt::QueuedConnection); // once the layout knows of it
}

/// The rows keep their room: long details make the window higher.
void NewAccountsDialog::grow()
{
    const QMargins margins = layout()->contentsMargins();
    const int inner = width() - margins.left() - margins.right();
    const int missing = m_details->isHidden() ? 0 : m_details->heightOfWhole(inner) - m_details->height();
    const int rows = m_list->minimumHeight() - m_list->height();
    if (const int more = qMax(missing, 0) + qMax(rows, 0); more > 0)
        resize(QSize(width(), height() + more).boundedTo(ScreenFit::roomFor(*this)));
}

/// Somebody's keys take long: what works is added, and the others are asked about.
void NewAccountsDialog::stopWaiting()
{
    for (size_t i = 0; i < m_accounts.size(); ++i) {
        One &one = m_accounts[i];
        one.testing.reset();
        if (!one.isTested)
            setResult(i, [] { return tr("Not tested"); });
    }
    finishTests();
}

void NewAccountsDialog::finishTests()
{
    if (!add(true))
        return;
    if (count(&One::works) == qsizetype(m_accounts.size()))
        return accept();
    m_isOver = true;
    for (size_t i = 0; i < m_accounts.size(); ++i)
        m_list->topLevelItem(int(i))->setHidden(m_accounts[i].works);
    const auto bad = std::ranges::find(m_accounts, false, &One::works);
    m_list->setCurrentItem(m_list->topLevelItem(int(bad - m_accounts.begin())));
    refresh();
    m_leave->setDefault(true);
    m_leave->setFocus();
    QAccessibleEvent told(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

bool NewAccountsDialog::add(bool working)
{
    QList<ListedAccount> chosen;
    for (const One &one : m_accounts) {
        if (one.works == working)
            chosen.append(one.account);
    }
    if (chosen.isEmpty())
        return true;
    const Result<void> result = m_desk.add(chosen);
    say(result ? QString() : AccountText::sentences(result.error()));
    if (result)
        Q_EMIT added();
    return bool(result);
}

/// Also before the tests are over: then nobody waits for them any more.
void NewAccountsDialog::addAll()
{
    const bool isOver = m_isOver;
    for (One &one : m_accounts) {
        one.testing.reset();
        if (!isOver)
            one.works = false;
    }
    if (add(false))
        accept();
}

void NewAccountsDialog::done(int result)
{
    for (One &one : m_accounts) {
        if (one.testing)
            one.testing.release()->deleteLater(); // it may be calling us
    }
    QDialog::done(result);
}

void NewAccountsDialog::say(const QString &sentence)
{
    MessageLimits::showProblem(*m_problem, sentence);
    spoken::setName(*m_problem, sentence);
}

} // namespace casement
