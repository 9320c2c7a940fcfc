#include "ui/caselanguagefield.h"

#include "models/names.h"
#include "ui/casetemplates.h"
#include "ui/errortext.h"
#include "ui/plaintext.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QTimeZone>

namespace casement {

using namespace Qt::StringLiterals;

CaseLanguageField::CaseLanguageField(Workspace &workspace, QComboBox &box, QLabel &hours, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_box(box), m_label(hours)
{
    m_label.setForegroundRole(QPalette::PlaceholderText);
}

QString CaseLanguageField::code() const { return m_box.currentIndex() < 0 ? m_wanted : m_box.currentData().toString(); }

void CaseLanguageField::setWanted(const QString &code, bool isGiven)
{
    m_wanted = code;
    m_isGiven = isGiven;
    m_box.setCurrentIndex(m_box.findData(code));
}

void CaseLanguageField::ask(AccountId account, const CaseKind &kind)
{
    const int run = ++m_run;
    m_account = account;
    m_kind = kind;
    m_onlyType.clear();
    const std::shared_ptr<Client> client = m_workspace.client(account);
    if (!client || kind.issueType.isEmpty() || kind.serviceCode.isEmpty() || kind.categoryCode.isEmpty()) {
        show(CatalogArchive::knownCaseLanguages());
        return clearHours();
    }
    m_workspace.catalog().supportedLanguages(
        account, *client, kind, this,
        [this, run](const Result<QList<SupportedLanguage>> &languages, const Freshness &freshness) {
            if (run != m_run)
                return;
            const bool hasSome = languages && !languages->isEmpty();
            show(hasSome ? *languages : CatalogArchive::knownCaseLanguages());
            const bool isRefused = !languages && languages.error().kind == Error::Kind::Refused;
            if (hasSome || freshness.state == Freshness::State::Assumed || (!languages && !isRefused))
                askHours();
            else
                askOtherType();
            Q_EMIT changed();
        });
}

/// AWS has no such case; whether it has one of the other type tells if that is because of the type.
void CaseLanguageField::askOtherType()
{
    clearHours();
    const std::shared_ptr<Client> client = m_workspace.client(m_account);
    if (!client)
        return;
    CaseKind other = m_kind;
    other.issueType = m_kind.issueType == "technical"_L1 ? u"customer-service"_s : u"technical"_s;
    m_workspace.catalog().supportedLanguages(
        m_account, *client, other, this,
        [this, run = m_run, type = other.issueType](const Result<QList<SupportedLanguage>> &languages,
                                                    const Freshness &freshness) {
            if (run != m_run || !languages || languages->isEmpty() || freshness.state == Freshness::State::Assumed)
                return;
            m_onlyType = type;
            Q_EMIT changed();
        });
}

void CaseLanguageField::show(const QList<SupportedLanguage> &languages)
{
    const QString before = code();
    m_box.clear();
    for (const SupportedLanguage &language : languages)
        m_box.addItem(Names::language(language.code.toUtf8().toStdString()), language.code);
    m_box.setCurrentIndex(m_box.findData(before));
    if (m_box.currentIndex() < 0 && !(m_isGiven && before == m_wanted))
        m_box.setCurrentIndex(m_box.findData(u"en"_s));
}

void CaseLanguageField::askHours()
{
    clearHours();
    const std::shared_ptr<Client> client = m_workspace.client(m_account);
    const QString language = m_box.currentData().toString();
    if (!client || m_kind.serviceCode.isEmpty() || m_kind.categoryCode.isEmpty() || language.isEmpty()
        || !m_onlyType.isEmpty())
        return;
    m_workspace.catalog().createCaseOptions(
        m_account, *client, m_kind, language, this,
        [this, run = m_run, language](const Result<DescribeCreateCaseOptions::Response> &options,
                                      const Freshness &freshness) {
            if (run != m_run || language != m_box.currentData().toString())
                return;
            m_hours = options ? ContactHours(*options) : ContactHours();
            m_noHours = options ? freshness.error : options.error();
            showHours();
        });
}

void CaseLanguageField::clearHours()
{
    m_hours = {};
    m_noHours = {};
    showHours();
}

void CaseLanguageField::showHours()
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    QString text = CaseTemplates::hoursText(m_hours, now);
    if (text.isEmpty() && isCode(m_noHours.code, "AccessDenied"_L1))
        text = tr("When AWS can be reached is not known: this account may not ask for it "
                  "(support:DescribeCreateCaseOptions).");
    else if (text.isEmpty() && m_noHours.kind != Error::Kind::None && m_noHours.kind != Error::Kind::Cancelled)
        text = tr("When AWS can be reached could not be asked: %1").arg(ErrorText::summary(m_noHours));
    m_label.setText(text);
    setPlainToolTip(m_label, CaseTemplates::calendarText(m_hours, now, QTimeZone::systemTimeZone()));
    m_label.setVisible(!m_label.text().isEmpty());
}

} // namespace casement
