#pragma once

#include "cataloguefile.h"
#include "ui/errortext.h"

#include <QRegularExpression>

#include <functional>

/// Errors of the catalogue (docs/errors.md), each made by what goes wrong in the program where that can be done here.
namespace casement::test {

/// A row of the catalogue.
struct ErrorCase
{
    QString key; ///< `Kind`, `Kind/Code`, or of what else is shown a name of its own
    std::function<ShownError()> show; ///< in the language of now
};

/// A sentence that says all.
inline ErrorCase sentence(const QString &key, std::function<QString()> make)
{
    return {key, [make = std::move(make)] { return ShownError{make(), {}, {}}; }};
}

/// Shown as a banner, a notice or a dialog would.
inline ShownError shown(const Error &error, ErrorText::Deed deed = ErrorText::Deed::Read)
{
    const QStringList accounts =
        deed == ErrorText::Deed::Read ? QStringList{QStringLiteral("Production")} : QStringList();
    return {ErrorText::summary(error, accounts), ErrorText::changed(deed, error), ErrorText::advice(error)};
}

/// The row `key` of an error that `make` makes.
inline ErrorCase errorCase(const QString &key, std::function<Error()> make,
                           ErrorText::Deed deed = ErrorText::Deed::Read)
{
    return {key, [make = std::move(make), deed] { return shown(make(), deed); }};
}

/// What differs from run to run gets one name: folders and ports.
inline QString steady(QString text, const QString &folder)
{
    static const QRegularExpression loopback(QStringLiteral("127\\.0\\.0\\.1(:\\d+)?"));
    if (!folder.isEmpty())
        text.replace(folder, QStringLiteral("/home/hana"));
    return text.replace(loopback, QStringLiteral("support.us-east-1.amazonaws.com"));
}

} // namespace casement::test
