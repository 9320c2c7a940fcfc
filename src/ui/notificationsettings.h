#pragma once

#include "models/pollschedule.h"
#include "models/quiethours.h"

namespace casement {

class UiSettings;

/// What a person wants to be told, and when: one value, kept in the settings.
struct NotificationSettings
{
    static constexpr int fewestMinutes = 1;
    static constexpr int mostMinutes = 60;

    PollSettings poll;
    bool on = true; ///< a notification on the desktop for what AWS answers
    /// The beginning of the answer, too. Off at first: notifications stand on locked and on shared screens, and
    /// desktops keep them in lists; the subject is enough to decide whether to look.
    bool showText = false;
    QuietHours quiet;
    bool tray = false;
    bool keepRunning = false; ///< in the tray, when the window is closed

    static NotificationSettings read(const UiSettings &settings);
    void write(UiSettings &settings) const;

    friend bool operator==(const NotificationSettings &, const NotificationSettings &) = default;
};

} // namespace casement
