#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <string>
#include <string_view>

namespace casement {

/// Appends the text as a JSON string with its quotes. Lone surrogates become U+FFFD.
void appendJsonString(QByteArray &out, QStringView text);

/// The same for UTF-8.
void appendJsonString(QByteArray &out, std::string_view utf8);

/// Undoes the escapes of the inside of a JSON string, as UTF-8; what can't be undone (lone surrogates, broken escapes)
/// becomes U+FFFD. For what a strict parser refuses.
std::string unescapeJson(std::string_view inside);

/// The text with U+FFFD for lone surrogates, as it would come back from JSON.
QString withoutLoneSurrogates(QString text);

} // namespace casement
