#pragma once

#include "cli/commandline.h"
#include "support/cases.h"

#include <variant>

namespace casement::cli {

/// A change that the service is asked for.
using SendRequest = std::variant<CreateCase::Request, AddCommunicationToCase::Request, ResolveCase::Request>;

/// The change that `create`, `reply` and `resolve` are to make, from `--input` (JSON or YAML as the AWS CLI's
/// --cli-input-json and --cli-input-yaml, checked like the input of `call`) or `--body`. `dryRun` is set for a
/// rehearsal alone. Where the input names no case, `caseId` is the operand as it was typed.
///
/// Files are not part of it; where there are some (`--attach`), the input must name none by attachmentSetId or
/// uploadIds.
///
/// Error::Kind::Invalid or File with one sentence for what can't be meant or read.
Result<SendRequest> readSendRequest(const CommandLine &line);

} // namespace casement::cli
