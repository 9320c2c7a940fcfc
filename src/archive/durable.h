#pragma once

#include "archive/database.h"

namespace casement {

/// What a person wrote must be on the disk when it is said to be, also when the power fails: WAL alone syncs at
/// checkpoints only.
class Durable
{
public:
    explicit Durable(Database &database) : m_database(database)
    {
        m_database.runOnce(QStringLiteral("PRAGMA synchronous = FULL"));
    }
    ~Durable() { m_database.runOnce(QStringLiteral("PRAGMA synchronous = NORMAL")); }
    Durable(const Durable &) = delete;
    Durable &operator=(const Durable &) = delete;

private:
    Database &m_database;
};

/// Runs `change` as one durable transaction; where nothing lasts, nothing is changed.
template <class Change> Result<void> durably(Database &database, Change change)
{
    if (database.refusal().kind != Error::Kind::None)
        return database.refusal();
    const Durable durable(database);
    Transaction transaction(database);
    change();
    return transaction.commit();
}

} // namespace casement
