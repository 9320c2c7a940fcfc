#pragma once

#include <QIcon>

namespace casement {

/// The mark of an account's colour, as in the case list; `color` is an index of accountColor(). Of the theme of now.
QIcon accountSwatch(int color);

} // namespace casement
