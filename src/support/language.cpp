#include "support/language.h"

namespace casement {

const QList<Language> &interfaceLanguages()
{
    static const QList<Language> languages{
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("ja"), QStringLiteral("日本語")},
    };
    return languages;
}

QString interfaceLanguageFor(const QString &localeName)
{
    for (const Language &language : interfaceLanguages()) {
        if (localeName == language.code || localeName.startsWith(language.code + u'_')
            || localeName.startsWith(language.code + u'-'))
            return language.code;
    }
    return QStringLiteral("en");
}

} // namespace casement
