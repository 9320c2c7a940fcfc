#pragma once

#include <QHash>
#include <QList>
#include <QRect>
#include <QString>
#include <QVariant>

#include <memory>

namespace casement {

/// What the window remembers, in one INI file. A value that is missing, garbled or out of range is the default, so that
/// no settings file can keep the window from opening. Never holds a key.
///
/// The file is read once, and written on a thread of its own soon after something was set: the disk may take its time.
class UiSettings
{
public:
    /// `file` empty: `casement.ini` in the user's configuration folder.
    explicit UiSettings(const QString &file = {});
    /// Writes what was set.
    ~UiSettings();

    /// `$XDG_CONFIG_HOME/casement/casement.ini`.
    static QString defaultFile();
    QString fileName() const { return m_file; }

    /// Of everything that is kept, in order.
    QStringList keys() const;
    /// Something is kept there, good or not.
    bool contains(const QString &key) const { return m_values.contains(key); }
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
    /// What was used lately, the newest first: single lines.
    QStringList remembered(const QString &key) const;
    void remember(const QString &key, const QString &line, int most);
    /// Waits until all of it is on disk; false when the disk does not take it (full, read-only).
    bool save();

private:
    void put(const QString &key, const QString &value);

    class Writer;

    QString m_file;
    QHash<QString, QVariant> m_values;
    std::unique_ptr<Writer> m_writer;
};

} // namespace casement
