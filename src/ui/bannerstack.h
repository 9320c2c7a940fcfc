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
    /// The archive takes what it is given again; what said that it does not goes. What became of a damaged one stays.
    void archiveRecovered();
    void rename(const QString &before, const QString &now);
    const QList<ErrorBanner *> &banners() const { return m_banners; }

    /// A banner says it: nothing else needs to.
    bool tells(const Error &error) const;

Q_SIGNALS:
    /// Banners came, went, or speak of other accounts.
    void changed();
    /// Of these accounts; none named: of all.
    void retryRequested(const QStringList &accounts);
    /// Keys of these are to be entered for this run, because of the error.
    void keepRequested(const casement::Error &error, const QStringList &accounts);

private:
    void leaveOlder(const Error &error, const QString &cause, const QString &account);
    void leave(ErrorBanner *banner, const QString &account);
    void close(ErrorBanner *banner);
    void showFirst();

    QVBoxLayout &m_layout;
    QList<ErrorBanner *> m_banners;
};

} // namespace casement
