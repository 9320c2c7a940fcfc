#pragma once

#include <QRegularExpression>
#include <QString>

namespace casement::test {

/// What in a Japanese text breaks the rules of this project's own; empty where nothing does. Texts without a Japanese
/// letter break none.
///
/// Beside Japanese, brackets and colons have full width, but for a mnemonic "(&F)", the patterns of a file dialog
/// "(*.csv)" and a key "(Esc)". The product is "AWS Support", as AWS's own console calls it.
inline QString faultOfJapanese(const QString &text)
{
    const QString letters = QStringLiteral("\\x{3041}-\\x{30ff}\\x{4e00}-\\x{9fff}");
    static const QRegularExpression japanese(u'[' + letters + u']');
    if (!text.contains(japanese))
        return {};
    // A colon within a code or an address has no space behind it.
    static const QRegularExpression colon(u'[' + letters + QStringLiteral("」）](?:\\(&.\\))?:(?:\\s|「|$)"));
    if (text.contains(colon))
        return QStringLiteral("has a colon of half width beside Japanese");
    static const QRegularExpression bracket(QStringLiteral("[%1」）。、] ?\\(([^()]*)\\)|\\(([^()]*[%1][^()]*)\\)|"
                                                           "\\(([^()]*)\\) ?[%1「]")
                                                .arg(letters));
    static const QRegularExpression usual(
        QStringLiteral("^(?:&?[A-Za-z0-9]|\\*.*|Esc|Del|F\\d+|(?:Ctrl|Alt|Shift)\\+.+)$"));
    auto brackets = bracket.globalMatch(text);
    while (brackets.hasNext()) {
        const QRegularExpressionMatch one = brackets.next();
        const QString inside = one.captured(1) + one.captured(2) + one.captured(3);
        if (!inside.contains(usual))
            return QStringLiteral("has brackets of half width beside Japanese: (%1)").arg(inside);
    }
    if (text.contains(QStringLiteral("AWS サポート")) || text.contains(QStringLiteral("AWSサポート")))
        return QStringLiteral("calls AWS Support otherwise");
    return {};
}

} // namespace casement::test
