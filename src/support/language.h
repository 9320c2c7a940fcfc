#pragma once

#include <QList>
#include <QString>

namespace casement {

/// A language of the interface and what the service calls it.
struct Language
{
    QString code; ///< `en`, `ja`: of the interface, of case operations and of Trusted Advisor alike
    QString ownName; ///< how its readers write it; not translated
};

/// The languages that the program speaks. One row here and one .ts file make another.
const QList<Language> &interfaceLanguages();

/// The interface language for a locale name such as `ja_JP`; English where there is none.
QString interfaceLanguageFor(const QString &localeName);

} // namespace casement
