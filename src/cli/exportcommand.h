#pragma once

#include "archive/attachmentstore.h"
#include "cli/archivecommand.h"
#include "export/exportcasesjob.h"

namespace casement::cli {

/// `export-case ID…`: writes cases and their conversations as one document, to standard output or into a file;
/// with their attachments as a ZIP.
class ExportCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    using ArchiveCommand::ArchiveCommand;

protected:
    void show() override;
    void stop() override;

private:
    void loadNames();
    void writeFile();
    void writeZip();
    void run(Job *job);
    void print();
    void end();
    void write(const QByteArray &piece);

    QList<CaseChoice> m_choices;
    ExportOptions m_options;
    qsizetype m_printed = 0;
    QByteArray m_json; ///< for a terminal, which gets it laid out in the end
    QPointer<Job> m_export;
    std::unique_ptr<AttachmentStore> m_store; ///< of a ZIP
};

} // namespace casement::cli
