#include "ui/attachmentstrip.h"

#include "ui/filesecrets.h"
#include "ui/filetext.h"
#include "ui/spoken.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int narrowest = 160; // px of a chip at the usual font; grows with it
constexpr int widest = 300;
constexpr int gap = 8;
constexpr int mostLines = 3; // then it scrolls

} // namespace

AttachmentStrip::AttachmentStrip(QWidget *parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAcceptDrops(false);
    auto *content = new QWidget;
    content->setObjectName(u"attachmentChips"_s);
    setWidget(content);
    content->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    hide();
}

void AttachmentStrip::setUp(OutboxFiles &files, FileSecrets &secrets)
{
    m_files = &files;
    m_secrets = &secrets;
    connect(m_files, &OutboxFiles::changed, this, [this](const QString &entry) {
        if (entry == m_entry && !m_entry.isEmpty())
            read();
    });
    connect(m_files, &OutboxFiles::loaded, this, &AttachmentStrip::read);
    connect(m_files, &OutboxFiles::progressed, this, [this](const QString &id) {
        for (AttachmentChip *chip : std::as_const(m_chips)) {
            if (chip->content().file.id != id)
                continue;
            AttachmentChip::Content content = chip->content();
            content.progress = m_files->progress(id);
            chip->show(content);
        }
    });
    connect(m_secrets, &FileSecrets::changed, this, &AttachmentStrip::read);
    retranslate();
}

void AttachmentStrip::setEntry(const QString &entry, AccountId account, bool isEditable)
{
    if (entry == m_entry && account == m_account && isEditable == m_isEditable)
        return;
    m_entry = entry;
    m_account = account;
    m_isEditable = isEditable;
    read();
}

AttachmentChip *AttachmentStrip::makeChip()
{
    auto *chip = new AttachmentChip(widget());
    connect(chip, &AttachmentChip::chosen, this, [this, chip](AttachmentChip::Act what) { act(*chip, what); });
    connect(chip, &AttachmentChip::stepped, this, [this, chip](int by) {
        const qsizetype to = m_chips.indexOf(chip) + by;
        if (to < 0 || to >= m_chips.size())
            return;
        m_chips.at(to)->setFocus(Qt::TabFocusReason);
        ensureWidgetVisible(m_chips.at(to), 0, 0);
    });
    return chip;
}

void AttachmentStrip::showChip(AttachmentChip &chip, const OutboxFile &file)
{
    chip.show({.file = file,
               .progress = m_files->progress(file.id),
               .secrets = FileText::secrets(m_secrets->of(file.file)),
               .limits = UploadLimits::of(m_files->knownWay(m_account)),
               .isEditable = m_isEditable});
}

void AttachmentStrip::read()
{
    const QList<OutboxFile> files = m_entry.isEmpty() ? QList<OutboxFile>() : m_files->of(m_entry);
    QHash<QString, AttachmentChip *> known;
    for (AttachmentChip *chip : std::as_const(m_chips))
        known.insert(chip->content().file.id, chip);
    QList<AttachmentChip *> now;
    qsizetype firstGone = -1;
    for (const OutboxFile &file : files) {
        AttachmentChip *chip = known.take(file.id);
        if (!chip)
            chip = makeChip();
        showChip(*chip, file);
        now.append(chip);
    }
    bool hadFocus = false;
    for (AttachmentChip *gone : std::as_const(known)) {
        const QWidget *focus = focusWidget();
        if (focus && (focus == gone || gone->isAncestorOf(focus)) && focus->hasFocus()) {
            hadFocus = true;
            firstGone = m_chips.indexOf(gone);
        }
    }
    m_chips = now;
    if (hadFocus) {
        // To what is in its place now; never to whatever comes next in the window.
        if (m_chips.isEmpty())
            Q_EMIT focusLost();
        else
            m_chips.at(std::min(firstGone, m_chips.size() - 1))->setFocus(Qt::OtherFocusReason);
    }
    for (AttachmentChip *gone : std::as_const(known)) {
        gone->hide();
        gone->disconnect(this);
        gone->deleteLater();
    }
    for (AttachmentChip *chip : std::as_const(m_chips))
        chip->QFrame::show();
    setVisible(!m_chips.isEmpty());
    arrange();
    showFailed();
    Q_EMIT changed();
}

/// What failed just now holds the message back: it must not lie out of sight.
void AttachmentStrip::showFailed()
{
    QSet<QString> failed;
    AttachmentChip *fresh = nullptr;
    for (AttachmentChip *chip : std::as_const(m_chips)) {
        const OutboxFile &file = chip->content().file;
        if (file.state != OutboxFileState::Failed)
            continue;
        failed.insert(file.id);
        if (!fresh && !m_failed.contains(file.id))
            fresh = chip;
    }
    m_failed = failed;
    if (fresh)
        ensureWidgetVisible(fresh, 0, 0);
}

void AttachmentStrip::act(AttachmentChip &chip, AttachmentChip::Act what)
{
    const OutboxFile file = chip.content().file;
    using Act = AttachmentChip::Act;
    switch (what) {
    case Act::Pause:
        return m_files->setPaused(file.id, file.state != OutboxFileState::Paused);
    case Act::Remove:
        m_files->putAside(file.id);
        Q_EMIT putAside(file.id);
        return;
    case Act::Retry:
        return m_files->retry(file.id);
    case Act::TakeAsItIs:
        Q_EMIT takeAsItIsRequested(file.id);
        return;
    }
}

void AttachmentStrip::setRoom(int height)
{
    m_room = height;
    arrange();
}

/// Chips beside each other, those with sentences on lines of their own.
void AttachmentStrip::arrange()
{
    if (m_chips.isEmpty())
        return;
    const int least = std::max(narrowest, fontMetrics().horizontalAdvance(u'0') * 20);
    const int line = m_chips.first()->fontMetrics().height() * 2 + 24;
    const auto place = [&](int width) {
        const int columns = std::max(1, (width + gap) / (least + gap));
        const int share = (width + gap) / columns - gap;
        const int usual = columns == 1 ? share : std::min(share, std::max(least, widest));
        int x = 0;
        int y = 0;
        int high = 0;
        QList<std::pair<AttachmentChip *, QRect>> beside; // in this line, all as high as the highest
        const auto endLine = [&] {
            for (const auto &[chip, rect] : std::as_const(beside))
                chip->setGeometry(rect.x(), rect.y(), rect.width(), high);
            beside.clear();
            y += high;
            x = high = 0;
        };
        for (AttachmentChip *chip : std::as_const(m_chips)) {
            const int wide = chip->isWide() ? width : usual;
            if (x > 0 && x + wide > width) {
                endLine();
                y += gap;
            }
            const int left = layoutDirection() == Qt::RightToLeft ? width - x - wide : x;
            beside.append({chip, {left, y, wide, 0}});
            high = std::max(high, chip->heightFor(wide));
            x += wide + gap;
        }
        endLine();
        return y;
    };
    int room = width();
    int total = place(room);
    // A low page keeps its room for the conversation; half a line shows that there is more.
    const int limit =
        m_room == 0 ? QWIDGETSIZE_MAX : std::clamp((m_room - 360) / 2, line + line / 2, mostLines * (line + gap));
    const bool scrolls = total > limit;
    if (scrolls) {
        room -= verticalScrollBar()->sizeHint().width() + 4;
        total = place(room);
    }
    setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    widget()->resize(room, total);
    const int height = std::clamp(total, 0, limit);
    if (minimumHeight() != height || maximumHeight() != height)
        setFixedHeight(height);
}

void AttachmentStrip::retranslate()
{
    spoken::setName(*this, tr("Attached files"));
    spoken::setName(*widget(), accessibleName());
    if (m_files)
        read();
}

void AttachmentStrip::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void AttachmentStrip::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_files)
        retranslate();
    else if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace casement
