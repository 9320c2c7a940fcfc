#pragma once

#include "models/casefilter.h"

#include <QByteArray>

namespace casement {

/// A filter as saved filters keep it: `{"accounts":["profile:prod"],"tag":"","view":"needs-reply","words":"503"}`.
/// Accounts stand by their keys, which stay what they are in another archive.
QByteArray filterToJson(const CaseFilter &filter, const QList<AccountRecord> &accounts);

/// Reads that. What is missing or wrong asks for nothing. When it names accounts and none of them is here, it finds no
/// case, rather than those of all others.
CaseFilter filterFromJson(const QByteArray &json, const QList<AccountRecord> &accounts);

} // namespace casement
