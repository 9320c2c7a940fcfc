#include "aws/calleridentity.h"

#include "aws/httptransport.h"
#include "aws/siblingendpoint.h"
#include "aws/sources/sts.h"

#include <QDateTime>

namespace casement {

using namespace Qt::StringLiterals;

CallerIdentity::CallerIdentity(const ProfileChoice &choice, CredentialChain &keys, QObject *parent)
    : QObject(parent), m_choice(choice), m_keys(keys)
{
}

CallerIdentity::~CallerIdentity() = default;

void CallerIdentity::ask(QObject *context, Callback done)
{
    const Result<Endpoint> where = siblingEndpoint(m_choice, u"sts"_s, u"sts"_s);
    if (!where)
        return done(where.error());
    const Result<ConnectionSettings> settings = connectionSettings(m_choice);
    if (!settings)
        return done(settings.error());
    if (!m_transport) {
        m_transport = keysTransport(std::make_unique<HttpTransport>(HttpTransport::Settings{
            .connections = 1, .caBundle = settings->caBundle, .environment = m_choice.environment}));
    }
    m_keys.get(this,
               [this, guard = QPointer<QObject>(context), where = *where,
                done = std::move(done)](const Result<Credentials> &keys) {
                   if (!guard)
                       return;
                   if (!keys)
                       return done(keys.error());
                   callerIdentity(*keys, where, QDateTime::currentSecsSinceEpoch(), *m_transport,
                                  [guard, done](const Result<QStringList> &answer) {
                                      if (guard)
                                          done(answer);
                                  });
               });
}

} // namespace casement
