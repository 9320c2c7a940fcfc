#pragma once

#include <QLocale>

#include <atomic>

namespace casement {

/// The language of the program's words, where it is another one than that of the region by which QLocale() writes dates
/// and numbers: an English window on a German desktop says "3 days", and 27.11.2026. AnyLanguage: it is that of
/// QLocale().
inline std::atomic<QLocale::Language> wordsLanguage = QLocale::AnyLanguage;

/// For names of days, the order of words, and what else belongs to the language.
inline QLocale wordsLocale()
{
    const QLocale region;
    const QLocale::Language language = wordsLanguage;
    return language == QLocale::AnyLanguage || language == region.language() ? region : QLocale(language);
}

} // namespace casement
