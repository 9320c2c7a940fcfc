#include "support/messagecheck.h"

#include <QRegularExpression>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

int codePoints(QStringView text)
{
    int count = 0;
    for (qsizetype i = 0; i < text.size(); ++i, ++count) {
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate())
            ++i;
    }
    return count;
}

QString messageText(QString typed)
{
    typed.replace("\r\n"_L1, "\n"_L1);
    for (QChar &c : typed) {
        if (c == u'\r' || c == QChar::ParagraphSeparator || c == QChar::LineSeparator)
            c = u'\n';
    }
    return typed.remove(QChar::Null);
}

QStringList ccAddresses(const QString &typed)
{
    static const QRegularExpression named(u"[^<>,;，；、]*<([^<>\\s]*)>"_s);
    static const QRegularExpression gap(u"[\\s,;，；、]+"_s,
                                        QRegularExpression::UseUnicodePropertiesOption); // U+3000, too
    QString bare = typed;
    bare.replace(named, u" \\1 "_s);
    QStringList addresses;
    const QStringList words = bare.split(gap, Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (!addresses.contains(word, Qt::CaseInsensitive))
            addresses.append(word);
    }
    return addresses;
}

bool isMailAddress(const QString &address)
{
    static const QRegularExpression form(
        u"\\A[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?\\.)+"
        "[\\p{L}\\p{N}][\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}]\\z"_s,
        QRegularExpression::UseUnicodePropertiesOption);
    const QString local = address.section(u'@', 0, 0);
    return address.size() <= 254 && form.match(address).hasMatch() && !local.startsWith(u'.') && !local.endsWith(u'.')
        && !local.contains(".."_L1);
}

} // namespace casement
