#include "ui/archivepage.h"

#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/filetext.h"
#include "ui/messagelimits.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_archivepage.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QScopedValueRollback>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array keptWords{std::pair(Retention::Old::Keep, "keep"_L1),
                               std::pair(Retention::Old::DropCopies, "dropCopies"_L1),
                               std::pair(Retention::Old::Remove, "remove"_L1)};
constexpr int usualMegabytes = 1000;
constexpr int mostMegabytes = 1'000'000;
constexpr qint64 megabyte = 1 << 20; // as all sizes are told
const QString oldKey = u"archive/old"_s;
const QString monthsKey = u"archive/months"_s;
const QString limitKey = u"archive/limitCopies"_s;
const QString megabytesKey = u"archive/copiesMegabytes"_s;

} // namespace

Retention readRetention(const UiSettings &settings)
{
    Retention read;
    const QString word = settings.word(oldKey);
    const auto at =
        std::find_if(keptWords.begin(), keptWords.end(), [&word](const auto &one) { return one.second == word; });
    if (at != keptWords.end())
        read.old = at->first;
    read.months = settings.number(monthsKey, read.months, 1, 600);
    if (settings.flag(limitKey, false))
        read.mostCopies = settings.number(megabytesKey, usualMegabytes, 10, mostMegabytes) * megabyte;
    return read;
}

void writeRetention(UiSettings &settings, const Retention &retention)
{
    const auto at = std::find_if(keptWords.begin(), keptWords.end(),
                                 [&retention](const auto &one) { return one.first == retention.old; });
    settings.set(oldKey, QString(at->second));
    settings.set(monthsKey, retention.months);
    settings.set(limitKey, retention.mostCopies > 0);
    if (retention.mostCopies > 0)
        settings.set(megabytesKey, int(retention.mostCopies / megabyte));
}

ArchivePage::ArchivePage(Workspace &workspace, ArchiveCare &care, std::function<QString()> fixedPlace, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::ArchivePage>()), m_workspace(workspace), m_care(care),
      m_fixedPlace(std::move(fixedPlace))
{
    m_ui->setupUi(this);
    setObjectName(u"archivePage"_s);
    for (QLabel *hint : {m_ui->placeHint, m_ui->size, m_ui->oldHint, m_ui->cleaned})
        hint->setForegroundRole(QPalette::PlaceholderText);
    for (QSpinBox *number : {m_ui->months, m_ui->megabytes})
        number->setKeyboardTracking(false);
    for (size_t i = 0; i < keptWords.size(); ++i)
        m_ui->old->addItem(QString());
    load();
    connect(m_ui->old, &QComboBox::currentIndexChanged, this, &ArchivePage::store);
    connect(m_ui->months, &QSpinBox::valueChanged, this, &ArchivePage::store);
    connect(m_ui->limit, &QCheckBox::toggled, this, &ArchivePage::store);
    connect(m_ui->megabytes, &QSpinBox::valueChanged, this, &ArchivePage::store);
    connect(m_ui->openFolder, &QPushButton::clicked, this, [this] {
        dialogs::openOrTell(this, QUrl::fromLocalFile(QFileInfo(m_workspace.archive().path()).absolutePath()));
    });
    connect(m_ui->move, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Move the Archive to This Folder"),
                                       QFileInfo(m_workspace.archive().path()).absolutePath());
        dialog->setObjectName(u"moveArchiveDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, this, &ArchivePage::moveRequested);
        dialog->open();
    });
    connect(m_ui->clean, &QPushButton::clicked, this, [this] {
        m_ui->clean->setEnabled(false);
        m_ui->cleaned->setText(tr("Cleaning up…"));
        m_ui->cleaned->show();
        Q_EMIT cleanUpRequested();
    });
    m_ui->placeProblem->hide();
    m_ui->cleaned->hide();
}

ArchivePage::~ArchivePage() = default;

//: A page of the settings
QString ArchivePage::title() const { return tr("Archive"); }

void ArchivePage::retranslate()
{
    const QScopedValueRollback loading(m_loading, true);
    const QString place = m_ui->place->text();
    m_ui->retranslateUi(this);
    m_ui->place->setText(place);
    const QStringList names{tr("Keep all, for ever"), tr("Keep them, but not the downloaded files of old ones"),
                            tr("Remove old ones from the archive")};
    for (int i = 0; i < names.size(); ++i)
        m_ui->old->setItemText(i, names.at(i));
    //: Behind a number of months
    m_ui->months->setSuffix(tr(" months"));
    m_ui->megabytes->setSuffix(tr(" MB"));
    explain();
    refresh();
}

void ArchivePage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    refresh();
}

void ArchivePage::load()
{
    const QScopedValueRollback loading(m_loading, true);
    const UiSettings &settings = m_workspace.settings();
    const Retention now = readRetention(settings);
    const auto at =
        std::find_if(keptWords.begin(), keptWords.end(), [&now](const auto &one) { return one.first == now.old; });
    m_ui->old->setCurrentIndex(int(at - keptWords.begin()));
    m_ui->months->setValue(now.months);
    m_ui->limit->setChecked(now.mostCopies > 0);
    m_ui->megabytes->setValue(settings.number(megabytesKey, usualMegabytes, 10, mostMegabytes));
}

void ArchivePage::store()
{
    if (m_loading)
        return;
    Retention now;
    now.old = keptWords[size_t(qMax(0, m_ui->old->currentIndex()))].first;
    now.months = m_ui->months->value();
    now.mostCopies = m_ui->limit->isChecked() ? m_ui->megabytes->value() * megabyte : 0;
    writeRetention(m_workspace.settings(), now);
    explain();
}

void ArchivePage::explain()
{
    const Retention::Old old = keptWords[size_t(qMax(0, m_ui->old->currentIndex()))].first;
    m_ui->months->setEnabled(old != Retention::Old::Keep);
    m_ui->monthsLabel->setEnabled(old != Retention::Old::Keep);
    m_ui->megabytes->setEnabled(m_ui->limit->isChecked());
    m_ui->clean->setEnabled((old != Retention::Old::Keep || m_ui->limit->isChecked()) && !m_care.isCleaning());
    m_ui->oldHint->setText(
        old == Retention::Old::Keep ? tr("AWS itself keeps cases for 24 months only. What is here stays.")
            : old == Retention::Old::DropCopies
            ? tr("Once a day, and now by the button, copies of their files are removed. They can be downloaded again "
                 "while AWS has them.")
            : tr("Once a day, and now by the button, they are removed with their messages and files; after 24 months "
                 "AWS has no copy, either. Cases with a star, a tag, a note or a draft stay."));
}

void ArchivePage::refresh()
{
    const QString path = m_workspace.archive().path();
    const bool isFile = !path.isEmpty() && path != ":memory:"_L1;
    m_ui->place->setText(isFile ? path : tr("In memory only, gone when Casement ends"));
    m_ui->place->setCursorPosition(0);
    m_ui->openFolder->setEnabled(isFile);
    const QString fixed = m_fixedPlace();
    m_ui->move->setEnabled(isFile && fixed.isEmpty());
    m_ui->move->setToolTip(fixed);
    if (!fixed.isEmpty() && isFile)
        tellMove(fixed, false);
    m_care.measure(this, [this](const Result<ArchiveSize> &size) {
        m_ui->size->setText(size ? tr("Cases and messages: %1. Downloaded files: %2.")
                                       .arg(FileText::size(size->cases), FileText::size(size->copies))
                                 : QString());
    });
}

QString ArchivePage::told(const CleanedUp &gone)
{
    const QString files = tr("%Ln downloaded file(s) (%1)", nullptr, gone.copies).arg(FileText::size(gone.bytes));
    if (gone.cases.isEmpty() && gone.copies == 0)
        return tr("There was nothing to remove.");
    if (gone.cases.isEmpty())
        //: %1: so many downloaded files
        return tr("Removed from the archive: %1.").arg(files);
    const QString cases = tr("%Ln case(s)", nullptr, int(gone.cases.size()));
    //: %1: so many cases, %2: so many downloaded files
    return gone.copies == 0 ? tr("Removed from the archive: %1.").arg(cases)
                            : tr("Removed from the archive: %1, %2.").arg(cases, files);
}

void ArchivePage::tellCleaned(const Result<CleanedUp> &gone)
{
    m_ui->cleaned->show();
    m_ui->cleaned->setText(gone ? told(*gone) : ErrorText::whole(ErrorText::Deed::Read, gone.error()));
    explain();
    refresh();
}

void ArchivePage::tellMove(const QString &sentence, bool isProblem)
{
    if (isProblem)
        return MessageLimits::showProblem(*m_ui->placeProblem, sentence);
    m_ui->placeProblem->setPalette(palette());
    m_ui->placeProblem->setForegroundRole(QPalette::PlaceholderText);
    m_ui->placeProblem->setText(sentence);
    m_ui->placeProblem->setVisible(!sentence.isEmpty());
}

} // namespace casement
