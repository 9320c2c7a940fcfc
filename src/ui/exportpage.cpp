#include "ui/exportpage.h"

#include "export/exportadvisorjob.h"
#include "ui/spoken.h"
#include "ui/uisettings.h"
#include "ui_exportpage.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {
const QString byteOrderMarkKey = u"export/byteOrderMark"_s;
const QString formulaSafeKey = u"export/formulaSafe"_s;
const QString shownColumnsKey = u"export/shownColumns"_s;
} // namespace

ExportPage::ExportPage(UiSettings &settings, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::ExportPage>())
{
    m_ui->setupUi(this);
    for (QLabel *hint : {m_ui->introduction, m_ui->formulaSafeHint, m_ui->byteOrderMarkHint, m_ui->shownColumnsHint})
        hint->setForegroundRole(QPalette::PlaceholderText);
    const AdvisorExportOptions now = options(settings);
    m_ui->formulaSafe->setChecked(now.formulaSafe);
    m_ui->byteOrderMark->setChecked(now.byteOrderMark);
    connect(m_ui->formulaSafe, &QCheckBox::toggled, this, [&settings](bool on) { settings.set(formulaSafeKey, on); });
    connect(m_ui->byteOrderMark, &QCheckBox::toggled, this,
            [&settings](bool on) { settings.set(byteOrderMarkKey, on); });
    m_ui->shownColumns->setChecked(takesShownColumns(settings));
    connect(m_ui->shownColumns, &QCheckBox::toggled, this, [&settings](bool on) { settings.set(shownColumnsKey, on); });
    retranslate();
}

ExportPage::~ExportPage() = default;

QString ExportPage::title() const { return tr("Export"); }

void ExportPage::retranslate()
{
    m_ui->retranslateUi(this);
    spoken::setDescription(*m_ui->formulaSafe, m_ui->formulaSafeHint->text());
    spoken::setDescription(*m_ui->byteOrderMark, m_ui->byteOrderMarkHint->text());
    spoken::setDescription(*m_ui->shownColumns, m_ui->shownColumnsHint->text());
}

AdvisorExportOptions ExportPage::options(const UiSettings &settings)
{
    AdvisorExportOptions options;
    options.byteOrderMark = settings.flag(byteOrderMarkKey, options.byteOrderMark);
    options.formulaSafe = settings.flag(formulaSafeKey, options.formulaSafe);
    return options;
}

bool ExportPage::takesShownColumns(const UiSettings &settings) { return settings.flag(shownColumnsKey, false); }

} // namespace casement
