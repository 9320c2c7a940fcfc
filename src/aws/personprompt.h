#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QString>
#include <QUrl>

#include <functional>

class QObject;

namespace casement {

/// What a person has to do before keys can be got. The window asks by dialogs, casement-cli on its terminal; where
/// nobody can be asked there is none, and the Error says what to do instead.
class PersonPrompt
{
public:
    PersonPrompt() = default;
    virtual ~PersonPrompt() = default;
    Q_DISABLE_COPY_MOVE(PersonPrompt)

    /// False when nobody would see a question now, as when a poll runs behind other windows: then the Error says what
    /// is needed, and a call that somebody waits for asks.
    virtual bool isAttended() const { return true; }

    struct MfaRequest
    {
        QString profile; ///< for whom, as people know it
        QString serialNumber; ///< `arn:aws:iam::999900001111:mfa/hana`
        QString problem; ///< why the last code was refused; empty the first time
    };
    /// Asks for the six digits of an MFA device. Error::Kind::Cancelled when the person does not want to. Never calls
    /// back after `context` died; the question goes away then.
    virtual void askMfaCode(const MfaRequest &request, QObject *context,
                            std::function<void(const Result<QString> &code)> done) = 0;

    struct SignIn
    {
        QString profile;
        QString startUrl; ///< of IAM Identity Center
        QString userCode; ///< to be compared with what the page shows
        QUrl page; ///< https; has the code in it where the service gave such a one
        QDateTime until; ///< UTC; then the code is of no use
    };
    /// Shows the code and opens the page, and stays until endSignIn(). `cancelled` when the person gives up. `context`
    /// as above.
    virtual void beginSignIn(const SignIn &signIn, QObject *context, std::function<void()> cancelled) = 0;
    /// The sign-in of this context is over, well or not.
    virtual void endSignIn(QObject *context) = 0;
};

} // namespace casement
