#include "ui/removedbar.h"

#include "archive/outboxfiles.h"
#include "models/displaytext.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <chrono>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr std::chrono::seconds offeredFor{10};
}

RemovedBar::RemovedBar(QWidget *parent) : QFrame(parent), m_text(new QLabel(this)), m_undo(new QPushButton(this))
{
    auto *layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    m_text->setObjectName(u"removedText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_undo->setObjectName(u"removedUndo"_s);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_undo, 0, Qt::AlignTop);
    m_time.setSingleShot(true);
    m_time.setInterval(offeredFor);
    connect(&m_time, &QTimer::timeout, this, &RemovedBar::endUnlessUsed);
    connect(m_undo, &QPushButton::clicked, this, &RemovedBar::undoRequested);
    hide();
    retranslate();
}

RemovedBar::~RemovedBar() = default;

void RemovedBar::add(const QString &id, OutboxFiles &files)
{
    const OutboxFile *file = files.find(id);
    if (!file)
        return;
    m_files = &files;
    m_name = file->name;
    m_ids.append(id);
    retranslate();
    show();
    m_time.start();
    QAccessibleEvent told(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

QStringList RemovedBar::take()
{
    m_time.stop();
    hide();
    return std::exchange(m_ids, {});
}

void RemovedBar::end()
{
    if (m_ids.isEmpty())
        return;
    for (const QString &id : take())
        m_files->remove(id);
    Q_EMIT ended();
}

void RemovedBar::endUnlessUsed()
{
    // Somebody is about to press it.
    if (underMouse() || m_undo->hasFocus())
        m_time.start();
    else
        end();
}

void RemovedBar::focusUndo() { m_undo->setFocus(Qt::OtherFocusReason); }

void RemovedBar::retranslate()
{
    m_text->setText(m_ids.size() > 1 ? tr("%Ln file(s) removed", nullptr, int(m_ids.size()))
                                     : tr("“%1” was removed.").arg(displayText(m_name)));
    spoken::setName(*this, m_text->text());
    m_undo->setText(tr("&Undo"));
    m_undo->setToolTip(tr("Attach what was removed again"));
    spoken::setDescription(*m_undo, m_text->text());
}

void RemovedBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void RemovedBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().awsGround);
}

} // namespace casement
