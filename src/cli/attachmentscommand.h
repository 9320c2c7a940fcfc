#pragma once

#include "cli/casefilescommand.h"

namespace casement::cli {

/// `attachments ID`: lists the files of a case.
class AttachmentsCommand final : public CaseFilesCommand
{
    Q_OBJECT

public:
    using CaseFilesCommand::CaseFilesCommand;

protected:
    void listed(const QList<ListedAttachment> &files) override;
};

} // namespace casement::cli
