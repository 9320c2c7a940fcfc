#pragma once

#include "archive/archive.h"

#include <QList>

namespace casement {

/// An answer that waits for the end of the quiet hours, of one case.
struct HeldAnswer
{
    AccountId account = 0;
    NewAnswer first; ///< the oldest
    NewAnswer newest;
};

/// The answers that were held back in quiet hours, in the archive: they are told after a restart, too.
class HeldAnswers final : public QObject
{
    Q_OBJECT

public:
    explicit HeldAnswers(Archive &archive, QObject *parent = nullptr);

    void load(QObject *context, Archive::Callback<QList<HeldAnswer>> done);
    /// These, and no others. What can't be stored is only not told after a restart.
    void store(const QList<HeldAnswer> &answers);

private:
    Archive &m_archive;
};

} // namespace casement
