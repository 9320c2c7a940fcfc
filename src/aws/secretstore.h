#pragma once

#include "aws/credentials.h"
#include "base/result.h"

#include <QObject>
#include <QVariantMap>

#include <chrono>
#include <functional>
#include <memory>

namespace casement {

/// Error::code of Error::Kind::Keychain: what is the matter with the keychain, since the advice differs.
namespace keychaincode {
inline constexpr QLatin1StringView absent{"KeychainAbsent"}; ///< no keychain service on this desktop
inline constexpr QLatin1StringView locked{"KeychainLocked"}; ///< there, and locked
inline constexpr QLatin1StringView waiting{"KeychainWaits"}; ///< asks the person for its password, or for a first one
inline constexpr QLatin1StringView denied{"KeychainDenied"}; ///< the person or the service said no
inline constexpr QLatin1StringView silent{"KeychainSilent"}; ///< no answer within SecretStore::patience
inline constexpr QLatin1StringView garbled{"KeychainGarbled"}; ///< something is kept there that is no key
inline constexpr QLatin1StringView missing{"KeychainMissing"}; ///< open, and has nothing of that name
} // namespace keychaincode

/// Long-lived keys in the operating system's keychain, by QtKeychain, and nowhere else: its plain-text fallback stays
/// off.
///
/// Everything is asynchronous and answers within `patience`: a keychain that waits for its password or for nothing at
/// all holds nobody up (Error with keychaincode::waiting or silent). A person who types the password later need not
/// begin again: a write that was under way is done then (`late`), and opened() says that reads are worth another try.
/// Nothing is loaded before the first call. Belongs to one thread with an event loop.
///
/// A locked keychain says "not found", and forgets nothing when it is asked to: what is in doubt is told as locked,
/// never as missing. Source: QtKeychain 0.13 with libsecret.
class SecretStore final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds patience{2'000};

    explicit SecretStore(QObject *parent = nullptr);
    ~SecretStore() override;

    /// Whether a secret could be kept now: writes one that is none, reads it back and removes it.
    void probe(QObject *context, std::function<void(const Result<void> &)> done);
    /// Keeps key id, secret and token under `name`, in place of what was there, and reads it back before it says so.
    /// `late` hears what became of it, after `done` had to say that the keychain takes too long: the person typed its
    /// password, or did not want to.
    void write(const QString &name, const Credentials &keys, QObject *context,
               std::function<void(const Result<void> &)> done, std::function<void(const Result<void> &)> late = {});
    void read(const QString &name, QObject *context, std::function<void(const Result<Credentials> &)> done);
    /// Well also when there was nothing; an Error when it may still be there.
    void remove(const QString &name, QObject *context, std::function<void(const Result<void> &)> done);
    /// A person asks for what needs keys: the next read may have the keychain ask for its password, also soon after one
    /// who did not give it.
    void allowPrompt();
    /// A write or removal is under way: quitting should wait for idle(), for `patience` at most.
    bool isBusy() const;

Q_SIGNALS:
    void idle();
    /// It answers, after it was told to be locked or silent.
    void opened();
    /// What was told to wait for the keychain's password does so no more: the person did not give it.
    void dismissed();

private Q_SLOTS:
    void hearOfLock(const QString &interface, const QVariantMap &changed);

private:
    class Impl;
    Impl &impl();
    std::unique_ptr<Impl> m_impl;
};

} // namespace casement
