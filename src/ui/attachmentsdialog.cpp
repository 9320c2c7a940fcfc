#include "ui/attachmentsdialog.h"

#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "models/relativetime.h"
#include "ui/attachmentactions.h"
#include "ui/dialogs.h"
#include "ui/filetext.h"
#include "ui/flowlayout.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/previewcontent.h"
#include "ui/screenfit.h"
#include "ui/thumbnails.h"
#include "ui/workspace.h"
#include "ui_attachmentsdialog.h"

#include <QCollator>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int thumbnailSide = 24;
constexpr int room = 8; // beside the text of a cell
constexpr int orderRole = Qt::UserRole + 1; // what a column is sorted by

/// Names with numbers in them by these; the rest as numbers.
class Sorted final : public QSortFilterProxyModel
{
public:
    explicit Sorted(QObject *parent) : QSortFilterProxyModel(parent)
    {
        m_collator.setNumericMode(true);
        m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    }

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override
    {
        const QVariant a = left.data(orderRole);
        const QVariant b = right.data(orderRole);
        return a.typeId() == QMetaType::QString ? m_collator.compare(a.toString(), b.toString()) < 0
                                                : a.toLongLong() < b.toLongLong();
    }

private:
    QCollator m_collator{wordsLocale()};
};

} // namespace

AttachmentsDialog::AttachmentsDialog(Workspace &workspace, AttachmentActions &actions, const CaseKey &key,
                                     QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::AttachmentsDialog>()), m_workspace(workspace), m_actions(actions),
      m_key(key), m_model(new QStandardItemModel(0, ColumnCount, this)), m_sorted(new Sorted(this))
{
    m_ui->setupUi(this);
    setObjectName(u"attachmentsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_sorted->setSourceModel(m_model);
    m_ui->list->setModel(m_sorted);
    m_ui->list->header()->setStretchLastSection(false);
    m_ui->list->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_ui->list->sortByColumn(Date, Qt::DescendingOrder);
    m_ui->list->setIconSize({thumbnailSide, thumbnailSide});
    m_ui->list->installEventFilter(this);
    connect(m_ui->list, &QAbstractItemView::doubleClicked, this,
            [this] { withCurrent([this](const AttachmentFile &file) { m_actions.activate(file, this); }); });
    connect(m_ui->list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &AttachmentsDialog::updateButtons);
    connect(m_ui->openAttachment, &QPushButton::clicked, this,
            [this] { withCurrent([this](const AttachmentFile &file) { m_actions.open(file, this); }); });
    connect(m_ui->previewAttachment, &QPushButton::clicked, this,
            [this] { withCurrent([this](const AttachmentFile &file) { m_actions.preview(file, this); }); });
    const auto save = [this] { withCurrent([this](const AttachmentFile &file) { m_actions.saveAs(file, this); }); };
    connect(m_ui->saveAttachment, &QPushButton::clicked, this, save);
    m_workspace.shortcuts().on(*this, u"saveAttachment"_s, save);
    connect(m_ui->saveAllAttachments, &QPushButton::clicked, this, [this] { m_actions.saveAll(selected(), this); });
    connect(m_ui->showMessage, &QPushButton::clicked, this, [this] {
        const int entry = currentEntry();
        if (entry < 0)
            return;
        const QString message = m_entries.at(entry).messageKey;
        accept(); // before the window acts: it takes the focus
        Q_EMIT messageRequested(message);
    });
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(*m_ui->ofWindow, {{m_ui->close, QDialogButtonBox::RejectRole}});
    connect(&actions.fetcher(), &AttachmentFetcher::changed, this, [this](AccountId account, const QString &id) {
        if (account == m_key.account)
            updateState(id);
    });
    connect(&Thumbnails::instance(), &Thumbnails::made, this, [this, &actions](const QString &path) {
        for (int row = 0; row < int(m_entries.size()); ++row) {
            if (actions.fetcher().state(m_key.account, m_entries.at(row).file.attachment.attachmentId).path == path)
                fillRow(row);
        }
    });
    connect(&workspace.archive(), &Archive::communicationsChanged, this,
            [this](AccountId account, const QString &caseId) {
                if (account == m_key.account && caseId == m_key.caseId)
                    load();
            });
    retranslate();
    load();
    m_ui->list->setFocus();
}

AttachmentsDialog::~AttachmentsDialog() = default;

void AttachmentsDialog::load()
{
    m_workspace.archive().loadCommunications(m_key.account, m_key.caseId, this,
                                             [this](const Result<QList<CommunicationRecord>> &messages) {
                                                 if (messages)
                                                     take(*messages);
                                             });
}

void AttachmentsDialog::take(const QList<CommunicationRecord> &messages)
{
    QList<Entry> entries;
    QStringList ids;
    for (const CommunicationRecord &message : messages) {
        for (const AttachmentRecord &attachment : message.attachments) {
            entries.append({.file = {m_key.account, attachment},
                            .messageKey = message.key,
                            .from = message.fromAws ? QString() : displayText(message.submittedBy),
                            .created = message.created,
                            .createdText = displayText(message.timeCreatedText)});
            ids.append(attachment.attachmentId);
        }
    }
    const bool isFirst = m_entries.isEmpty();
    m_entries = entries;
    m_model->setRowCount(int(entries.size()));
    for (int row = 0; row < m_model->rowCount(); ++row)
        fillRow(row);
    if (isFirst) {
        for (int column = Size; column < ColumnCount; ++column)
            m_ui->list->resizeColumnToContents(column);
        // Sizes and states come later.
        m_ui->list->setColumnWidth(Size, fontMetrics().horizontalAdvance(u"0,000.0 MB"_s) + 2 * room);
        m_ui->list->setColumnWidth(
            Here, qMax(m_ui->list->columnWidth(Here), fontMetrics().horizontalAdvance(tr("Kept")) + 2 * room));
        widen();
        fitFrom();
        m_ui->list->setCurrentIndex(m_sorted->index(0, Name));
    }
    m_actions.fetcher().look(m_key.account, ids);
    m_actions.fetcher().lookAtSent(m_key.account, m_key.caseId, messages);
    updateButtons();
}

/// As wide as what stands in it, as far as names keep their room, or half of what the other columns leave.
void AttachmentsDialog::fitFrom()
{
    const QAbstractItemView &list = *m_ui->list;
    const QHeaderView &header = *m_ui->list->header();
    int rest = list.viewport()->width();
    for (const int column : {Size, Date, Here})
        rest -= header.sectionSize(column);
    const int most = qMax(rest / 2, rest - list.sizeHintForColumn(Name));
    m_ui->list->setColumnWidth(From, qMax(header.minimumSectionSize(), qMin(list.sizeHintForColumn(From), most)));
}

/// Wider where whole names and senders want it and the screen has room.
void AttachmentsDialog::widen()
{
    const QAbstractItemView &list = *m_ui->list;
    int wanted = list.sizeHintForColumn(Name) + list.sizeHintForColumn(From);
    for (const int column : {Size, Date, Here})
        wanted += m_ui->list->header()->sectionSize(column);
    const int missing = wanted - list.viewport()->width();
    if (missing > 0)
        resize(qMin(width() + missing, ScreenFit::roomFor(*this).width()), height());
}

void AttachmentsDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (!m_entries.isEmpty())
        fitFrom();
}

void AttachmentsDialog::fillRow(int row)
{
    const Entry &entry = m_entries.at(row);
    const AttachmentState state = m_actions.fetcher().state(m_key.account, entry.file.attachment.attachmentId);
    const auto set = [&](Column column, const QString &text, const QVariant &order) {
        QStandardItem *item = m_model->item(row, column);
        if (!item) {
            item = new QStandardItem;
            item->setEditable(false);
            m_model->setItem(row, column, item);
        }
        item->setText(orDash(text));
        item->setData(order, orderRole);
        return item;
    };
    const QString name = AttachmentActions::shownName(entry.file.attachment);
    QStandardItem *named = set(Name, name, name);
    named->setToolTip(plainToolTip(name));
    const QPixmap picture =
        Thumbnails::instance().find(state.path, entry.file.attachment.fileName, thumbnailSide, devicePixelRatioF());
    named->setIcon(picture.isNull() ? icons::icon(FileText::icon(name)) : QIcon(picture));
    QStandardItem *size = set(Size, state.size < 0 ? QString() : FileText::size(state.size), state.size);
    size->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    size->setAccessibleText(state.size < 0 ? tr("Not known", "size of a file") : QString());
    const QString from = entry.from.isEmpty() ? tr("AWS Support") : entry.from;
    set(From, from, from)->setToolTip(plainToolTip(from));
    set(Date, entry.created > 0 ? TimeText::shortDateTime(entry.created, QLocale()) : entry.createdText, entry.created);
    QString here = state.isKept ? tr("Kept") : QString();
    if (state.isComing)
        here = state.size > 0 ? QLocale().toString(state.done * 100 / state.size) + u'%' : u"…"_s;
    set(Here, here,
        qint64(state.isKept         ? 2
                   : state.isComing ? 1
                                    : 0))
        //: Of a file, in the place of "Kept"
        ->setAccessibleText(here.isEmpty() ? tr("Not kept") : QString());
}

void AttachmentsDialog::updateState(const QString &attachmentId)
{
    for (int row = 0; row < int(m_entries.size()); ++row) {
        if (m_entries.at(row).file.attachment.attachmentId == attachmentId)
            fillRow(row);
    }
    updateButtons();
}

int AttachmentsDialog::currentEntry() const
{
    const QModelIndex index = m_sorted->mapToSource(m_ui->list->currentIndex());
    return index.isValid() && index.row() < m_entries.size() ? index.row() : -1;
}

void AttachmentsDialog::withCurrent(const std::function<void(const AttachmentFile &)> &act)
{
    if (const int entry = currentEntry(); entry >= 0)
        act(m_entries.at(entry).file);
}

/// What *Save All* saves: the selected ones when there are several.
QList<AttachmentFile> AttachmentsDialog::selected() const
{
    const QModelIndexList rows = m_ui->list->selectionModel()->selectedRows();
    QList<AttachmentFile> files;
    for (const QModelIndex &row : rows)
        files.append(m_entries.at(m_sorted->mapToSource(row).row()).file);
    if (files.size() > 1)
        return files;
    files.clear();
    for (const Entry &entry : m_entries)
        files.append(entry.file);
    return files;
}

void AttachmentsDialog::updateButtons()
{
    const bool any = currentEntry() >= 0;
    for (QPushButton *button : {m_ui->openAttachment, m_ui->previewAttachment, m_ui->saveAttachment, m_ui->showMessage})
        button->setEnabled(any);
    m_ui->saveAllAttachments->setEnabled(!m_entries.isEmpty());
    m_ui->saveAllAttachments->setText(m_ui->list->selectionModel()->selectedRows().size() > 1 ? tr("Save Se&lected…")
                                                                                              : tr("Save A&ll…"));
}

bool AttachmentsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_ui->list && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier);
        if (isPlain && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
            withCurrent([this](const AttachmentFile &file) { m_actions.activate(file, this); });
            return true;
        }
        if (isPlain && key->key() == Qt::Key_Space) {
            withCurrent([this](const AttachmentFile &file) { m_actions.preview(file, this); });
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void AttachmentsDialog::retranslate()
{
    const CaseRecord *record = m_workspace.cases().findCase(m_key);
    const QString subject = record ? displayText(record->subject.view()) : QString();
    m_ui->subject->setTexts(subject.isEmpty() ? tr("(no subject)") : subject);
    placeBesideOrBelow(*m_ui->buttons, *m_ui->ofFiles, *m_ui->ofWindow,
                       ScreenFit::roomFor(*this).width() - 2 * m_ui->layout->contentsMargins().left());
    m_model->setHorizontalHeaderLabels(
        {tr("Name"), tr("Size"), tr("From"), tr("Date"), tr("Offline", "heading of a column: kept on this computer")});
    for (int row = 0; row < m_model->rowCount(); ++row)
        fillRow(row);
    updateButtons();
}

void AttachmentsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    retranslate();
}

} // namespace casement
