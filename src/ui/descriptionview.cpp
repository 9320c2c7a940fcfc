#include "ui/descriptionview.h"

#include "support/advisordescription.h"
#include "ui/dialogs.h"
#include "ui/theme.h"

#include <QEvent>
#include <QTextCursor>
#include <QTextDocument>

namespace casement {

using namespace Qt::StringLiterals;

DescriptionView::DescriptionView(QWidget *parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    document()->setDocumentMargin(12);
    connect(this, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) { dialogs::openLink(this, url); });
    connect(this, &QTextBrowser::highlighted, this, &DescriptionView::tell);
}

void DescriptionView::tell(const QUrl &target)
{
    const QString text = target.isEmpty() ? QString() : target.toDisplayString(QUrl::FullyEncoded);
    setToolTip(text);
    Q_EMIT linkHovered(text);
}

/// Qt tells of a link below the pointer only.
bool DescriptionView::focusNextPrevChild(bool next)
{
    const bool moved = QTextBrowser::focusNextPrevChild(next);
    tell(hasFocus() && textCursor().hasSelection() ? QUrl(textCursor().charFormat().anchorHref()) : QUrl());
    return moved;
}

void DescriptionView::focusOutEvent(QFocusEvent *event)
{
    QTextBrowser::focusOutEvent(event);
    tell({});
}

void DescriptionView::setFragment(const QString &fragment)
{
    if (fragment == m_fragment)
        return;
    m_fragment = fragment;
    render();
}

void DescriptionView::render()
{
    // Colours of links are part of a document; it is made anew with the palette.
    document()->setDefaultStyleSheet(
        u"a { color: %1; } h4 { margin-top: 12px; margin-bottom: 2px; } "
        "ul, ol { margin-top: 2px; margin-bottom: 2px; } code { background-color: %2; }"_s.arg(
            palette().color(QPalette::Link).name(), Theme::colors().codeGround.name()));
    setHtml(advisorDescriptionHtml(m_fragment));
}

QVariant DescriptionView::loadResource(int, const QUrl &) { return {}; }

void DescriptionView::changeEvent(QEvent *event)
{
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_fragment.isEmpty())
        render();
}

} // namespace casement
