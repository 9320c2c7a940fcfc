#include "ui/rescuenotice.h"

#include "models/displaytext.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/textlabels.h"
#include "ui/theme.h"
#include "ui/uisettings.h"

#include <QAccessible>
#include <QDateTime>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include <unistd.h>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString toldKey = u"rescue/told"_s;
constexpr int mostTold = 50;

/// Of this person alone: anybody may put a file of that name into the folder of temporary ones.
QString firstUntold(const QStringList &told)
{
    for (const QString &folder : RescueNotice::folders()) {
        const QFileInfoList files = QDir(folder).entryInfoList(
            {u"casement-drafts-*.txt"_s}, QDir::Files | QDir::NoSymLinks | QDir::Readable, QDir::Name);
        for (const QFileInfo &file : files) {
            if (file.ownerId() == ::geteuid() && !told.contains(file.absoluteFilePath()))
                return file.absoluteFilePath();
        }
    }
    return {};
}

} // namespace

RescueNotice::RescueNotice(UiSettings &settings, QWidget *parent) : QFrame(parent), m_settings(settings)
{
    auto *layout = new QHBoxLayout(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    m_text = new BreakingLabel(this);
    m_text->setObjectName(u"rescueText"_s);
    layout->addWidget(m_text, 1);
    m_open = new QPushButton(this);
    m_open->setObjectName(u"rescueOpen"_s);
    layout->addWidget(m_open, 0, Qt::AlignTop);
    m_close = new QToolButton(this);
    m_close->setObjectName(u"rescueDismiss"_s);
    m_close->setAutoRaise(true);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_open, &QPushButton::clicked, this, &RescueNotice::open);
    connect(m_close, &QToolButton::clicked, this, &RescueNotice::dismiss);
    hide();
    retranslate();
}

QStringList RescueNotice::folders() { return {QDir::homePath(), QDir::tempPath()}; }

QString RescueNotice::newName()
{
    return u"casement-drafts-%1.txt"_s.arg(QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s));
}

void RescueNotice::look()
{
    const QString path = firstUntold(m_settings.remembered(toldKey));
    const bool isNew = path != m_path && !path.isEmpty();
    m_path = path;
    retranslate();
    setVisible(!m_path.isEmpty());
    if (!isNew)
        return;
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void RescueNotice::open()
{
    dialogs::openOrTell(this, QUrl::fromLocalFile(m_path));
    dismiss();
}

void RescueNotice::dismiss()
{
    m_settings.remember(toldKey, m_path, mostTold);
    m_settings.save();
    look();
}

void RescueNotice::retranslate()
{
    const QString sentence = m_path.isEmpty()
        ? QString()
        : tr("What you wrote last could not be stored when the session ended. It is in %1.").arg(displayText(m_path));
    m_text->setWhole(sentence);
    spoken::setName(*this, sentence);
    m_open->setText(tr("Open Fi&le"));
    spoken::setDescription(*m_open, sentence);
    m_close->setToolTip(tr("Dismiss; the file stays where it is"));
    spoken::setName(*m_close, tr("Dismiss"));
    QPalette ink = m_text->palette();
    ink.setColor(QPalette::WindowText, Theme::colors().warningText);
    m_text->setPalette(ink);
    m_close->setIcon(icons::icon(u"close"_s, Theme::colors().warningText));
}

void RescueNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if ((event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) && m_close)
        retranslate();
}

void RescueNotice::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::colors().warningGround);
}

} // namespace casement
