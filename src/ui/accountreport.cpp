#include "ui/accountreport.h"

#include "models/displaytext.h"
#include "ui/accounttext.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui_accountreport.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QScrollBar>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int reportIcon = 16;

/// At a custom endpoint nobody says whose keys they are, and nobody expects it.
bool wasNotAsked(const Error &error)
{
    return error.kind == Error::Kind::Invalid || error.kind == Error::Kind::CredentialsFile;
}

QString sentencesOf(const Error &error)
{
    QStringList sentences{ErrorText::stopped(ErrorText::happened(error)), ErrorText::adviceOnAccounts(error),
                          AccountText::evidence(error)};
    sentences.removeAll({});
    return sentences.join(u'\n');
}

} // namespace

/// Only who was answered knows that the keys are right.
QString AccountReport::unreadable(const PermissionReport &report)
{
    bool isAccepted = !report.arn.isEmpty();
    bool isDenied = false;
    QString why;
    for (const OperationPermission &one : report.operations) {
        isAccepted = isAccepted || one.permission == Permission::Allowed || one.permission == Permission::Denied;
        if (groupOf(one.operation) == ReadCases && one.permission == Permission::Denied)
            isDenied = true;
        if (why.isEmpty() && one.permission == Permission::Unknown)
            why = ErrorText::happened(one.why);
    }
    if (isDenied)
        return tr("The keys are accepted, but they may not read cases.");
    const QString text = isAccepted
        ? tr("The keys are accepted. Whether they may read cases could not be found out. %1").arg(why)
        : tr("Whether the keys are accepted could not be found out. %1").arg(why);
    return text.trimmed();
}

AccountReport::AccountReport(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::AccountReport>())
{
    m_ui->setupUi(this);
    QFont fixed = m_ui->policy->font();
    fixed.setFamilies({u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK JP"_s, u"monospace"_s});
    m_ui->policy->setFont(fixed);
    for (int group = 0; group < GroupCount; ++group) {
        Row &row = m_rows[size_t(group)];
        row.icon = new QLabel(m_ui->groupArea);
        row.icon->setFixedSize(reportIcon, reportIcon);
        row.name = new QLabel(m_ui->groupArea);
        row.text = new QLabel(m_ui->groupArea);
        row.text->setObjectName(u"group%1"_s.arg(group));
        row.text->setWordWrap(true);
        row.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        for (QLabel *label : {row.name, row.text})
            label->setTextFormat(Qt::PlainText);
        m_ui->groups->addWidget(row.icon, group, 0, Qt::AlignTop);
        m_ui->groups->addWidget(row.name, group, 1, Qt::AlignTop);
        m_ui->groups->addWidget(row.text, group, 2, Qt::AlignTop);
    }
    connect(m_ui->copyPolicy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_ui->policy->toPlainText()); });
    refresh();
}

AccountReport::~AccountReport() = default;

void AccountReport::clear()
{
    m_report.reset();
    m_error = {};
    m_busy = false;
    refresh();
}

void AccountReport::showBusy()
{
    clear();
    m_busy = true;
    refresh();
}

void AccountReport::showReport(const PermissionReport &report)
{
    clear();
    m_report = report;
    refresh();
}

void AccountReport::showError(const Error &error)
{
    clear();
    m_error = error;
    refresh();
}

QString AccountReport::verdict() const { return m_ui->verdict->whole(); }

AccountReport::Group AccountReport::groupOf(const QString &operation)
{
    if (operation.contains("Attachment"_L1))
        return Attachments;
    if (operation.contains("TrustedAdvisor"_L1))
        return Advisor;
    return operation.startsWith("Describe"_L1) ? ReadCases : WriteCases;
}

QString AccountReport::groupName(Group group)
{
    switch (group) {
    case ReadCases:
        return tr("Read cases");
    case WriteCases:
        return tr("Write cases");
    case Attachments:
        return tr("Attachments");
    case Advisor:
        return tr("Trusted Advisor");
    case GroupCount:
        break;
    }
    return {};
}

QString AccountReport::groupText(Group group, bool &good) const
{
    QStringList denied;
    QStringList unknown;
    QString why;
    int allowed = 0;
    int offered = 0;
    for (const OperationPermission &one : m_report->operations) {
        if (groupOf(one.operation) != group || one.permission == Permission::NotOffered)
            continue; // what a service does not know, nobody needs to be allowed
        ++offered;
        if (one.permission == Permission::Allowed) {
            ++allowed;
        } else if (one.permission == Permission::Denied) {
            denied.append(one.operation);
        } else {
            unknown.append(one.operation);
            if (why.isEmpty())
                why = ErrorText::happened(one.why);
        }
    }
    good = denied.isEmpty() && unknown.isEmpty();
    //: Between the names of operations of the API
    const QString comma = tr(", ", "list separator");
    QStringList texts;
    if (offered == 0)
        return tr("This service does not have it.");
    if (good)
        return tr("Allowed");
    if (!denied.isEmpty() && denied.size() == offered)
        texts.append(tr("Not allowed"));
    else if (!denied.isEmpty())
        texts.append(tr("Not allowed: %1").arg(denied.join(comma)));
    if (!unknown.isEmpty() && unknown.size() == offered)
        texts.append(tr("Could not be found out. %1").arg(why).trimmed());
    else if (!unknown.isEmpty())
        texts.append(tr("Could not be found out: %1").arg(unknown.join(comma)));
    return texts.join(u'\n');
}

QString AccountReport::sentences(bool &good) const
{
    good = false;
    if (m_error.kind != Error::Kind::None)
        return sentencesOf(m_error);
    if (!m_report)
        return {};
    return verdictOf(*m_report, good);
}

QString AccountReport::verdictOf(const Result<PermissionReport> &result, bool &good)
{
    good = false;
    if (!result)
        return sentencesOf(result.error());
    if (result->keysError.kind != Error::Kind::None)
        return sentencesOf(result->keysError);
    if (result->planError.kind != Error::Kind::None)
        return tr("The keys work.") + u'\n' + sentencesOf(result->planError);
    if (!result->canRead())
        return unreadable(*result);
    good = true;
    Error why;
    switch (result->writing(&why)) {
    case Permission::Allowed:
        break;
    case Permission::Unknown:
        return tr("Cases can be read. Whether all that writes them is allowed could not be found out. %1")
            .arg(ErrorText::happened(why))
            .trimmed();
    case Permission::Denied:
    case Permission::NotOffered:
        return tr("Cases can be read, but not all that writes them is allowed.");
    }
    return result->policy(true).isEmpty() ? tr("All is well: these keys may do everything that Casement does.")
                                          : tr("Cases can be read and written; some things are not allowed.");
}

void AccountReport::showVerdict(const QString &text, bool isGood)
{
    const bool isNews = !text.isEmpty() && text != m_ui->verdict->whole();
    m_ui->verdict->setWhole(text);
    spoken::setName(*m_ui->verdict, text);
    m_ui->verdict->setVisible(!text.isEmpty());
    m_ui->verdict->setProperty("good", isGood);
    if (!isNews)
        return;
    QAccessibleEvent told(m_ui->verdict, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void AccountReport::refresh()
{
    m_ui->busy->setVisible(m_busy);
    m_ui->busyText->setVisible(m_busy);
    bool good = false;
    const QString verdict = sentences(good);
    showVerdict(verdict, good);
    const bool asked = m_report && m_report->keysError.kind == Error::Kind::None;
    QString identity;
    if (asked && !m_report->arn.isEmpty())
        identity = tr("Account %1, as %2").arg(m_report->accountNumber, displayText(m_report->arn));
    else if (asked && m_report->identityError.kind != Error::Kind::None && !wasNotAsked(m_report->identityError))
        identity = tr("Whose keys these are could not be asked. %1")
                       .arg(displayText(ErrorText::happened(m_report->identityError)));
    else if (asked && m_report->planError.kind == Error::Kind::None && wasNotAsked(m_report->identityError))
        identity =
            tr("At an endpoint of its own nobody is asked whose keys these are. The ids of the cases that come tell "
               "it, and those of another account are refused.");
    m_ui->identity->setWhole(identity);
    spoken::setName(*m_ui->identity, identity);
    m_ui->identity->setVisible(!identity.isEmpty());
    const bool hasGroups = asked && m_report->planError.kind == Error::Kind::None && !m_report->operations.isEmpty();
    m_ui->groupArea->setVisible(hasGroups);
    if (hasGroups)
        showGroups();
    const QString policy = hasGroups ? QString::fromUtf8(m_report->policy(true)) : QString();
    if (m_ui->policy->toPlainText() != policy) {
        m_ui->policy->setPlainText(policy);
        // As high as its lines: it stands in what scrolls, and a wheel turns one thing at a time.
        const QPlainTextEdit &field = *m_ui->policy;
        const int around = 2 * (field.frameWidth() + int(field.document()->documentMargin()));
        m_ui->policy->setFixedHeight(field.blockCount() * field.fontMetrics().lineSpacing() + around
                                     + field.horizontalScrollBar()->sizeHint().height());
    }
    m_ui->policyArea->setVisible(!policy.isEmpty());
    recolor();
}

void AccountReport::showGroups()
{
    for (int group = 0; group < GroupCount; ++group) {
        bool good = false;
        Row &row = m_rows[size_t(group)];
        row.text->setText(groupText(Group(group), good));
        row.name->setText(groupName(Group(group)));
        spoken::setName(*row.text, tr("%1: %2", "label and value").arg(row.name->text(), row.text->text()));
        row.icon->setProperty("good", good);
    }
}

void AccountReport::recolor()
{
    const ThemeColors &colors = Theme::colors();
    for (const Row &row : m_rows) {
        const bool good = row.icon->property("good").toBool();
        row.icon->setPixmap(icons::pixmap(good ? u"check"_s : u"warning"_s, reportIcon, devicePixelRatioF(),
                                          good ? colors.accent : colors.warningText));
    }
    QPalette ink = palette();
    if (!m_ui->verdict->property("good").toBool())
        ink.setColor(QPalette::WindowText, colors.errorText);
    if (m_ui->verdict->palette().color(QPalette::WindowText) != ink.color(QPalette::WindowText))
        m_ui->verdict->setPalette(ink);
    m_ui->identity->setForegroundRole(QPalette::PlaceholderText);
}

void AccountReport::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (!m_rows.back().text)
        return;
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        refresh();
    } else if (event->type() == QEvent::PaletteChange) {
        recolor();
    }
}

} // namespace casement
