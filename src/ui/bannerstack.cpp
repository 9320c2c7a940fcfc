#include "ui/bannerstack.h"

#include "archive/database.h"
#include "ui/errorbanner.h"
#include "ui/errortext.h"

#include <QVBoxLayout>

#include <algorithm>

namespace casement {

namespace {
constexpr qsizetype mostBanners = 3; // at once; the others come as these go
}

BannerStack::BannerStack(QVBoxLayout &layout, QObject *parent) : QObject(parent), m_layout(layout) { }

void BannerStack::show(const Error &error, const QString &account)
{
    if (error.kind == Error::Kind::Cancelled || error.kind == Error::Kind::None)
        return;
    const QString cause = ErrorText::cause(error);
    leaveOlder(error, cause, account);
    for (ErrorBanner *banner : std::as_const(m_banners)) {
        if (ErrorText::cause(banner->error()) != cause)
            continue;
        QStringList accounts = banner->accounts();
        if (!account.isEmpty() && !accounts.contains(account))
            accounts.append(account);
        banner->setError(error, accounts);
        Q_EMIT changed();
        return;
    }
    auto *banner = new ErrorBanner(m_layout.parentWidget());
    banner->setError(error, account.isEmpty() ? QStringList() : QStringList{account});
    connect(banner, &ErrorBanner::closed, this, [this, banner] { close(banner); });
    connect(banner, &ErrorBanner::retryClicked, this, [this, banner] {
        const QStringList accounts = banner->accounts();
        close(banner);
        Q_EMIT retryRequested(accounts);
    });
    connect(banner, &ErrorBanner::keepClicked, this,
            [this, banner] { Q_EMIT keepRequested(banner->error(), banner->accounts()); });
    m_banners.append(banner);
    m_layout.addWidget(banner);
    showFirst();
    Q_EMIT changed();
}

/// Each of many accounts can have a reason of its own; the cases must stay in sight. Who fails is marked in the
/// sidebar.
void BannerStack::showFirst()
{
    for (qsizetype i = 0; i < m_banners.size(); ++i)
        m_banners.at(i)->setVisible(i < mostBanners);
}

void BannerStack::archiveRecovered()
{
    const auto banners = m_banners;
    for (ErrorBanner *banner : banners) {
        const Error &error = banner->error();
        if (error.kind == Error::Kind::Archive && banner->accounts().isEmpty() && error.code != archivecode::setAside)
            close(banner);
    }
}

/// What an account could not do before for another cause is out of date. Where keys are wanting no operation was asked.
void BannerStack::leaveOlder(const Error &error, const QString &cause, const QString &account)
{
    if (account.isEmpty())
        return;
    const auto banners = m_banners;
    for (ErrorBanner *banner : banners) {
        const Error &old = banner->error();
        const bool isSame = old.operation == error.operation || old.operation.isEmpty() || error.operation.isEmpty();
        if (isSame && ErrorText::cause(old) != cause)
            leave(banner, account);
    }
}

void BannerStack::leave(ErrorBanner *banner, const QString &account)
{
    QStringList accounts = banner->accounts();
    if (!accounts.removeOne(account))
        return;
    if (accounts.isEmpty())
        close(banner);
    else
        banner->setError(banner->error(), accounts);
}

bool BannerStack::tells(const Error &error) const
{
    const QString cause = ErrorText::cause(error);
    return std::any_of(m_banners.begin(), m_banners.end(),
                       [&](const ErrorBanner *banner) { return ErrorText::cause(banner->error()) == cause; });
}

void BannerStack::close(ErrorBanner *banner)
{
    m_banners.removeOne(banner);
    banner->hide();
    banner->deleteLater();
    showFirst();
    Q_EMIT changed();
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
    for (ErrorBanner *banner : banners)
        leave(banner, account);
}

} // namespace casement
