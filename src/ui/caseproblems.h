#pragma once

#include "models/servicemodel.h"
#include "support/cases.h"

#include <QCoreApplication>
#include <QHash>

#include <utility>

class QComboBox;
class QLabel;
class QWidget;

namespace casement {

/// What is wrong with a new case, a sentence for each member of CreateCase, and where it is shown: in the label beside
/// the member's field.
class CaseProblems
{
    Q_DECLARE_TR_FUNCTIONS(casement::CaseProblems)

public:
    using Sentences = QHash<QLatin1StringView, QString>;

    /// Stands for the account, which is no member.
    static constexpr QLatin1StringView account{"account"};

    /// The lists that codes come from; a list that has not arrived yet is empty.
    struct Lists
    {
        const ServiceModel &services;
        const CategoryModel &categories;
        const QComboBox &issueTypes; ///< the codes of these are their user data
        const QComboBox &severities;
        const QComboBox &languages;
        QString onlyType; ///< the type of case as which alone AWS has this service and category; empty: not known
    };

    /// Codes that are in none of the lists or do not go together, as a template may name them; in the order of the
    /// form.
    static QList<std::pair<QLatin1StringView, QString>> unknownCodes(const CreateCase::Request &request,
                                                                     const Lists &lists);

    /// What is said of a category that a template or draft names for a service that has none: it is not sent. Empty for
    /// every other one.
    static QString leftOutCategory(const QString &serviceCode, const QString &categoryCode, const Lists &lists);

    /// Shows each sentence beside its field, the label `<field>Problem`, and hides the labels of the others.
    static void show(const QWidget &form, const Sentences &sentences);
};

} // namespace casement
