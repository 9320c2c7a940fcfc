#pragma once

#include "app/commandline.h"
#include "ui/errorcase.h"

namespace casement::test {

/// What the program says of arguments and links that it can't take, instead of starting.
inline QList<ErrorCase> errorsOfArguments()
{
    const auto row = [](const char *key, const QStringList &arguments) {
        return sentence(QStringLiteral("argument/") + QString::fromLatin1(key), [arguments] {
            const CommandLine line = CommandLine::parse(arguments);
            return line.error.isEmpty() ? line.unknownLink : line.error;
        });
    };
    return {
        row("an unknown option", {QStringLiteral("--frobnicate")}),
        row("a stray word", {QStringLiteral("case-1")}),
        row("an unknown link", {QStringLiteral("casement:settings")}),
        row("a value too many", {QStringLiteral("--demo=yes")}),
        row("a value too few", {QStringLiteral("--profile")}),
        row("language", {QStringLiteral("--language"), QStringLiteral("de")}),
        row("theme", {QStringLiteral("--theme"), QStringLiteral("pink")}),
        row("log level", {QStringLiteral("--log-level"), QStringLiteral("loud")}),
        row("region", {QStringLiteral("--region"), QStringLiteral("Tokyo")}),
        row("endpoint", {QStringLiteral("--endpoint-url"), QStringLiteral("localhost:5000")}),
        row("a file as a folder", {QStringLiteral("--portable"), QStringLiteral("/dev/null")}),
        row("the demo and a profile", {QStringLiteral("--demo"), QStringLiteral("--profile"), QStringLiteral("work")}),
        row("the demo and a region",
            {QStringLiteral("--demo"), QStringLiteral("--region"), QStringLiteral("eu-west-1")}),
        row("the demo and an endpoint",
            {QStringLiteral("--demo"), QStringLiteral("--endpoint-url"), QStringLiteral("http://127.0.0.1:5000")}),
    };
}

} // namespace casement::test
