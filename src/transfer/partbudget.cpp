#include "transfer/partbudget.h"

#include <QCoreApplication>
#include <QObject>
#include <QPointer>

namespace casement {

struct PartBudget::Wish
{
    qint64 bytes = 0;
    QPointer<QObject> context;
    std::function<void(Share)> granted;
};

PartBudget &PartBudget::instance()
{
    static PartBudget budget;
    return budget;
}

void PartBudget::ask(qint64 bytes, QObject *context, std::function<void(Share)> granted)
{
    m_wishes.push_back(std::make_shared<Wish>(Wish{bytes, context, std::move(granted)}));
    grant();
}

void PartBudget::giveBack(qint64 bytes)
{
    m_used -= bytes;
    grant();
}

void PartBudget::grant()
{
    if (std::exchange(m_granting, true))
        return; // a wish whose context died gave its share back
    while (!m_wishes.empty() && (m_used == 0 || m_used + m_wishes.front()->bytes <= most)) {
        const std::shared_ptr<Wish> wish = std::move(m_wishes.front());
        m_wishes.pop_front();
        if (!wish->context)
            continue;
        m_used += wish->bytes;
        // Held by the event: it comes back when the context dies before.
        auto share = std::make_shared<Share>(*this, wish->bytes);
        QMetaObject::invokeMethod(
            wish->context, [wish, share] { wish->granted(std::move(*share)); }, Qt::QueuedConnection);
    }
    m_granting = false;
}

} // namespace casement
