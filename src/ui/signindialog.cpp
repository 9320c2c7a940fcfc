#include "ui/signindialog.h"

#include "models/displaytext.h"
#include "ui/dialogs.h"
#include "ui/spoken.h"
#include "ui_signindialog.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLayout>
#include <QLocale>
#include <QTimer>

namespace casement {

using namespace Qt::StringLiterals;

SignInDialog::SignInDialog(const PersonPrompt::SignIn &signIn, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::SignInDialog>()), m_signIn(signIn)
{
    m_ui->setupUi(this);
    setObjectName(u"signInDialog"_s);
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(font().pointSizeF() * 1.8);
    large.setBold(true);
    m_ui->userCode->setFont(large);
    m_ui->userCode->setText(displayText(signIn.userCode));
    connect(m_ui->openSignInPage, &QPushButton::clicked, this, &SignInDialog::openPage);
    connect(m_ui->copySignInPage, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(QString::fromUtf8(m_signIn.page.toEncoded())); });
    connect(m_ui->giveUpSignIn, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(*m_ui->buttons, {{m_ui->giveUpSignIn, QDialogButtonBox::RejectRole}});
    retranslate();
    resize(width(), layout()->totalHeightForWidth(width()));
    m_ui->openSignInPage->setFocus();
}

SignInDialog::~SignInDialog() = default;

void SignInDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (m_isOpened)
        return;
    m_isOpened = true;
    QTimer::singleShot(0, this, &SignInDialog::openPage); // the code is to be seen first
}

void SignInDialog::openPage()
{
    if (m_signIn.page.scheme() == "https"_L1)
        dialogs::openLink(this, m_signIn.page);
}

void SignInDialog::retranslate()
{
    m_ui->question->setText(
        tr("Sign in for “%1” in the browser. The page must show this code:").arg(displayText(m_signIn.profile)));
    m_ui->explanation->setText(
        tr("Allow access there only when the codes are the same and the page belongs to your organization. This window "
           "closes by itself then."));
    m_ui->signInPage->setText(displayText(QString::fromUtf8(m_signIn.page.toEncoded())));
    spoken::setName(*m_ui->signInPage, tr("Address of the page: %1").arg(m_ui->signInPage->text()));
    m_ui->until->setText(tr("The code is good until %1.")
                             .arg(QLocale().toString(m_signIn.until.toLocalTime().time(), QLocale::ShortFormat)));
}

void SignInDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    retranslate();
}

} // namespace casement
