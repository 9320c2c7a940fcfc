#pragma once

#include <QByteArray>
#include <QList>
#include <QRect>
#include <QSettings>
#include <QString>

namespace casement {

/// What the window remembers, in one INI file. A value that is missing, garbled or out of range is the default, so that
/// no settings file can keep the window from opening. Never holds a key.
class UiSettings
{
public:
    /// `file` empty: `casement.ini` in the user's configuration folder.
    explicit UiSettings(const QString &file = {});

    QString fileName() const { return m_settings.fileName(); }

    /// Something is kept there, good or not.
    bool contains(const QString &key) const { return m_settings.contains(key); }
    QString text(const QString &key, const QString &fallback = {}) const;
    /// Words of at most 64 characters; anything else is the fallback.
    QString word(const QString &key, const QString &fallback = {}) const;
    bool flag(const QString &key, bool fallback) const;
    int number(const QString &key, int fallback, int least, int most) const;
    QList<int> numbers(const QString &key, int least, int most) const;
    QRect rectangle(const QString &key) const;

    void set(const QString &key, const QString &value);
    void set(const QString &key, bool value);
    void set(const QString &key, int value);
    void set(const QString &key, const QList<int> &values);
    void set(const QString &key, const QRect &value);
    /// Writes to disk; false when the disk does not take it (full, read-only).
    bool save();

private:
    void put(const QString &key, const QString &value);

    QSettings m_settings;
};

} // namespace casement
