#pragma once

#include "archive/attachmentstore.h"
#include "cli/archivecommand.h"
#include "cli/attachmentformats.h"

namespace casement::cli {

/// A command on the files of a case, as the archive knows them.
class CaseFilesCommand : public ArchiveCommand
{
    Q_OBJECT

public:
    CaseFilesCommand(const CommandLine &line, Output &output, QObject *parent = nullptr);

protected:
    void show() final;
    /// All files of the case, oldest message first; never empty.
    virtual void listed(const QList<ListedAttachment> &files) = 0;

    AttachmentStore &store() { return m_store; }
    /// Says what messages are missing here, and ends.
    void end(int status);

private:
    void list(const QList<CommunicationRecord> &messages);

    AttachmentStore m_store;
    QString m_caseId;
};

} // namespace casement::cli
