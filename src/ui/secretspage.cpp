#include "ui/secretspage.h"

#include "models/displaytext.h"
#include "ui/messagelimits.h"
#include "ui/mnemonics.h"
#include "ui/secretnotice.h"
#include "ui/spoken.h"
#include "ui/taborder.h"
#include "ui/theme.h"
#include "ui_secretspage.h"

#include <QCheckBox>
#include <QEvent>
#include <QTextBlock>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int columns = 2;
constexpr qsizetype mostProblems = 4; // in words; the lines of all of them are marked
} // namespace

SecretsPage::SecretsPage(SecretSettings &settings, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::SecretsPage>()), m_settings(settings)
{
    m_ui->setupUi(this);
    m_ui->introduction->setForegroundRole(QPalette::PlaceholderText);
    m_ui->patternsHint->setForegroundRole(QPalette::PlaceholderText);
    QList<QWidget *> chain;
    for (const SecretFinding::Kind kind : SecretSettings::kinds()) {
        auto *box = new QCheckBox(this);
        const int number = int(m_kinds.size());
        box->setObjectName(u"secretKind%1"_s.arg(number));
        box->setChecked(m_settings.isOn(kind));
        connect(box, &QCheckBox::toggled, this, [this, kind](bool on) { m_settings.setOn(kind, on); });
        m_ui->kinds->addWidget(box, number / columns, number % columns);
        chain.append(box);
        m_kinds.insert(int(kind), box);
    }
    setTabChain(chain + QList<QWidget *>{m_ui->patterns});
    QFont fixed = m_ui->patterns->font();
    fixed.setFamilies({u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK JP"_s, u"monospace"_s});
    m_ui->patterns->setFont(fixed);
    m_ui->patterns->setPlainText(m_settings.patternText());
    connect(m_ui->patterns, &QPlainTextEdit::textChanged, this, &SecretsPage::edited);
    retranslate();
}

SecretsPage::~SecretsPage() = default;

QString SecretsPage::title() const { return tr("Secrets"); }

void SecretsPage::retranslate()
{
    m_ui->retranslateUi(this);
    QList<QAbstractButton *> boxes;
    for (const SecretFinding::Kind kind : SecretSettings::kinds()) {
        QString name = SecretNotice::kindName(kind);
        boxes.append(m_kinds.value(int(kind)));
        boxes.last()->setText(name.isEmpty() ? name : name.at(0).toUpper() + name.mid(1));
    }
    giveMnemonics(boxes, u"oc"_s); // beside the patterns' and that of Close
    showProblems();
}

void SecretsPage::edited()
{
    m_settings.setPatternText(m_ui->patterns->toPlainText());
    showProblems();
}

void SecretsPage::showProblems()
{
    const QList<SecretSettings::Problem> problems = SecretSettings::problems(m_ui->patterns->toPlainText());
    QStringList sentences;
    QList<QTextEdit::ExtraSelection> marks;
    for (const SecretSettings::Problem &problem : problems) {
        if (sentences.size() < mostProblems)
            sentences.append(tr("Line %1: %2").arg(problem.line + 1).arg(displayText(problem.sentence)));
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_ui->patterns->document()->findBlockByNumber(problem.line));
        mark.format.setBackground(Theme::colors().warningGround);
        mark.format.setForeground(Theme::colors().warningText);
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    m_ui->patterns->setExtraSelections(marks);
    MessageLimits::showProblem(*m_ui->problem, sentences.join(u'\n'));
    spoken::setDescription(*m_ui->patterns, m_ui->problem->text());
}

void SecretsPage::changeEvent(QEvent *event)
{
    SettingsPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showProblems();
}

} // namespace casement
