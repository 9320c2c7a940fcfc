#include "ui/tagsdialog.h"

#include "archive/casemarkstore.h"
#include "models/displaytext.h"
#include "ui/dialogs.h"
#include "ui/messagelimits.h"
#include "ui/spoken.h"

#include <QCompleter>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

enum ItemRole { TagNameRole = Qt::UserRole, BeforeRole };

QStringList typedParts(const QString &text)
{
    static const QRegularExpression separator(u"[,、，\\n]"_s);
    return text.split(separator);
}

QStringList typedTags(const QString &text) { return cleanTags(typedParts(text)); }

} // namespace

TagsDialog::TagsDialog(const QStringList &known, const QList<QStringList> &ofCases, QWidget *parent) : QDialog(parent)
{
    setObjectName(u"tagsDialog"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    m_label = new QLabel(this);
    m_field = new QLineEdit(this);
    m_field->setObjectName(u"newTags"_s);
    m_field->setMaxLength(500);
    m_label->setBuddy(m_field);
    m_problem = new QLabel(this);
    m_problem->setObjectName(u"tagProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->hide();
    connect(m_field, &QLineEdit::textChanged, this, &TagsDialog::showProblem);
    auto *completer = new QCompleter(known, m_field);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    m_field->setCompleter(completer);
    m_list = new QListWidget(this);
    m_list->setObjectName(u"knownTags"_s);
    m_list->setUniformItemSizes(true);
    for (const QString &tag : known) {
        const auto with =
            std::count_if(ofCases.begin(), ofCases.end(), [&](const QStringList &tags) { return tags.contains(tag); });
        const Qt::CheckState state = with == 0 ? Qt::Unchecked
            : with == ofCases.size()           ? Qt::Checked
                                               : Qt::PartiallyChecked;
        auto *item = new QListWidgetItem(displayText(tag), m_list);
        item->setData(TagNameRole, tag);
        item->setData(BeforeRole, int(state));
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(state);
    }
    m_list->setVisible(!known.isEmpty());
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    layout->addWidget(m_label);
    layout->addWidget(m_field);
    layout->addWidget(m_problem);
    layout->addWidget(m_list);
    layout->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &TagsDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, [this] { done(Rejected); }); // who says Cancel means it
    dialogs::inEachLanguage(*this, [this, count = int(ofCases.size())] {
        setWindowTitle(tr("Tags of %Ln case(s)", nullptr, count));
        m_label->setText(tr("&New tags, separated by commas"));
        spoken::setName(*m_list, tr("Tags"));
        showProblem();
    });
    resize(qMax(sizeHint().width(), 340), known.isEmpty() ? sizeHint().height() : 320);
    m_field->setFocus();
}

/// Checks what is typed in the list, so that it is seen before it holds.
void TagsDialog::addTyped()
{
    const QStringList tags = typedTags(m_field->text());
    for (const QString &tag : tags) {
        QListWidgetItem *item = nullptr;
        for (int row = 0; row < m_list->count() && !item; ++row) {
            if (cleanTags({m_list->item(row)->data(TagNameRole).toString(), tag}).size() == 1)
                item = m_list->item(row);
        }
        if (!item) {
            item = new QListWidgetItem(displayText(tag));
            item->setData(TagNameRole, tag);
            item->setData(BeforeRole, int(Qt::Unchecked));
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            m_list->insertItem(m_new++, item); // above those that were there
        }
        item->setCheckState(Qt::Checked);
        m_list->scrollToItem(item);
    }
    m_field->clear();
    m_list->setVisible(m_list->count() > 0);
}

/// A tag that is too long would be cut: a sentence about the first such one.
QString TagsDialog::problem() const
{
    const QStringList parts = typedParts(m_field->text());
    for (const QString &part : parts) {
        const QString tag = part.simplified();
        if (const qsizetype more = tag.size() - longestTag; more > 0)
            //: %1 is a number, %2 the beginning of the tag
            return tr("“%2…” has %Ln character(s) too many: a tag has at most %1.", nullptr, int(more))
                .arg(QLocale().toString(longestTag), displayText(tag.left(20).trimmed()));
    }
    return {};
}

void TagsDialog::showProblem()
{
    const QString sentence = problem();
    MessageLimits::showProblem(*m_problem, sentence);
    spoken::setDescription(*m_field, sentence);
}

void TagsDialog::accept()
{
    if (!problem().isEmpty()) // the sentence below the field says so
        return m_field->setFocus();
    addTyped();
    QDialog::accept();
}

void TagsDialog::reject()
{
    if (!isChanged())
        return QDialog::reject();
    auto *box = new QMessageBox(QMessageBox::Question, windowTitle(), tr("Save the tags?"),
                                QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setObjectName(u"tagsQuestion"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What you typed or changed is not saved yet."));
    box->setDefaultButton(QMessageBox::Save); // which loses nothing
    connect(box->button(QMessageBox::Save), &QPushButton::clicked, this, &TagsDialog::accept);
    connect(box->button(QMessageBox::Discard), &QPushButton::clicked, this, [this] { done(Rejected); });
    box->open();
}

bool TagsDialog::isChanged() const
{
    return !typedTags(m_field->text()).isEmpty() || !added().isEmpty() || !removed().isEmpty();
}

void TagsDialog::keyPressEvent(QKeyEvent *event)
{
    // The first Enter takes what is typed, the next one closes.
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_field->hasFocus() && !m_field->text().trimmed().isEmpty())
        return problem().isEmpty() ? addTyped() : void();
    QDialog::keyPressEvent(event);
}

QStringList TagsDialog::inState(Qt::CheckState state) const
{
    QStringList tags;
    for (int row = 0; row < m_list->count(); ++row) {
        const QListWidgetItem *item = m_list->item(row);
        if (item->checkState() == state && item->data(BeforeRole).toInt() != int(state))
            tags.append(item->data(TagNameRole).toString());
    }
    return tags;
}

QStringList TagsDialog::added() const { return inState(Qt::Checked); }

QStringList TagsDialog::removed() const { return inState(Qt::Unchecked); }

} // namespace casement
