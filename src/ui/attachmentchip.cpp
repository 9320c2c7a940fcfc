#include "ui/attachmentchip.h"

#include "models/displaytext.h"
#include "transfer/filecode.h"
#include "transfer/filename.h"
#include "ui/filetext.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/previewcontent.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui/thumbnails.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int iconSize = 20;
constexpr int pictureSide = 36;
constexpr int barHeight = 3;

bool isMoving(OutboxFileState state)
{
    return state == OutboxFileState::Waiting || state == OutboxFileState::Uploading
        || state == OutboxFileState::Processing;
}

void setTextOnce(QLabel &label, const QString &text)
{
    if (label.text() != text)
        label.setText(text);
}

} // namespace

AttachmentChip::AttachmentChip(QWidget *parent) : QFrame(parent)
{
    setObjectName(u"attachmentChip"_s);
    setFocusPolicy(Qt::StrongFocus);
    spoken::setRole(*this, QAccessible::Grouping);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(8, 6, 6, 6 + barHeight);
    all->setSpacing(2);
    auto *head = new QHBoxLayout;
    head->setSpacing(4);
    const auto label = [this](const char *name, bool wraps) {
        auto *made = new QLabel(this);
        made->setObjectName(QLatin1StringView(name));
        made->setTextFormat(Qt::PlainText);
        made->setWordWrap(wraps);
        return made;
    };
    m_icon = label("chipIcon", false);
    m_icon->setFixedSize(iconSize, iconSize);
    m_icon->setAlignment(Qt::AlignCenter);
    m_name = label("chipName", false);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    head->addWidget(m_icon);
    head->addWidget(m_name, 1);
    const auto button = [&](const char *name, Act act) {
        auto *made = new QToolButton(this);
        made->setObjectName(QLatin1StringView(name));
        made->setAutoRaise(true);
        made->setIconSize({16, 16});
        made->setFocusPolicy(Qt::StrongFocus);
        head->addWidget(made);
        connect(made, &QToolButton::clicked, this, [this, act] { Q_EMIT chosen(act); });
        return made;
    };
    m_pause = button("chipPause", Act::Pause);
    m_retry = button("chipRetry", Act::Retry);
    m_remove = button("chipRemove", Act::Remove);
    m_retry->setIcon(icons::icon(u"refresh"_s));
    m_remove->setIcon(icons::icon(u"close"_s));
    all->addLayout(head);
    m_state = label("chipState", false);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_here = label("chipHere", false);
    m_here->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_problem = label("chipProblem", true);
    m_secrets = label("chipSecrets", true);
    for (QLabel *line : {m_state, m_here, m_problem, m_secrets})
        all->addWidget(line);
    auto *ways = new QHBoxLayout;
    ways->setSpacing(8);
    const auto way = [&](const char *name, Act act) {
        auto *made = new QPushButton(this);
        made->setObjectName(QLatin1StringView(name));
        ways->addWidget(made);
        connect(made, &QPushButton::clicked, this, [this, act] { Q_EMIT chosen(act); });
        return made;
    };
    m_asItIs = way("chipAsItIs", Act::TakeAsItIs);
    ways->addStretch(1);
    all->addLayout(ways);
    all->addStretch(1); // of one that is higher because of its neighbour
    m_name->installEventFilter(this);
    m_here->installEventFilter(this);
    connect(&Thumbnails::instance(), &Thumbnails::made, this, [this](const QString &path) {
        if (path == m_content.file.file.path)
            showIcon();
    });
}

bool AttachmentChip::isWide() const
{
    return m_content.file.state == OutboxFileState::Failed || !m_content.secrets.isEmpty();
}

int AttachmentChip::heightFor(int width) const
{
    return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : layout()->totalSizeHint().height();
}

void AttachmentChip::show(const Content &content)
{
    m_content = content;
    const OutboxFile &file = content.file;
    const bool hasFailed = file.state == OutboxFileState::Failed;
    if (const QString icon = hasFailed ? u"error"_s : FileText::icon(file.name);
        icon != m_iconName || file.file.path != m_shownPath) {
        m_iconName = icon;
        m_shownPath = file.file.path;
        recolor();
    }
    const QString problem = FileText::problem(file, content.limits);
    setTextOnce(*m_state, u"%1 · %2"_s.arg(FileText::size(file.file.size), FileText::state(file, content.progress)));
    m_here->setVisible(!FileText::nameHere(file).isEmpty());
    setTextOnce(*m_problem, problem);
    setTextOnce(*m_secrets, content.secrets);
    m_problem->setVisible(!problem.isEmpty());
    m_secrets->setVisible(!content.secrets.isEmpty());

    const bool isPaused = file.state == OutboxFileState::Paused;
    const bool canTakeNow = hasFailed && file.error.code == filecode::changed;
    const bool isTooLarge = hasFailed && file.error.code == filecode::tooLarge;
    const bool isTooMany = hasFailed && file.error.code == filecode::tooMany;
    const bool isInterrupted = file.state == OutboxFileState::Waiting && file.error.kind != Error::Kind::None;
    m_pause->setVisible(content.isEditable && (isPaused || isMoving(file.state)));
    m_pause->setIcon(icons::icon(isPaused ? u"play"_s : u"pause"_s));
    m_retry->setVisible(content.isEditable
                        && ((hasFailed && !canTakeNow && !isTooLarge && !isTooMany) || isInterrupted));
    m_remove->setVisible(content.isEditable);
    m_asItIs->setVisible(content.isEditable && canTakeNow);

    const QString spoken = FileText::accessible(file, content.progress, content.limits)
        + (content.secrets.isEmpty() ? QString() : u". "_s + content.secrets);
    if (accessibleName() != spoken)
        spoken::setName(*this, spoken);
    const QString tip = displayText(file.name) + u'\n' + displayText(shownPath(file.file.path));
    setPlainToolTip(*this, tip);
    spoken::setDescription(*this, displayText(shownPath(file.file.path)));
    retranslate();
    cutName();
    update();
}

void AttachmentChip::retranslate()
{
    const QString name = displayText(m_content.file.name);
    const auto say = [&name](QAbstractButton &button, const QString &what) {
        button.setToolTip(what);
        //: What a screen reader says of a button on a file: what it does, and to which file
        spoken::setName(button, tr("%1: %2", "button, file").arg(what, name));
    };
    say(*m_pause, m_content.file.state == OutboxFileState::Paused ? tr("Go on uploading") : tr("Pause the upload"));
    say(*m_retry, tr("Try again"));
    say(*m_remove, tr("Remove this file (Del)"));
    m_asItIs->setText(tr("&Use the File as It Is Now"));
    say(*m_asItIs, withoutMnemonic(m_asItIs->text()));
}

void AttachmentChip::cutName()
{
    const QString name = displayText(m_content.file.name);
    setTextOnce(*m_name, m_name->fontMetrics().elidedText(name, Qt::ElideMiddle, m_name->width()));
    const QString here = FileText::nameHere(m_content.file);
    setTextOnce(*m_here, m_here->fontMetrics().elidedText(here, Qt::ElideMiddle, m_here->width()));
}

bool AttachmentChip::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == m_name || watched == m_here) && event->type() == QEvent::Resize)
        cutName();
    return QFrame::eventFilter(watched, event);
}

void AttachmentChip::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    cutName();
}

void AttachmentChip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        if (m_content.isEditable)
            Q_EMIT chosen(Act::Remove);
        return;
    case Qt::Key_Space:
    case Qt::Key_P:
        if (event->modifiers() != Qt::NoModifier)
            break;
        if (m_pause->isVisibleTo(this))
            Q_EMIT chosen(Act::Pause);
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        Q_EMIT stepped(-1);
        return;
    case Qt::Key_Right:
    case Qt::Key_Down:
        Q_EMIT stepped(1);
        return;
    default:
        break;
    }
    QFrame::keyPressEvent(event);
}

void AttachmentChip::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    showMenu(byKey ? mapToGlobal(rect().center()) : event->globalPos());
}

/// What its buttons do.
void AttachmentChip::showMenu(const QPoint &where)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"chipMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QAbstractButton &button, const QString &text, Act act) {
        if (button.isVisibleTo(this))
            connect(menu->addAction(text), &QAction::triggered, this, [this, act] { Q_EMIT chosen(act); });
    };
    const bool isPaused = m_content.file.state == OutboxFileState::Paused;
    add(*m_pause, isPaused ? tr("&Go On Uploading") : tr("&Pause the Upload"), Act::Pause);
    add(*m_retry, tr("Try &Again"), Act::Retry);
    add(*m_asItIs, m_asItIs->text(), Act::TakeAsItIs);
    add(*m_remove, tr("&Remove"), Act::Remove);
    if (menu->isEmpty())
        return menu->deleteLater();
    menu->popup(where);
}

void AttachmentChip::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    const bool hasFailed = m_content.file.state == OutboxFileState::Failed;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(hasFailed ? colors.errorGround : colors.chipGround);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.border, hasFocus() ? 2 : 1));
    painter.drawRoundedRect(hasFocus() ? frame.adjusted(0.5, 0.5, -0.5, -0.5) : frame, 5, 5);
    if (!isMoving(m_content.file.state) && m_content.file.state != OutboxFileState::Paused)
        return;
    QRectF groove(8, height() - 4 - barHeight, width() - 16, barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.line);
    painter.drawRoundedRect(groove, 1.5, 1.5);
    const qint64 size = qMax<qint64>(1, m_content.file.file.size);
    const bool isWhole = m_content.file.state == OutboxFileState::Processing;
    const double part = isWhole ? 1 : qBound(0.0, double(m_content.progress) / double(size), 1.0);
    groove.setWidth(groove.width() * part);
    if (layoutDirection() == Qt::RightToLeft)
        groove.moveRight(width() - 8);
    painter.setBrush(m_content.file.state == OutboxFileState::Paused ? colors.mutedText : colors.accent);
    painter.drawRoundedRect(groove, 1.5, 1.5);
}

void AttachmentChip::recolor()
{
    const ThemeColors &colors = Theme::colors();
    const bool hasFailed = m_content.file.state == OutboxFileState::Failed;
    const auto ink = [](QWidget &widget, const QColor &color) {
        if (widget.palette().color(QPalette::WindowText) == color)
            return;
        QPalette own = widget.palette();
        own.setColor(QPalette::WindowText, color);
        widget.setPalette(own);
    };
    const QColor text = hasFailed ? colors.errorText : colors.palette.color(QPalette::WindowText);
    ink(*m_name, text);
    ink(*m_state, hasFailed ? colors.errorText : colors.mutedText);
    ink(*m_here, hasFailed ? colors.errorText : colors.mutedText);
    ink(*m_problem, colors.errorText);
    ink(*m_secrets, hasFailed ? colors.errorText : colors.warningText);
    showIcon();
}

/// The picture itself, where it is one; else the icon of its kind, or of what is wrong with it.
void AttachmentChip::showIcon()
{
    if (m_iconName.isEmpty())
        return;
    const bool hasFailed = m_content.file.state == OutboxFileState::Failed;
    const QPixmap picture = hasFailed
        ? QPixmap()
        : Thumbnails::instance().find(m_content.file.file.path, m_content.file.name, pictureSide, devicePixelRatioF(),
                                      m_content.file.file.modified);
    const ThemeColors &colors = Theme::colors();
    const QColor text = hasFailed ? colors.errorText : colors.palette.color(QPalette::WindowText);
    // The room is there before the picture is.
    const int side = !hasFailed && hasPictureName(m_content.file.name) ? pictureSide : iconSize;
    m_icon->setFixedSize(side, side);
    m_icon->setPixmap(picture.isNull() ? icons::pixmap(m_iconName, iconSize, devicePixelRatioF(), text) : picture);
}

void AttachmentChip::focusInEvent(QFocusEvent *event)
{
    QFrame::focusInEvent(event);
    update();
}

void AttachmentChip::focusOutEvent(QFocusEvent *event)
{
    QFrame::focusOutEvent(event);
    update();
}

void AttachmentChip::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_icon)
        recolor();
}

} // namespace casement
