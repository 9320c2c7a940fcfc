#include "ui/messagequote.h"

#include "models/displaytext.h"
#include "models/relativetime.h"
#include "ui/messageparts.h"

#include <QLocale>
#include <QStringList>

namespace casement {

using namespace Qt::StringLiterals;

QString MessageQuote::of(const CommunicationRecord &message)
{
    QStringList own;
    const QList<MessagePart> parts = splitMessage(message.body, message.fromAws);
    for (const MessagePart &part : parts) {
        if (part.kind == MessagePart::Kind::Text || part.kind == MessagePart::Kind::Code)
            own.append(part.text);
    }
    return of(message, own.isEmpty() ? message.body : own.join(u"\n\n"_s));
}

QString MessageQuote::of(const CommunicationRecord &message, const QString &selected)
{
    const QString quoted = lines(selected);
    if (quoted.isEmpty())
        return {};
    const QString who = message.fromAws ? tr("AWS Support") : displayText(message.submittedBy);
    const QString when =
        message.created ? TimeText::exact(message.created, QLocale()) : displayText(message.timeCreatedText);
    //: The line above what is quoted in a reply; %1 is a date with time, %2 who wrote it
    return tr("On %1, %2 wrote:").arg(when, who) + u'\n' + quoted;
}

QString MessageQuote::lines(const QString &text)
{
    QStringList all = text.split(u'\n');
    const auto isBlank = [](const QString &line) { return line.trimmed().isEmpty(); };
    while (!all.isEmpty() && isBlank(all.constFirst()))
        all.removeFirst();
    while (!all.isEmpty() && isBlank(all.constLast()))
        all.removeLast();
    for (QString &line : all) {
        while (line.endsWith(u'\r') || line.endsWith(u' '))
            line.chop(1);
        line.prepend(line.isEmpty() || line.startsWith(u'>') ? u">"_s : u"> "_s);
    }
    return all.join(u'\n');
}

} // namespace casement
