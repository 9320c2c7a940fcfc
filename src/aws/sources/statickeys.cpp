#include "aws/sources/statickeys.h"

namespace casement {

QString StaticKeys::name() const
{
    return m_credentials.source.isEmpty() ? QStringLiteral("given keys") : m_credentials.source;
}

void StaticKeys::fetch(QObject *, Callback callback) { callback(std::optional(m_credentials)); }

} // namespace casement
