#include "ui/attachmentpreview.h"

#include "base/background.h"
#include "models/displaytext.h"
#include "transfer/filename.h"
#include "ui/attachmentactions.h"
#include "ui/dialogs.h"
#include "ui/errortext.h"
#include "ui/filetext.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/shortcuts.h"
#include "ui/spoken.h"
#include "ui_attachmentpreview.h"

#include <QAbstractTableModel>
#include <QFontDatabase>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int widestColumn = 320; // pixels at first

/// Rows of strings, the first of them as heading.
class RowsModel final : public QAbstractTableModel
{
public:
    RowsModel(const QList<QStringList> &rows, int columns, QObject *parent)
        : QAbstractTableModel(parent), m_rows(rows), m_columns(columns)
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(qMax<qsizetype>(0, m_rows.size() - 1));
    }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_columns; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
            return {};
        const QString cell = m_rows.at(index.row() + 1).value(index.column());
        return role == Qt::DisplayRole ? cell : plainToolTip(cell);
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role != Qt::DisplayRole || orientation != Qt::Horizontal || m_rows.isEmpty())
            return QAbstractTableModel::headerData(section, orientation, role);
        return m_rows.first().value(section);
    }

private:
    QList<QStringList> m_rows;
    int m_columns;
};

} // namespace

AttachmentPreview::AttachmentPreview(AttachmentActions &actions, const AttachmentFile &file, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::AttachmentPreview>()), m_actions(actions), m_file(file)
{
    m_ui->setupUi(this);
    setObjectName(u"attachmentPreview"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_ui->text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_picture = new QLabel;
    m_picture->setObjectName(u"picture"_s);
    m_ui->pictureArea->setWidget(m_picture);
    spoken::setRole(*m_ui->pictureArea, QAccessible::Graphic);
    m_ui->findPrevious->setIcon(icons::icon(u"up"_s));
    m_ui->findNext->setIcon(icons::icon(u"down"_s));
    connect(m_ui->findText, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_ui->findNext, &QToolButton::clicked, this, [this] { find(false); });
    connect(m_ui->findPrevious, &QToolButton::clicked, this, [this] { find(true); });
    connect(m_ui->wrap, &QCheckBox::toggled, this, [this](bool wraps) {
        m_ui->text->setLineWrapMode(wraps ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(m_ui->actualSize, &QCheckBox::toggled, this, &AttachmentPreview::fitPicture);
    connect(m_ui->openOutside, &QPushButton::clicked, this, [this] { m_actions.open(m_file, this); });
    connect(m_ui->saveAs, &QPushButton::clicked, this, [this] { m_actions.saveAs(m_file, this); });
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(*m_ui->buttons, {{m_ui->close, QDialogButtonBox::RejectRole}});
    connect(m_ui->state, &StatePage::buttonClicked, this, &AttachmentPreview::load);
    connect(&actions.fetcher(), &AttachmentFetcher::changed, this, [this](AccountId account, const QString &id) {
        if (account == m_file.account && id == m_file.attachment.attachmentId)
            showProgress();
    });
    Shortcuts &keys = actions.shortcuts();
    keys.on(*this, u"search"_s, [this] {
        m_ui->findText->setFocus(Qt::ShortcutFocusReason);
        m_ui->findText->selectAll();
    });
    keys.on(*this, u"findNext"_s, [this] { find(false); });
    keys.on(*this, u"findPrevious"_s, [this] { find(true); });
    keys.on(*this, u"saveAttachment"_s, [this] { m_actions.saveAs(m_file, this); });
    retranslate();
    load();
}

AttachmentPreview::~AttachmentPreview() = default;

void AttachmentPreview::load()
{
    m_isReady = false;
    m_error = {};
    m_ui->stack->setCurrentWidget(m_ui->state);
    m_ui->state->showLoading(tr("Getting the attachment…"));
    showFacts();
    m_actions.fetcher().fetch(m_file.account, m_file.attachment, this, [this](const Result<KeptAttachment> &kept) {
        if (!kept)
            return showFailure(kept.error());
        if (m_file.attachment.fileName.isEmpty())
            m_file.attachment.fileName = kept->fileName;
        inBackground(
            this, [path = kept->path, name = m_file.attachment.fileName] { return previewOf(path, name); },
            [this](PreviewContent content) { showContent(std::move(content)); });
    });
    showProgress();
}

void AttachmentPreview::showContent(PreviewContent content)
{
    m_content = std::move(content);
    m_isReady = true;
    switch (m_content.kind) {
    case PreviewContent::Kind::Picture:
        m_ui->stack->setCurrentWidget(m_ui->pictureArea);
        fitPicture();
        break;
    case PreviewContent::Kind::Text:
        m_ui->text->setPlainText(m_content.text);
        m_content.text.clear(); // the document has it
        m_ui->stack->setCurrentWidget(m_ui->text);
        break;
    case PreviewContent::Kind::Table: {
        delete m_ui->table->model();
        m_ui->table->setModel(new RowsModel(m_content.rows, m_content.columns, this));
        const int count = qMin(m_content.columns, 30);
        for (int column = 0; column < count; ++column) {
            m_ui->table->resizeColumnToContents(column);
            m_ui->table->setColumnWidth(column, qMin(widestColumn, m_ui->table->columnWidth(column)));
        }
        m_ui->stack->setCurrentWidget(m_ui->table);
        break;
    }
    case PreviewContent::Kind::Nothing:
        showReason();
        break;
    }
    showProgress();
    showFacts();
    if (m_ui->close->hasFocus() || !focusWidget() || focusWidget() == this)
        m_ui->stack->currentWidget()->setFocus();
}

void AttachmentPreview::showReason()
{
    using Reason = PreviewContent::Reason;
    const bool isDamaged = m_content.reason == Reason::Damaged || m_content.reason == Reason::Unreadable;
    m_ui->stack->setCurrentWidget(m_ui->state);
    const QString title = isDamaged            ? tr("This file can't be read")
        : m_content.reason == Reason::TooLarge ? tr("This picture is too large to be shown here")
                                               : tr("There is no preview of files like this");
    m_ui->state->show(isDamaged ? u"error"_s : u"attachment"_s, title,
                      isDamaged ? tr("It is damaged, or it is no picture although its name says so. You can save it.")
                                : tr("You can open it with another program, or save it."));
}

void AttachmentPreview::showFailure(const Error &error)
{
    m_error = error;
    m_isReady = true;
    m_content = {};
    m_ui->stack->setCurrentWidget(m_ui->state);
    m_ui->state->show(u"error"_s, tr("The attachment could not be downloaded"),
                      error.kind == Error::Kind::Cancelled ? tr("The download was cancelled.")
                                                           : ErrorText::whole({}, ErrorText::Deed::Read, error),
                      tr("Try Again"));
    showProgress();
    showFacts();
}

void AttachmentPreview::showProgress()
{
    const AttachmentState state = m_actions.fetcher().state(m_file.account, m_file.attachment.attachmentId);
    m_ui->progress->setVisible(state.isComing);
    constexpr int parts = 1000;
    m_ui->progress->setRange(0, state.size > 0 ? parts : 0);
    m_ui->progress->setValue(state.size > 0 ? int(state.done * parts / state.size) : 0);
    if (!state.isComing)
        showFacts();
}

void AttachmentPreview::showFacts()
{
    using Kind = PreviewContent::Kind;
    const QString name = AttachmentActions::shownName(m_file.attachment);
    setWindowTitle(name);
    const AttachmentState state = m_actions.fetcher().state(m_file.account, m_file.attachment.attachmentId);
    const QLocale locale;
    QStringList facts{name};
    if (state.size >= 0)
        facts.append(FileText::size(state.size));
    if (m_content.kind == Kind::Picture)
        //: Width and height of a picture
        facts.append(
            tr("%1 × %2 pixels")
                .arg(locale.toString(m_content.pictureSize.width()), locale.toString(m_content.pictureSize.height())));
    m_ui->facts->setTexts(facts.join(u"  ·  "_s));
    const bool isText = m_content.kind == Kind::Text;
    const bool isSearchable = isText || m_content.kind == Kind::Table;
    m_ui->findText->setVisible(isSearchable);
    m_ui->findNext->setVisible(isSearchable);
    m_ui->findPrevious->setVisible(isSearchable);
    m_ui->wrap->setVisible(isText);
    m_ui->actualSize->setVisible(m_content.kind == Kind::Picture);
    QStringList notes;
    if (m_content.isCut)
        notes.append(isText ? tr("Only the beginning is shown.") : tr("Only the first rows are shown."));
    if (m_content.isBroken)
        notes.append(tr("Very long lines are parted."));
    if (canRunCode(m_file.attachment.fileName))
        notes.append(tr("Files of this kind can run code and are not opened from here."));
    m_ui->note->setWhole(notes.join(u' '));
    m_ui->openOutside->setEnabled(!canRunCode(m_file.attachment.fileName));
}

void AttachmentPreview::fitPicture()
{
    if (m_content.picture.isNull())
        return;
    const qreal ratio = devicePixelRatioF();
    QSize target = m_content.picture.size();
    if (!m_ui->actualSize->isChecked()) {
        const QSize room = (m_ui->pictureArea->viewport()->size() - QSize(4, 4)) * ratio;
        if (target.width() > room.width() || target.height() > room.height())
            target = target.scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1});
    }
    QPixmap pixmap =
        QPixmap::fromImage(target == m_content.picture.size()
                               ? m_content.picture
                               : m_content.picture.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    m_picture->setPixmap(pixmap);
    m_picture->resize(pixmap.deviceIndependentSize().toSize());
}

void AttachmentPreview::find(bool backward)
{
    const QString words = m_ui->findText->text();
    if (words.isEmpty())
        return m_ui->findText->setFocus(Qt::ShortcutFocusReason);
    if (m_content.kind == PreviewContent::Kind::Table) {
        m_ui->note->setWhole(findInTable(words, backward) ? QString() : tr("Not found."));
        return;
    }
    const auto flags = backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    bool isFound = m_ui->text->find(words, flags);
    if (!isFound) {
        const QTextCursor before = m_ui->text->textCursor();
        m_ui->text->moveCursor(backward ? QTextCursor::End : QTextCursor::Start);
        isFound = m_ui->text->find(words, flags);
        if (!isFound)
            m_ui->text->setTextCursor(before);
    }
    showFacts();
    if (!isFound)
        m_ui->note->setWhole(tr("Not found."));
}

/// Goes on from the current cell, around the end.
bool AttachmentPreview::findInTable(const QString &words, bool backward)
{
    const QAbstractItemModel *model = m_ui->table->model();
    const qsizetype columns = model->columnCount();
    const qsizetype cells = model->rowCount() * columns;
    const QModelIndex current = m_ui->table->currentIndex();
    const qsizetype from = current.isValid() ? current.row() * columns + current.column() : backward ? 0 : cells - 1;
    for (qsizetype step = 1; step <= cells; ++step) {
        const qsizetype at = (from + (backward ? cells - step : step)) % cells;
        const QModelIndex index = model->index(int(at / columns), int(at % columns));
        if (index.data().toString().contains(words, Qt::CaseInsensitive)) {
            m_ui->table->setCurrentIndex(index);
            return true;
        }
    }
    return false;
}

void AttachmentPreview::retranslate()
{
    nameClearButton(*m_ui->findText, tr("Clear the Field"));
    showFacts();
}

void AttachmentPreview::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    m_ui->retranslateUi(this);
    retranslate();
    if (m_isReady && m_error.kind != Error::Kind::None)
        showFailure(m_error);
    else if (m_isReady && m_content.kind == PreviewContent::Kind::Nothing)
        showReason();
}

void AttachmentPreview::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    fitPicture();
}

/// Space closes what Space opened.
void AttachmentPreview::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier)
        return reject();
    QDialog::keyPressEvent(event);
}

} // namespace casement
