#include "ui/uisettings.h"

#include "archive/accounttraces.h"
#include "base/privacy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStringList>
#include <QThreadPool>

#include <mutex>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestText = 64 * 1024;

/// An owner-only file in a folder that is owner-only when it has to be made; QSettings keeps the rights of what is
/// there.
void keepPrivate(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
        keepFromOthers(folder);
    if (QFile made(file); !QFileInfo::exists(file) && made.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        made.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    else
        keepFromOthers(file);
}

} // namespace

/// Brings values into the file, one after another and many at once when they come quickly.
class UiSettings::Writer
{
public:
    explicit Writer(const QString &file) : m_file(file) { m_pool.setMaxThreadCount(1); }
    ~Writer() { write(); }

    void put(const QString &key, const QString &value)
    {
        const std::lock_guard lock(m_mutex);
        const bool isIdle = m_waiting.isEmpty();
        m_waiting.insert(key, value);
        if (isIdle)
            m_pool.start([this] { write(); });
    }

    /// Brings in what is waiting, and what could not be written before; false when the disk does not take it.
    bool write()
    {
        const std::lock_guard writing(m_writing);
        QHash<QString, QString> values = m_failed;
        {
            const std::lock_guard lock(m_mutex);
            values.insert(std::exchange(m_waiting, {}));
        }
        if (values.isEmpty())
            return true;
        keepPrivate(m_file);
        QSettings settings(m_file, QSettings::IniFormat);
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            settings.setValue(value.key(), value.value());
        settings.sync();
        const bool isWritten = settings.status() == QSettings::NoError;
        m_failed = isWritten ? QHash<QString, QString>() : values;
        return isWritten;
    }

private:
    QString m_file;
    std::mutex m_writing; // one writes
    QHash<QString, QString> m_failed; // tried again with the next
    std::mutex m_mutex;
    QHash<QString, QString> m_waiting;
    QThreadPool m_pool; // last: it ends before what it writes from
};

UiSettings::UiSettings(const QString &file) : m_file(file.isEmpty() ? defaultFile() : file)
{
    if (QFileInfo::exists(m_file))
        keepFromOthers(m_file);
    const QSettings settings(m_file, QSettings::IniFormat);
    const QStringList keys = settings.allKeys();
    for (const QString &key : keys)
        m_values.insert(key, settings.value(key));
    m_writer = std::make_unique<Writer>(m_file);
}

UiSettings::~UiSettings() = default;

QString UiSettings::defaultFile() { return accounttraces::settingsFile({}); }

QStringList UiSettings::keys() const
{
    QStringList all = m_values.keys();
    all.sort();
    return all;
}

QStringList UiSettings::remembered(const QString &key) const { return text(key).split(u'\n', Qt::SkipEmptyParts); }

void UiSettings::remember(const QString &key, const QString &line, int most)
{
    QStringList lines = remembered(key);
    lines.removeAll(line);
    lines.prepend(line);
    set(key, lines.mid(0, most).join(u'\n'));
}

QString UiSettings::text(const QString &key, const QString &fallback) const
{
    const QVariant value = m_values.value(key);
    if (value.typeId() != QMetaType::QString)
        return fallback; // missing, or a list: INI reads commas as lists
    const QString text = value.toString();
    return text.size() > longestText ? fallback : text;
}

QString UiSettings::word(const QString &key, const QString &fallback) const
{
    const QString value = text(key, fallback);
    return value.isEmpty() || value.size() > 64 ? fallback : value;
}

bool UiSettings::flag(const QString &key, bool fallback) const
{
    const QString value = text(key);
    if (value == "yes"_L1)
        return true;
    return value == "no"_L1 ? false : fallback;
}

int UiSettings::number(const QString &key, int fallback, int least, int most) const
{
    bool ok = false;
    const int value = text(key).toInt(&ok);
    return ok && value >= least && value <= most ? value : fallback;
}

QList<int> UiSettings::numbers(const QString &key, int least, int most) const
{
    QList<int> values;
    const QString whole = text(key);
    if (whole.isEmpty())
        return values;
    const auto parts = QStringView(whole).split(u' ');
    for (const QStringView part : parts) {
        bool ok = false;
        const int value = part.toInt(&ok);
        if (!ok || value < least || value > most)
            return {};
        values.append(value);
    }
    return values;
}

QRect UiSettings::rectangle(const QString &key) const
{
    const QList<int> values = numbers(key, -100'000, 100'000);
    return values.size() == 4 ? QRect(values.at(0), values.at(1), values.at(2), values.at(3)) : QRect();
}

void UiSettings::put(const QString &key, const QString &value)
{
    if (m_values.contains(key) && m_values.value(key).toString() == value)
        return;
    m_values.insert(key, value);
    m_writer->put(key, value);
}

void UiSettings::set(const QString &key, const QString &value) { put(key, value); }

void UiSettings::set(const QString &key, bool value) { put(key, value ? u"yes"_s : u"no"_s); }

void UiSettings::set(const QString &key, int value) { put(key, QString::number(value)); }

void UiSettings::set(const QString &key, const QList<int> &values)
{
    QStringList words;
    for (const int value : values)
        words.append(QString::number(value));
    put(key, words.join(u' '));
}

void UiSettings::set(const QString &key, const QRect &value)
{
    set(key, QList<int>{value.x(), value.y(), value.width(), value.height()});
}

bool UiSettings::save() { return m_writer->write(); }

} // namespace casement
