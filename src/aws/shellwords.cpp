#include "aws/shellwords.h"

namespace casement {

std::optional<QStringList> shellWords(const QString &line)
{
    QStringList words;
    QString word;
    bool isWord = false; // an empty quoted one counts
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (quote == u'\'') {
            if (c == quote)
                quote = {};
            else
                word += c;
        } else if (c == u'\\') {
            if (++i == line.size())
                return {};
            // Inside double quotes it escapes these two alone and stands for itself otherwise.
            if (!quote.isNull() && line.at(i) != u'"' && line.at(i) != u'\\')
                word += c;
            word += line.at(i);
            isWord = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = {};
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            isWord = true;
        } else if (c == u' ' || c == u'\t' || c == u'\r' || c == u'\n') {
            if (isWord)
                words.append(word);
            word.clear();
            isWord = false;
        } else {
            word += c;
            isWord = true;
        }
    }
    if (!quote.isNull())
        return {};
    if (isWord)
        words.append(word);
    return words;
}

} // namespace casement
