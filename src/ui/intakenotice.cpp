#include "ui/intakenotice.h"

#include "transfer/filecode.h"
#include "ui/flowlayout.h"
#include "ui/icons.h"
#include "ui/plaintext.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int lowRoom = 560; // px; a page that has room for three lines
constexpr int highRoom = 800;

/// A file and what is wrong with it, in one line: where there is no room for both, the middle of the name goes, since
/// its end tells what kind of file it is.
class RefusedLine final : public QLabel
{
public:
    RefusedLine(const QString &name, const QString &whole, QWidget *parent) : QLabel(whole, parent), m_name(name)
    {
        setObjectName(u"intakeText"_s);
        setTextFormat(Qt::PlainText);
        setPlainToolTip(*this, whole);
    }

    QSize minimumSizeHint() const override
    {
        return {fontMetrics().averageCharWidth() * 8, QLabel::minimumSizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const QFontMetrics metrics = fontMetrics();
        const int room = contentsRect().width();
        QString shown = text();
        if (const int surplus = metrics.horizontalAdvance(shown) - room; surplus > 0) {
            const int least = metrics.horizontalAdvance(u'0') * 10;
            const QString name = metrics.elidedText(m_name, Qt::ElideMiddle,
                                                    std::max(least, metrics.horizontalAdvance(m_name) - surplus));
            shown = metrics.elidedText(shown.replace(shown.indexOf(m_name), m_name.size(), name), Qt::ElideRight, room);
        }
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(contentsRect(), int(Qt::AlignLeading | Qt::AlignVCenter) | Qt::TextSingleLine, shown);
    }

private:
    QString m_name;
};

} // namespace

IntakeNotice::IntakeNotice(QWidget *parent) : QFrame(parent)
{
    m_layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    m_layout->setContentsMargins(12, 6, 6, 8);
    m_layout->setSpacing(8);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"intakeClose"_s);
    m_close->setAutoRaise(true);
    m_layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &IntakeNotice::closed);
    nameClose();
    recolor();
    hide();
}

void IntakeNotice::nameClose()
{
    m_close->setToolTip(tr("Close this notice"));
    spoken::setName(*m_close, m_close->toolTip());
}

QStringList IntakeNotice::lines() const
{
    QStringList lines;
    for (const FileIntake::Group &group : m_groups) {
        for (const FileText::Refused &file : group.files)
            lines.append(FileText::refusal(file, m_limits));
    }
    return lines;
}

void IntakeNotice::show(const QList<FileIntake::Group> &groups, const UploadLimits &limits)
{
    const QStringList before = lines();
    m_groups = groups;
    std::stable_partition(m_groups.begin(), m_groups.end(), [](const auto &group) { return group.isUndecided(); });
    m_limits = limits;
    const QStringList now = lines();
    setVisible(!groups.isEmpty());
    if (now == before)
        return;
    build();
    if (groups.isEmpty())
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    Q_EMIT told();
}

void IntakeNotice::build()
{
    if (m_content) {
        m_content->hide();
        m_content->deleteLater(); // it may hold the button that was pressed
    }
    m_content = new QWidget(this);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(4);
    buildLines(*content);
    buildButtons(*content);
    m_layout->insertWidget(0, m_content, 1);
    m_content->show(); // now, so that it counts in what follows
    recolor();
    fit();
}

/// Buttons that do not fit beside each other stand below each other, which a tray that takes no more than its size does
/// not ask for.
void IntakeNotice::fit()
{
    if (m_content)
        setFixedHeight(m_layout->totalHeightForWidth(width()));
}

void IntakeNotice::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    fit();
}

void IntakeNotice::buildLines(QVBoxLayout &into)
{
    const QStringList all = lines();
    auto *head = new BreakingLabel(m_content);
    head->setObjectName(u"intakeHead"_s);
    head->setWhole(tr("%Ln file(s) are not attached", nullptr, int(all.size())));
    QFont bold = head->font();
    bold.setWeight(QFont::DemiBold);
    head->setFont(bold);
    into.addWidget(head);
    spoken::setName(*this, head->whole() + u'\n' + all.join(u'\n'));
    // Of two lines too many none is won by a button that stands for them.
    const qsizetype shown = all.size() <= mostLines() ? all.size() : mostLines() - 1;
    qsizetype at = 0;
    for (const FileIntake::Group &group : std::as_const(m_groups)) {
        for (const FileText::Refused &file : group.files) {
            if (at < shown)
                into.addWidget(new RefusedLine(FileText::nameOf(file.path), all.at(at++), m_content));
        }
    }
    if (shown == all.size())
        return;
    auto *rest = new QToolButton(m_content);
    rest->setObjectName(u"intakeAll"_s);
    rest->setAutoRaise(true);
    rest->setToolButtonStyle(Qt::ToolButtonTextOnly);
    rest->setText(tr("and %Ln more…", nullptr, int(all.size() - shown)));
    rest->setToolTip(tr("Show all of them"));
    spoken::setDescription(*rest, rest->toolTip());
    connect(rest, &QToolButton::clicked, this, &IntakeNotice::showAll);
    into.addWidget(rest, 0, Qt::AlignLeading);
}

/// The way in which files of a group can be had in the message all the same; none for some.
IntakeNotice::Act IntakeNotice::wayInto(const FileIntake::Group &group)
{
    const QString code = group.code();
    if (code == filecode::folder || group.canBeCompressed())
        return &IntakeNotice::zipRequested;
    if (code == zipSplits)
        return &IntakeNotice::splitRequested;
    if (code == filecode::tooMany)
        return &IntakeNotice::followUpsRequested;
    if (code == filecode::holdsKeys)
        return &IntakeNotice::anywayRequested;
    return nullptr;
}

/// Their keys are letters that nothing else has where files are attached, neither in the main window nor in New Case.
void IntakeNotice::buildButtons(QVBoxLayout &into)
{
    auto *row = new QWidget(m_content);
    auto *flow = new FlowLayout(row);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(8);
    const auto has = [this](Act way) {
        return std::any_of(m_groups.begin(), m_groups.end(), [way](const auto &one) { return wayInto(one) == way; });
    };
    const auto button = [&](const char *name, const QString &text,
                            std::function<Act(const FileIntake::Group &)> actOf) {
        auto *made = new QPushButton(text, row);
        made->setObjectName(QLatin1StringView(name));
        made->setAutoDefault(false);
        QStringList about;
        for (const FileIntake::Group &group : std::as_const(m_groups)) {
            for (const FileText::Refused &file : group.files) {
                if (actOf(group))
                    about.append(FileText::nameOf(file.path));
            }
        }
        spoken::setDescription(*made, about.join(tr(", ")));
        setPlainToolTip(*made, made->accessibleDescription());
        connect(made, &QPushButton::clicked, this, [this, actOf = std::move(actOf)] { act(actOf); });
        flow->addWidget(made);
    };
    const auto only = [](Act way, Act other = nullptr) {
        return [way, other](const FileIntake::Group &group) -> Act {
            const Act its = wayInto(group);
            return its && (its == way || its == other) ? its : nullptr;
        };
    };
    const bool splits = has(&IntakeNotice::splitRequested);
    if (splits || has(&IntakeNotice::zipRequested)) {
        const QString text = has(&IntakeNotice::zipRequested) ? tr("Attach as &ZIP") : tr("Split over Several &ZIPs");
        button("intakeZip", text, only(&IntakeNotice::zipRequested, &IntakeNotice::splitRequested));
    }
    if (has(&IntakeNotice::followUpsRequested))
        button("intakeFollowUps", tr("Send in E&xtra Replies"), only(&IntakeNotice::followUpsRequested));
    if (has(&IntakeNotice::anywayRequested))
        button("intakeAnyway", tr("Attach &Just the Same"), only(&IntakeNotice::anywayRequested));
    if (std::any_of(m_groups.begin(), m_groups.end(), [](const auto &group) { return group.isUndecided(); })) {
        button("intakeLeaveOut", tr("Leave &Behind"), [](const FileIntake::Group &group) -> Act {
            return group.isUndecided() ? &IntakeNotice::leaveOutRequested : nullptr;
        });
    }
    row->setVisible(flow->count() > 0);
    into.addWidget(row);
}

void IntakeNotice::act(const std::function<Act(const FileIntake::Group &)> &actOf)
{
    const QList<FileIntake::Group> groups = m_groups; // others come while it is acted
    for (const FileIntake::Group &group : groups) {
        if (const Act way = actOf(group))
            Q_EMIT(this->*way)(group);
    }
}

void IntakeNotice::showAll()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Files That Are Not Attached"), lines().join(u'\n'),
                                QMessageBox::Close, this);
    box->setObjectName(u"intakeAllBox"_s);
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

qsizetype IntakeNotice::mostLines() const { return m_room > 0 && m_room < lowRoom ? 3 : m_room < highRoom ? 5 : 8; }

void IntakeNotice::setRoom(int height)
{
    const qsizetype before = mostLines();
    m_room = height;
    if (m_content && before != mostLines())
        build();
}

void IntakeNotice::recolor()
{
    QPalette own = palette();
    own.setColor(QPalette::WindowText, Theme::colors().warningText);
    if (m_content) {
        const auto labels = m_content->findChildren<QLabel *>();
        for (QLabel *label : labels)
            label->setPalette(own);
        own.setColor(QPalette::ButtonText, Theme::colors().warningText);
        if (auto *rest = m_content->findChild<QToolButton *>())
            rest->setPalette(own);
    }
    m_close->setIcon(icons::icon(u"close"_s, Theme::colors().warningText));
}

void IntakeNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_close) {
        nameClose();
        if (!m_groups.isEmpty())
            build();
    } else if (event->type() == QEvent::PaletteChange && m_close) {
        recolor();
    }
}

void IntakeNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().warningGround);
}

} // namespace casement
