#pragma once

#include "demo/demoaccount.h"

#include <QStringView>

/// What the files that make the demo data share. Nobody else includes it.
namespace casement::demo {

/// A small generator whose numbers are the same on every machine (SplitMix64).
class Random
{
public:
    explicit Random(quint64 seed) : m_state(seed) { }

    quint64 next()
    {
        quint64 z = (m_state += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 to `bound` - 1.
    qint64 below(qint64 bound) { return bound > 0 ? qint64(next() % quint64(bound)) : 0; }
    bool oneIn(qint64 n) { return below(n) == 0; }
    double real() { return double(next() >> 11) / double(1ULL << 53); }
    /// `digits` hexadecimal digits.
    QString hex(int digits);

private:
    quint64 m_state;
};

/// A number for a text and some numbers, the same on every machine.
quint64 mixed(quint64 seed, QStringView text, quint64 more = 0);

/// A text file of src/demo/data; empty lines and lines that begin with "#" are still in it.
QString dataFile(QLatin1StringView name);

/// Somebody who writes to AWS.
struct Person
{
    QString key;
    QString firstName; ///< as it is used to sign: Emma, 佐藤
    QString address;
    QString role;

    QString submittedBy() const;
};
const QList<Person> &people();
const Person &person(QStringView keyOrAddress);

/// A message as written in a data file, before its placeholders are filled in.
struct ScriptMessage
{
    QString author; ///< "aws" or the key of a person
    qint64 after = 0; ///< milliseconds since the message before it, or since the case was created
    QString text;
    QList<std::pair<QString, qint64>> files; ///< name and size
};

struct ScriptCase
{
    QHash<QString, QString> fields;
    QList<ScriptMessage> messages;
};

/// The cases of data/cases_*.txt, in the order of the files.
QList<ScriptCase> readScripts();
/// "3d4h", "35m", "10s" in milliseconds.
qint64 durationOf(QStringView text);

/// What placeholders speak of.
struct TextContext
{
    const DemoAccount &account;
    const DemoCase &theCase;
    QDateTime time;
    QString author;
};
/// Fills in what stands as @{word} in a text: see data/README.md.
QString expanded(const QString &text, const TextContext &context);

/// The subject and the place of generated case number `number`, and its messages.
DemoCase generatedCase(const DemoAccount &account, quint32 number, quint64 seed, const QDateTime &created,
                       const QDateTime &now);
QList<DemoMessage> generatedMessages(const DemoAccount &account, const DemoCase &theCase);

QString makeCaseId(const QString &accountId, const QString &language, int year, quint64 seed);
QString makeDisplayId(const QDateTime &created, quint64 seed);
QString makeAttachmentId(quint64 seed);

QList<DemoCheck> makeChecks(int count);

inline constexpr qint64 second = 1000;
inline constexpr qint64 minute = 60 * second;
inline constexpr qint64 hour = 60 * minute;
inline constexpr qint64 day = 24 * hour;

} // namespace casement::demo
