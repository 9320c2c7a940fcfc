#include "cli/attachmentscommand.h"

namespace casement::cli {

void AttachmentsCommand::listed(const QList<ListedAttachment> &files)
{
    switch (line().format) {
    case CommandLine::Format::Json:
        output().write(attachmentJson(files));
        break;
    case CommandLine::Format::Csv:
        output().write(attachmentCsv(files, output().isTerminal()));
        break;
    case CommandLine::Format::Table:
    case CommandLine::Format::Markdown: // of ExportCase, as is Html
    case CommandLine::Format::Html:
    case CommandLine::Format::Zip:
        output().write(attachmentTable(files, output().columns()));
        break;
    }
    end(statusSoFar());
}

} // namespace casement::cli
