#pragma once

#include "base/secretscan.h"

#include <QObject>

#include <functional>

namespace casement {

class UiSettings;

/// What is looked for in what a person is about to send: own patterns, and the kinds that Casement knows.
class SecretSettings final : public QObject
{
    Q_OBJECT

public:
    using Kind = SecretFinding::Kind;

    /// The settings are borrowed.
    explicit SecretSettings(UiSettings &settings, QObject *parent = nullptr);
    /// Reads what is kept anew.
    void reload();

    /// Own patterns as they were written, one a line.
    QString patternText() const { return m_text; }
    /// Keeps all lines; those that are no pattern look for nothing.
    void setPatternText(const QString &text);
    /// What of a text of patterns can't be used: the number of its line, from 0, and a sentence.
    struct Problem
    {
        int line = 0;
        QString sentence;
    };
    static QList<Problem> problems(const QString &patternText);

    bool isOn(Kind kind) const { return !m_off.contains(kind); }
    void setOn(Kind kind, bool on);
    /// The kinds that Casement knows.
    static QList<Kind> kinds();

    /// The secrets of a text by these settings. `slow` receives a sentence for each own pattern that was given up.
    QList<SecretFinding> find(const QString &text, QStringList *slow = nullptr) const;
    /// The same as a function of values, for the pool: by the settings of now.
    std::function<QList<SecretFinding>(const QString &)> finder() const;

Q_SIGNALS:
    void changed();

private:
    void readPatterns();

    UiSettings &m_settings;
    QString m_text;
    QList<OwnPattern> m_patterns; // those that can be used
    QList<Kind> m_off;
};

} // namespace casement
