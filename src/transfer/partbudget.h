#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>
#include <memory>
#include <utility>

class QObject;

namespace casement {

/// The memory that parts and files on their way may take, over all transfers. For the GUI's thread.
class PartBudget
{
public:
    static constexpr qint64 most = 64LL << 20; ///< bytes; a larger part goes alone

    /// A share, given back when this dies.
    class Share
    {
    public:
        Share() = default;
        Share(PartBudget &budget, qint64 bytes) : m_budget(&budget), m_bytes(bytes) { }
        Share(Share &&other) noexcept : m_budget(std::exchange(other.m_budget, nullptr)), m_bytes(other.m_bytes) { }
        Share &operator=(Share &&other) noexcept
        {
            std::swap(m_budget, other.m_budget);
            std::swap(m_bytes, other.m_bytes);
            return *this;
        }
        ~Share()
        {
            if (m_budget)
                m_budget->giveBack(m_bytes);
        }

    private:
        PartBudget *m_budget = nullptr;
        qint64 m_bytes = 0;
    };

    /// Hands out a share when there is room, in the order asked, through the event loop; not at all when `context`
    /// died.
    void ask(qint64 bytes, QObject *context, std::function<void(Share)> granted);

    /// The one of this program.
    static PartBudget &instance();

private:
    struct Wish;

    void giveBack(qint64 bytes);
    void grant();

    std::deque<std::shared_ptr<Wish>> m_wishes;
    qint64 m_used = 0;
    bool m_granting = false;
};

} // namespace casement
