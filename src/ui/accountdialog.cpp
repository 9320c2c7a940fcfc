#include "ui/accountdialog.h"

#include "archive/accountname.h"
#include "aws/credentials.h"
#include "aws/endpoint.h"
#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "models/displaytext.h"
#include "ui/accountswatch.h"
#include "ui/accounttext.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/keytext.h"
#include "ui/messagelimits.h"
#include "ui/responsetargetspage.h"
#include "ui/screenfit.h"
#include "ui/spoken.h"
#include "ui_accountdialog.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QTimer>

namespace casement {

using namespace Qt::StringLiterals;

AccountDialog::AccountDialog(AccountDesk &desk, QWidget *parent) : AccountDialog(desk, ListedAccount(), parent) { }

AccountDialog::AccountDialog(AccountDesk &desk, const ListedAccount &account, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::AccountDialog>()), m_desk(desk), m_account(account)
{
    build();
}

AccountDialog::~AccountDialog()
{
    clearKeys();
    const auto parts = findChildren<QWidget *>();
    for (QWidget *part : parts)
        part->disconnect(this); // the last focus goes when the fields are gone
}

void AccountDialog::build()
{
    m_ui->setupUi(this);
    setObjectName(u"accountDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->scroll->viewport()->setBackgroundRole(QPalette::Window);
    m_ui->content->setAutoFillBackground(false);
    m_ui->introduction->setForegroundRole(QPalette::PlaceholderText);
    m_ui->region->addItems(knownRegions());
    m_ui->region->setCurrentText(m_account.region);
    m_ui->region->setMaxVisibleItems(16);
    fillColors();
    fillPlans();
    m_ui->plan->setCurrentIndex(qMax(0, m_ui->plan->findData(m_account.plan)));
    m_ui->accountName->setText(m_account.name);
    m_ui->endpoint->setText(m_account.endpointUrl);
    m_ui->advanced->setChecked(!m_account.endpointUrl.isEmpty());
    m_ui->asks->setChecked(m_account.asksBeforeSending);
    for (QLineEdit *field : {m_ui->secret, m_ui->sessionToken})
        field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText
                                   | Qt::ImhNoAutoUppercase);
    for (QWidget *part :
         std::initializer_list<QWidget *>{m_ui->keyIdLabel, m_ui->keyId, m_ui->secretLabel, m_ui->secret,
                                          m_ui->showSecret, m_ui->tokenLabel, m_ui->sessionToken})
        part->setVisible(asksForKeys());
    for (const QLineEdit *field :
         {m_ui->keyId, m_ui->secret, m_ui->sessionToken, m_ui->endpoint, m_ui->region->lineEdit()})
        connect(field, &QLineEdit::textChanged, this, &AccountDialog::forgetTest);
    connect(m_ui->advanced, &QCheckBox::toggled, this, &AccountDialog::forgetTest);
    for (QLineEdit *field : {m_ui->keyId, m_ui->secret, m_ui->sessionToken}) {
        connect(field, &QLineEdit::textEdited, this, [this, field] {
            m_number.clear();
            cleanKey(field);
        });
    }
    for (QLineEdit *field :
         {m_ui->accountName, m_ui->keyId, m_ui->secret, m_ui->sessionToken, m_ui->endpoint, m_ui->region->lineEdit()}) {
        connect(field, &QLineEdit::editingFinished, this, [this, field] {
            if (!field->text().isEmpty())
                m_touched.insert(field);
            showProblems(false);
        });
        connect(field, &QLineEdit::textChanged, this, [this] {
            m_saving.reset();
            showProblems(false);
        });
    }
    const auto showEndpoint = [this](bool on) {
        m_ui->endpoint->setVisible(on);
        m_ui->endpointLabel->setVisible(on);
        showProblems(false);
    };
    connect(m_ui->advanced, &QCheckBox::toggled, this, showEndpoint);
    connect(m_ui->advanced, &QCheckBox::clicked, this, [this](bool on) {
        if (on)
            bringIntoSight(*m_ui->endpoint);
    });
    showEndpoint(m_ui->advanced->isChecked());
    connect(m_ui->showSecret, &QCheckBox::toggled, this, [this](bool show) {
        m_ui->secret->setEchoMode(show ? QLineEdit::Normal : QLineEdit::Password);
        m_ui->secret->setText(m_ui->secret->text()); // and what could be undone is forgotten
    });
    connect(m_ui->test, &QPushButton::clicked, this, &AccountDialog::test);
    connect(m_ui->save, &QPushButton::clicked, this, [this] { save(AccountDesk::Keep::Keychain); });
    connect(m_ui->keepSession, &QPushButton::clicked, this, [this] { save(AccountDesk::Keep::Session); });
    connect(m_ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(
        *m_ui->buttons, {{m_ui->save, QDialogButtonBox::AcceptRole}, {m_ui->cancel, QDialogButtonBox::RejectRole}});
    m_ui->report->hide();
    say({});
    retranslate();
    resize(qMin(600, qMax(width(), minimumSizeHint().width())), 0);
    resize(width(), heightForContent());
    m_ui->accountName->setFocus();
}

bool AccountDialog::asksForKeys() const
{
    return m_account.source == ListedAccount::Source::Keychain || m_account.source == ListedAccount::Source::Session;
}

/// Something was typed for a key; where an account has keys already, that is its choice.
bool AccountDialog::hasKeys() const
{
    return asksForKeys()
        && !(m_ui->keyId->text().isEmpty() && m_ui->secret->text().isEmpty() && m_ui->sessionToken->text().isEmpty());
}

void AccountDialog::fillColors()
{
    m_ui->color->clear();
    m_ui->color->setIconSize(QSize(12, 12));
    m_ui->color->addItem(tr("Automatic"), -1);
    for (int color = 0; color < accountColorCount; ++color)
        m_ui->color->addItem(accountSwatch(color), AccountText::colorName(color), color);
    m_ui->color->setCurrentIndex(qMax(0, m_ui->color->findData(m_account.color)));
}

void AccountDialog::fillPlans()
{
    m_ui->plan->clear();
    //: Instead of a support plan: the one that the page Response Targets of the settings says
    m_ui->plan->addItem(tr("As in Settings"), QString());
    for (const QString &plan : ResponseTargets::plans())
        m_ui->plan->addItem(ResponseTargetsPage::planName(plan), plan);
    if (m_ui->plan->findData(m_account.plan) < 0) // of a newer version
        m_ui->plan->addItem(displayText(m_account.plan), m_account.plan);
}

void AccountDialog::retranslate()
{
    m_ui->retranslateUi(this);
    const bool isNew = m_account.id.isEmpty();
    setWindowTitle(isNew ? tr("Add Account") : tr("Edit Account"));
    nameSave();
    m_ui->region->lineEdit()->setPlaceholderText(tr("As configured, else us-east-1"));
    spoken::setName(*m_ui->region->lineEdit(), m_ui->region->accessibleName());
    const int color = m_ui->color->currentIndex();
    fillColors();
    m_ui->color->setCurrentIndex(color);
    const int plan = m_ui->plan->currentIndex();
    fillPlans();
    m_ui->plan->setCurrentIndex(plan);
    if (isNew)
        m_ui->introduction->setText(tr("The keys go to the keychain of this computer and nowhere else."));
    else if (m_asksForSession)
        m_ui->introduction->setText(
            tr("Enter the keys again. Kept for this session only, they are used until Casement ends, and the keychain "
               "keeps what it has."));
    else if (asksForKeys())
        m_ui->introduction->setText(tr("Leave the key fields empty to keep the keys that it has."));
    else
        m_ui->introduction->setText(AccountText::source(m_account, m_desk.accounts()));
    showProblems(false);
}

/// Takes off what copying brings along: spaces around a key, or the rest of a whole block of keys.
void AccountDialog::cleanKey(QLineEdit *field)
{
    const QString text = field->text();
    if (const auto block = KeyText::ofBlock(text)) {
        field->setText({});
        for (const auto &[target, value] :
             {std::pair(m_ui->keyId, block->keyId), std::pair(m_ui->secret, block->secret),
              std::pair(m_ui->sessionToken, block->token)}) {
            if (!value.isEmpty())
                target->setText(value);
        }
        return;
    }
    if (const QString trimmed = text.trimmed(); trimmed != text)
        field->setText(trimmed);
}

ListedAccount AccountDialog::wanted() const
{
    ListedAccount account = m_account;
    account.name = m_ui->accountName->text().trimmed();
    account.region = m_ui->region->currentText().trimmed();
    account.color = m_ui->color->currentData().toInt();
    account.asksBeforeSending = m_ui->asks->isChecked();
    account.plan = m_ui->plan->currentData().toString();
    account.endpointUrl = m_ui->advanced->isChecked() ? m_ui->endpoint->text().trimmed() : QString();
    if (!m_number.isEmpty() && knownNumber(account).isEmpty()) // keys of another account are refused
        account.accountNumber = m_number;
    return account;
}

Credentials AccountDialog::keys() const
{
    return Credentials(m_ui->keyId->text(), m_ui->secret->text(), m_ui->sessionToken->text());
}

/// What is wrong stands below each field, once it was left or everything is to be looked at.
void AccountDialog::showProblems(bool all)
{
    const ListedAccount account = wanted();
    const auto show = [this, all](QLineEdit *field, QLabel *label, const QString &sentence, const QString &note = {}) {
        if (all) // and is told until it is right, whatever the focus leaves on its way there
            m_touched.insert(field);
        const bool isTold = m_touched.contains(field);
        MessageLimits::showProblem(*label, !isTold ? QString() : sentence.isEmpty() ? note : sentence);
        field->setProperty("wrong", !sentence.isEmpty());
        spoken::setDescription(*field, label->text());
    };
    // One thing at a time: the list has one sentence for an account.
    ListedAccount part;
    part.id = account.id;
    part.name = account.name;
    const QString nameProblem = hasSecretKeyForm(account.name)
        ? tr("This looks like a secret access key. The name is seen by everybody.")
        : m_desk.whyNot(part);
    show(m_ui->accountName, m_ui->nameProblem, nameProblem, AccountText::nameNote(part, m_desk.accounts()));
    show(m_ui->region->lineEdit(), m_ui->regionProblem, AccountText::regionProblem(account.region),
         AccountText::regionNote(account.region));
    const bool needsEndpoint = m_ui->advanced->isChecked() && account.endpointUrl.isEmpty();
    show(m_ui->endpoint, m_ui->endpointProblem,
         needsEndpoint ? tr("Enter the endpoint URL.") : AccountText::endpointProblem(account.endpointUrl));

    const bool needsKeys = asksForKeys()
        && (m_account.id.isEmpty() || hasKeys() || m_asksForSession
            || (m_account.source == ListedAccount::Source::Session && !m_desk.hasSessionKeys(m_account.id)));
    const QString keyId = m_ui->keyId->text();
    show(m_ui->keyId, m_ui->keyIdProblem, needsKeys ? KeyText::keyIdProblem(keyId) : QString());
    show(m_ui->secret, m_ui->secretProblem, needsKeys ? KeyText::secretProblem(m_ui->secret->text()) : QString());
    show(m_ui->sessionToken, m_ui->tokenProblem,
         needsKeys
             ? KeyText::tokenProblem(m_ui->sessionToken->text(), account.endpointUrl.isEmpty() ? keyId : QString())
             : QString());
}

QLineEdit *AccountDialog::firstWrong() const
{
    for (QLineEdit *field :
         {m_ui->accountName, m_ui->keyId, m_ui->secret, m_ui->sessionToken, m_ui->region->lineEdit(), m_ui->endpoint}) {
        if (field->property("wrong").toBool())
            return field;
    }
    return nullptr;
}

void AccountDialog::nameSave()
{
    const bool isNew = m_account.id.isEmpty();
    if (m_isDoubtful)
        m_ui->save->setText(isNew ? tr("&Add Anyway") : tr("Sa&ve Anyway"));
    else
        m_ui->save->setText(isNew ? tr("&Add") : tr("Sa&ve"));
}

/// What a test said was of other keys, or of another place.
void AccountDialog::forgetTest()
{
    if (m_testing)
        stopTest();
    if (!m_ui->report->isHidden()) {
        m_ui->report->clear();
        m_ui->report->hide();
    }
    if (m_isDoubtful)
        say({});
    m_isTested = false;
    m_isDoubtful = false;
    nameSave();
}

/// A test that failed was begun by Enter, mostly: the next Enter is not the answer to a question that came just now.
void AccountDialog::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_isDoubtful && !m_ui->save->hasFocus())
        return event->accept();
    QDialog::keyPressEvent(event);
}

void AccountDialog::stopTest()
{
    m_testing.reset();
    m_saveAfterTest.reset();
    m_ui->test->setText(tr("Tes&t"));
}

void AccountDialog::test()
{
    if (m_testing) {
        stopTest();
        m_ui->report->clear();
        m_ui->report->hide();
        return;
    }
    showProblems(true);
    QLineEdit *wrong = firstWrong();
    if (wrong && wrong != m_ui->accountName) // a name is not needed for that
        return ScreenFit::goTo(*wrong);
    startTest();
}

void AccountDialog::startTest()
{
    say({});
    m_ui->report->show();
    m_ui->report->showBusy();
    m_testing = std::make_unique<QObject>();
    m_ui->test->setText(tr("S&top Testing"));
    bringIntoSight(*m_ui->report);
    m_desk.test(wanted(), hasKeys() ? std::optional(keys()) : std::nullopt, m_testing.get(),
                [this](const Result<PermissionReport> &result) { tested(result); });
}

void AccountDialog::tested(const Result<PermissionReport> &result)
{
    m_testing.release()->deleteLater(); // it is calling us
    const std::optional<AccountDesk::Keep> keep = m_saveAfterTest;
    stopTest();
    if (result)
        m_ui->report->showReport(*result);
    else
        m_ui->report->showError(result.error());
    const bool works = result && result->canRead() && result->planError.kind == Error::Kind::None;
    if (result && !result->accountNumber.isEmpty()) {
        m_number = result->accountNumber;
        if (m_ui->accountName->text().trimmed().isEmpty())
            m_ui->accountName->setText(m_number);
    }
    const bool isNew = m_account.id.isEmpty();
    const bool isOfAnother = !result && result.error().code == localcode::told && !isNew && hasKeys();
    const QString same = works && isNew ? AccountText::sameAccount(wanted(), m_desk.accounts()) : QString();
    m_isTested = !isOfAnother;
    m_isDoubtful = !isOfAnother && (!works || !same.isEmpty()) && (isNew || hasKeys());
    nameSave();
    if (m_isDoubtful && (m_ui->save->hasFocus() || m_ui->keepSession->hasFocus()))
        (asksForKeys() ? m_ui->secret : m_ui->accountName)->setFocus();
    if (!same.isEmpty())
        say(tr("%1 It can be added all the same.", "after a sentence").arg(same));
    else if (!works && isNew)
        say(tr("The account can be added all the same; its cases come once this is put right."));
    else if (m_isDoubtful)
        say(tr("The keys can be kept all the same; cases come once this is put right."));
    else if (keep && works)
        return save(*keep);
    bringIntoSight(*m_ui->report);
}

/// The window grows with what it says, as far as the screen has room; beyond that the newest is scrolled to.
void AccountDialog::grow()
{
    resize(QSize(width(), qMax(height(), heightForContent())).boundedTo(ScreenFit::roomFor(*this)));
}

/// What came below all that was there: a small screen does not show it by itself.
void AccountDialog::bringIntoSight(QWidget &part)
{
    grow();
    QTimer::singleShot(0, &part, [this, &part] { m_ui->scroll->ensureWidgetVisible(&part, 0, 0); });
}

/// What all fields and the report need, with the row of buttons.
int AccountDialog::heightForContent() const
{
    m_ui->content->layout()->activate(); // what was hidden since is no part of it
    layout()->activate();
    const QMargins margins = layout()->contentsMargins();
    const int inner = width() - margins.left() - margins.right();
    const int fields =
        m_ui->content->hasHeightForWidth() ? m_ui->content->heightForWidth(inner) : m_ui->content->sizeHint().height();
    const int whole =
        layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width()) : layout()->totalSizeHint().height();
    return whole - m_ui->scroll->sizeHint().height() + fields + 2 * m_ui->scroll->frameWidth();
}

void AccountDialog::setBusy(bool busy)
{
    m_isBusy = busy;
    for (QWidget *part : std::initializer_list<QWidget *>{m_ui->content, m_ui->test, m_ui->save, m_ui->keepSession})
        part->setEnabled(!busy);
}

void AccountDialog::save(AccountDesk::Keep keep)
{
    if (m_isBusy || m_saveAfterTest)
        return;
    showProblems(true);
    if (QLineEdit *wrong = firstWrong()) {
        if (wrong->isHidden())
            m_ui->advanced->setChecked(true);
        return ScreenFit::goTo(*wrong);
    }
    if (hasKeys() && !m_isTested) { // what they are good for is said before they are kept
        if (!m_testing)
            startTest();
        m_saveAfterTest = keep;
        return;
    }
    stopTest();
    say({});
    setBusy(true);
    const auto kept = [this](const Result<void> &result) { saved(result); };
    m_saving = std::make_unique<QObject>();
    if (m_account.id.isEmpty())
        m_desk.addKeys(wanted(), keys(), keep, m_saving.get(), kept);
    else
        m_desk.update(wanted(), hasKeys() ? std::optional(keys()) : std::nullopt, keep, m_saving.get(), kept);
}

void AccountDialog::saved(const Result<void> &result)
{
    setBusy(false);
    if (result) {
        Q_EMIT kept();
        accept();
        return;
    }
    const Error &error = result.error();
    const bool isKeychain = error.kind == Error::Kind::Keychain;
    say(AccountText::sentencesHere(error), isKeychain);
    if (isKeychain && error.code == keychaincode::waiting) // it goes on by itself once the password is typed
        MessageLimits::showNote(*m_ui->saveProblem, m_ui->saveProblem->text());
    (isKeychain ? m_ui->keepSession : m_ui->save)->setFocus();
}

void AccountDialog::askForSession(const Error &error)
{
    m_asksForSession = true;
    retranslate();
    say(AccountText::sentences(error), true);
    m_ui->keyId->setFocus();
}

void AccountDialog::say(const QString &sentence, bool offersSession)
{
    MessageLimits::showProblem(*m_ui->saveProblem, sentence);
    spoken::setName(*m_ui->saveProblem, sentence);
    m_ui->keepSession->setVisible(offersSession || m_asksForSession);
    spoken::setDescription(*m_ui->keepSession, offersSession ? sentence : QString());
    if (sentence.isEmpty())
        return;
    grow();
    QAccessibleEvent told(m_ui->saveProblem, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

/// setText() also forgets what could be undone.
void AccountDialog::clearKeys()
{
    for (QLineEdit *field : {m_ui->keyId, m_ui->secret, m_ui->sessionToken}) {
        const QSignalBlocker blocker(field);
        field->setText({});
    }
}

void AccountDialog::done(int result)
{
    stopTest();
    if (m_saving)
        m_saving.release()->deleteLater(); // it may be calling us
    clearKeys();
    QDialog::done(result);
}

void AccountDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        showProblems(false);
}

} // namespace casement
