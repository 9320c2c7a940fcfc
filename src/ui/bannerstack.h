#pragma once

#include "base/error.h"

#include <QList>
#include <QObject>

class QVBoxLayout;

namespace casement {

class ErrorBanner;

/// The banners above the pages: one per cause, each with the accounts that have it.
class BannerStack final : public QObject
{
    Q_OBJECT

public:
    /// Banners are added to the layout, which outlives the stack's use.
    explicit BannerStack(QVBoxLayout &layout, QObject *parent = nullptr);

    void show(const Error &error, const QString &account);
    /// The account works again; banners without any account left go.
    void recovered(const QString &account);
    void rename(const QString &before, const QString &now);
    const QList<ErrorBanner *> &banners() const { return m_banners; }

    /// A banner says it: nothing else needs to.
    bool tells(const Error &error) const;

Q_SIGNALS:
    /// Banners came, went, or speak of other accounts.
    void changed();
    /// Of these accounts; none named: of all.
    void retryRequested(const QStringList &accounts);

private:
    void close(ErrorBanner *banner);

    QVBoxLayout &m_layout;
    QList<ErrorBanner *> m_banners;
};

} // namespace casement
