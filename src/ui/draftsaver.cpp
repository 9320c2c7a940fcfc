#include "ui/draftsaver.h"

#include "archive/outbox.h"

#include <utility>

namespace casement {

using namespace std::chrono_literals;

namespace {
constexpr auto saveAfter = 300ms; // after the first unsaved keystroke
}

DraftSaver::DraftSaver(Outbox &outbox, const char *operation, Ask ask, QObject *parent)
    : QObject(parent), m_outbox(outbox), m_operation(operation), m_ask(std::move(ask))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(saveAfter);
    connect(&m_timer, &QTimer::timeout, this, &DraftSaver::flush);
}

void DraftSaver::edited()
{
    m_isUnsaved = true;
    if (!m_timer.isActive())
        m_timer.start();
}

void DraftSaver::forget()
{
    m_timer.stop();
    m_isUnsaved = false;
}

void DraftSaver::startAnew()
{
    m_timer.stop();
    m_entry = {};
    m_isUnsaved = true;
}

void DraftSaver::flush()
{
    const bool wasUnsaved = m_isUnsaved;
    forget();
    const OutboxEntry *known = m_outbox.find(m_entry.id);
    if (!wasUnsaved || (known && known->state != OutboxState::Draft))
        return;
    const std::optional<Content> content = m_ask();
    if (!content) {
        if (!m_entry.id.isEmpty())
            m_outbox.discard(std::exchange(m_entry, {}).id);
        return;
    }
    take(*content);
    m_outbox.save(m_entry);
}

bool DraftSaver::keepCopy()
{
    const std::optional<Content> content = m_ask();
    if (!content)
        return false;
    OutboxEntry copy = Outbox::newEntry(content->account, m_operation, content->caseId);
    copy.input = content->input;
    m_outbox.save(copy);
    return true;
}

QString DraftSaver::ensure(const Content &content)
{
    if (m_entry.id.isEmpty()) {
        take(content);
        const OutboxEntry entry = m_entry;
        m_outbox.save(entry);
        return entry.id;
    }
    return m_entry.id;
}

OutboxEntry DraftSaver::whole()
{
    forget();
    if (const std::optional<Content> content = m_ask())
        take(*content);
    return m_entry;
}

void DraftSaver::take(const Content &content)
{
    if (m_entry.id.isEmpty())
        m_entry = Outbox::newEntry(content.account, m_operation, content.caseId);
    m_entry.account = content.account;
    m_entry.input = content.input;
}

} // namespace casement
