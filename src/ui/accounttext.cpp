#include "ui/accounttext.h"

#include "archive/accountname.h"
#include "aws/endpoint.h"
#include "aws/localcode.h"
#include "aws/serviceerror.h"
#include "models/displaytext.h"
#include "models/relativetime.h"
#include "ui/errortext.h"

#include <QLocale>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

// In the order of models/accountmodel's palette.
constexpr std::array<const char *, accountColorCount> colorNames{
    QT_TRANSLATE_NOOP("casement::AccountText", "Blue"),  QT_TRANSLATE_NOOP("casement::AccountText", "Orange"),
    QT_TRANSLATE_NOOP("casement::AccountText", "Green"), QT_TRANSLATE_NOOP("casement::AccountText", "Purple"),
    QT_TRANSLATE_NOOP("casement::AccountText", "Teal"),  QT_TRANSLATE_NOOP("casement::AccountText", "Red"),
    QT_TRANSLATE_NOOP("casement::AccountText", "Olive"), QT_TRANSLATE_NOOP("casement::AccountText", "Indigo"),
    QT_TRANSLATE_NOOP("casement::AccountText", "Brown"), QT_TRANSLATE_NOOP("casement::AccountText", "Grey"),
};

} // namespace

QString AccountText::colorName(int color)
{
    return color >= 0 && color < accountColorCount ? tr(colorNames[size_t(color)]) : QString();
}

QString AccountText::source(const ListedAccount &account, const QList<ListedAccount> &all)
{
    using Source = ListedAccount::Source;
    switch (account.source) {
    case Source::Newer:
        //: Where the keys of an account come from: only a newer version of this program knows
        return tr("Unknown here");
    case Source::Keychain:
        //: Where the keys of an account come from
        return tr("Keychain");
    case Source::Session:
        //: Where the keys of an account come from: they were entered, and are gone when the program ends
        return tr("This session only");
    case Source::Profile:
        //: Where the keys of an account come from; %1 is a profile of ~/.aws
        return tr("Profile %1").arg(displayText(account.profile));
    case Source::Environment:
        //: Where the keys of an account come from
        return tr("Environment");
    case Source::Role: {
        const auto base = std::find_if(all.begin(), all.end(),
                                       [&account](const ListedAccount &one) { return one.id == account.base; });
        const QString role = displayText(account.roleArn.section(u'/', -1));
        //: Where the keys of an account come from; %1 is a role, %2 the name of another account
        return base == all.end() ? tr("Role %1").arg(role) : tr("Role %1 by %2").arg(role, displayText(base->name));
    }
    }
    return {};
}

QString AccountText::status(const ListedAccount &account, bool isOpen, const AccountStatus &status, qint64 now)
{
    if (account.source == ListedAccount::Source::Newer)
        return tr("Needs a newer Casement");
    if (account.paused)
        return tr("Paused");
    if (!isOpen)
        return tr("Not open");
    if (status.refreshing && status.lastSync == 0)
        return tr("Being loaded…");
    if (status.error.kind != Error::Kind::None && status.error.kind != Error::Kind::Cancelled)
        return ErrorText::happened(status.error);
    if (status.lastSync == 0)
        return tr("Not refreshed yet");
    return tr("Refreshed %1").arg(TimeText::ago(status.lastSync, now, QLocale()));
}

QString AccountText::sentences(const Error &error) { return sentencesWith(error, ErrorText::advice(error)); }

QString AccountText::sentencesHere(const Error &error)
{
    return sentencesWith(error, ErrorText::adviceOnAccounts(error));
}

QString AccountText::sentencesWith(const Error &error, const QString &advice)
{
    if (error.kind == Error::Kind::Invalid && error.operation.isEmpty() && error.code.isEmpty())
        return error.message; // of the list, which says what to do
    const QString happened =
        siblingOf(error).isEmpty() ? ErrorText::happened(error) : ErrorText::summary(error); // who was asked
    QString text = happened;
    for (const QString &more : {advice, evidence(error)}) {
        if (!more.isEmpty())
            //: Two sentences, one after the other.
            text = tr("%1 %2", "sentences").arg(ErrorText::stopped(text), more);
    }
    return text;
}

QString AccountText::evidence(const Error &error)
{
    // AWS's own words name a plan to buy, which the sentences do not.
    return isCode(error.code, "SubscriptionRequired"_L1) ? QString() : ErrorText::evidence(error);
}

QString AccountText::sameAccount(const ListedAccount &account, const QList<ListedAccount> &all)
{
    const QString number = knownNumber(account);
    const auto same = std::find_if(all.begin(), all.end(), [&](const ListedAccount &one) {
        return (one.id.isEmpty() || one.id != account.id) && one.endpointUrl == account.endpointUrl
            && knownNumber(one) == number;
    });
    if (number.isEmpty() || same == all.end())
        return {};
    return tr("This is account %1, which is in the list as “%2” already.").arg(number, displayText(same->name));
}

QString AccountText::regionProblem(const QString &region)
{
    if (region.isEmpty() || resolveEndpoint({.region = region}))
        return {};
    return tr("This is no region of AWS. Write it like eu-west-1.");
}

QString AccountText::regionNote(const QString &region)
{
    if (region.isEmpty() || knownRegions().contains(region) || !regionProblem(region).isEmpty())
        return {};
    return tr("Casement does not know this region. It is used all the same, since AWS adds regions.");
}

QString AccountText::nameNote(const ListedAccount &account, const QList<ListedAccount> &all)
{
    const QString other = lookAlikeOf(account, all);
    return other.isEmpty() ? QString()
                           : tr("This looks like “%1” in the list, in other letters.").arg(displayText(other));
}

QString AccountText::needsNewer(const QString &name)
{
    return tr("“%1” was added by a newer version of Casement. This one keeps and shows it, and can neither refresh nor "
              "change it: install the newer one.")
        .arg(displayText(name));
}

QString AccountText::endpointProblem(const QString &url)
{
    if (url.isEmpty())
        return {};
    const Result<Endpoint> endpoint = resolveEndpoint({.region = u"us-east-1"_s, .customUrl = url});
    if (endpoint)
        return {};
    if (endpoint.error().code == localcode::plainHttp)
        return sentences(endpoint.error());
    return tr("This is no address of a service. Write it like https://support.example.com.");
}

} // namespace casement
