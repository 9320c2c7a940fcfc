#pragma once

#include <QString>

namespace casement {

/// What a person set about the way to the network, for every connection of this process. Never holds a password.
struct NetworkPreferences
{
    enum class Proxy {
        System, ///< as HTTPS_PROXY, HTTP_PROXY and NO_PROXY say
        Http, ///< `host` and `port`; name and password are those of the variable that names the same proxy
        Socks,
        None, ///< whatever the environment says
    };

    Proxy proxy = Proxy::System;
    QString host;
    int port = 0;
    QString caBundle; ///< PEM file; goes before AWS_CA_BUNDLE and `ca_bundle`. Empty: those, else the system's

    friend bool operator==(const NetworkPreferences &, const NetworkPreferences &) = default;
};

/// Holds from the next request on, of every connection that there is: those that are open are not used again. From any
/// thread. casement-cli never sets any; there the environment and the profile decide.
void setNetworkPreferences(const NetworkPreferences &preferences);

/// Whether a file can be NetworkPreferences::caBundle.
enum class CaFileState { Good, Missing, NotReadable, NoCertificate };
CaFileState caFileState(const QString &path);

/// Those that hold, and a number that is another one whenever they changed.
NetworkPreferences networkPreferences();
quint64 networkPreferencesRevision();

} // namespace casement
