#include "ui/intakenotice.h"

#include "transfer/filecode.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

IntakeNotice::IntakeNotice(QWidget *parent) : QFrame(parent)
{
    auto *layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    m_scroll = new QScrollArea(this);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidgetResizable(true);
    m_scroll->viewport()->setAutoFillBackground(false);
    layout->addWidget(m_scroll, 1);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"intakeClose"_s);
    m_close->setAutoRaise(true);
    m_close->setIcon(icons::icon(u"close"_s));
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &IntakeNotice::closed);
    nameClose();
    hide();
}

void IntakeNotice::nameClose()
{
    m_close->setToolTip(tr("Close this notice"));
    m_close->setAccessibleName(m_close->toolTip());
}

QString IntakeNotice::text() const
{
    QStringList sentences;
    for (const FileIntake::Group &group : m_groups)
        sentences.append(FileText::refusal(group.files, m_limits));
    return sentences.join(u'\n');
}

void IntakeNotice::show(const QList<FileIntake::Group> &groups, const UploadLimits &limits)
{
    const QString before = text();
    m_groups = groups;
    m_limits = limits;
    const QString now = text();
    setVisible(!groups.isEmpty());
    if (now == before)
        return;
    build();
    setAccessibleName(now);
    if (!groups.isEmpty()) {
        QAccessibleEvent told(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&told);
    }
}

void IntakeNotice::build()
{
    if (m_content) {
        m_content = m_scroll->takeWidget();
        m_content->hide();
        m_content->deleteLater(); // it may hold the button that was pressed
    }
    m_content = new QWidget;
    auto *lines = new QVBoxLayout(m_content);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    bool isFirst = true; // of what is to be decided
    for (const FileIntake::Group &group : std::as_const(m_groups)) {
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        auto *label = new BreakingLabel(m_content);
        label->setObjectName(u"intakeText"_s);
        label->setWhole(FileText::refusal(group.files, m_limits));
        line->addWidget(label, 1);
        const QString code = group.code();
        const auto button = [&](const char *name, const QString &text, auto signal) {
            auto *made = new QPushButton(text, m_content);
            made->setObjectName(QLatin1StringView(name));
            made->setAccessibleDescription(label->whole());
            line->addWidget(made, 0, Qt::AlignTop);
            connect(made, &QPushButton::clicked, this, [this, signal, group] { Q_EMIT(this->*signal)(group); });
        };
        if (!group.isUndecided()) {
            lines->addLayout(line);
            continue;
        }
        if (code == filecode::folder)
            button("intakeZip", tr("Attach as &ZIP"), &IntakeNotice::zipRequested);
        else if (group.canBeCompressed())
            button("intakeZip", tr("Compress to &ZIP"), &IntakeNotice::zipRequested);
        else if (code == zipSplits)
            button("intakeSplit", tr("Spl&it over Several ZIPs"), &IntakeNotice::splitRequested);
        else if (code == filecode::tooMany)
            button("intakeFollowUps", tr("Send in &Replies"), &IntakeNotice::followUpsRequested);
        else if (code == filecode::holdsKeys)
            button("intakeAnyway", tr("Attach Anywa&y"), &IntakeNotice::anywayRequested);
        // One of them has the mnemonic.
        const QString leaveOut = tr("&Leave Out");
        button("intakeLeaveOut", std::exchange(isFirst, false) ? leaveOut : withoutMnemonic(leaveOut),
               &IntakeNotice::leaveOutRequested);
        lines->addLayout(line);
    }
    m_scroll->setWidget(m_content);
    m_content->setAutoFillBackground(false);
    fit();
    recolor();
}

void IntakeNotice::setRoom(int height)
{
    m_room = height;
    fit();
}

/// As high as what it says, up to a part of the page.
void IntakeNotice::fit()
{
    if (!m_content)
        return;
    const int needed = std::max(0, m_content->layout()->totalHeightForWidth(m_scroll->width()));
    const int height = m_room == 0 ? needed : std::min(needed, std::clamp(m_room / 6, 56, 160));
    if (m_scroll->minimumHeight() != height || m_scroll->maximumHeight() != height)
        m_scroll->setFixedHeight(height);
}

void IntakeNotice::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fit();
}

void IntakeNotice::recolor()
{
    if (!m_content)
        return;
    QPalette own = m_content->palette();
    own.setColor(QPalette::WindowText, Theme::colors().warningText);
    const auto labels = m_content->findChildren<QLabel *>();
    for (QLabel *label : labels)
        label->setPalette(own);
    m_close->setIcon(icons::icon(u"close"_s, Theme::colors().warningText));
}

void IntakeNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_close) {
        nameClose();
        if (!m_groups.isEmpty())
            build();
    } else if (event->type() == QEvent::PaletteChange && m_content) {
        recolor();
    }
}

void IntakeNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().warningGround);
}

} // namespace casement
