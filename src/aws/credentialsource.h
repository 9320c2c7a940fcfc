#pragma once

#include "aws/credentials.h"
#include "base/result.h"

#include <QString>

#include <functional>
#include <optional>

class QObject;

namespace casement {

/// One place where keys may be. Asking may take long (a process, a browser), so the answer comes by callback.
class CredentialSource
{
public:
    /// Keys; nothing when there are none here and the next source should be asked; or an Error when there is something
    /// here that does not work, which ends the search.
    using Callback = std::function<void(Result<std::optional<Credentials>> found)>;

    CredentialSource() = default;
    virtual ~CredentialSource() = default;
    Q_DISABLE_COPY_MOVE(CredentialSource)

    /// For people, in messages: `environment`, `profile prod`.
    virtual QString name() const = 0;
    /// Looks afresh and calls back once, at once or later; never after `context` died.
    virtual void fetch(QObject *context, Callback callback) = 0;
    /// True when what was fetched last may have changed since (a file was written). Must be cheap.
    virtual bool isOutdated() const { return false; }
};

} // namespace casement
