#include "ui/windowplace.h"

#include "ui/screenfit.h"
#include "ui/sidebarwidth.h"
#include "ui/uisettings.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSplitter>
#include <QWidget>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

WindowPlace windowPlace(const QRect &wanted)
{
    QRect place(0, 0, 1280, 800);
    const QScreen *screen = QGuiApplication::primaryScreen();
    bool known = false;
    if (wanted.width() >= 320 && wanted.height() >= 240) {
        // Only where a good part of the title bar can be reached: monitors go.
        for (const QScreen *one : QGuiApplication::screens()) {
            const QRect seen = one->availableGeometry().intersected(QRect(wanted.topLeft(), QSize(wanted.width(), 40)));
            if (seen.width() >= 120 && seen.height() >= 20) {
                place = wanted;
                screen = one;
                known = true;
                break;
            }
        }
    }
    // Where all of it is on screen it stays as the person left it, to the pixel.
    const bool isSeen = known && place.top() >= screen->availableGeometry().top()
        && place.bottom() <= screen->availableGeometry().bottom() && screen->availableVirtualGeometry().contains(place);
    if (screen && !isSeen) {
        // The frame is put around it later, and its size isn't known before. Its corner is the place's.
        const QMargins frame(0, 0, windowFrame.left() + windowFrame.right(), windowFrame.top() + windowFrame.bottom());
        const QRect room = screen->availableGeometry().marginsRemoved(frame);
        place.setSize(place.size().boundedTo(room.size()));
        if (!known)
            place.moveCenter(room.center());
        place.moveBottom(std::min(place.bottom(), room.bottom()));
        place.moveTop(std::max(place.top(), room.top()));
        // A window may span monitors, but not hang off the last of them.
        const QRect all = screen->availableVirtualGeometry().marginsRemoved(frame);
        place.moveRight(std::min(place.right(), all.right()));
        place.moveLeft(std::max(place.left(), all.left()));
    }
    return {place, known};
}

void restoreWindow(QWidget &window, QSplitter &outer, QTreeView &sidebar, QSplitter &inner, UiSettings &settings)
{
    const WindowPlace place = windowPlace(settings.rectangle(u"window/geometry"_s));
    window.resize(place.rect.size());
    if (place.isKnown)
        window.move(place.rect.topLeft());
    if (settings.flag(u"window/maximized"_s, false))
        window.setWindowState(window.windowState() | Qt::WindowMaximized);
    outer.setStretchFactor(0, 0);
    outer.setStretchFactor(1, 1);
    outer.resize(place.rect.width(), outer.height()); // what it will be
    new SidebarWidth(outer, sidebar, settings);
    // A narrow window leaves more of itself to the conversation.
    const int rest = outer.sizes().value(1);
    const int list = rest * (place.rect.width() < 900 ? 42 : 54) / 100;
    const QList<int> saved = settings.numbers(u"window/inner"_s, 40, 10'000);
    inner.setSizes(saved.size() == 2 ? saved : QList<int>{list, rest - list});
}

void saveWindow(const QWidget &window, const QSplitter &inner, UiSettings &settings)
{
    // move() is about the frame, resize() about what is in it.
    if (!window.isMaximized() && !window.isFullScreen())
        settings.set(u"window/geometry"_s, QRect(window.pos(), window.size()));
    settings.set(u"window/maximized"_s, window.isMaximized());
    if (!inner.sizes().contains(0)) // beside drafts no conversation is shown
        settings.set(u"window/inner"_s, inner.sizes());
}

void fitToScreen(QWidget &window, QSize size) { window.resize(size.boundedTo(ScreenFit::roomFor(window))); }

} // namespace casement
