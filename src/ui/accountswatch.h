#pragma once

#include <QIcon>

namespace casement {

/// The mark of an account's colour, as in the case list; `color` is an index of accountColor(). Of the theme of now.
QIcon accountSwatch(int color);
/// The same of an account that can't be refreshed: a warning in its colour's place.
QIcon accountTroubleSwatch();

} // namespace casement
