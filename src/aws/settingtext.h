#pragma once

#include <QCoreApplication>

namespace casement {

/// Why a setting of ~/.aws, of the environment or of a field is of no use: a window makes it a part of its sentence, so
/// it is in the person's language. casement-cli speaks English alone.
class SettingText
{
    Q_DECLARE_TR_FUNCTIONS(casement::SettingText)
};

} // namespace casement
