#include "base/foreignoutput.h"

#include <QRegularExpression>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView mask("[redacted]");

/// A word that a secret may follow, to the end of the word that it is part of: "--password", "access_token", "pw".
const QRegularExpression &telltale()
{
    static const QRegularExpression &pattern = *new QRegularExpression(
        uR"((?:pass(?:w(?:or)?d|wort|phrase|code)?s?(?![a-z])|\bpw\b|pwd|secret(?:-?id|s)?|tokens?|\bpin\b|otp\b|assertion|saml(?:response|request)|cookies?|bearer|kennwort|mot de passe|(?<![\w-])-p(?![\w-])|パスワード|パスフレーズ|暗証番号|トークン))"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

/// A word of a sentence, an option, a sign, or what is masked already.
bool isPlain(QStringView word)
{
    static const QRegularExpression &plain = *new QRegularExpression(
        uR"(\A(?:[A-Z]?[a-z]+(?:['’-][a-z]+)*|--?[a-z]+(?:-[a-z]+)*|[\p{Hiragana}\p{Katakana}\p{Han}ー]+|["'({\[]*\[redacted\]["')}\]]*|)[.,:;!?…、。：=>)|-]*\z)"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    return plain.match(word).hasMatch();
}

/// Whether a value may well be the next word, however plain: "password for bob:", "password ->", "-p".
bool pointsOn(QStringView word)
{
    return word.endsWith(u':') || word.endsWith(u'：') || word.endsWith(u'=') || word.endsWith(u'>') || word == u"-p"_s;
}

} // namespace

QString withoutLikelySecrets(const QString &text)
{
    QString out;
    out.reserve(text.size());
    bool isNextOne = false; // a line ended where its value would stand
    const QList<QStringView> lines = QStringView(text).split(u'\n');
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const QStringView line = lines[at];
        if (at > 0)
            out += u'\n';
        const QRegularExpressionMatch match = telltale().match(line);
        qsizetype i = isNextOne ? 0 : match.hasMatch() ? match.capturedEnd() : line.size();
        bool isTold = isNextOne;
        bool isOver = false; // the sentence: "The token has expired. Run: aws" points at no value
        out += line.first(i);
        QStringView last = match.hasMatch() ? match.capturedView() : QStringView();
        while (i < line.size()) {
            qsizetype word = i;
            while (word < line.size() && line[word].isSpace())
                ++word;
            out += line.sliced(i, word - i);
            qsizetype end = word;
            while (end < line.size() && !line[end].isSpace())
                ++end;
            const QStringView found = line.sliced(word, end - word);
            i = end;
            if (found.isEmpty())
                break;
            const bool isValue =
                isTold || (!isOver && word > 0 && line[word - 1].isSpace() && pointsOn(last)); // "token: X"
            isOver = isOver || found.endsWith(u'.') || found.endsWith(u';') || found.endsWith(u'!');
            isTold = false;
            out += isPlain(found) && (!isValue || found.contains(mask) || pointsOn(found)) ? found.toString()
                                                                                           : QString(mask);
            last = found;
            if (!match.hasMatch())
                break; // of the line behind, its first word
        }
        out += line.sliced(std::min(i, line.size()));
        isNextOne = match.hasMatch() && (last == match.capturedView() || pointsOn(last));
    }
    return out;
}

} // namespace casement
