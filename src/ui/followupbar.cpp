#include "ui/followupbar.h"

#include "archive/followups.h"
#include "models/displaytext.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostFollowingNames = 6; // in the sentence
}

FollowUpBar::FollowUpBar(QWidget *parent) : QFrame(parent)
{
    auto *layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(u"followUpText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    layout->addWidget(m_text, 1);
    const auto button = [&](const char *name, auto signal) {
        auto *made = new QPushButton(this);
        made->setObjectName(QLatin1StringView(name));
        layout->addWidget(made, 0, Qt::AlignTop);
        connect(made, &QPushButton::clicked, this, signal);
        return made;
    };
    m_discard = button("followUpDiscard", &FollowUpBar::discardRequested);
    hide();
    retranslate();
}

void FollowUpBar::show(Outbox &outbox, const QString &entry, bool isEditable)
{
    const QList<OutboxEntry> replies = entry.isEmpty() ? QList<OutboxEntry>() : outbox.followUps(entry);
    m_replies = int(replies.size());
    m_files = 0;
    m_names.clear();
    for (const OutboxEntry &reply : replies) {
        const QList<OutboxFile> files = outbox.files().of(reply.id);
        m_files += int(files.size());
        for (const OutboxFile &file : files)
            m_names.append(displayText(file.name));
    }
    m_discard->setVisible(m_files > 0 && isEditable);
    retranslate();
    setVisible(m_files > 0);
}

QString FollowUpBar::sentence() const
{
    if (m_files == 0)
        return {};
    QString names = m_names.first(std::min(mostFollowingNames, m_names.size())).join(tr(", "));
    if (m_names.size() > mostFollowingNames)
        names += u", …"_s;
    //: %1 is a number of replies ("2 replies"), %2 a list of files
    return tr("%Ln file(s) follow by themselves in %1: %2", nullptr, m_files)
        .arg(tr("%Ln repl(y/ies)", nullptr, m_replies), names);
}

void FollowUpBar::retranslate()
{
    m_text->setText(sentence());
    spoken::setName(*this, m_text->text());
    m_discard->setText(tr("Rem&ove Them"));
    m_discard->setToolTip(tr("Remove the files that were to follow"));
    spoken::setDescription(*m_discard, m_text->text());
}

void FollowUpBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_discard)
        retranslate();
}

void FollowUpBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().awsGround);
}

} // namespace casement
