#pragma once

#include <QObject>
#include <QTimer>

class QSplitter;
class QTreeView;

namespace casement {

class UiSettings;

/// The sidebar is as wide as its names need, up to a third of the window; once a person moved its edge, it has that
/// width.
class SidebarWidth final : public QObject
{
    Q_OBJECT

public:
    /// `sidebar` is the first part of `splitter` and has its model; all are borrowed. Belongs to the splitter.
    SidebarWidth(QSplitter &splitter, QTreeView &sidebar, UiSettings &settings);

    /// In a window of that width, whose other parts need `others` at least; `names` is what the longest name needs.
    static int fitting(int window, int others, int names);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QSplitter &m_splitter;
    QTreeView &m_sidebar;
    UiSettings &m_settings;
    QTimer m_soon; // one pass for many changes
};

} // namespace casement
