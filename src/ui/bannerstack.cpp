#include "ui/bannerstack.h"

#include "ui/errorbanner.h"
#include "ui/errortext.h"

#include <QVBoxLayout>

namespace casement {

BannerStack::BannerStack(QVBoxLayout &layout, QObject *parent) : QObject(parent), m_layout(layout) { }

void BannerStack::show(const Error &error, const QString &account)
{
    if (error.kind == Error::Kind::Cancelled || error.kind == Error::Kind::None)
        return;
    const QString cause = ErrorText::cause(error);
    for (ErrorBanner *banner : std::as_const(m_banners)) {
        if (ErrorText::cause(banner->error()) != cause)
            continue;
        QStringList accounts = banner->accounts();
        if (!account.isEmpty() && !accounts.contains(account))
            accounts.append(account);
        return banner->setError(error, accounts);
    }
    auto *banner = new ErrorBanner(m_layout.parentWidget());
    banner->setError(error, account.isEmpty() ? QStringList() : QStringList{account});
    connect(banner, &ErrorBanner::closed, this, [this, banner] { close(banner); });
    connect(banner, &ErrorBanner::retryClicked, this, [this, banner] {
        const QStringList accounts = banner->accounts();
        close(banner);
        Q_EMIT retryRequested(accounts);
    });
    m_banners.append(banner);
    m_layout.addWidget(banner);
    banner->show();
}

void BannerStack::close(ErrorBanner *banner)
{
    m_banners.removeOne(banner);
    banner->hide();
    banner->deleteLater();
}

void BannerStack::rename(const QString &before, const QString &now)
{
    for (ErrorBanner *banner : std::as_const(m_banners)) {
        QStringList accounts = banner->accounts();
        const qsizetype at = accounts.indexOf(before);
        if (at < 0)
            continue;
        accounts[at] = now;
        banner->setError(banner->error(), accounts);
    }
}

void BannerStack::recovered(const QString &account)
{
    const auto banners = m_banners;
    for (ErrorBanner *banner : banners) {
        QStringList accounts = banner->accounts();
        if (!accounts.removeOne(account))
            continue;
        if (accounts.isEmpty())
            close(banner);
        else
            banner->setError(banner->error(), accounts);
    }
}

} // namespace casement
