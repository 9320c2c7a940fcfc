#pragma once

#include "base/result.h"
#include "support/cases.h"

#include <QByteArray>
#include <QHash>
#include <QString>
#include <QStringList>
#include <QStringView>

#include <variant>

namespace casement {

/// A case or a reply to write later, as the AWS CLI keeps it: the request of `aws support create-case` or
/// `add-communication-to-case` in the form of `--cli-input-json` or `--cli-input-yaml`, any part of which may be
/// missing.
///
/// Source: AWS CLI 2.9.19, `--generate-cli-skeleton` and `awscli/customizations/cliinput.py`.
struct CaseTemplate
{
    /// `dryRun` is set, to true, for a rehearsal alone: sent as it stands, a rehearsal opens no case.
    std::variant<CreateCase::Request, AddCommunicationToCase::Request> request;
    /// Names in the file that the operation does not have, in its order; their values are not loaded.
    QStringList unknownMembers;
    /// The file named an attachment set or uploads, which end within hours and are not loaded.
    bool hadAttachments = false;
    /// A text held NUL, which was taken out, or half of a surrogate pair, which is U+FFFD now.
    bool wasRepaired = false;

    bool isReply() const { return request.index() == 1; }
    bool isRehearsal() const;
    /// What a rehearsal becomes when the person says that it is meant.
    void setRehearsal(bool on);
};

/// Reads a template, JSON or YAML by itself. Empty texts, lists of empty texts and nulls count as absent, so that the
/// CLI's skeletons are empty templates. A `dryRun` in a wrong spelling is unknown and makes a rehearsal all the same.
///
/// Limits of the service are not looked at: who fills a form shortens there. Error::Kind::File has one sentence for
/// people that names member and line and says what to do: no template, a wrong type, more than any case could hold.
Result<CaseTemplate> readTemplate(const QByteArray &text);

/// Whether a file is meant as a template: its names are those of a case or a reply, or it is damaged and has some of
/// them. `beginning` is all of it, or enough to tell (`!isWhole`).
bool looksLikeTemplate(const QByteArray &beginning, bool isWhole);

enum class TemplateFormat { Json, Yaml };

/// Writes a template, members in the API's order. Attachments are left out, and `dryRun` when it is not true: a CLI
/// that is older than `dryRun` takes what is written, but refuses a rehearsal instead of opening its case.
QByteArray writeTemplate(const CaseTemplate &caseTemplate, TemplateFormat format);

/// `{{name}}` in a text. Blanks around the name are allowed.
struct Placeholder
{
    QString name; ///< letters, digits, `_`, `-` and `.`, with a letter or `_` first
    qsizetype start = 0; ///< of the braces
    qsizetype length = 0;
};

QList<Placeholder> placeholdersIn(QStringView text);

struct FilledTemplate
{
    CaseTemplate caseTemplate;
    QStringList unknownPlaceholders; ///< names that had no value, each once; they stand in the texts as before
};

/// Puts `values` in the place of their placeholders in all texts. What stands in a value is not filled again.
FilledTemplate fillPlaceholders(CaseTemplate caseTemplate, const QHash<QString, QString> &values);

} // namespace casement
