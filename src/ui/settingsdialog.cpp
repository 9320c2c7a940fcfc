#include "ui/settingsdialog.h"

#include "ui/spoken.h"
#include "ui_settingsdialog.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>

namespace casement {

using namespace Qt::StringLiterals;

SettingsDialog::SettingsDialog(QWidget *parent) : QDialog(parent) { setObjectName(u"settingsDialog"_s); }

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::addPage(std::function<SettingsPage *()> make, Place place)
{
    // Once pages are made, another one comes behind them.
    m_makers.insert(place == Place::First && !m_ui ? m_makers.begin() : m_makers.end(), std::move(make));
    if (m_ui)
        makePages();
}

void SettingsDialog::present(const QString &page)
{
    if (!m_ui)
        build();
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i]->objectName() == page)
            m_ui->pageList->setCurrentRow(int(i));
    }
    show();
    raise();
    activateWindow();
}

void SettingsDialog::build()
{
    m_ui = std::make_unique<Ui::SettingsDialog>();
    m_ui->setupUi(this);
    connect(m_ui->pageList, &QListWidget::currentRowChanged, m_ui->pages, &QStackedWidget::setCurrentIndex);
    connect(m_ui->settingsClose, &QPushButton::clicked, this, &QDialog::reject);
    for (const auto &[key, pages] : {std::pair(QKeySequence::NextChild, 1), std::pair(QKeySequence::PreviousChild, -1)})
        connect(new QShortcut(key, this), &QShortcut::activated, this, [this, pages = pages] { step(pages); });
    makePages();
}

/// A page inside what scrolls it.
QWidget *SettingsDialog::newPage(size_t maker)
{
    SettingsPage *page = m_makers[maker]();
    auto *scroll = new QScrollArea(m_ui->pages); // a small screen, or large letters
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus); // what has the focus is scrolled to
    scroll->setWidget(page);
    scroll->viewport()->setBackgroundRole(QPalette::Window);
    page->setAutoFillBackground(false);
    const QList<QWidget *> fields = page->findChildren<QWidget *>();
    for (QWidget *field : fields) {
        if (qobject_cast<QAbstractSpinBox *>(field) || qobject_cast<QComboBox *>(field)) {
            field->setFocusPolicy(Qt::StrongFocus);
            field->installEventFilter(this);
        }
    }
    m_pages.insert(qsizetype(maker), page);
    return scroll;
}

void SettingsDialog::makePages()
{
    while (size_t(m_pages.size()) < m_makers.size()) {
        m_ui->pages->addWidget(newPage(size_t(m_pages.size())));
        m_ui->pageList->addItem(QString());
    }
    // The pages came last, but Close is the last one to reach. Qt lets nothing follow what takes no focus.
    QWidget *last = nullptr;
    for (QWidget *one = nextInFocusChain(); one != this; one = one->nextInFocusChain()) {
        if (m_ui->pages->isAncestorOf(one) && one->focusPolicy() != Qt::NoFocus)
            last = one;
    }
    if (last)
        setTabOrder(last, m_ui->settingsClose);
    if (m_ui->pageList->currentRow() < 0)
        m_ui->pageList->setCurrentRow(0);
    retranslate();
}

void SettingsDialog::rebuild(const SettingsPage *kept)
{
    if (!m_ui)
        return;
    const int seen = m_ui->pageList->currentRow();
    for (int row = 0; row < int(m_pages.size()); ++row) {
        if (m_pages.at(row) == kept)
            continue;
        QWidget *old = m_ui->pages->widget(row);
        m_ui->pages->removeWidget(old);
        old->hide();
        old->deleteLater();
        m_pages.removeAt(row);
        m_ui->pages->insertWidget(row, newPage(size_t(row)));
    }
    m_ui->pages->setCurrentIndex(seen);
    makePages();
}

void SettingsDialog::retranslate()
{
    m_ui->retranslateUi(this);
    const QSize row(0, fontMetrics().height() + 12);
    for (qsizetype i = 0; i < m_pages.size(); ++i) {
        m_pages[i]->retranslate();
        QListWidgetItem *item = m_ui->pageList->item(int(i));
        item->setText(m_pages[i]->title());
        item->setSizeHint(row);
        spoken::setName(*m_pages[i], m_pages[i]->title());
        if (auto *scroll = qobject_cast<QScrollArea *>(m_ui->pages->widget(int(i)))) // nothing is cut off at the side
            scroll->setMinimumWidth(m_pages[i]->minimumSizeHint().width()
                                    + scroll->verticalScrollBar()->sizeHint().width());
    }
    constexpr int leastList = 140;
    constexpr int margins = 24;
    int width = leastList;
    for (const SettingsPage *page : std::as_const(m_pages))
        width = qMax(width, fontMetrics().horizontalAdvance(page->title()) + margins);
    m_ui->pageList->setFixedWidth(width);
}

void SettingsDialog::step(int pages)
{
    const int count = m_ui->pageList->count();
    if (count > 0)
        m_ui->pageList->setCurrentRow((m_ui->pageList->currentRow() + pages + count) % count);
}

/// Scrolling the page must not change the field that comes under the mouse.
bool SettingsDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void SettingsDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (m_ui && (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange))
        retranslate();
}

void SettingsDialog::hideEvent(QHideEvent *event)
{
    QDialog::hideEvent(event);
    Q_EMIT closed();
}

} // namespace casement
