#include "ui/logwindow.h"

#include "base/privacy.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "transfer/fileerror.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/messagelimits.h"
#include "ui/plaintext.h"
#include "ui_logwindow.h"

#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QLocale>
#include <QSaveFile>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSysInfo>
#include <QTextCursor>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::milliseconds lookInterval{300};
constexpr std::array logLevels{QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg};

} // namespace

LogWindow::LogWindow(const LogBuffer &log, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::LogWindow>()), m_log(log)
{
    m_ui->setupUi(this);
    setObjectName(u"logWindow"_s);
    QFont fixed = m_ui->lines->font();
    fixed.setFamilies({u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK JP"_s, u"monospace"_s});
    m_ui->lines->setFont(fixed);
    m_ui->lines->setMaximumBlockCount(int(LogBuffer::mostLines));
    m_ui->lines->setFocus();
    m_ui->hint->setForegroundRole(QPalette::PlaceholderText);
    m_ui->count->setForegroundRole(QPalette::PlaceholderText);
    for (size_t i = 0; i < logLevels.size(); ++i)
        m_ui->level->addItem(QString());
    connect(m_ui->level, &QComboBox::currentIndexChanged, this, &LogWindow::refill);
    connect(m_ui->filter, &QLineEdit::textChanged, this, &LogWindow::refill);
    connect(m_ui->copyAll, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(report()); });
    connect(m_ui->saveAs, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Save the Log"), QString(), tr("Text (*.txt *.log)"));
        dialog->setObjectName(u"saveLogDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setDefaultSuffix(u"txt"_s);
        dialog->selectFile(u"casement-log.txt"_s);
        connect(dialog, &QFileDialog::fileSelected, this, &LogWindow::saveTo);
        dialog->open();
    });
    connect(m_ui->logClose, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(*m_ui->buttons, {{m_ui->logClose, QDialogButtonBox::RejectRole}});
    connect(&m_look, &QTimer::timeout, this, &LogWindow::takeNew);
    resize(860, 520);
    retranslate();
    refill();
}

LogWindow::~LogWindow() = default;

void LogWindow::retranslate()
{
    m_ui->retranslateUi(this);
    nameClearButton(*m_ui->filter, tr("Clear the Filter"));
    const QStringList names{tr("All"), tr("Information"), tr("Warnings"), tr("Errors")};
    const QSignalBlocker blocker(m_ui->level);
    for (int i = 0; i < names.size(); ++i)
        m_ui->level->setItemText(i, names.at(i));
    showCount();
}

bool LogWindow::isWanted(const LogLine &line) const
{
    return logSeverity(line.level) >= logSeverity(logLevels[size_t(qMax(0, m_ui->level->currentIndex()))])
        && line.toText().contains(m_ui->filter->text(), Qt::CaseInsensitive);
}

void LogWindow::refill()
{
    m_ui->lines->clear();
    m_last = 0;
    m_shown = 0;
    takeNew();
    m_ui->lines->verticalScrollBar()->setValue(m_ui->lines->verticalScrollBar()->maximum());
    m_ui->lines->horizontalScrollBar()->setValue(0);
    showCount();
}

void LogWindow::takeNew()
{
    const QList<LogLine> lines = m_log.since(m_last);
    if (lines.isEmpty())
        return;
    QStringList wanted;
    for (const LogLine &line : lines) {
        if (isWanted(line))
            wanted.append(line.toText());
    }
    m_last = lines.constLast().number;
    m_shown = qMin(m_shown + int(wanted.size()), int(LogBuffer::mostLines));
    if (!wanted.isEmpty()) {
        QScrollBar *sideways = m_ui->lines->horizontalScrollBar();
        const int left = sideways->value();
        const bool isAtEnd = m_ui->lines->textCursor().atEnd();
        m_ui->lines->appendPlainText(wanted.join(u'\n')); // stays at the end when it was there
        if (isAtEnd) { // a line's end would come into sight when the window is shown
            QTextCursor beginning(m_ui->lines->document());
            beginning.movePosition(QTextCursor::End);
            beginning.movePosition(QTextCursor::StartOfBlock);
            m_ui->lines->setTextCursor(beginning);
        }
        sideways->setValue(left);
    }
    showCount();
}

void LogWindow::showCount() { m_ui->count->setText(tr("%Ln line(s)", nullptr, m_shown)); }

QString LogWindow::report() const
{
    const QString head = u"Casement " CASEMENT_VERSION
                         ", Qt %1, %2, %3, %4\n"_s.arg(QString::fromLatin1(qVersion()), QSysInfo::prettyProductName(),
                                                       QGuiApplication::platformName(), wordsLocale().name());
    return head + m_ui->lines->toPlainText() + u'\n';
}

void LogWindow::saveTo(const QString &file)
{
    QSaveFile target(file);
    const QByteArray text = report().toUtf8();
    const bool isNew = !QFileInfo::exists(file);
    const bool isOpen = target.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (isOpen && isNew)
        giveUsualRights(target);
    if (!isOpen || target.write(text) != text.size() || !target.commit())
        return MessageLimits::showProblem(
            *m_ui->hint, ErrorText::whole({}, ErrorText::Deed::Write, cannotWrite(file, target.errorString())));
    m_ui->hint->setPalette(palette());
    m_ui->hint->setForegroundRole(QPalette::PlaceholderText);
    m_ui->hint->setText(tr("The log is in %1.").arg(displayText(file)));
}

void LogWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LogWindow::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    takeNew();
    m_look.start(lookInterval);
}

void LogWindow::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    m_look.stop();
}

} // namespace casement
