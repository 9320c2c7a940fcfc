#pragma once

#include "cli/archivecommand.h"

namespace casement::cli {

/// `cases`: lists the account's cases.
class CasesCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    using ArchiveCommand::ArchiveCommand;

protected:
    void show() override;
};

/// `case ID`: a case and its conversation, oldest message first.
class CaseCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    using ArchiveCommand::ArchiveCommand;

protected:
    void show() override;

private:
    void print(const CaseRecord &record);
};

/// `search WORDS`: notes, tags, messages and subjects of the account that have all the words.
class SearchCommand final : public ArchiveCommand
{
    Q_OBJECT

public:
    using ArchiveCommand::ArchiveCommand;

protected:
    void show() override;

private:
    void print(const CaseRecords &cases);
};

} // namespace casement::cli
