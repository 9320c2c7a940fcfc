#pragma once

#include <QObject>
#include <QPointer>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace casement {

/// Those who wait for one result, which is got once for all of them.
template <typename Value> class Waiters
{
public:
    using Callback = std::function<void(const Value &value)>;

    /// `owner` holds this. `deserted` runs when the last one who waited has died before tell().
    Waiters(QObject *owner, std::function<void()> deserted) : m_owner(owner), m_deserted(std::move(deserted)) { }

    /// Whether the result was told, or nobody wants it any more.
    bool isOver() const { return m_isOver; }
    /// Nobody may come any more, and tell() is the last thing.
    void close() { m_isOver = true; }

    /// `done` runs once at most, and never after `context` died.
    void add(QObject *context, Callback done)
    {
        m_waiting.push_back({context, std::move(done)});
        QObject::connect(context, &QObject::destroyed, m_owner, [this](QObject *gone) {
            std::erase_if(m_waiting, [gone](const One &one) { return !one.context || one.context.data() == gone; });
            if (m_waiting.empty() && !std::exchange(m_isOver, true))
                m_deserted();
        });
    }

    void tell(const Value &value)
    {
        m_isOver = true;
        const std::vector<One> waiting = std::exchange(m_waiting, {});
        for (const One &one : waiting) {
            if (one.context)
                one.done(value);
        }
    }

private:
    struct One
    {
        QPointer<QObject> context;
        Callback done;
    };

    QObject *m_owner;
    std::function<void()> m_deserted;
    std::vector<One> m_waiting;
    bool m_isOver = false;
};

} // namespace casement
