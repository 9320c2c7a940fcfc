#include "ui/reportdialog.h"

#include "base/background.h"
#include "export/exportfile.h"
#include "models/displaytext.h"
#include "transfer/textzip.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/messagelimits.h"
#include "ui/spoken.h"
#include "ui/uisettings.h"
#include "ui/windowplace.h"
#include "ui/workspace.h"
#include "ui_reportdialog.h"

#include <QClipboard>
#include <QDate>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QScrollBar>

namespace casement {

using namespace Qt::StringLiterals;

const QString ReportDialog::writtenKey = u"report/written"_s;

namespace {

constexpr std::chrono::milliseconds keepAfter{500};

Result<void> writeReport(const QList<ZippedText> &texts, const QString &path)
{
    const Result<QByteArray> zip = zipTexts(texts);
    if (!zip)
        return zip.error();
    ExportFile file(path);
    if (const Result<void> written = file.append(*zip); !written)
        return written;
    if (const Result<void> flushed = file.flush(); !flushed)
        return flushed;
    return file.commit();
}

} // namespace

ReportDialog::ReportDialog(const Parts &parts, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ReportDialog>()), m_workspace(parts.workspace),
      m_report(parts.workspace, parts.desk, parts.log)
{
    m_ui->setupUi(this);
    setObjectName(u"reportDialog"_s);
    m_files = {{u"report.txt"_s, [this] { return m_report.writtenText(m_ui->reportWritten->toPlainText()); }},
               {u"system.txt"_s, [this] { return m_report.systemText(); }},
               {u"settings.json"_s, [this] { return m_report.settingsText(); }},
               {u"accounts.txt"_s, [this] { return m_report.accountsText(); }},
               {u"log.txt"_s, [this] { return m_report.logText(); }}};
    for (const File &file : m_files) {
        auto *item = new QListWidgetItem(m_ui->reportFiles);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
        item->setData(Qt::UserRole, file.name);
    }
    m_ui->reportFiles->setSpacing(3);
    m_ui->reportFiles->setCurrentRow(0);
    QFont fixed = m_ui->reportContent->font();
    fixed.setFamilies({u"DejaVu Sans Mono"_s, u"Noto Sans Mono CJK JP"_s, u"monospace"_s});
    m_ui->reportContent->setFont(fixed);
    m_ui->reportHint->setForegroundRole(QPalette::PlaceholderText);
    m_ui->reportWritten->setPlainText(m_workspace.settings().text(writtenKey));
    m_keep.setSingleShot(true);
    m_keep.setInterval(keepAfter);
    connect(&m_keep, &QTimer::timeout, this, &ReportDialog::keepWritten);
    connect(m_ui->reportWritten, &QPlainTextEdit::textChanged, this, [this] {
        m_keep.start();
        if (m_ui->reportFiles->currentRow() == 0)
            showFile();
    });
    connect(m_ui->reportFiles, &QListWidget::currentRowChanged, this, [this] {
        m_ui->reportContent->clear(); // another file begins at its top
        showFile();
    });
    connect(m_ui->reportFiles, &QListWidget::itemChanged, this, &ReportDialog::showButtons);
    connect(m_ui->reportCopy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(text());
        told(tr("The text is in the clipboard."));
    });
    connect(m_ui->reportSave, &QPushButton::clicked, this, &ReportDialog::chooseTarget);
    connect(m_ui->reportClose, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(
        *m_ui->buttons,
        {{m_ui->reportSave, QDialogButtonBox::AcceptRole}, {m_ui->reportClose, QDialogButtonBox::RejectRole}});
    fitToScreen(*this, {860, 600});
    retranslate();
    told({});
}

ReportDialog::~ReportDialog() { keepWritten(); }

void ReportDialog::present()
{
    if (!isVisible())
        told({});
    m_report.ask(this, [this] {
        showFile();
        showButtons();
    });
    showFile();
    showButtons();
    show();
    raise();
    activateWindow();
    m_ui->reportWritten->setFocus();
}

void ReportDialog::retranslate()
{
    m_ui->retranslateUi(this);
    //: Files of a report about a problem; %1 is the file's name
    const QStringList names{tr("What you wrote (%1)"), tr("Program and computer (%1)"), tr("Settings (%1)"),
                            tr("Accounts, as numbers (%1)"), tr("Log (%1)")};
    for (int row = 0; row < m_ui->reportFiles->count(); ++row) {
        QListWidgetItem *item = m_ui->reportFiles->item(row);
        item->setText(names.at(row).arg(item->data(Qt::UserRole).toString()));
    }
    m_ui->reportFiles->setFixedWidth(m_ui->reportFiles->sizeHintForColumn(0) + 2 * m_ui->reportFiles->frameWidth()
                                     + 16);
    told({});
    showFile();
}

/// Whole, as it will be saved; where one reads it is kept.
void ReportDialog::showFile()
{
    const int row = m_ui->reportFiles->currentRow();
    if (row < 0)
        return;
    spoken::setName(*m_ui->reportContent, m_ui->reportFiles->item(row)->text());
    const QString content = m_files[size_t(row)].content();
    if (content == m_ui->reportContent->toPlainText())
        return;
    const int place = m_ui->reportContent->verticalScrollBar()->value();
    m_ui->reportContent->setPlainText(content);
    m_ui->reportContent->verticalScrollBar()->setValue(place);
}

std::vector<ReportDialog::File> ReportDialog::chosen() const
{
    std::vector<File> files;
    for (size_t i = 0; i < m_files.size(); ++i) {
        if (m_ui->reportFiles->item(int(i))->checkState() == Qt::Checked)
            files.push_back(m_files[i]);
    }
    return files;
}

void ReportDialog::showButtons()
{
    const bool canGive = isReady() && !m_isSaving && !chosen().empty();
    m_ui->reportSave->setEnabled(canGive);
    m_ui->reportCopy->setEnabled(canGive);
}

QString ReportDialog::text() const
{
    QString whole;
    for (const File &file : chosen())
        whole += u"== %1 ==\n"_s.arg(file.name) + file.content() + u'\n';
    return whole;
}

void ReportDialog::chooseTarget()
{
    auto *dialog = new QFileDialog(this, tr("Save the Report"), QString(), tr("ZIP (*.zip)"));
    dialog->setObjectName(u"saveReportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"zip"_s);
    dialog->selectFile(u"casement-report-%1.zip"_s.arg(QDate::currentDate().toString(Qt::ISODate)));
    connect(dialog, &QFileDialog::fileSelected, this, &ReportDialog::saveTo);
    dialog->open();
}

void ReportDialog::saveTo(const QString &wanted)
{
    const bool isZip = QFileInfo(wanted).suffix().compare("zip"_L1, Qt::CaseInsensitive) == 0;
    const QString path = isZip ? wanted : wanted + u".zip"_s; // what it is, whatever it was called
    QList<ZippedText> texts;
    for (const File &file : chosen())
        texts.append({file.name, file.content().toUtf8()});
    if (texts.isEmpty() || m_isSaving)
        return;
    m_isSaving = true;
    showButtons();
    inBackground(
        this, [texts, path] { return writeReport(texts, path); },
        [this, path](const Result<void> &written) {
            m_isSaving = false;
            showButtons();
            if (written)
                told(tr("The report is in %1.").arg(displayText(path)));
            else
                MessageLimits::showProblem(*m_ui->reportOutcome,
                                           ErrorText::whole(ErrorText::Deed::Write, written.error()));
            Q_EMIT saveEnded();
        });
}

void ReportDialog::told(const QString &sentence)
{
    m_ui->reportOutcome->setPalette(QPalette());
    m_ui->reportOutcome->setText(sentence);
    m_ui->reportOutcome->setVisible(!sentence.isEmpty());
}

void ReportDialog::keepWritten()
{
    m_keep.stop();
    UiSettings &settings = m_workspace.settings();
    const QString written = m_ui->reportWritten->toPlainText();
    if (settings.text(writtenKey) != written)
        settings.set(writtenKey, written);
}

void ReportDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void ReportDialog::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    keepWritten();
}

} // namespace casement
