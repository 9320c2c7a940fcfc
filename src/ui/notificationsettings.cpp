#include "ui/notificationsettings.h"

#include "ui/uisettings.h"

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString timeFormat = u"HH:mm"_s;

QTime readTime(const UiSettings &settings, const QString &key, QTime fallback)
{
    const QTime time = QTime::fromString(settings.word(key), timeFormat);
    return time.isValid() ? time : fallback;
}

} // namespace

NotificationSettings NotificationSettings::read(const UiSettings &settings)
{
    NotificationSettings read;
    read.poll.on = settings.flag(u"polling/on"_s, true);
    const std::chrono::minutes usual = std::chrono::duration_cast<std::chrono::minutes>(read.poll.shortest);
    read.poll.shortest =
        std::chrono::minutes(settings.number(u"polling/minutes"_s, int(usual.count()), fewestMinutes, mostMinutes));
    read.poll.fixed = settings.flag(u"polling/fixed"_s, false);
    read.on = settings.flag(u"notifications/on"_s, true);
    read.showText = settings.flag(u"notifications/text"_s, false);
    read.quiet.on = settings.flag(u"notifications/quiet"_s, false);
    read.quiet.from = readTime(settings, u"notifications/quietFrom"_s, read.quiet.from);
    read.quiet.to = readTime(settings, u"notifications/quietTo"_s, read.quiet.to);
    if (const QList<int> days = settings.numbers(u"notifications/quietDays"_s, 1, 7); !days.isEmpty())
        read.quiet.days = days;
    read.tray = settings.flag(u"tray/on"_s, false);
    read.keepRunning = settings.flag(u"tray/keepRunning"_s, false);
    return read;
}

void NotificationSettings::write(UiSettings &settings) const
{
    settings.set(u"polling/on"_s, poll.on);
    settings.set(u"polling/minutes"_s, int(std::chrono::duration_cast<std::chrono::minutes>(poll.shortest).count()));
    settings.set(u"polling/fixed"_s, poll.fixed);
    settings.set(u"notifications/on"_s, on);
    settings.set(u"notifications/text"_s, showText);
    settings.set(u"notifications/quiet"_s, quiet.on);
    settings.set(u"notifications/quietFrom"_s, quiet.from.toString(timeFormat));
    settings.set(u"notifications/quietTo"_s, quiet.to.toString(timeFormat));
    settings.set(u"notifications/quietDays"_s, quiet.days);
    settings.set(u"tray/on"_s, tray);
    settings.set(u"tray/keepRunning"_s, keepRunning);
}

} // namespace casement
