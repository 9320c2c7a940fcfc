#pragma once

#include "archive/outboxfilestore.h"
#include "transfer/localfile.h"

#include <QList>
#include <QStringList>

/// Files of `--attach`.
namespace casement::cli {

/// Looks at files that are to be attached, for a pool thread. An error with one sentence for the first that can't be
/// sent, or must not: those in places of keys, and more or larger ones than any account takes.
Result<QList<LocalFile>> inspectAttachments(const QStringList &paths);

/// A warning for each secret in a text that is about to be sent: what `name` calls the text, line and kind, and the
/// secret masked. A person must say yes before it is sent.
QStringList secretWarnings(const QString &name, const QString &text);
/// The same of the text files among them, for a pool thread.
QStringList secretWarnings(const QList<LocalFile> &files);

/// As a word of a shell's command line.
QString shellQuoted(const QString &word);

/// That a message of `account` has room for the first `most` of these files, and the commands that send the others to
/// the case: `command` begins them, up to the case and where it is.
QString tooManyReport(const QList<LocalFile> &files, qsizetype most, const QString &account, const QString &command);

/// The names under which they are sent, as OutboxFiles makes them.
QStringList sentNames(const QList<LocalFile> &files);

/// The same paths in the same order: what the same command names, whatever became of the files meanwhile.
bool haveSamePaths(const QList<OutboxFile> &known, const QList<LocalFile> &files);

/// True when a file is what it was: size and times. The numbers of its disk may be others after a restart.
bool isUnchanged(const LocalFile &known, const LocalFile &now);

} // namespace casement::cli
