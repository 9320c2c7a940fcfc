#include "ui/errorbanner.h"

#include "aws/serviceerror.h"
#include "models/displaytext.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/theme.h"
#include "ui_errorbanner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostShown = 40; // accounts; a copy has all
constexpr qsizetype longestSummary = 400; // four lines of a usual window
} // namespace

ErrorBanner::ErrorBanner(QWidget *parent) : QFrame(parent), m_ui(std::make_unique<Ui::ErrorBanner>())
{
    m_ui->setupUi(this);
    spoken::setRole(*this, QAccessible::AlertMessage);
    m_ui->detailsArea->hide();
    m_ui->closeButton->setIcon(icons::icon(u"close"_s));
    connect(m_ui->detailsButton, &QPushButton::toggled, m_ui->detailsArea, &QWidget::setVisible);
    connect(m_ui->retryButton, &QPushButton::clicked, this, &ErrorBanner::retryClicked);
    connect(m_ui->keepButton, &QPushButton::clicked, this, &ErrorBanner::keepClicked);
    connect(m_ui->closeButton, &QToolButton::clicked, this, &ErrorBanner::closed);
    connect(m_ui->copyButton, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(details(m_accounts.size())); });
    recolor();
}

ErrorBanner::~ErrorBanner() = default;

void ErrorBanner::setError(const Error &error, const QStringList &accounts)
{
    m_error = error;
    m_accounts = accounts;
    refresh();
}

QString ErrorBanner::text() const { return m_ui->text->text(); }

/// What the error says, and whom it happened to.
QString ErrorBanner::details(qsizetype mostAccounts) const
{
    QString text = ErrorText::details(m_error);
    if (m_accounts.size() < 2)
        return text;
    QStringList names;
    for (const QString &account : m_accounts.first(qMin(mostAccounts, m_accounts.size())))
        names.append(displayText(account));
    //: In the details of an error; %1 are the names of accounts
    text += u'\n' + tr("Accounts: %1").arg(names.join(tr(", ", "list separator")));
    if (const auto more = m_accounts.size() - names.size(); more > 0)
        //: Behind the names of some accounts
        text += tr(" and %Ln more", nullptr, int(more));
    return text;
}

void ErrorBanner::refresh()
{
    const QString advice = ErrorText::advice(m_error);
    QString summary = ErrorText::summary(m_error, m_accounts);
    if (summary.size() > longestSummary) { // what a service says has no limit; the details have all of it
        const QChar last = summary.at(longestSummary - 1);
        summary = summary.left(longestSummary - (last.isHighSurrogate() ? 1 : 0)) + u'…';
    }
    m_ui->text->setText(advice.isEmpty() ? summary : summary + u'\n' + advice);
    spoken::setName(*this, summary);
    m_ui->details->setText(details(mostShown));
    m_ui->retryButton->setVisible(ErrorText::canRetry(m_error));
    m_ui->keepButton->setVisible(ErrorText::canKeepForSession(m_error));
    spoken::setDescription(*m_ui->keepButton, summary);
}

void ErrorBanner::recolor()
{
    const ThemeColors &colors = Theme::colors();
    const bool quiet = isOutOfReach(m_error);
    const QColor ink = quiet ? colors.warningText : colors.errorText;
    QPalette own = m_ui->text->palette();
    own.setColor(QPalette::WindowText, ink);
    for (QWidget *label : {static_cast<QWidget *>(m_ui->text), static_cast<QWidget *>(m_ui->details)}) {
        if (label->palette().color(QPalette::WindowText) != ink)
            label->setPalette(own);
    }
}

void ErrorBanner::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    const bool quiet = isOutOfReach(m_error);
    QPainter painter(this);
    painter.fillRect(rect(), quiet ? colors.warningGround : colors.errorGround);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.line);
    recolor();
    const QString icon = ErrorText::isOffline(m_error) ? u"offline"_s : u"error"_s;
    const QColor ink = quiet ? colors.warningText : colors.errorText;
    m_ui->icon->setFixedSize(20, 20);
    painter.drawPixmap(m_ui->icon->pos(), icons::pixmap(icon, 20, devicePixelRatioF(), ink));
}

void ErrorBanner::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        refresh();
    }
}

} // namespace casement
