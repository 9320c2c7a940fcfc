#include "ui/generalpage.h"

#include "ui/casetemplates.h"
#include "ui/interfacelanguage.h"
#include "ui/messagelimits.h"
#include "ui/notificationsettings.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"
#include "ui_generalpage.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QScopedValueRollback>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum RefreshRow { Automatic, Fixed, Never };

constexpr std::array themeChoices{ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark};

void fillCombo(QComboBox &combo, const QStringList &texts)
{
    for (int i = 0; i < texts.size(); ++i) {
        if (i < combo.count())
            combo.setItemText(i, texts.at(i));
        else
            combo.addItem(texts.at(i));
    }
}

/// In its own words, for who can't read the others.
QString nameOfLanguage(const QString &code) { return code == "ja"_L1 ? u"日本語"_s : u"English"_s; }

void chooseCode(QComboBox &combo, const QString &code) { combo.setCurrentIndex(qMax(0, combo.findData(code))); }

} // namespace

GeneralPage::GeneralPage(Workspace &workspace, InterfaceLanguage &language, Theme &theme, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::GeneralPage>()), m_workspace(workspace), m_language(language),
      m_theme(theme)
{
    m_ui->setupUi(this);
    setObjectName(u"generalPage"_s);
    m_ui->minutes->setRange(NotificationSettings::fewestMinutes, NotificationSettings::mostMinutes);
    m_ui->minutes->setKeyboardTracking(false);
    for (QLabel *hint : {m_ui->languageHint, m_ui->serviceLanguageHint, m_ui->refreshHint, m_ui->spellingHint})
        hint->setForegroundRole(QPalette::PlaceholderText);
    retranslate();
    const QStringList languages = InterfaceLanguage::available();
    for (int i = 0; i <= languages.size(); ++i) {
        const QString code = i == 0 ? QString() : languages.at(i - 1);
        m_ui->language->setItemData(i, code);
        m_ui->serviceLanguage->setItemData(i, code);
    }
    load();
    UiSettings &settings = m_workspace.settings();
    connect(m_ui->language, &QComboBox::currentIndexChanged, this, [this, &settings] {
        if (m_loading)
            return;
        const QString code = m_ui->language->currentData().toString();
        settings.set(u"language"_s, code);
        m_language.set(code.isEmpty() ? InterfaceLanguage::ofSystem() : code);
        explainLanguage();
    });
    connect(m_ui->serviceLanguage, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_loading)
            m_workspace.setServiceLanguage(m_ui->serviceLanguage->currentData().toString());
    });
    connect(m_ui->theme, &QComboBox::currentIndexChanged, this, [this, &settings](int row) {
        if (m_loading || row < 0)
            return;
        settings.set(u"theme"_s, toString(themeChoices[size_t(row)]));
        m_theme.setChoice(themeChoices[size_t(row)]);
    });
    connect(m_ui->refresh, &QComboBox::currentIndexChanged, this, &GeneralPage::storeRefresh);
    connect(m_ui->minutes, &QSpinBox::valueChanged, this, &GeneralPage::storeRefresh);
    connect(&m_workspace.shortcuts(), &Shortcuts::changed, this, &GeneralPage::explainRefresh);
    Spelling &spelling = m_workspace.spelling();
    connect(m_ui->spelling, &QCheckBox::toggled, &spelling, &Spelling::setOn);
    connect(&spelling, &Spelling::changed, this, &GeneralPage::showSpelling);
    connect(m_ui->templateFolder, &QLineEdit::textChanged, this, &GeneralPage::folderEdited);
    connect(m_ui->chooseTemplates, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Folder of Templates"), m_ui->templateFolder->text());
        dialog->setObjectName(u"templateFolderDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::Directory);
        dialog->setOption(QFileDialog::ShowDirsOnly);
        connect(dialog, &QFileDialog::fileSelected, m_ui->templateFolder, &QLineEdit::setText);
        dialog->open();
    });
}

GeneralPage::~GeneralPage() = default;

//: A page of the settings
QString GeneralPage::title() const { return tr("General"); }

void GeneralPage::retranslate()
{
    const QScopedValueRollback loading(m_loading, true);
    m_ui->retranslateUi(this);
    //: The language of the window; %1 is the name of that language
    fillCombo(*m_ui->language,
              {tr("As the desktop (%1)").arg(nameOfLanguage(InterfaceLanguage::ofSystem())), nameOfLanguage(u"en"_s),
               nameOfLanguage(u"ja"_s)});
    fillCombo(*m_ui->serviceLanguage, {tr("As the window"), nameOfLanguage(u"en"_s), nameOfLanguage(u"ja"_s)});
    fillCombo(*m_ui->theme, {tr("As the desktop"), tr("Light"), tr("Dark")});
    fillCombo(*m_ui->refresh, {tr("As needed"), tr("Always at the same interval"), tr("Never by itself")});
    //: Behind the number of minutes between two refreshes
    m_ui->minutes->setSuffix(tr(" min"));
    explainLanguage();
    explainRefresh();
    folderEdited();
    // The groups stand in line with each other.
    const auto asWideAsTheWidest = [](std::initializer_list<QWidget *> widgets) {
        int width = 0;
        for (const QWidget *widget : widgets)
            width = qMax(width, widget->sizeHint().width());
        for (QWidget *widget : widgets)
            widget->setMinimumWidth(width);
    };
    asWideAsTheWidest(
        {m_ui->languageLabel, m_ui->themeLabel, m_ui->serviceLanguageLabel, m_ui->refreshLabel, m_ui->minutesLabel});
    asWideAsTheWidest({m_ui->language, m_ui->theme, m_ui->serviceLanguage, m_ui->refresh});
    showSpelling();
}

void GeneralPage::showEvent(QShowEvent *event)
{
    SettingsPage::showEvent(event);
    m_workspace.spelling().load();
    load(); // the menus change the same, and so do saved templates
}

void GeneralPage::load()
{
    const QScopedValueRollback loading(m_loading, true);
    const UiSettings &settings = m_workspace.settings();
    chooseCode(*m_ui->language, settings.word(u"language"_s));
    explainLanguage();
    chooseCode(*m_ui->serviceLanguage, m_workspace.chosenServiceLanguage());
    const auto theme = std::find(themeChoices.begin(), themeChoices.end(), m_theme.choice());
    m_ui->theme->setCurrentIndex(theme == themeChoices.end() ? 0 : int(theme - themeChoices.begin()));
    const PollSettings poll = NotificationSettings::read(settings).poll;
    m_ui->refresh->setCurrentIndex(!poll.on ? Never : poll.fixed ? Fixed : Automatic);
    m_ui->minutes->setValue(int(std::chrono::duration_cast<std::chrono::minutes>(poll.shortest).count()));
    m_ui->templateFolder->setText(settings.text(CaseTemplates::folderSetting));
    explainRefresh();
    folderEdited();
    showSpelling();
}

/// A start may ask for another language than the one that is set here, without setting it.
void GeneralPage::explainLanguage()
{
    const QString set = m_workspace.settings().word(u"language"_s);
    const QString meant = InterfaceLanguage::available().contains(set) ? set : InterfaceLanguage::ofSystem();
    const bool isOther = meant != m_language.code();
    m_ui->languageHint->setVisible(isOther);
    //: %1 is the name of a language
    m_ui->languageHint->setText(isOther ? tr("This time the window is in %1, as the command line asked (--language). "
                                             "The next start without that, or a choice here, is what holds.")
                                              .arg(nameOfLanguage(m_language.code()))
                                        : QString());
    spoken::setDescription(*m_ui->language, m_ui->languageHint->text());
}

void GeneralPage::storeRefresh()
{
    explainRefresh();
    if (m_loading)
        return;
    NotificationSettings now = NotificationSettings::read(m_workspace.settings());
    now.poll.on = m_ui->refresh->currentIndex() != Never;
    now.poll.fixed = m_ui->refresh->currentIndex() == Fixed;
    now.poll.shortest = std::chrono::minutes(m_ui->minutes->value());
    now.write(m_workspace.settings());
    Q_EMIT refreshChanged();
}

void GeneralPage::explainRefresh()
{
    const int row = m_ui->refresh->currentIndex();
    m_ui->minutes->setEnabled(row != Never);
    m_ui->minutesLabel->setEnabled(row != Never);
    const QString key = m_workspace.shortcuts().keyText(u"refresh"_s);
    const QString byHand = key.isEmpty() ? tr("Choose File › Refresh. Nothing is fetched by itself.")
                                         : tr("Press %1 to refresh. Nothing is fetched by itself.").arg(key);
    m_ui->refreshHint->setText(
        row == Never       ? byHand
            : row == Fixed ? tr("All accounts are asked this often. After failures the pauses grow longer.")
                           : tr("Accounts in which a case waits for AWS are asked this often, the others less. After "
                                "failures the pauses grow longer."));
}

void GeneralPage::showSpelling()
{
    const Spelling &spelling = m_workspace.spelling();
    m_ui->spelling->setChecked(spelling.isOn());
    m_ui->spelling->setEnabled(!spelling.isAbsent());
    m_ui->spellingHint->setText(
        spelling.isAbsent()
            ? tr("This computer has no Hunspell with an English dictionary. On Debian install hunspell-en-us and "
                 "libhunspell-1.7-0, then start Casement again.")
            : tr("In replies and new cases, words that the dictionary does not have are underlined; a right click on "
                 "one shows what may be meant. Lines in Japanese, quotations, code and names are left alone."));
}

/// A folder that is not there can't hold: the last good one does.
void GeneralPage::folderEdited()
{
    const QString folder = m_ui->templateFolder->text().trimmed();
    const bool isGood = folder.isEmpty() || (folder.startsWith(u'/') && QFileInfo(folder).isDir());
    if (isGood && !m_loading)
        m_workspace.settings().set(CaseTemplates::folderSetting, folder);
    MessageLimits::showProblem(
        *m_ui->templateProblem,
        isGood ? QString()
               : tr("There is no folder of this name. Choose one that is there; until then the last one holds."));
}

} // namespace casement
