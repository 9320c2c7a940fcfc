#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

/// The outer form of the files that the AWS CLI takes by `--cli-input-json` and `--cli-input-yaml`: names with values.
/// What the names mean is casetemplate's matter.
namespace casement {

/// One name of a template and its value, whose type is the one that the CLI would see.
struct TemplateMember
{
    QString name;
    int line = 0; ///< where the name stands, from 1
    /// Null, text, number, boolean or list. An object stands for all that is nested, and 0 for a date of YAML.
    QJsonValue value;
    bool isNullWord = false; ///< `null` is written out in YAML, where somebody may have meant the word
};

/// A larger file holds no case: a message has at most 8000 characters.
inline constexpr qsizetype largestTemplate = 1 << 20;
/// CreateCase has eleven members.
inline constexpr int mostTemplateMembers = 100;

/// Reads JSON or YAML, whichever it is, in the order of the file; UTF-16 with a byte order mark too, which PowerShell
/// writes. Line ends become line feeds. A name that comes twice, aliases, tags, `%YAML 1.1` and nesting beyond reason
/// are refused, like everything else that is not a list of names with values; Error::Kind::File then has one sentence
/// for people.
Result<QList<TemplateMember>> readTemplateMembers(const QByteArray &file);

/// That Error.
Error templateError(const QString &sentence);

} // namespace casement
