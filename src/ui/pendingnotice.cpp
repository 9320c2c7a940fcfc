#include "ui/pendingnotice.h"

#include "ui/errortext.h"
#include "ui/outboxtext.h"
#include "ui/sendquestion.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui/workspace.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace casement {

using namespace Qt::StringLiterals;

PendingNotice::PendingNotice(QWidget *parent) : QFrame(parent)
{
    // Its buttons below: beside three of them a sentence stands in words of a line each.
    auto *column = new QVBoxLayout(this);
    auto *layout = new QHBoxLayout;
    spoken::setRole(*this, QAccessible::AlertMessage);
    column->setContentsMargins(12, 8, 8, 8);
    column->setSpacing(8);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(u"pendingText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_text);
    column->addLayout(layout);
    layout->addStretch();
    const auto button = [&](const char *name, auto act) {
        auto *made = new QPushButton(this);
        made->setObjectName(QLatin1StringView(name));
        layout->addWidget(made);
        connect(made, &QPushButton::clicked, this, act);
        return made;
    };
    m_unfold = button("pendingUnfold", [] {});
    m_unfold->setCheckable(true);
    m_check = button("checkAgain", [this] { m_workspace->outbox().lookAgain(m_id); });
    m_send = button("sendAgain", [this] { sendAgain(); });
    m_keep = button("keepDraft", [this] { m_workspace->outbox().keepAsDraft(m_id); });
    makeDetails();
    column->addWidget(m_detailsArea);
    hide();
    retranslate();
}

void PendingNotice::makeDetails()
{
    m_detailsArea = new QWidget(this);
    auto *layout = new QHBoxLayout(m_detailsArea);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_details = new QLabel(m_detailsArea);
    m_details->setObjectName(u"pendingDetails"_s);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_details, 1);
    m_copy = new QPushButton(m_detailsArea);
    m_copy->setObjectName(u"pendingCopy"_s);
    layout->addWidget(m_copy, 0, Qt::AlignBottom);
    m_detailsArea->hide();
    connect(m_unfold, &QPushButton::toggled, m_detailsArea, &QWidget::setVisible);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_details->text()); });
}

void PendingNotice::sendAgain()
{
    Outbox &outbox = m_workspace->outbox();
    if (const OutboxEntry *entry = outbox.find(m_id))
        SendQuestion::beforeAgain(this, m_workspace->accounts(), m_workspace->cases(), *entry,
                                  [&outbox, id = m_id] { outbox.sendAgain(id); });
}

void PendingNotice::show(Workspace &workspace, const OutboxEntry *entry)
{
    m_workspace = &workspace;
    const Outbox &outbox = workspace.outbox();
    m_id = entry ? entry->id : QString();
    const bool underWay = entry && outbox.isUnderWay(entry->id);
    const int uploading = entry ? outbox.files().uploadingCount(entry->id) : 0;
    const QString sentence = entry ? OutboxText::sentence(*entry, underWay, uploading) : QString();
    setVisible(!sentence.isEmpty());
    if (sentence.isEmpty())
        return;
    m_text->setText(sentence);
    spoken::setName(*m_text, sentence);
    spoken::setName(*this, sentence);
    m_isQueued = entry->state == OutboxState::Queued;
    m_isQuiet = underWay || (m_isQueued && entry->error.kind == Error::Kind::None);
    const QString details =
        underWay || entry->error.kind == Error::Kind::None ? QString() : ErrorText::details(entry->error);
    if (details != m_details->text()) { // others than those that somebody unfolded
        m_unfold->setChecked(false);
        m_details->setText(details);
        spoken::setName(*m_details, details);
    }
    m_unfold->setVisible(!details.isEmpty());
    const OutboxText::Choices choices = OutboxText::choices(*entry, underWay, uploading);
    m_check->setVisible(choices.lookAgain);
    m_send->setVisible(choices.sendAgain);
    m_keep->setVisible(choices.keepAsDraft);
    retranslate();
    update();
}

void PendingNotice::retranslate()
{
    m_unfold->setText(tr("Deta&ils"));
    m_copy->setText(tr("C&opy"));
    spoken::setName(*m_copy, tr("Copy the Details"));
    m_check->setText(tr("Check A&gain"));
    m_send->setText(m_isQueued ? tr("Send &Now") : tr("Send Agai&n"));
    m_keep->setText(tr("Kee&p as Draft"));
}

void PendingNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_workspace)
        show(*m_workspace, m_workspace->outbox().find(m_id));
}

void PendingNotice::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    QPainter painter(this);
    painter.fillRect(rect(), m_isQuiet ? colors.awsGround : colors.warningGround);
    recolor();
}

void PendingNotice::recolor()
{
    const QColor ink = m_isQuiet ? palette().color(QPalette::WindowText) : Theme::colors().warningText;
    for (QLabel *label : {m_text, m_details}) {
        if (label->palette().color(QPalette::WindowText) == ink)
            continue;
        QPalette own = label->palette();
        own.setColor(QPalette::WindowText, ink);
        label->setPalette(own);
    }
}

} // namespace casement
