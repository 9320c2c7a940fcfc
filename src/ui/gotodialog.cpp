#include "ui/gotodialog.h"

#include "archive/advisorarchive.h"
#include "archive/searchtext.h"
#include "models/displaytext.h"
#include "models/names.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/workspace.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int checkRole = Qt::UserRole + 100; // the id of a check; its account stands beside it
constexpr int checkAccountRole = checkRole + 1;

/// A name, and below it in quieter letters what tells it from others. Each line has the height of the dialog's font,
/// whatever scripts stand in it: rows are alike, and no wide glyph costs the second line.
class NameAndFacts final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, 2 * lineOf(option.font) + 2 * aboveLines};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &ground, painter, option.widget);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const QString text = index.data().toString();
        QRect line = option.rect.adjusted(besideLines, aboveLines, -besideLines, 0);
        line.setHeight(lineOf(option.font));
        const QFontMetrics metrics(option.font, painter->device());
        const auto draw = [&](const QString &words, QPalette::ColorRole ink) {
            painter->setPen(ground.palette.color(isSelected ? QPalette::HighlightedText : ink));
            painter->drawText(line, int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine | Qt::TextDontClip,
                              metrics.elidedText(words, Qt::ElideRight, line.width()));
            line.translate(0, line.height());
        };
        painter->save();
        painter->setFont(option.font);
        draw(text.section(u'\n', 0, 0), QPalette::Text);
        draw(text.section(u'\n', 1), QPalette::PlaceholderText);
        painter->restore();
    }

private:
    /// Letters of other scripts are higher than those of a Latin font.
    static int lineOf(const QFont &font)
    {
        const QFontMetrics metrics(font);
        return std::max(metrics.height(), metrics.boundingRect(u"漢字国ー"_s).height()) + 2;
    }

    static constexpr int aboveLines = 3;
    static constexpr int besideLines = 8;
};

bool isNamedSo(const AdvisorCheckName &check, const QString &typed)
{
    return check.checkId == typed || check.name.compare(typed, Qt::CaseInsensitive) == 0;
}

} // namespace

GoToDialog::GoToDialog(Workspace &workspace, AdvisorArchive &advisor, QWidget *window)
    : QDialog(window), m_workspace(workspace), m_prompt(new QLabel(this)), m_field(new QLineEdit(this)),
      m_list(new QListWidget(this)), m_nothing(new QLabel(this))
{
    setObjectName(u"goToDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_prompt->setObjectName(u"goToPrompt"_s);
    m_prompt->setBuddy(m_field);
    m_field->setObjectName(u"goToField"_s);
    m_field->setClearButtonEnabled(true);
    m_list->setObjectName(u"goToCases"_s);
    m_list->setItemDelegate(new NameAndFacts(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setObjectName(u"goToNothing"_s);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_prompt);
    layout->addWidget(m_field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_nothing, 1, Qt::AlignTop);
    // Within its window, whose list it shows in short.
    resize(qMin(fontMetrics().averageCharWidth() * 80, window->width() - 64),
           qMin(fontMetrics().height() * 24, window->height() - 64));

    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &GoToDialog::fill);
    connect(m_field, &QLineEdit::returnPressed, this, &GoToDialog::choose);
    connect(m_list, &QListWidget::itemActivated, this, &GoToDialog::choose);
    retranslate();
    m_field->setFocus();
    advisor.loadNames(workspace.serviceLanguage(), this, [this](const Result<QList<AdvisorCheckName>> &names) {
        if (!names)
            return;
        const QList<AccountId> &chosen = m_workspace.cases().filter().accounts;
        std::copy_if(names->begin(), names->end(), std::back_inserter(m_checks), [&](const AdvisorCheckName &check) {
            return m_workspace.hasAccount(check.account) && (chosen.isEmpty() || chosen.contains(check.account));
        });
        if (!m_field->text().trimmed().isEmpty() && m_list->currentRow() <= 0)
            fill(); // somebody types already, and has chosen nothing yet
    });
}

QList<AdvisorCheckName> GoToDialog::findChecks(const QList<AdvisorCheckName> &all, const QString &typed)
{
    QList<QString> words;
    for (const QString &word : searchWords(typed))
        words.append(foldForSearch(word));
    QList<AdvisorCheckName> found;
    if (words.isEmpty())
        return found;
    const QString whole = typed.trimmed();
    for (const AdvisorCheckName &check : all) {
        if (isNamedSo(check, whole)) {
            found.prepend(check);
            continue;
        }
        const auto isIn = [&check](const QString &word) { return check.folded.contains(word); };
        if (std::all_of(words.begin(), words.end(), isIn))
            found.append(check);
    }
    return found.first(std::min(found.size(), qsizetype(mostChecks)));
}

CaseRecords GoToDialog::find(const CaseListModel &cases, const QString &typed)
{
    const QByteArray id = typed.trimmed().toUtf8();
    const std::string_view wanted(id.constData(), size_t(id.size()));
    CaseFilter filter;
    filter.words = typed;
    const CaseMatcher matcher(filter);
    const auto isNamed = [wanted](const CaseRecord *record) {
        return !wanted.empty() && (record->displayId == wanted || record->caseId == wanted);
    };
    std::vector<const CaseRecord *> fitting;
    cases.forEach([&](const CaseRecord &record) {
        if (matcher.accepts(record) || isNamed(&record))
            fitting.push_back(&record);
    });
    const auto end = fitting.begin() + qsizetype(std::min(fitting.size(), size_t(most)));
    std::partial_sort(fitting.begin(), end, fitting.end(), [&isNamed](const CaseRecord *a, const CaseRecord *b) {
        const bool aNamed = isNamed(a);
        const bool bNamed = isNamed(b);
        return aNamed != bNamed ? aNamed : a->updated > b->updated;
    });
    CaseRecords found;
    std::for_each(fitting.begin(), end, [&found](const CaseRecord *record) { found.push_back(*record); });
    return found;
}

void GoToDialog::fill()
{
    m_list->clear();
    const QList<AdvisorCheckName> checks = findChecks(m_checks, m_field->text());
    const auto firstOther = std::find_if(checks.begin(), checks.end(), [this](const AdvisorCheckName &check) {
        return !isNamedSo(check, m_field->text().trimmed());
    });
    std::for_each(checks.begin(), firstOther, [this](const AdvisorCheckName &check) { addCheck(check); });
    for (const CaseRecord &record : find(m_workspace.cases(), m_field->text()))
        addCase(record);
    std::for_each(firstOther, checks.end(), [this](const AdvisorCheckName &check) { addCheck(check); });
    const bool any = m_list->count() > 0;
    if (any)
        m_list->setCurrentRow(0);
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
}

void GoToDialog::addCase(const CaseRecord &record)
{
    const QString subject = displayText(record.subject.view());
    const QString facts = QStringList{displayText(record.displayId.view()), m_workspace.accountName(record.account),
                                      Names::status(record.status.view())}
                              .join(u" · "_s);
    auto *item = new QListWidgetItem(subject + u'\n' + facts, m_list);
    item->setToolTip(plainToolTip(subject));
    item->setData(KeyRole, QVariant::fromValue(CaseKey{record.account, record.caseId.toString()}));
    item->setData(Qt::AccessibleTextRole, QString(subject + u", "_s + facts));
}

void GoToDialog::addCheck(const AdvisorCheckName &check)
{
    const QString name = displayText(check.name);
    const QString facts =
        QStringList{tr("Check of Trusted Advisor"), m_workspace.accountName(check.account)}.join(u" · "_s);
    auto *item = new QListWidgetItem(name + u'\n' + facts, m_list);
    item->setToolTip(plainToolTip(name));
    item->setData(checkRole, check.checkId);
    item->setData(checkAccountRole, check.account);
    item->setData(Qt::AccessibleTextRole, QString(name + u", "_s + facts));
}

void GoToDialog::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    const QString words = m_field->text().trimmed();
    if (!item && words.isEmpty())
        return;
    const CaseKey key = item ? item->data(KeyRole).value<CaseKey>() : CaseKey();
    const QString check = item ? item->data(checkRole).toString() : QString();
    const AccountId account = item ? item->data(checkAccountRole).toLongLong() : 0;
    accept(); // before the window acts: it takes the focus
    if (key.isValid())
        Q_EMIT caseChosen(key);
    else if (!check.isEmpty())
        Q_EMIT checkChosen(account, check);
    else
        Q_EMIT searchChosen(words);
}

/// Arrows move through the list while one types.
bool GoToDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress && m_list->count() > 0) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int page = std::max(1, m_list->height() / std::max(1, m_list->sizeHintForRow(0)));
        int step = 0;
        if (key == Qt::Key_Down || key == Qt::Key_Up)
            step = key == Qt::Key_Down ? 1 : -1;
        else if (key == Qt::Key_PageDown || key == Qt::Key_PageUp)
            step = key == Qt::Key_PageDown ? page : -page;
        if (step != 0) {
            m_list->setCurrentRow(std::clamp(m_list->currentRow() + step, 0, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void GoToDialog::retranslate()
{
    setWindowTitle(tr("Go to Case or Check"));
    m_prompt->setText(tr("&ID, or words of a subject or a check"));
    spoken::setName(*m_field, tr("ID, or words of a subject or a check"));
    nameClearButton(*m_field, tr("Clear the Field"));
    spoken::setName(*m_list, tr("Cases and checks that fit"));
    m_nothing->setText(tr("No case or check has this ID or these words. Enter searches all messages."));
    fill();
}

void GoToDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace casement
