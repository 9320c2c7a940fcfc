#include "ui/networkpage.h"

#include "ui/messagelimits.h"
#include "ui/spoken.h"
#include "ui/uisettings.h"
#include "ui_networkpage.h"

#include <QFileDialog>
#include <QScopedValueRollback>
#include <QUrl>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using Proxy = NetworkPreferences::Proxy;

// In the order of the choices.
constexpr std::array proxyWords{
    std::pair(Proxy::System, "system"_L1),
    std::pair(Proxy::Http, "http"_L1),
    std::pair(Proxy::Socks, "socks5"_L1),
    std::pair(Proxy::None, "none"_L1),
};

const QString proxyKey = u"network/proxy"_s;
const QString proxyHostKey = u"network/proxyHost"_s;
const QString proxyPortKey = u"network/proxyPort"_s;
const QString caKey = u"network/caFile"_s;
constexpr int usualProxyPort = 8080;
constexpr int highestPort = 65535;

bool isOwnProxy(Proxy proxy) { return proxy == Proxy::Http || proxy == Proxy::Socks; }

} // namespace

bool isProxyHost(const QString &host)
{
    const QUrl url(u"http://"_s + (host.contains(u':') && !host.startsWith(u'[') ? u'[' + host + u']' : host) + u'/',
                   QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && url.port() == -1
        && url.path() == "/"_L1;
}

NetworkPreferences readNetworkPreferences(const UiSettings &settings)
{
    NetworkPreferences read;
    const QString word = settings.word(proxyKey);
    const auto at =
        std::find_if(proxyWords.begin(), proxyWords.end(), [&word](const auto &one) { return one.second == word; });
    if (at != proxyWords.end())
        read.proxy = at->first;
    read.host = settings.text(proxyHostKey);
    read.port = settings.number(proxyPortKey, usualProxyPort, 1, highestPort);
    if (isOwnProxy(read.proxy) && !isProxyHost(read.host))
        read.proxy = Proxy::System;
    read.caBundle = settings.text(caKey);
    return read;
}

NetworkPage::NetworkPage(UiSettings &settings, const QString &environmentProxy, QWidget *parent)
    : SettingsPage(parent), m_ui(std::make_unique<Ui::NetworkPage>()), m_settings(settings),
      m_environmentProxy(environmentProxy)
{
    m_ui->setupUi(this);
    setObjectName(u"networkPage"_s);
    for (QLabel *hint : {m_ui->proxyHint, m_ui->caHint, m_ui->scope})
        hint->setForegroundRole(QPalette::PlaceholderText);
    m_ui->port->setKeyboardTracking(false);
    for (size_t i = 0; i < proxyWords.size(); ++i)
        m_ui->proxy->addItem(QString());
    load();
    connect(m_ui->proxy, &QComboBox::currentIndexChanged, this, &NetworkPage::edited);
    // Half an address is none: it holds once its field was left, or when it came in one piece.
    connect(m_ui->host, &QLineEdit::textChanged, this, [this](const QString &text) {
        const bool isPasted = text.size() > m_hostSize + 1;
        m_hostSize = text.size();
        if (!m_loading && m_ui->host->isModified() && isPasted && takeAddress())
            return;
        showState();
    });
    connect(m_ui->host, &QLineEdit::editingFinished, this, [this] {
        if (!takeAddress())
            edited();
    });
    connect(m_ui->port, &QSpinBox::valueChanged, this, &NetworkPage::edited);
    connect(m_ui->caFile, &QLineEdit::textChanged, this, &NetworkPage::edited);
    connect(m_ui->chooseCa, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("CA File"), QFileInfo(m_ui->caFile->text()).absolutePath(),
                                       tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
        dialog->setObjectName(u"caFileDialog"_s);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, m_ui->caFile, &QLineEdit::setText);
        dialog->open();
    });
    retranslate();
}

NetworkPage::~NetworkPage() = default;

//: A page of the settings
QString NetworkPage::title() const { return tr("Network"); }

void NetworkPage::retranslate()
{
    m_ui->retranslateUi(this);
    const QStringList names{tr("As the environment says"), tr("HTTP proxy"), tr("SOCKS 5 proxy"), tr("No proxy")};
    for (int i = 0; i < names.size(); ++i)
        m_ui->proxy->setItemText(i, names.at(i));
    showState();
}

void NetworkPage::load()
{
    const QScopedValueRollback loading(m_loading, true);
    const NetworkPreferences now = readNetworkPreferences(m_settings);
    const auto at =
        std::find_if(proxyWords.begin(), proxyWords.end(), [&now](const auto &one) { return one.first == now.proxy; });
    m_ui->proxy->setCurrentIndex(int(at - proxyWords.begin()));
    m_ui->host->setText(now.host);
    m_ui->port->setValue(now.port);
    m_ui->caFile->setText(now.caBundle);
}

/// Of a whole address, host and port go to their places, and hold. False when it is none.
bool NetworkPage::takeAddress()
{
    const QUrl url(m_ui->host->text().trimmed(), QUrl::StrictMode);
    const bool isSocks = url.scheme().startsWith("socks5"_L1);
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || (!isSocks && url.scheme() != "http"_L1))
        return false;
    {
        const QScopedValueRollback loading(m_loading, true);
        m_ui->proxy->setCurrentIndex(isSocks ? 2 : 1);
        m_ui->host->setText(url.host());
        m_ui->port->setValue(url.port(isSocks ? 1080 : usualProxyPort));
    }
    edited();
    return true;
}

QString NetworkPage::proxyProblem() const
{
    if (!isOwnProxy(proxyWords[size_t(qMax(0, m_ui->proxy->currentIndex()))].first))
        return {};
    const QString host = m_ui->host->text().trimmed();
    if (host.isEmpty())
        return tr("Enter the proxy’s host. Until then the last choice holds.");
    if (host.contains(u'@'))
        return tr("Leave name and password out: they belong into HTTPS_PROXY, beside the same host and port.");
    return isProxyHost(host) ? QString()
                             : tr("This is no name of a host. Enter it without port and path; until then the last "
                                  "choice holds.");
}

QString NetworkPage::caProblem() const
{
    const QString file = m_ui->caFile->text().trimmed();
    if (file.isEmpty())
        return {};
    switch (caFileState(file)) {
    case CaFileState::Good:
        return {};
    case CaFileState::Missing:
        return tr("There is no file of this name. Until there is, the last choice holds.");
    case CaFileState::NotReadable:
        return tr("This file can't be read. Change its permissions, or choose another one.");
    case CaFileState::NoCertificate:
        return tr("This file holds no certificate. Choose one in PEM format, which begins with -----BEGIN "
                  "CERTIFICATE-----.");
    }
    return {};
}

/// What can be chosen, and what is wrong with what stands there.
void NetworkPage::showState()
{
    if (m_loading)
        return;
    const Proxy proxy = proxyWords[size_t(qMax(0, m_ui->proxy->currentIndex()))].first;
    const bool isOwn = isOwnProxy(proxy);
    for (QWidget *field : std::initializer_list<QWidget *>{m_ui->host, m_ui->hostLabel, m_ui->port, m_ui->portLabel})
        field->setEnabled(isOwn);
    m_ui->proxyHint->setText(
        proxy == Proxy::System
            ? (m_environmentProxy.isEmpty() ? tr("HTTPS_PROXY names none at present, so AWS is reached directly.")
                                            : tr("HTTPS_PROXY names %1 at present.").arg(m_environmentProxy))
            : isOwn ? tr("No password is kept here. Where the proxy wants one, put it into HTTPS_PROXY with the same "
                         "host and port; addresses in NO_PROXY are reached directly.")
                    : tr("AWS is reached directly, whatever the environment says."));
    const QString wrongProxy = proxyProblem();
    const QString wrongCa = caProblem();
    MessageLimits::showProblem(*m_ui->proxyProblem, wrongProxy);
    MessageLimits::showProblem(*m_ui->caProblem, wrongCa);
    spoken::setDescription(*m_ui->host, wrongProxy);
    spoken::setDescription(*m_ui->caFile, wrongCa);
}

void NetworkPage::edited()
{
    if (m_loading)
        return;
    showState();
    const Proxy proxy = proxyWords[size_t(qMax(0, m_ui->proxy->currentIndex()))].first;
    const NetworkPreferences before = readNetworkPreferences(m_settings);
    if (proxyProblem().isEmpty()) {
        m_settings.set(proxyKey, QString(proxyWords[size_t(qMax(0, m_ui->proxy->currentIndex()))].second));
        if (isOwnProxy(proxy)) {
            m_settings.set(proxyHostKey, m_ui->host->text().trimmed());
            m_settings.set(proxyPortKey, m_ui->port->value());
        }
    }
    if (caProblem().isEmpty())
        m_settings.set(caKey, m_ui->caFile->text().trimmed());
    if (const NetworkPreferences now = readNetworkPreferences(m_settings); now != before)
        Q_EMIT changed(now);
}

} // namespace casement
