#include "ui/accounttestdialog.h"

#include "models/displaytext.h"
#include "ui/accountreport.h"
#include "ui/dialogs.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int highestTest = 560; // px; what is more scrolls
}

AccountTestDialog::AccountTestDialog(AccountDesk &desk, const ListedAccount &account, QWidget *parent)
    : QDialog(parent), m_desk(desk), m_account(account), m_report(new AccountReport)
{
    setObjectName(u"accountTestDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    auto *page = new QWidget;
    m_page = page;
    auto *pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->addWidget(m_report);
    pageLayout->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(page);
    scroll->viewport()->setBackgroundRole(QPalette::Window);
    page->setAutoFillBackground(false);
    layout->addWidget(scroll, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    m_again = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    m_again->setObjectName(u"testAgain"_s);
    m_again->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    layout->addWidget(buttons);
    connect(m_again, &QPushButton::clicked, this, &AccountTestDialog::test);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    dialogs::inEachLanguage(*this, [this] {
        setWindowTitle(tr("Test of %1").arg(displayText(m_account.name)));
        m_again->setText(tr("Test &Again"));
    });
    resize(560, 240);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    test();
}

AccountTestDialog::~AccountTestDialog() = default;

void AccountTestDialog::test()
{
    m_again->setEnabled(false);
    m_report->showBusy();
    m_testing = std::make_unique<QObject>();
    m_desk.test(m_account, {}, m_testing.get(), [this](const Result<PermissionReport> &result) { tested(result); });
}

void AccountTestDialog::tested(const Result<PermissionReport> &result)
{
    m_testing.release()->deleteLater(); // it is calling us
    m_again->setEnabled(true);
    if (result)
        m_report->showReport(*result);
    else
        m_report->showError(result.error());
    QTimer::singleShot(0, this, &AccountTestDialog::grow); // what is shown has its height by then
}

/// An error is two lines, a report with a policy a page: the window is as high as what it has to say, up to a point.
void AccountTestDialog::grow()
{
    const int room = m_page->parentWidget()->height();
    const int wanted = std::max(m_page->layout()->totalHeightForWidth(m_page->width()), m_page->sizeHint().height());
    if (wanted > room)
        resize(width(), std::min(height() + wanted - room, std::max(height(), highestTest)));
}

} // namespace casement
