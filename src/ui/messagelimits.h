#pragma once

#include "support/cases.h"

#include <QCoreApplication>

class QLabel;

namespace casement {

/// What keeps a message from being sent, in words for the person; empty when nothing does.
class MessageLimits
{
    Q_DECLARE_TR_FUNCTIONS(casement::MessageLimits)

public:
    static QString body(const QString &text);
    static QString cc(const QStringList &addresses);
    /// `hasCategories`: the chosen service has some, so one must be named.
    static QString newCase(const CreateCase::Request &request, bool hasCategories);

    /// The member that a refusal of the service is about, by the name it has in the service's message; empty when it is
    /// about the whole.
    static QLatin1StringView memberIn(const QString &refusal);

    /// "7,412 left" of the service's limit, in colours that warn; hidden while there is no text.
    static void showLeft(QLabel &label, const QString &text);
    /// Shows a sentence in the colour of errors, or hides the label.
    static void showProblem(QLabel &label, const QString &sentence);
    /// The same of what is no error: something is waited for.
    static void showNote(QLabel &label, const QString &sentence);
};

} // namespace casement
