#include "ui/sidebarwidth.h"

#include "ui/uisettings.h"

#include <QEvent>
#include <QSplitter>
#include <QTreeView>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString sidebarWidthKey = u"window/sidebar"_s; // that a person chose
constexpr int usualWidth = 196; // though shorter names need less
constexpr int greatestWidth = 400; // whatever the window's
constexpr int slimmest = 112;

} // namespace

SidebarWidth::SidebarWidth(QSplitter &splitter, QTreeView &sidebar, UiSettings &settings)
    : QObject(&splitter), m_splitter(splitter), m_sidebar(sidebar), m_settings(settings)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &SidebarWidth::fit);
    const auto soon = [this] { m_soon.start(); };
    const QAbstractItemModel *model = sidebar.model();
    connect(model, &QAbstractItemModel::rowsInserted, this, soon);
    connect(model, &QAbstractItemModel::rowsRemoved, this, soon);
    connect(model, &QAbstractItemModel::dataChanged, this, soon);
    connect(model, &QAbstractItemModel::modelReset, this, soon);
    connect(&splitter, &QSplitter::splitterMoved, this,
            [this] { m_settings.set(sidebarWidthKey, m_splitter.sizes().constFirst()); });
    splitter.installEventFilter(this);
    sidebar.installEventFilter(this);
    fit();
}

int SidebarWidth::fitting(int window, int others, int names)
{
    const int wanted = std::min({std::max(names, usualWidth), window / 3, greatestWidth, window - others});
    return std::max(wanted, slimmest);
}

bool SidebarWidth::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == &m_splitter && event->type() == QEvent::Resize)
        || (watched == &m_sidebar && event->type() == QEvent::FontChange))
        fit();
    return QObject::eventFilter(watched, event);
}

void SidebarWidth::fit()
{
    const int window = m_splitter.width();
    int others = m_splitter.handleWidth();
    for (int i = 1; i < m_splitter.count(); ++i)
        others += m_splitter.widget(i)->minimumSizeHint().width();
    int width = m_settings.number(sidebarWidthKey, 0, 0, 10'000);
    if (width == 0) {
        const QAbstractItemView &view = m_sidebar;
        width = fitting(window, others, view.sizeHintForColumn(0) + view.width() - view.viewport()->width());
    }
    if (const QList<int> sizes = m_splitter.sizes(); sizes.constFirst() != width)
        m_splitter.setSizes({width, window - m_splitter.handleWidth() - width});
}

} // namespace casement
