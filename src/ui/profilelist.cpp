#include "ui/profilelist.h"

#include "aws/sources/profilesource.h"
#include "models/displaytext.h"
#include "ui/plaintext.h"
#include "ui_profilelist.h"

#include <QEvent>
#include <QScopedValueRollback>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

ProfileList::ProfileList(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::ProfileList>())
{
    m_ui->setupUi(this);
    setFocusProxy(m_ui->profiles);
    m_ui->profilesHint->setForegroundRole(QPalette::PlaceholderText);
    connect(m_ui->profileFilter, &QLineEdit::textChanged, this, &ProfileList::filter);
    connect(m_ui->selectAll, &QCheckBox::clicked, this, &ProfileList::checkAll);
    connect(m_ui->profiles, &QListWidget::itemChanged, this, &ProfileList::itemChecked);
    connect(m_ui->profiles, &QListWidget::itemActivated, this, &ProfileList::activate);
    connect(m_ui->profiles, &QListWidget::currentRowChanged, this, &ProfileList::explain);
    retranslate();
}

ProfileList::~ProfileList() = default;

bool ProfileList::isUsable(int row) const
{
    const ListedProfile &profile = m_profiles.at(row);
    return isSupported(profile.uses) && !profile.isListed;
}

void ProfileList::setProfiles(const QList<ListedProfile> &profiles, const QString &problem)
{
    if (m_isFilled && profiles == m_profiles && problem == m_problem)
        return;
    m_isFilled = true;
    const QStringList before = chosen();
    const QString current = m_profiles.value(m_ui->profiles->currentRow()).name;
    const bool isFirst = m_profiles.isEmpty();
    {
        const QScopedValueRollback filling(m_filling, true);
        m_profiles = profiles;
        m_problem = problem;
        m_ui->profiles->clear();
        int first = -1;
        QPixmap blank(style()->pixelMetric(QStyle::PM_IndicatorWidth), 1);
        blank.fill(Qt::transparent);
        const auto usable = std::count_if(profiles.begin(), profiles.end(), [](const ListedProfile &profile) {
            return isSupported(profile.uses) && !profile.isListed;
        });
        for (int row = 0; row < profiles.size(); ++row) {
            auto *item = new QListWidgetItem(m_ui->profiles);
            item->setSizeHint(QSize(0, fontMetrics().height() + 10));
            if (!isUsable(row)) {
                item->setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
                item->setIcon(blank); // in line with the others
                continue;
            }
            first = first < 0 ? row : first;
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            const QString &name = profiles.at(row).name;
            // One that stands alone, or that the CLI would take, is what most people mean.
            const bool isMeant = isFirst && (usable == 1 || name == "default"_L1);
            item->setCheckState(before.contains(name) || isMeant ? Qt::Checked : Qt::Unchecked);
        }
        const auto same = std::find_if(profiles.begin(), profiles.end(),
                                       [&current](const ListedProfile &one) { return one.name == current; });
        if (!current.isEmpty() && same != profiles.end())
            m_ui->profiles->setCurrentRow(int(same - profiles.begin()));
        else if (!profiles.isEmpty())
            m_ui->profiles->setCurrentRow(qMax(0, first));
        m_ui->selectAll->setVisible(usable > 1);
        m_ui->profileFilter->setVisible(profiles.size() > mostWithoutFilter);
        if (m_ui->profileFilter->isHidden())
            m_ui->profileFilter->clear();
    }
    refresh();
    filter(m_ui->profileFilter->text());
    itemChecked();
}

QStringList ProfileList::chosen() const
{
    QStringList names;
    for (int row = 0; row < m_ui->profiles->count(); ++row) {
        if (isUsable(row) && m_ui->profiles->item(row)->checkState() == Qt::Checked)
            names.append(m_profiles.at(row).name);
    }
    return names;
}

QString ProfileList::whyNot(const ListedProfile &profile) const
{
    if (profile.isListed)
        return tr("in the list already");
    if (isSupported(profile.uses))
        return {};
    return profile.uses == ProfileUses::Login ? tr("“aws login”: see below") : tr("has no keys");
}

void ProfileList::retranslate()
{
    m_ui->retranslateUi(this);
    nameClearButton(*m_ui->profileFilter, tr("Clear the Filter"));
    refresh();
}

void ProfileList::refresh()
{
    {
        const QScopedValueRollback filling(m_filling, true);
        for (int row = 0; row < m_profiles.size(); ++row) {
            QListWidgetItem *item = m_ui->profiles->item(row);
            const QString name = displayText(m_profiles.at(row).name);
            const QString reason = whyNot(m_profiles.at(row));
            //: A profile that can't be chosen: its name, and why
            item->setText(reason.isEmpty() ? name : tr("%1 (%2)", "profile").arg(name, reason));
            item->setForeground(reason.isEmpty() ? QBrush() : palette().brush(QPalette::PlaceholderText));
        }
    }
    for (QWidget *part : {static_cast<QWidget *>(m_ui->profiles), static_cast<QWidget *>(m_ui->profilesTitle)})
        part->setVisible(!m_profiles.isEmpty());
    if (m_profiles.isEmpty())
        m_ui->selectAll->hide();
    explain();
}

void ProfileList::filter(const QString &text)
{
    const QStringList words = searchWords(text);
    for (int row = 0; row < m_ui->profiles->count(); ++row) {
        const QString &name = m_profiles.at(row).name;
        const bool matches = std::all_of(words.begin(), words.end(), [&name](const QString &word) {
            return name.contains(word, Qt::CaseInsensitive);
        });
        m_ui->profiles->item(row)->setHidden(!matches);
    }
    itemChecked();
}

/// All that are seen; none when all of them are checked already.
void ProfileList::checkAll()
{
    bool areAll = true;
    const auto forSeen = [this](const auto &act) {
        for (int row = 0; row < m_ui->profiles->count(); ++row) {
            if (isUsable(row) && !m_ui->profiles->item(row)->isHidden())
                act(*m_ui->profiles->item(row));
        }
    };
    forSeen([&areAll](const QListWidgetItem &item) { areAll = areAll && item.checkState() == Qt::Checked; });
    {
        const QScopedValueRollback filling(m_filling, true);
        forSeen([areAll](QListWidgetItem &item) { item.setCheckState(areAll ? Qt::Unchecked : Qt::Checked); });
    }
    itemChecked();
}

void ProfileList::itemChecked()
{
    if (m_filling)
        return;
    int seen = 0;
    int checked = 0;
    for (int row = 0; row < m_ui->profiles->count(); ++row) {
        if (!isUsable(row) || m_ui->profiles->item(row)->isHidden())
            continue;
        ++seen;
        checked += m_ui->profiles->item(row)->checkState() == Qt::Checked;
    }
    m_ui->selectAll->setTristate(checked > 0 && checked < seen);
    m_ui->selectAll->setCheckState(checked == 0 ? Qt::Unchecked : checked < seen ? Qt::PartiallyChecked : Qt::Checked);
    m_ui->selectAll->setEnabled(seen > 0);
    Q_EMIT chosenChanged();
}

void ProfileList::activate(QListWidgetItem *item)
{
    const int row = m_ui->profiles->row(item);
    if (row >= 0 && isUsable(row) && chosen().isEmpty())
        item->setCheckState(Qt::Checked);
    if (!chosen().isEmpty())
        Q_EMIT accepted();
}

/// How to the keys of `aws login`: of the row, or of the first such profile while nobody looks at another one.
QString ProfileList::loginHint(int row) const
{
    const auto isLogin = [](const ListedProfile &profile) { return profile.uses == ProfileUses::Login; };
    auto profile = std::find_if(m_profiles.begin(), m_profiles.end(), isLogin);
    if (row >= 0 && row < m_profiles.size() && isLogin(m_profiles.at(row)))
        profile = m_profiles.begin() + row;
    if (profile == m_profiles.end())
        return {};
    // As ~/.aws/config takes it: words with spaces in quotes.
    QString word = displayText(profile->name);
    if (word.contains(u' '))
        word = u'"' + word + u'"';
    return tr("The keys of “%1” come from “aws login”, which the AWS CLI alone can ask. Make another profile in "
              "~/.aws/config with this line, and choose that one:\ncredential_process = aws configure "
              "export-credentials --profile %2 --format process")
        .arg(displayText(profile->name), word);
}

void ProfileList::explain()
{
    const int row = m_ui->profiles->currentRow();
    QString hint;
    if (!m_problem.isEmpty())
        hint = tr("This file can't be read: %1").arg(displayText(m_problem));
    else if (m_profiles.isEmpty())
        hint = tr("No profile was found in ~/.aws. “aws configure” makes one.");
    else
        hint = loginHint(row);
    m_ui->profilesHint->setText(hint);
    m_ui->profilesHint->setVisible(!hint.isEmpty());
}

void ProfileList::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace casement
