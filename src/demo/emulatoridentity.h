#pragma once

#include "demo/emulator.h"
#include "demo/httpmessage.h"
#include "demo/signaturecheck.h"

#include <QHash>

#include <functional>

namespace casement::demo {

/// What lies beside AWS Support: STS (GetCallerIdentity, AssumeRole, query protocol) and AWS Organizations
/// (ListAccounts) of the invented accounts, which are one organization in each partition. Any account may assume any
/// role of another one; the external id `wrong` is refused. Signatures are checked.
class EmulatorIdentity
{
public:
    using FindKeys = SignatureCheck::FindKeys;

    /// `emulator` is borrowed; `findKeys` knows the accounts' own keys.
    EmulatorIdentity(const Emulator &emulator, FindKeys findKeys);

    /// The operation that a request is about; empty when it is none of these.
    static QByteArray operationOf(const HttpRequestMessage &request);
    HttpResponseMessage answer(const QByteArray &operation, const HttpRequestMessage &request, qint64 now,
                               const RequestFaults &faults);
    /// The same for what a fault puts in the place of an answer.
    static HttpResponseMessage refusal(const QByteArray &operation, const QByteArray &code, const QString &message);

    /// Keys that AssumeRole handed out.
    std::optional<KnownKeys> sessionKeys(const QString &accessKeyId) const;
    /// The account that such keys are of, by its own access key id; empty: none.
    QString accountKeyOf(const QString &accessKeyId) const { return m_sessions.value(accessKeyId).accountKey; }

private:
    struct Session
    {
        KnownKeys keys;
        QString accountKey;
        QString arn;
    };

    std::optional<KnownKeys> keysFor(const QString &accessKeyId) const;
    HttpResponseMessage callerIdentity(const QString &accessKeyId) const;
    HttpResponseMessage assumeRole(const HttpRequestMessage &request, const QString &accessKeyId, qint64 now);
    HttpResponseMessage listAccounts(const HttpRequestMessage &request, const QString &accessKeyId) const;
    const DemoAccount &accountFor(const QString &accessKeyId) const;

    const Emulator &m_emulator;
    FindKeys m_findKeys;
    QByteArray m_scopeRegion; // STS is in every region
    SignatureCheck m_sts;
    SignatureCheck m_organizations;
    QHash<QString, Session> m_sessions;
    int m_made = 0;
};

} // namespace casement::demo
