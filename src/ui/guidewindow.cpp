#include "ui/guidewindow.h"

#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui/windowplace.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QFile>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// The page as Qt can show it: without its own style, which is one for browsers.
QString readPage(const QString &language)
{
    QFile file(u":/guide/%1/index.html"_s.arg(language));
    if (!file.open(QIODevice::ReadOnly)) {
        file.setFileName(u":/guide/en/index.html"_s);
        if (!file.open(QIODevice::ReadOnly))
            return {};
    }
    QString html = QString::fromUtf8(file.readAll());
    static const QRegularExpression style(u"<style>.*?</style>"_s, QRegularExpression::DotMatchesEverythingOption);
    html.remove(style);
    return html.replace(u"<table>"_s, u"<table width=\"100%\" cellpadding=\"4\">"_s);
}

} // namespace

GuideWindow::GuideWindow(QWidget *parent) : QDialog(parent), m_text(new QTextBrowser(this))
{
    setObjectName(u"guideWindow"_s);
    m_text->setObjectName(u"guideText"_s);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(16);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setObjectName(u"guideButtons"_s);
    buttons->button(QDialogButtonBox::Close)->setObjectName(u"guideClose"_s);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_text, &QTextBrowser::anchorClicked, this, &GuideWindow::follow);
    fitToScreen(*this, {800, 720});
    retranslate();
    m_text->setFocus();
}

void GuideWindow::present(const QString &language)
{
    if (language != m_language)
        load(language);
    show();
    raise();
    activateWindow();
}

void GuideWindow::load(const QString &language)
{
    m_language = language;
    const ThemeColors &colors = Theme::colors();
    m_text->document()->setDefaultStyleSheet(
        u"a { color: %1; } code, kbd, pre { font-family: monospace; background-color: %2; } .note { background-color: "
        u"%3; }"
        "h2 { margin-top: 24px; } p, li { margin-bottom: 6px; } .lead, .small { color: %4; }"_s.arg(
            colors.palette.color(QPalette::Link).name(), colors.codeGround.name(), colors.awsGround.name(),
            colors.mutedText.name()));
    m_text->setHtml(readPage(language));
}

void GuideWindow::follow(const QUrl &link)
{
    static const QRegularExpression other(u"(?:^|/)(\\w+)/index\\.html$"_s);
    if (const QRegularExpressionMatch page = other.match(link.path()); page.hasMatch())
        load(page.captured(1));
    else if (link.hasFragment())
        m_text->scrollToAnchor(link.fragment());
}

void GuideWindow::retranslate()
{
    setWindowTitle(tr("User Guide"));
    spoken::setName(*m_text, tr("User guide"));
}

void GuideWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    } else if (event->type() == QEvent::PaletteChange && !m_language.isEmpty()) {
        const int place = m_text->verticalScrollBar()->value();
        load(m_language); // its colours are those of the theme
        m_text->verticalScrollBar()->setValue(place);
    }
}

} // namespace casement
