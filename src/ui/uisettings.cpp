#include "ui/uisettings.h"

#include <QStandardPaths>
#include <QStringList>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QString defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/casement/casement.ini"_s;
}

constexpr int longestText = 4096;

} // namespace

UiSettings::UiSettings(const QString &file)
    : m_settings(file.isEmpty() ? defaultFile() : file, QSettings::IniFormat) { }

QString UiSettings::text(const QString &key, const QString &fallback) const
{
    const QVariant value = m_settings.value(key);
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
    if (m_settings.value(key).toString() != value)
        m_settings.setValue(key, value);
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

bool UiSettings::save()
{
    m_settings.sync();
    return m_settings.status() == QSettings::NoError;
}

} // namespace casement
