#include "ui/newcasewindow.h"

#include "archive/outbox.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "models/relativetime.h"
#include "models/roles.h"
#include "support/messagecheck.h"
#include "support/rehearsal.h"
#include "ui/caseaccountfield.h"
#include "ui/caselanguagefield.h"
#include "ui/casetemplates.h"
#include "ui/cccompleter.h"
#include "ui/errortext.h"
#include "ui/fieldscroll.h"
#include "ui/filetray.h"
#include "ui/menubuttonaccessible.h"
#include "ui/messageedit.h"
#include "ui/messagelimits.h"
#include "ui/pendingnotice.h"
#include "ui/plaintext.h"
#include "ui/secretnotice.h"
#include "ui/sendquestion.h"
#include "ui/servicecompleter.h"
#include "ui/spellmarks.h"
#include "ui/spoken.h"
#include "ui/taborder.h"
#include "ui/templatenotice.h"
#include "ui/uisettings.h"
#include "ui/windowplace.h"
#include "ui/workspace.h"
#include "ui_newcasewindow.h"

#include <QAbstractItemView>
#include <QCloseEvent>
#include <QDateTime>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTimeZone>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int recentServices = 8;
const QString technical = u"technical"_s;
const QString customerService = u"customer-service"_s;
const QString recentKey = u"newCase/recentServices"_s;

/// Chooses a row by its data; -1 when there is none.
void select(QComboBox &box, const QString &code, int role = Qt::UserRole)
{
    box.setCurrentIndex(box.findData(code, role));
}

} // namespace

NewCaseWindow::NewCaseWindow(Workspace &workspace, const QString &draft, AccountId account)
    : QDialog(nullptr, Qt::Window), m_ui(std::make_unique<Ui::NewCaseWindow>()), m_workspace(workspace),
      m_outbox(workspace.outbox()), m_draft(
                                        m_outbox, CreateCase::name, [this] { return content(); }, this)
{
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->setupUi(this);
    m_account = new CaseAccountField(m_workspace, *m_ui->account, this);
    Shortcuts &keys = m_workspace.shortcuts();
    keys.on(*this, u"close"_s, [this] { close(); });
    keys.on(*this, u"quit"_s, [this] { Q_EMIT quitRequested(); });
    keys.on(*this, u"send"_s, [this] { create(); });
    keys.on(*this, u"attach"_s, [this] { m_ui->files->chooseFiles(); });
    m_ui->body->followSendKey(keys);
    connect(&keys, &Shortcuts::changed, this, &NewCaseWindow::showState);
    fitToScreen(*this, {720, 760}); // the fields scroll where there is less room
    m_ui->fields->setAutoFillBackground(false);
    m_ui->body->setLines(8, 0);
    m_ui->bodyCell->setStretchFactor(m_ui->body, 1); // what is told below it takes what it needs
    m_ui->secrets->watch(*m_ui->body, m_workspace.secrets());
    m_ui->secrets->watchSubject(*m_ui->subject);
    new SpellMarks(*m_ui->body, m_workspace.spelling());
    const auto ensure = [this] { return m_draft.ensure({this->account(), {}, encode(request())}); };
    const auto place = [this, ensure] {
        return FileIntake::Place{u"new"_s, [this] { return entryId(); }, {}, this->account(), ensure};
    };
    m_ui->files->setUp(m_workspace, place, *m_ui->body, *m_ui->attachButton);
    m_ui->files->setOpensCase();
    setTabChain({m_ui->pending, m_ui->notice, m_ui->makeReal, m_ui->fields, m_ui->secrets, m_ui->attachButton,
                 m_ui->templateButton, m_ui->check, m_ui->create});
    m_ui->files->setTabsBehind({m_ui->body});
    m_ui->files->takeDropsOn(*this);
    connect(m_ui->files, &FileTray::changed, this, &NewCaseWindow::showState);
    m_scroll = std::make_unique<FieldScroll>(*m_ui->scroll, *m_ui->body, *m_ui->files);
    m_ui->why->setForegroundRole(QPalette::PlaceholderText);
    m_ccCompleter = new CcCompleter(m_workspace.archive(), *m_ui->cc);
    m_language = new CaseLanguageField(m_workspace, *m_ui->language, *m_ui->hours, this);
    connect(m_language, &CaseLanguageField::changed, this, &NewCaseWindow::showState);
    m_ui->category->setModel(&m_categories);
    for (QComboBox *box : {m_ui->account, m_ui->category, m_ui->severity, m_ui->language}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(20);
    }
    for (QLabel *label :
         {m_ui->accountLabel, m_ui->issueTypeLabel, m_ui->serviceLabel, m_ui->categoryLabel, m_ui->severityLabel,
          m_ui->languageLabel, m_ui->ccLabel, m_ui->subjectLabel, m_ui->bodyLabel}) {
        label->setMinimumHeight(m_ui->account->sizeHint().height()); // beside its field, whatever stands below that
        m_ui->form->setAlignment(label, Qt::AlignTop);
    }
    auto *completer = new ServiceCompleter(m_services, *m_ui->service);
    m_services.setRecent(m_workspace.settings().remembered(recentKey));

    retranslate();

    CreateCase::Request request;
    if (const OutboxEntry *entry = m_outbox.find(draft)) {
        m_draft.setEntry(*entry);
        account = entry->account;
        if (const auto read = decode<CreateCase::Request>(entry->input); read)
            request = *read;
    }
    m_account->choose(account);
    fill(request);

    connect(m_account, &CaseAccountField::changed, this, &NewCaseWindow::accountsChanged);
    connect(m_ui->account, &QComboBox::activated, this, [this] {
        accountChosen();
        edited();
        flush();
        m_outbox.files().uploadAgain(entryId()); // what is at one account is not at another
    });
    connect(m_ui->service, &QLineEdit::textEdited, this, [this, completer](const QString &typed) {
        m_services.setFilter(typed);
        m_service.clear();
        completer->showAll();
        edited();
    });
    connect(m_ui->service, &QLineEdit::editingFinished, this, &NewCaseWindow::serviceLeft);
    connect(completer, &ServiceCompleter::replaced, this, [this] {
        if (m_ui->service->text().trimmed() != m_services.name(m_service))
            m_service.clear(); // another one was put in
        serviceLeft();
        edited();
    });
    connect(completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, [this](const QModelIndex &index) {
        const QString code = index.data(KeyRole).toString();
        // The completer puts its text in after this.
        QTimer::singleShot(0, this, [this, code] {
            chooseService(code);
            edited();
        });
    });
    const auto changes = [this](QComboBox *box, auto then) {
        connect(box, &QComboBox::activated, this, [this, then] {
            (this->*then)();
            edited();
        });
    };
    changes(m_ui->issueType, &NewCaseWindow::askLanguages);
    changes(m_ui->category, &NewCaseWindow::askLanguages);
    changes(m_ui->language, &NewCaseWindow::askHours);
    changes(m_ui->severity, &NewCaseWindow::showState);
    for (QLineEdit *field : {m_ui->cc, m_ui->subject})
        connect(field, &QLineEdit::textChanged, this, &NewCaseWindow::edited);
    connect(m_ui->body, &QPlainTextEdit::textChanged, this, &NewCaseWindow::edited);
    connect(m_ui->body, &MessageEdit::sendPressed, this, &NewCaseWindow::create);
    connect(m_ui->create, &QPushButton::clicked, this, &NewCaseWindow::create);
    connect(m_ui->check, &QPushButton::clicked, this, &NewCaseWindow::check);
    connect(m_ui->makeReal, &QPushButton::clicked, this, [this] {
        m_isRehearsal = false;
        edited();
    });
    connect(&m_outbox, &Outbox::changed, this, &NewCaseWindow::outboxChanged);
    connect(&m_workspace, &Workspace::targetsChanged, this, &NewCaseWindow::askSeverities);
    m_templateMenu = addMenuTo(*m_ui->templateButton);
    m_templateMenu->setObjectName(u"templateMenu"_s);
    connect(m_templateMenu, &QMenu::aboutToShow, this, &NewCaseWindow::buildTemplateMenu);
    buildTemplateMenu();
    accountChosen();
    if (m_service.isEmpty()) {
        m_ui->service->setFocus();
    } else { // somebody goes on writing
        m_ui->body->setFocus();
        m_ui->body->moveCursor(QTextCursor::End);
    }
}

NewCaseWindow::~NewCaseWindow()
{
    m_ui->service->disconnect(this); // it loses the focus while the window goes
    m_scroll.reset(); // and that is told
}

AccountId NewCaseWindow::account() const { return m_account->account(); }

CaseKind NewCaseWindow::kind() const
{
    return {m_ui->issueType->currentData().toString(), m_service, m_ui->category->currentData(KeyRole).toString()};
}

CreateCase::Request NewCaseWindow::request() const
{
    const auto chosen = [](const QComboBox &box, const QString &wanted, int role = Qt::UserRole) {
        return box.currentIndex() < 0 ? wanted : box.currentData(role).toString();
    };
    CreateCase::Request request;
    request.subject = messageText(m_ui->subject->text()).simplified();
    request.communicationBody = m_ui->body->text();
    request.serviceCode = m_service;
    if (m_categories.rowCount() > 0 || !m_services.knows(m_service)) // some services have no categories
        request.categoryCode = chosen(*m_ui->category, m_wanted.categoryCode, KeyRole);
    request.severityCode = chosen(*m_ui->severity, m_wanted.severityCode);
    request.language = m_language->code();
    request.issueType = chosen(*m_ui->issueType, m_wanted.issueType);
    request.ccEmailAddresses = ccAddresses(m_ui->cc->text());
    if (m_isRehearsal)
        request.dryRun = true;
    return request;
}

void NewCaseWindow::fill(const CreateCase::Request &request)
{
    m_filling = true;
    m_wanted = request;
    m_isRehearsal = request.dryRun.value_or(false);
    select(*m_ui->issueType, request.issueType.isEmpty() ? technical : request.issueType);
    m_service = request.serviceCode;
    m_ui->service->setText(m_service.isEmpty() ? QString() : m_services.name(m_service));
    m_categories.setCategories(m_services.categories(m_service));
    select(*m_ui->category, request.categoryCode, KeyRole);
    if (!request.severityCode.isEmpty() || m_ui->severity->currentIndex() < 0)
        select(*m_ui->severity, request.severityCode.isEmpty() ? u"low"_s : request.severityCode);
    const bool hasLanguage = !request.language.isEmpty();
    const QString own = wordsLocale().language() == QLocale::Japanese ? u"ja"_s : u"en"_s;
    m_language->setWanted(hasLanguage ? request.language : own, hasLanguage);
    m_ui->cc->setText(request.ccEmailAddresses.join(u", "_s));
    m_ui->subject->setText(request.subject);
    if (m_ui->body->text() != request.communicationBody)
        m_ui->body->setPlainText(request.communicationBody);
    m_filling = false;
    m_ui->secrets->look();
    showState();
}

void NewCaseWindow::edited()
{
    if (m_filling)
        return;
    m_isProposal = false;
    m_check.reset();
    m_checked.clear();
    m_draft.edited();
    showState();
}

std::optional<DraftSaver::Content> NewCaseWindow::content() const
{
    const CreateCase::Request now = request();
    const OutboxEntry &draft = m_draft.entry();
    const bool isBlank =
        now.subject.trimmed().isEmpty() && now.communicationBody.trimmed().isEmpty() && now.ccEmailAddresses.isEmpty();
    if (isBlank ? m_outbox.files().of(draft.id).isEmpty() : draft.id.isEmpty() && account() == 0)
        return {}; // choosing from lists alone is no draft
    return DraftSaver::Content{account() == 0 ? draft.account : account(), {}, encode(now)};
}

void NewCaseWindow::accountChosen()
{
    m_isHere = m_workspace.hasAccount(account());
    m_lists = std::make_unique<QObject>();
    m_listProblem.clear();
    m_ccCompleter->setAccount(account());
    m_wanted = request();
    askServices();
    askSeverities();
    askLanguages();
    showState();
}

void NewCaseWindow::askServices()
{
    const std::shared_ptr<Client> client = m_workspace.client(account());
    if (!client)
        return;
    m_workspace.catalog().services(account(), *client, m_workspace.serviceLanguage(), m_lists.get(),
                                   [this](const Result<QList<Service>> &services, const Freshness &) {
                                       if (!services) {
                                           m_listProblem = ErrorText::whole(ErrorText::Deed::Read, services.error());
                                           return showState();
                                       }
                                       const QString before = m_service;
                                       m_services.setServices(*services);
                                       m_filling = true;
                                       if (!before.isEmpty()) // else somebody is typing
                                           m_ui->service->setText(m_services.name(before));
                                       const QString category = m_ui->category->currentIndex() < 0
                                           ? m_wanted.categoryCode
                                           : m_ui->category->currentData(KeyRole).toString();
                                       m_categories.setCategories(m_services.categories(m_service));
                                       select(*m_ui->category, category, KeyRole);
                                       m_filling = false;
                                       askLanguages(); // of a category that waited for its list
                                       showState();
                                   });
}

void NewCaseWindow::askSeverities()
{
    const std::shared_ptr<Client> client = m_workspace.client(account());
    if (!client)
        return;
    m_workspace.catalog().severityLevels(account(), *client, m_workspace.serviceLanguage(), m_lists.get(),
                                         [this](const Result<QList<SeverityLevel>> &levels, const Freshness &) {
                                             if (levels)
                                                 showSeverities(*levels);
                                             else
                                                 m_listProblem =
                                                     ErrorText::whole(ErrorText::Deed::Read, levels.error());
                                             showState();
                                         });
}

void NewCaseWindow::showSeverities(const QList<SeverityLevel> &levels)
{
    const QString before =
        m_ui->severity->currentIndex() < 0 ? m_wanted.severityCode : m_ui->severity->currentData().toString();
    m_ui->severity->clear();
    for (const SeverityLevel &level : levels) {
        const int minutes = m_workspace.targets(account()).minutesFor(level.code.toUtf8().toStdString());
        const QString name = Names::severity(level.code.toUtf8().toStdString());
        m_ui->severity->addItem(
            minutes > 0 ? tr("%1 (AWS aims to answer within %2)").arg(name, TimeText::spanInWords(minutes * 60'000LL))
                        : name,
            level.code);
    }
    select(*m_ui->severity, before.isEmpty() ? u"low"_s : before);
}

void NewCaseWindow::chooseService(const QString &code)
{
    m_service = code;
    m_services.setFilter({});
    m_filling = true;
    m_ui->service->setText(code.isEmpty() ? QString() : m_services.name(code));
    m_categories.setCategories(m_services.categories(code));
    m_ui->category->setCurrentIndex(m_categories.rowCount() == 1 ? 0 : -1);
    m_wanted.categoryCode.clear();
    m_filling = false;
    askLanguages();
    showState();
}

/// What was typed is a choice when only one service is meant by it.
void NewCaseWindow::serviceLeft()
{
    // Enter in the list of matches ends the editing, too: what is chosen there comes next.
    const QAbstractItemView &matches = *m_ui->service->completer()->popup();
    if (!m_service.isEmpty() || m_ui->service->text().trimmed().isEmpty()
        || (matches.isVisible() && matches.currentIndex().isValid()))
        return;
    m_services.setFilter(m_ui->service->text());
    if (m_services.rowCount() == 1
        || (m_services.rowCount() > 0
            && m_services.name(m_services.codeAt(0)).compare(m_ui->service->text().trimmed(), Qt::CaseInsensitive)
                == 0)) {
        chooseService(m_services.codeAt(0));
        edited();
    }
}

void NewCaseWindow::askLanguages() { m_language->ask(account(), kind()); }
void NewCaseWindow::askHours() { m_language->askHours(); }

QString NewCaseWindow::whyNot() const
{
    const CreateCase::Request now = request();
    if (account() == 0)
        return tr("There is no account to open a case in.");
    if (m_workspace.accounts().isOther(account()) || m_account->isGone())
        return tr("“%1” is not among the accounts of this window. Choose another account for the case.")
            .arg(m_account->name());
    if (!m_workspace.client(account()))
        return tr("This account is not connected. What you write is kept as a draft.");
    if (const auto unknown = CaseProblems::unknownCodes(now, lists()); !unknown.isEmpty())
        return unknown.first().second;
    const QString problem = MessageLimits::newCase(now, m_categories.rowCount() > 0);
    return problem.isEmpty() ? m_ui->files->whyNot() : problem;
}

/// What is wrong, or was refused, beside its field.
void NewCaseWindow::showProblems()
{
    const CreateCase::Request now = request();
    CaseProblems::Sentences problems;
    problems["categoryCode"_L1] = CaseProblems::leftOutCategory(m_service, m_wanted.categoryCode, lists());
    for (const auto &[member, sentence] : CaseProblems::unknownCodes(now, lists()))
        problems[member] = sentence;
    if (m_service.isEmpty() && !m_ui->service->text().trimmed().isEmpty() && !m_ui->service->hasFocus())
        problems["serviceCode"_L1] = tr("Choose a service from the list.");
    problems["ccEmailAddresses"_L1] = MessageLimits::cc(now.ccEmailAddresses);
    if (codePoints(now.subject) > longSubject)
        problems["subject"_L1] = tr("AWS may refuse a subject this long.");
    problems[CaseProblems::account] = m_listProblem;
    const Error &refusal = m_draft.entry().error;
    if (refusal.kind == Error::Kind::Refused && !m_draft.isUnsaved())
        problems[MessageLimits::memberIn(refusal.message)] = tr("AWS says: %1").arg(bodyText(refusal.message));
    CaseProblems::show(*this, problems);
}

CaseProblems::Lists NewCaseWindow::lists() const
{
    return {m_services, m_categories, *m_ui->issueType, *m_ui->severity, *m_ui->language, m_language->onlyType()};
}

void NewCaseWindow::showState()
{
    const bool hasNone = m_services.knows(m_service) && m_categories.rowCount() == 0;
    m_ui->category->setPlaceholderText(hasNone ? tr("This service has no categories") : QString());
    const OutboxEntry *known = m_outbox.find(entryId());
    const bool isOut = known && known->state != OutboxState::Draft;
    m_ui->pending->show(m_workspace, known);
    m_ui->files->setEntry(entryId(), account(), !isOut);
    if (known)
        m_hadFiles = m_ui->files->count() > 0;
    m_ui->rehearsal->setVisible(m_isRehearsal);
    for (QWidget *field : {static_cast<QWidget *>(m_ui->account), static_cast<QWidget *>(m_ui->issueType),
                           static_cast<QWidget *>(m_ui->service), static_cast<QWidget *>(m_ui->category),
                           static_cast<QWidget *>(m_ui->severity), static_cast<QWidget *>(m_ui->language),
                           static_cast<QWidget *>(m_ui->cc), static_cast<QWidget *>(m_ui->subject)})
        field->setEnabled(!isOut);
    m_ui->category->setEnabled(!isOut && !hasNone);
    m_ui->body->setReadOnly(isOut);
    const QString why = whyNot();
    m_ui->create->setEnabled(why.isEmpty() && !isOut && !m_isRehearsal);
    m_ui->check->setEnabled(why.isEmpty() && !isOut && !m_check);
    m_ui->create->setToolTip(m_isRehearsal ? tr("A rehearsal is not opened.")
                                 : why.isEmpty()
                                 ? m_workspace.shortcuts().withKey(tr("Open the case at AWS"), u"send"_s)
                                 : why);
    spoken::setDescription(*m_ui->create, m_ui->create->toolTip());
    if (isOut)
        m_ui->why->clear();
    else
        m_ui->files->showRemark(*m_ui->why, why, m_checked, m_ui->body->text());
    MessageLimits::showLeft(*m_ui->left, m_ui->body->text());
    showProblems();
}

void NewCaseWindow::create()
{
    if (!m_ui->create->isEnabled())
        return;
    if (m_ui->files->mustMeetReminder(request().communicationBody)) {
        m_checked.clear();
        return showState();
    }
    m_ui->files->whenLookedThrough([this] {
        m_ui->secrets->look(); // what was typed a moment ago is not marked yet
        const QString secrets = QStringList{m_ui->secrets->sentence(), m_ui->files->secrets()}.join(u'\n').trimmed();
        SendQuestion::beforeCase(this, m_workspace, account(), request(), secrets, [this] { send(); });
    });
}

void NewCaseWindow::send()
{
    if (!m_ui->create->isEnabled())
        return; // it changed while the question stood
    m_workspace.settings().remember(recentKey, m_service, recentServices);
    m_outbox.send(m_draft.whole());
    showState();
}

void NewCaseWindow::check()
{
    m_ui->secrets->look(); // what was typed a moment ago is not marked yet
    SendQuestion::beforeCheck(this, m_ui->secrets->sentence(), [this] { checkNow(); });
}

void NewCaseWindow::checkNow()
{
    const std::shared_ptr<Client> client = m_workspace.client(account());
    if (!client || !m_ui->check->isEnabled())
        return;
    CreateCase::Request asked = request();
    asked.dryRun.reset();
    m_check = std::make_unique<QObject>();
    m_checked = tr("Asking AWS…");
    showState();
    rehearse(*client, asked, m_check.get(), [this, client](const Result<void> &answer) {
        m_check.release()->deleteLater(); // it is called from a callback of its own
        m_checked = answer ? tr("AWS would accept this case.") : ErrorText::ofCheck(answer.error());
        m_draft.setError(answer ? Error() : answer.error());
        showState();
    });
}

void NewCaseWindow::load(const CaseTemplate &from)
{
    const AccountRecord *record = m_workspace.findAccount(account());
    const FilledTemplate filled =
        fillPlaceholders(from, CaseTemplates::placeholders(record ? *record : AccountRecord()));
    const auto *create = std::get_if<CreateCase::Request>(&filled.caseTemplate.request);
    if (!create)
        return m_ui->notice->tell(tr("This template is one of a reply, not of a new case: choose another file."));
    const bool kept = !(m_ui->subject->text() + m_ui->body->text()).trimmed().isEmpty() && m_draft.keepCopy();
    fill(*create);
    askLanguages();
    edited();
    m_ui->notice->tell(CaseTemplates::remarks(filled, kept));
}

void NewCaseWindow::buildTemplateMenu()
{
    CaseTemplates::fillMenu(*m_templateMenu, *this, m_workspace.settings(),
                            {.load = [this](const CaseTemplate &chosen) { load(chosen); },
                             .current = [this] { return CaseTemplate{.request = request()}; },
                             .partition = [this] { return m_workspace.partition(account()); },
                             .tell = [this](const QString &sentence) { m_ui->notice->tell(sentence); }});
}

void NewCaseWindow::retranslate()
{
    setWindowTitle(tr("New Case"));
    const bool was = std::exchange(m_filling, true);
    const QString type = m_ui->issueType->currentData().toString();
    m_ui->issueType->clear();
    m_ui->issueType->addItem(tr("Technical"), technical);
    m_ui->issueType->addItem(tr("Account and billing"), customerService);
    select(*m_ui->issueType, type.isEmpty() && m_wanted.issueType.isEmpty() ? technical : type);
    m_filling = was;
}

void NewCaseWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        m_ui->secrets->retranslate();
        retranslate();
        m_services.retranslate();
        buildTemplateMenu();
        accountChosen(); // names in the other language
    } else if (event->type() == QEvent::PaletteChange) {
        showState();
    }
}

void NewCaseWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return event->ignore(); // no button is pressed from a field
    QDialog::keyPressEvent(event);
}

void NewCaseWindow::closeEvent(QCloseEvent *event)
{
    m_ui->files->leave();
    flush();
    const OutboxEntry *entry = m_outbox.find(entryId());
    if (m_isProposal && entry && entry->state == OutboxState::Draft && m_outbox.files().of(entryId()).isEmpty())
        m_outbox.discard(entryId());
    event->accept();
}

} // namespace casement
