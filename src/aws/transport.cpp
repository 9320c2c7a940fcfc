#include "aws/transport.h"

namespace casement {

QByteArray HttpAnswer::header(QByteArrayView name) const
{
    for (const sigv4::Header &header : headers) {
        if (header.name.compare(name, Qt::CaseInsensitive) == 0)
            return header.value;
    }
    return {};
}

} // namespace casement
