#pragma once

#include "archive/catalogarchive.h"
#include "support/contacthours.h"

#include <QObject>

class QComboBox;
class QLabel;

namespace casement {

class Workspace;

/// The field for the language of a new case: the languages in which AWS handles that kind of case, and when it can be
/// reached about it. What AWS answers there also tells whether it has that kind of case at all.
class CaseLanguageField final : public QObject
{
    Q_OBJECT

public:
    /// All are borrowed; `hours` says when AWS can be reached.
    CaseLanguageField(Workspace &workspace, QComboBox &box, QLabel &hours, QObject *parent = nullptr);

    /// The code that is chosen, or wanted while the list has none such.
    QString code() const;
    /// `isGiven`: by a template or a draft, so that nothing is chosen in the place of a code that the list lacks.
    void setWanted(const QString &code, bool isGiven);
    /// Asks for the languages of a kind of case, and then for the hours; answers to what was asked before are dropped.
    void ask(AccountId account, const CaseKind &kind);
    /// For the chosen language.
    void askHours();
    /// The type of case as which alone AWS has this service and category, while another one is chosen; else empty.
    const QString &onlyType() const { return m_onlyType; }

Q_SIGNALS:
    void changed();

private:
    void clearHours();
    void show(const QList<SupportedLanguage> &languages);
    void showHours();
    void askOtherType();

    Workspace &m_workspace;
    QComboBox &m_box;
    QLabel &m_label;
    ContactHours m_hours;
    Error m_noHours; // why there are none
    AccountId m_account = 0;
    CaseKind m_kind;
    QString m_wanted;
    QString m_onlyType;
    int m_run = 0; // the newest question
    bool m_isGiven = false;
};

} // namespace casement
