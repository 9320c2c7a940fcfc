#pragma once

#include <QString>
#include <QStringList>

/// What the service asks of a message, for who writes one. Source: AWS Support API Reference, CreateCase and
/// AddCommunicationToCase; api-facts §6.
namespace casement {

inline constexpr int longestMessage = 8000; ///< Unicode code points
inline constexpr int mostCcAddresses = 10;
/// No limit is published. The service refuses far longer ones in words of its own; lists and mails get clumsy here.
inline constexpr int longSubject = 250;

/// Length in the service's unit: Unicode code points; a lone surrogate counts as one.
int codePoints(QStringView text);

/// A text as it is sent: line ends are `\n`, and there is no NUL in it.
QString messageText(QString typed);

/// The addresses of a typed list, separated by commas, semicolons (full-width ones too) and white space; none twice,
/// regardless of case. `Name <a@example.com>` gives `a@example.com`.
QStringList ccAddresses(const QString &typed);

/// Whether it looks like `local@domain.tld`: what the service can send mail to. No comment, no quotes, no display name.
bool isMailAddress(const QString &address);

} // namespace casement
