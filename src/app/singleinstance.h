#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace casement {

/// One window for one settings folder: the first start holds a lock and listens on a socket, both readable by their
/// owner only, in $XDG_RUNTIME_DIR; a second one hands over what it was started with and ends.
///
/// What a killed program left hinders nobody: the lock knows the process that held it, and the socket is made anew.
class SingleInstance final : public QObject
{
    Q_OBJECT

public:
    /// How long a second start waits for the first one's answer.
    static constexpr std::chrono::milliseconds patience{2'500};

    enum class Outcome {
        First, ///< this is the one; listen() next
        HandedOver, ///< another one runs and has taken the arguments; told() may hold a sentence for the person
        Hung, ///< another one runs and does not answer; told() says which and what to do
        Unknown, ///< there is no place for lock and socket: start as if alone
    };

    /// `key`: what tells settings apart, as the path of their file.
    explicit SingleInstance(const QString &key, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Needs no event loop. `arguments`: without the program's name.
    Outcome start(const QStringList &arguments, std::chrono::milliseconds wait = patience);
    const QString &told() const { return m_told; }

    /// Answers second starts; `taken` gets their arguments and returns what they should tell the person, or nothing.
    void listen(std::function<QString(const QStringList &)> taken);

    /// Answers nobody any more; the lock is held until this goes.
    void close() { m_server.reset(); }

    QString lockPath() const { return m_base + QStringLiteral(".lock"); }
    QString socketPath() const { return m_base + QStringLiteral(".socket"); }

private:
    Outcome handOver(const QStringList &arguments, std::chrono::milliseconds wait);
    void accept();

    QString m_base; // empty: there is no place
    QString m_told;
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<QLocalServer> m_server;
    std::function<QString(const QStringList &)> m_taken;
};

} // namespace casement
