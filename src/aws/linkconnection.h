#pragma once

#include "aws/endpoint.h"
#include "aws/serviceconnection.h"
#include "aws/transport.h"

#include <QUrl>

#include <memory>

namespace casement {

/// The URL of a link to an attachment, if that is a place where the service at `endpoint` keeps them:
/// `https://….attachments.support.REGION.amazonaws.com` on the usual port, or, where somebody named the endpoint, the
/// endpoint's own host by https, or by http when that is this computer. Anything else is Error::Kind::Refused with
/// localcode::foreignLink; the error names at most the host. Source: api-facts §3A.2.
Result<QUrl> attachmentUrl(const QString &link, const Endpoint &endpoint);

/// Follows links, see ServiceConnection::follow(), over a transport of its own.
class LinkConnection final : public QObject
{
    Q_OBJECT

public:
    LinkConnection(const Endpoint &endpoint, std::unique_ptr<Transport> transport, QObject *parent = nullptr);
    ~LinkConnection() override;

    void follow(const LinkRequest &request, QObject *context, LinkCallback callback);

private:
    Result<LinkAnswer> judge(const HttpAnswer &answer, const LinkRequest &request, const QUrl &url) const;

    Endpoint m_endpoint;
    std::unique_ptr<Transport> m_transport;
};

} // namespace casement
