// A program that takes files, for tests: a window in the upper left corner of the screen onto which files can be
// dragged. Says `ready` on its standard output when it is on screen, and of each file that is dropped `got NAME SIZE`.

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QTimer>
#include <QUrl>

#include <cstdio>

namespace {

void say(const QByteArray &words)
{
    std::puts(words.constData());
    std::fflush(stdout);
}

class Target final : public QLabel
{
public:
    Target() : QLabel(QStringLiteral("drop here"), nullptr, Qt::X11BypassWindowManagerHint | Qt::FramelessWindowHint)
    {
        setGeometry(10, 10, 160, 100);
        setAlignment(Qt::AlignCenter);
        setAcceptDrops(true);
    }

protected:
    void dragEnterEvent(QDragEnterEvent *event) override
    {
        if (event->mimeData()->hasUrls())
            event->acceptProposedAction();
    }

    void dropEvent(QDropEvent *event) override
    {
        const QList<QUrl> urls = event->mimeData()->urls();
        for (const QUrl &url : urls) {
            const QFileInfo file(url.toLocalFile());
            say("got " + file.fileName().toUtf8() + ' ' + QByteArray::number(file.exists() ? file.size() : -1));
        }
        event->setDropAction(Qt::CopyAction);
        event->accept();
    }

    void paintEvent(QPaintEvent *event) override
    {
        QLabel::paintEvent(event);
        if (!m_isShown)
            QTimer::singleShot(0, this, [] { say("ready"); });
        m_isShown = true;
    }

private:
    bool m_isShown = false;
};

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Target target;
    target.show();
    return QApplication::exec();
}
