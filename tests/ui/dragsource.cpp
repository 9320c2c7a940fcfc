// A program that lets go of files, for tests: a window in the upper left corner of the screen from which the files of
// the command line can be dragged. Says `ready` on its standard output when it is on screen, `dragging` when a drag
// began, and what became of it: `copied`, `moved`, `linked` or `refused`.

#include <QApplication>
#include <QDrag>
#include <QLabel>
#include <QMimeData>
#include <QMouseEvent>
#include <QTimer>
#include <QUrl>

#include <cstdio>

namespace {

void say(const char *word)
{
    std::puts(word);
    std::fflush(stdout);
}

class Source final : public QLabel
{
public:
    explicit Source(const QStringList &paths)
        : QLabel(QStringLiteral("drag me"), nullptr, Qt::X11BypassWindowManagerHint | Qt::FramelessWindowHint)
    {
        for (const QString &path : paths)
            m_urls.append(QUrl::fromLocalFile(path));
        setGeometry(10, 10, 160, 100);
        setAlignment(Qt::AlignCenter);
    }

protected:
    void mousePressEvent(QMouseEvent *event) override { m_pressed = event->position().toPoint(); }

    void mouseMoveEvent(QMouseEvent *event) override
    {
        const int way = (event->position().toPoint() - m_pressed).manhattanLength();
        if (way < QApplication::startDragDistance() || m_isDragging)
            return;
        m_isDragging = true;
        auto *files = new QMimeData;
        files->setUrls(m_urls);
        auto *drag = new QDrag(this);
        drag->setMimeData(files);
        say("dragging");
        const Qt::DropAction action = drag->exec(Qt::CopyAction | Qt::MoveAction | Qt::LinkAction, Qt::CopyAction);
        m_isDragging = false;
        say(action == Qt::CopyAction       ? "copied"
                : action == Qt::MoveAction ? "moved"
                : action == Qt::LinkAction ? "linked"
                                           : "refused");
    }

    void paintEvent(QPaintEvent *event) override
    {
        QLabel::paintEvent(event);
        if (!m_isShown)
            QTimer::singleShot(0, this, [] { say("ready"); });
        m_isShown = true;
    }

private:
    QList<QUrl> m_urls;
    QPoint m_pressed;
    bool m_isDragging = false;
    bool m_isShown = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Source source(QApplication::arguments().mid(1));
    source.show();
    return QApplication::exec();
}
