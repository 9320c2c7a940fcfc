#include "ui/accounttext.h"

#include "aws/endpoint.h"
#include "aws/localcode.h"
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

QStringList AccountText::regions()
{
    // partitions.json of botocore, without the isolated partitions, whose people know theirs.
    return QStringLiteral("us-east-1 us-east-2 us-west-1 us-west-2 af-south-1 ap-east-1 ap-northeast-1 ap-northeast-2 "
                          "ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 "
                          "ap-southeast-4 ap-southeast-5 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 "
                          "eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 "
                          "me-central-1 me-south-1 mx-central-1 sa-east-1 cn-north-1 cn-northwest-1 us-gov-east-1 "
                          "us-gov-west-1 eusc-de-east-1")
        .split(u' ');
}

QString AccountText::colorName(int color)
{
    return color >= 0 && color < accountColorCount ? tr(colorNames[size_t(color)]) : QString();
}

QString AccountText::source(const ListedAccount &account, const QList<ListedAccount> &all)
{
    using Source = ListedAccount::Source;
    switch (account.source) {
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

QString AccountText::sentences(const Error &error)
{
    if (error.kind == Error::Kind::Invalid && error.operation.isEmpty() && error.code.isEmpty())
        return error.message; // of the list, which says what to do
    const QString happened = ErrorText::happened(error);
    const QString advice = ErrorText::advice(error);
    //: Two sentences, one after the other.
    return advice.isEmpty() ? happened : tr("%1 %2", "sentences").arg(happened, advice);
}

QString AccountText::regionProblem(const QString &region)
{
    if (region.isEmpty() || resolveEndpoint({.region = region}))
        return {};
    return tr("This is no region of AWS. Write it like eu-west-1.");
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
