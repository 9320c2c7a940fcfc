#pragma once

#include "aws/transport.h"
#include "base/error.h"

namespace casement {

/// Makes the Error of an answer that isn't 200: its code in all three spellings (`x-amzn-ErrorType`, `__type`, `code`;
/// cut at `:` and
/// `#`), its message, kind, request id, and whether the request may have taken effect all the same. `operation` and
/// `host` are left to the caller. Source: botocore, tests/unit/protocols/output/json.json; api-facts.md §2.
Error serviceError(const HttpAnswer &answer);

/// The Error of an answer with status 200 that is not a whole JSON object; Kind::None when it is one, as far as a look
/// at both ends and the length tells.
Error checkAnswer(const HttpAnswer &answer);

/// The request id that AWS staff ask for; may be empty.
QString requestIdOf(const HttpAnswer &answer);

/// True for the codes that a wrong clock may cause; some of them have other causes too, so the Date header decides.
bool mayBeClockSkew(const Error &error);

/// The action that an AccessDenied is about, for an IAM policy: as its words name it, else that of the operation; empty
/// when there is neither.
QString deniedAction(const Error &error);

/// Who was asked, when it was not AWS Support: `AWS STS`, `IAM Identity Center` or `AWS Organizations`, where keys and
/// accounts come from. Empty for all others. Whatever they are asked changes nothing.
QLatin1StringView siblingOf(const Error &error);

/// True when the session token's time is over.
bool isExpiredToken(const Error &error);

/// Nobody knows what the service would say: it, or the way to it, does not work.
bool isOutOfReach(const Error &error);

/// The code that decides the advice: the service's own, or localcode::wrongScope where one code of the service has two
/// causes.
QString adviceCode(const Error &error);

} // namespace casement
