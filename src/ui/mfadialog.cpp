#include "ui/mfadialog.h"

#include "models/displaytext.h"
#include "ui/dialogs.h"
#include "ui/spoken.h"
#include "ui_mfadialog.h"

#include <QEvent>
#include <QLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype digitsOfCode = 6;

} // namespace

MfaDialog::MfaDialog(const PersonPrompt::MfaRequest &request, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::MfaDialog>()), m_request(request)
{
    m_ui->setupUi(this);
    setObjectName(u"mfaDialog"_s);
    m_ui->mfaCode->setMinimumWidth(m_ui->mfaCode->fontMetrics().horizontalAdvance(u"0"_s) * 14);
    connect(m_ui->mfaCode, &QLineEdit::textChanged, this, &MfaDialog::showState);
    connect(m_ui->sendCode, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_ui->giveUpCode, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(
        *m_ui->buttons,
        {{m_ui->sendCode, QDialogButtonBox::AcceptRole}, {m_ui->giveUpCode, QDialogButtonBox::RejectRole}});
    retranslate();
    resize(width(), layout()->totalHeightForWidth(width()));
    m_ui->mfaCode->setFocus();
}

MfaDialog::~MfaDialog() = default;

QString MfaDialog::code() const
{
    QString digits;
    for (const QChar c : m_ui->mfaCode->text()) {
        if (c.isSpace())
            continue;
        const int digit = c.digitValue(); // full-width digits of Japanese keyboards, too
        if (digit < 0)
            return {};
        digits += QChar(u'0' + digit);
    }
    return digits.size() == digitsOfCode ? digits : QString();
}

void MfaDialog::retranslate()
{
    m_ui->question->setText(
        tr("AWS asks for a code before it gives out keys of “%1”. Enter the one that this MFA device "
           "shows now.")
            .arg(displayText(m_request.profile)));
    m_ui->device->setText(displayText(m_request.serialNumber));
    spoken::setName(*m_ui->device, tr("MFA device: %1").arg(m_ui->device->text()));
    showState();
}

void MfaDialog::showState()
{
    m_ui->sendCode->setEnabled(!code().isEmpty());
    const QString typed = m_ui->mfaCode->text();
    const auto spaces = std::count_if(typed.cbegin(), typed.cend(), [](QChar c) { return c.isSpace(); });
    const bool isNone = code().isEmpty() && typed.size() - spaces >= digitsOfCode;
    QString problem;
    if (isNone)
        problem = tr("A code is six digits.");
    else if (!m_request.problem.isEmpty())
        problem = tr("The last code was not accepted: %1 Wait for the next one.").arg(displayText(m_request.problem));
    m_ui->mfaProblem->setText(problem);
    m_ui->mfaProblem->setVisible(!problem.isEmpty());
    spoken::setDescription(*m_ui->mfaCode, problem);
    resize(width(), qMax(height(), layout()->totalHeightForWidth(width())));
}

void MfaDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    retranslate();
}

} // namespace casement
