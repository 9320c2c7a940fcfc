#include "ui/windowplace.h"

#include <QGuiApplication>
#include <QScreen>

#include <algorithm>

namespace casement {

namespace {

constexpr QMargins frame(4, 40, 4, 8); // of the larger desktops' title bars and borders

} // namespace

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
    if (screen) {
        // The frame is put around it later, and its size isn't known before.
        const QRect room = screen->availableGeometry().marginsRemoved(frame);
        place.setSize(place.size().boundedTo(room.size()));
        if (!known)
            place.moveCenter(room.center());
        place.moveBottom(std::min(place.bottom(), room.bottom()));
        place.moveTop(std::max(place.top(), room.top()));
    }
    return {place, known};
}

} // namespace casement
