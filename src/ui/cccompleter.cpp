#include "ui/cccompleter.h"

#include "archive/archive.h"
#include "models/displaytext.h"
#include "support/messagecheck.h"
#include "ui/spoken.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QEvent>
#include <QLineEdit>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

bool partsAddresses(QChar c) { return c.isSpace() || u",;，；、<>"_s.contains(c); }

} // namespace

CcCompleter::CcCompleter(Archive &archive, QLineEdit &field) : QCompleter(&field), m_archive(archive), m_field(field)
{
    setModel(&m_offered);
    setWidget(&field); // not setCompleter(): that would replace the whole list by one address
    setFilterMode(Qt::MatchContains);
    setCaseSensitivity(Qt::CaseInsensitive);
    setMaxVisibleItems(8);
    field.installEventFilter(this);
    connect(&field, &QLineEdit::textEdited, this, &CcCompleter::offer);
    connect(this, qOverload<const QString &>(&QCompleter::activated), this, &CcCompleter::put);
    connect(this, qOverload<const QString &>(&QCompleter::highlighted), this, &CcCompleter::tell);
}

void CcCompleter::setAccount(AccountId account)
{
    if (account == m_account)
        return;
    m_account = account;
    m_all.clear();
    m_isRead = false;
    if (m_field.hasFocus())
        read();
}

void CcCompleter::read()
{
    if (m_isRead || m_account == 0)
        return;
    m_isRead = true;
    m_archive.ccAddresses(m_account, this, [this, account = m_account](const Result<QStringList> &addresses) {
        if (account != m_account)
            return;
        if (!addresses) {
            m_isRead = false; // said where the archive is; the next time it may work
            return;
        }
        for (const QString &address : *addresses) {
            if (isMailAddress(address)) // whatever else stands there, nobody wants to send it
                m_all.append(address);
        }
    });
}

CcCompleter::Part CcCompleter::partAtCursor() const
{
    const QString text = m_field.text();
    qsizetype start = m_field.cursorPosition();
    qsizetype end = start;
    while (start > 0 && !partsAddresses(text[start - 1]))
        --start;
    while (end < text.size() && !partsAddresses(text[end]))
        ++end;
    return {start, end - start};
}

void CcCompleter::offer()
{
    const Part part = partAtCursor();
    const QString typed = m_field.text().sliced(part.start, part.length);
    QString others = m_field.text();
    others.remove(part.start, part.length);
    const QStringList there = ccAddresses(others);
    QStringList fitting;
    for (const QString &address : std::as_const(m_all)) {
        if (!typed.isEmpty() && address.contains(typed, Qt::CaseInsensitive)
            && address.compare(typed, Qt::CaseInsensitive) != 0 && !there.contains(address, Qt::CaseInsensitive))
            fitting.append(address);
    }
    m_offered.setStringList(fitting);
    setCompletionPrefix(typed);
    if (fitting.isEmpty()) {
        popup()->hide();
        return tell({});
    }
    complete();
    //: What a screen reader says of a field of addresses: %1 is the first of them
    tell(tr("%Ln address(es) fit: %1", nullptr, int(fitting.size())).arg(displayText(fitting.first())));
}

void CcCompleter::put(const QString &address)
{
    const Part part = partAtCursor();
    const QString text = m_field.text();
    const QString before = text.first(part.start) + address;
    QString after = text.sliced(part.start + part.length);
    if (after.trimmed().isEmpty())
        after = u", "_s; // the next one can be typed
    m_field.setText(before + after);
    m_field.setCursorPosition(int(before.size() + (after == ", "_L1 ? 2 : 0)));
    tell({});
}

void CcCompleter::tell(const QString &text)
{
    if (m_field.accessibleDescription() == text)
        return;
    spoken::setDescription(m_field, text);
    QAccessibleEvent changed(&m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

bool CcCompleter::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_field && event->type() == QEvent::FocusIn)
        read();
    return QCompleter::eventFilter(watched, event);
}

} // namespace casement
