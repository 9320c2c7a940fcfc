#include "ui/caseproblems.h"

#include "models/displaytext.h"
#include "ui/messagelimits.h"

#include <QComboBox>
#include <QLabel>

#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct FieldOfMember
{
    QLatin1StringView member;
    QLatin1StringView label;
};

constexpr std::array fieldsOfMembers{
    FieldOfMember{CaseProblems::account, "accountProblem"_L1}, FieldOfMember{"issueType"_L1, "issueTypeProblem"_L1},
    FieldOfMember{"serviceCode"_L1, "serviceProblem"_L1},      FieldOfMember{"categoryCode"_L1, "categoryProblem"_L1},
    FieldOfMember{"severityCode"_L1, "severityProblem"_L1},    FieldOfMember{"language"_L1, "languageProblem"_L1},
    FieldOfMember{"ccEmailAddresses"_L1, "ccProblem"_L1},      FieldOfMember{"subject"_L1, "subjectProblem"_L1},
    FieldOfMember{"communicationBody"_L1, "bodyProblem"_L1},
};

constexpr qsizetype longestShownCode = 60;

QString shortened(const QString &code)
{
    return code.size() <= longestShownCode ? code : code.first(longestShownCode) + u'…';
}

bool isNoneOf(const QString &code, const QComboBox &box)
{
    return !code.isEmpty() && box.count() > 0 && box.findData(code) < 0;
}

} // namespace

QList<std::pair<QLatin1StringView, QString>> CaseProblems::unknownCodes(const CreateCase::Request &request,
                                                                        const Lists &lists)
{
    QList<std::pair<QLatin1StringView, QString>> unknown;
    const auto say = [&unknown](QLatin1StringView member, const QString &sentence, const QString &code) {
        unknown.append({member, sentence.arg(displayText(shortened(code)))});
    };
    if (isNoneOf(request.issueType, lists.issueTypes))
        say("issueType"_L1, tr("“%1” is no type of case; choose one."), request.issueType);
    else if (!lists.onlyType.isEmpty() && request.issueType != lists.onlyType)
        unknown.append({"issueType"_L1,
                        //: %1 is a service, %2 a type of case
                        tr("AWS takes cases about %1 only as “%2”; choose that type.")
                            .arg(lists.services.name(request.serviceCode),
                                 lists.issueTypes.itemText(lists.issueTypes.findData(lists.onlyType)))});
    const bool servicesKnown = !lists.services.isEmpty() && !request.serviceCode.isEmpty();
    if (servicesKnown && !lists.services.knows(request.serviceCode))
        say("serviceCode"_L1, tr("“%1” is none of AWS's services; choose one."), request.serviceCode);
    else if (servicesKnown && !request.categoryCode.isEmpty() && lists.categories.rowOf(request.categoryCode) < 0)
        say("categoryCode"_L1, tr("“%1” is none of this service's categories; choose one."), request.categoryCode);
    if (isNoneOf(request.severityCode, lists.severities))
        say("severityCode"_L1, tr("“%1” is none of the severities this account may use; choose one."),
            request.severityCode);
    if (isNoneOf(request.language, lists.languages))
        say("language"_L1, tr("“%1” is none of the languages AWS answers in here; choose one."), request.language);
    return unknown;
}

QString CaseProblems::leftOutCategory(const QString &serviceCode, const QString &categoryCode, const Lists &lists)
{
    if (categoryCode.isEmpty() || lists.categories.rowCount() > 0 || !lists.services.knows(serviceCode))
        return {};
    return tr("This service has no categories, so “%1” is left out.").arg(displayText(shortened(categoryCode)));
}

void CaseProblems::show(const QWidget &form, const Sentences &sentences)
{
    for (const FieldOfMember &field : fieldsOfMembers) {
        if (auto *label = form.findChild<QLabel *>(QString(field.label)))
            MessageLimits::showProblem(*label, sentences.value(field.member));
    }
}

} // namespace casement
