#include "ui/searchpage.h"

#include "archive/datewords.h"
#include "models/roles.h"
#include "ui/datefiltermenu.h"
#include "ui/icons.h"
#include "ui/messagelimits.h"
#include "ui/plaintext.h"
#include "ui/searchmodel.h"
#include "ui/statepage.h"
#include "ui/theme.h"
#include "ui/workspace.h"
#include "ui_searchpage.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostHits = 200;

constexpr int excerptLines = 2;

/// Subject; account and time; the excerpt with the words marked.
class HitDelegate final : public QStyledItemDelegate
{
public:
    HitDelegate(const QStringList &words, QObject *parent) : QStyledItemDelegate(parent), m_words(words) { }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {200, QFontMetrics(option.font).height() * (2 + excerptLines) + 26};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ThemeColors &colors = Theme::colors();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const QColor ink = colors.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const QColor quiet = selected ? ink : colors.mutedText;
        painter->save();
        if (selected)
            painter->fillRect(option.rect, colors.palette.color(QPalette::Highlight));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.line);
        if (option.state.testFlag(QStyle::State_HasFocus))
            painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                              colors.accent);
        const QRect area = option.rect.adjusted(12, 8, -12, -8);
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        const QFontMetrics metrics(option.font, painter->device());
        const int line = metrics.height();

        painter->setPen(ink);
        drawMarked(painter, bold, index.data(SubjectRole).toString(),
                   QRect(area.left(), area.top(), area.width(), line), 1);

        const QRect middle(area.left(), area.top() + line + 3, area.width(), line);
        const QString time = index.data(SearchModel::TimeTextRole).toString();
        painter->setFont(option.font);
        painter->setPen(quiet);
        painter->drawText(middle, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, time);
        const QRect account = middle.adjusted(15, 0, -metrics.horizontalAdvance(time) - 16, 0);
        painter->drawText(account, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          metrics.elidedText(index.data(AccountNameRole).toString(), Qt::ElideRight, account.width()));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(accountColor(index.data(AccountColorRole).toInt(), colors.dark));
        painter->drawRoundedRect(QRectF(middle.left(), middle.center().y() - 4, 9, 9), 3, 3);

        const QString excerpt = index.data(SearchModel::ExcerptRole).toString();
        painter->setPen(index.data(SearchModel::MessageRole).toString().isEmpty() ? quiet : ink);
        drawMarked(painter, option.font, excerpt,
                   QRect(area.left(), middle.bottom() + 4, area.width(), line * excerptLines), excerptLines);
        painter->restore();
    }

private:
    void drawMarked(QPainter *painter, const QFont &font, const QString &text, const QRect &area, int lines) const
    {
        const QString shown = fittingText(text, font, painter->device(), area.width(), lines);
        QTextLayout layout(shown, font, painter->device());
        QList<QTextLayout::FormatRange> marks;
        const auto found = findWords(shown, m_words);
        for (const Occurrence &one : found) {
            QTextLayout::FormatRange mark;
            mark.start = one.start;
            mark.length = one.length;
            mark.format.setBackground(Theme::colors().found);
            mark.format.setForeground(Theme::colors().palette.color(QPalette::Text));
            marks.append(mark);
        }
        layout.setFormats(marks);
        layOut(layout, area.width(), lines);
        layout.draw(painter, area.topLeft());
    }

    const QStringList &m_words;
};

} // namespace

SearchPage::SearchPage(Workspace &workspace, QWidget *parent)
    : QWidget(parent), m_ui(std::make_unique<Ui::SearchPage>()), m_workspace(workspace),
      m_model(new SearchModel(workspace.cases(), workspace.accounts(), this))
{
    m_ui->setupUi(this);
    m_ui->heading->setBackgroundRole(QPalette::Base);
    m_ui->heading->setAutoFillBackground(true);
    m_ui->searchDateProblem->setBackgroundRole(QPalette::Base);
    m_ui->searchDateProblem->setForegroundRole(QPalette::WindowText); // what showProblem() colours
    m_ui->searchDateProblem->setContentsMargins(12, 0, 12, 8); // below the title
    m_ui->searchDateProblem->setAutoFillBackground(true);
    m_ui->back->setIcon(icons::icon(u"back"_s));
    QFont bold = m_ui->title->font();
    bold.setWeight(QFont::DemiBold);
    m_ui->title->setFont(bold);
    m_ui->results->setItemDelegate(new HitDelegate(m_words, this));
    m_ui->results->setModel(m_model);
    connect(m_ui->results->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                if (!current.isValid())
                    return;
                const SearchHit &hit = m_model->hitAt(current.row());
                Q_EMIT hitChosen(m_model->keyAt(current.row()), hit.communicationKey, m_words,
                                 hit.place == SearchHit::Place::File ? hit.excerpt : QString());
            });
    connect(m_ui->results, &QAbstractItemView::activated, this, &SearchPage::hitOpened);
    connect(m_ui->back, &QToolButton::clicked, this, &SearchPage::backRequested);
    connect(&m_workspace, &Workspace::changed, this, [this] {
        const int before = m_model->rowCount();
        m_model->keepOnly([this](AccountId account) { return m_workspace.hasAccount(account); });
        if (m_model->rowCount() != before)
            showResult();
    });
    connect(m_ui->state, &StatePage::buttonClicked, this, &SearchPage::backRequested);
}

SearchPage::~SearchPage() = default;

void SearchPage::search(const QString &typed)
{
    m_typed = typed;
    m_words = searchWords(readDateWords(typed).words);
    m_searching = true;
    m_failed = false;
    const int number = ++m_searches;
    showResult();
    m_workspace.archive().search(typed, mostHits, this, [this, number](const Result<QList<SearchHit>> &hits) {
        if (number != m_searches)
            return;
        m_searching = false;
        QList<SearchHit> ours;
        if (hits) {
            for (const SearchHit &hit : *hits) {
                if (m_workspace.hasAccount(hit.account))
                    ours.append(hit);
            }
        } else {
            m_failed = true;
            Q_EMIT m_workspace.failed(hits.error(), QString());
        }
        m_model->setHits(ours);
        showResult();
        if (!ours.isEmpty()) {
            m_ui->results->setFocus();
            m_ui->results->setCurrentIndex(m_model->index(0));
        }
    });
}

void SearchPage::showResult()
{
    const int count = m_model->rowCount();
    MessageLimits::showProblem(*m_ui->searchDateProblem, DateFilterMenu::problem(m_typed));
    if (m_searching) {
        m_ui->title->setTexts(tr("Searching all messages…"));
        return; // the last result stays until the new one is there
    }
    m_ui->title->setTexts(count == 0 ? tr("Nothing found for “%1”").arg(m_typed)
                                     : tr("%Ln result(s) for “%1”", nullptr, count).arg(m_typed));
    if (count > 0) {
        m_ui->stack->setCurrentWidget(m_ui->results);
        return;
    }
    m_ui->stack->setCurrentWidget(m_ui->state);
    if (m_failed)
        m_ui->state->show(u"error"_s, tr("The search did not work"), tr("The message above says why."),
                          tr("&Back to the List"));
    else
        m_ui->state->show(
            u"search"_s, tr("Nothing found"),
            tr("No subject, message, attachment’s name, note or tag that was ever stored here has all these words."),
            tr("&Back to the List"));
}

void SearchPage::moveCurrent(int rows)
{
    if (m_model->rowCount() == 0)
        return;
    const int row = qBound(0, m_ui->results->currentIndex().row() + rows, m_model->rowCount() - 1);
    m_ui->results->setCurrentIndex(m_model->index(row));
}

void SearchPage::retranslate()
{
    m_ui->retranslateUi(this);
    m_model->retranslate();
    showResult();
}

} // namespace casement
