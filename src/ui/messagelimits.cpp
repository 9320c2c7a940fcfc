#include "ui/messagelimits.h"

#include "models/displaytext.h"
#include "support/messagecheck.h"
#include "ui/theme.h"

#include <QLabel>
#include <QLocale>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int warnFrom = 500; // characters left

void setInk(QLabel &label, const QColor &ink)
{
    if (label.palette().color(QPalette::WindowText) == ink)
        return;
    QPalette own = label.palette();
    own.setColor(QPalette::WindowText, ink);
    label.setPalette(own);
}

} // namespace

QLatin1StringView MessageLimits::memberIn(const QString &refusal)
{
    for (const auto name : {"serviceCode"_L1, "categoryCode"_L1, "severityCode"_L1, "language"_L1, "issueType"_L1,
                            "ccEmailAddresses"_L1, "communicationBody"_L1, "subject"_L1}) {
        if (refusal.contains(name, Qt::CaseInsensitive))
            return name;
    }
    return {};
}

QString MessageLimits::body(const QString &text)
{
    if (const int over = codePoints(text) - longestMessage; over > 0)
        return tr("%Ln character(s) over AWS's limit of 8,000.", nullptr, over);
    return {};
}

QString MessageLimits::cc(const QStringList &addresses)
{
    for (const QString &address : addresses) {
        if (!isMailAddress(address))
            return tr("“%1” is not an e-mail address.").arg(displayText(address));
    }
    if (addresses.size() > mostCcAddresses)
        return tr("%Ln CC address(es); AWS takes at most 10.", nullptr, int(addresses.size()));
    return {};
}

QString MessageLimits::newCase(const CreateCase::Request &request, bool hasCategories)
{
    if (request.serviceCode.isEmpty())
        return tr("Choose a service.");
    if (request.categoryCode.isEmpty() && hasCategories)
        return tr("Choose a category.");
    if (request.severityCode.isEmpty())
        return tr("Choose a severity.");
    if (const QString problem = cc(request.ccEmailAddresses); !problem.isEmpty())
        return problem;
    if (request.subject.isEmpty())
        return tr("Write a subject.");
    if (request.communicationBody.trimmed().isEmpty())
        return tr("Describe what is wrong.");
    return body(request.communicationBody);
}

void MessageLimits::showLeft(QLabel &label, const QString &text)
{
    const int left = longestMessage - codePoints(text);
    label.setText(left < 0 ? tr("%1 over").arg(QLocale().toString(-left))
                           : tr("%1 left").arg(QLocale().toString(left)));
    label.setVisible(!text.isEmpty());
    const ThemeColors &colors = Theme::colors();
    setInk(label, left < 0 ? colors.errorText : left < warnFrom ? colors.warningText : colors.mutedText);
}

void MessageLimits::showProblem(QLabel &label, const QString &sentence)
{
    label.setText(sentence);
    label.setVisible(!sentence.isEmpty());
    setInk(label, Theme::colors().errorText);
}

void MessageLimits::showNote(QLabel &label, const QString &sentence)
{
    showProblem(label, sentence);
    setInk(label, Theme::colors().palette.color(QPalette::WindowText));
}

} // namespace casement
