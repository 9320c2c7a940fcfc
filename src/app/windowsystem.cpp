#include "app/windowsystem.h"

#include "app/commandline.h"

#include <QByteArray>
#include <QList>
#include <QMutex>

#include <cstdlib>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString whyNoWindow()
{
    const QString platform = qEnvironmentVariable("QT_QPA_PLATFORM");
    const QString wayland = qEnvironmentVariable("WAYLAND_DISPLAY");
    const QString x = qEnvironmentVariable("DISPLAY");
    if (!platform.isEmpty() && !platform.startsWith("xcb"_L1) && !platform.startsWith("wayland"_L1))
        return CommandLine::tr("no window can be opened with QT_QPA_PLATFORM=%1.").arg(platform);
    if (wayland.isEmpty() && x.isEmpty()) {
        return CommandLine::tr(
            "there is no display to open a window on: neither WAYLAND_DISPLAY nor DISPLAY is set. casement-cli works "
            "without one.");
    }
    return CommandLine::tr("the display %1 can't be opened. casement-cli works without one.")
        .arg(x.isEmpty() ? wayland : x);
}

} // namespace

struct WindowSystem::Kept
{
    struct Message
    {
        QtMsgType type;
        QByteArray category;
        QString text;
    };
    QtMessageHandler before = nullptr;
    QMutex mutex;
    QList<Message> messages;
};

WindowSystem::Kept *WindowSystem::s_kept = nullptr;

WindowSystem::WindowSystem()
{
    s_kept = new Kept;
    s_kept->before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        if (type == QtFatalMsg) {
            CommandLine::complain(whyNoWindow());
            std::_Exit(1);
        }
        const QMutexLocker lock(&s_kept->mutex);
        s_kept->messages.append({type, context.category, text});
    });
}

WindowSystem::~WindowSystem()
{
    qInstallMessageHandler(s_kept->before);
    const QMutexLocker lock(&s_kept->mutex); // s_kept stays: a thread may be on its way there
    for (const Kept::Message &message : std::as_const(s_kept->messages))
        s_kept->before(message.type, QMessageLogContext(nullptr, 0, nullptr, message.category.constData()),
                       message.text);
    s_kept->messages.clear();
}

} // namespace casement
