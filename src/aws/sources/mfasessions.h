#pragma once

#include "aws/credentials.h"

#include <QPointer>

#include <functional>
#include <optional>

namespace casement {

/// Keys that a person entered a code for, shared by all of this thread that want the same ones: a test and the account
/// it was for ask once. In memory only, until they expire.
namespace mfasessions {

/// `about`: the role, the device, whose keys asked, and all else that makes a difference. `now`: seconds since 1970.
std::optional<Credentials> find(const QString &about, qint64 now);
void keep(const QString &about, const Credentials &keys);
/// The service did not take them.
void forget(const QString &about);

} // namespace mfasessions

/// The right to ask a person for a code of an MFA device. A code is good once, so whoever needs the same device waits
/// until this has gone.
class MfaTurn
{
public:
    /// Calls `begin` from the event loop when it is this one's turn; with `isOff` when the person did not want to enter
    /// a code for the one before. Never after this died.
    MfaTurn(const QString &serialNumber, std::function<void(bool isOff)> begin);
    ~MfaTurn();
    Q_DISABLE_COPY_MOVE(MfaTurn)

    /// The person does not want to: those that wait now are not asked either.
    void callOff();

private:
    void start(bool isOff);

    QString m_serialNumber;
    std::function<void(bool isOff)> m_begin;
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    bool m_isOff = false;
};

} // namespace casement
