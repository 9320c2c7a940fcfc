#include "ui/advisornotice.h"

#include "aws/serviceerror.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "ui/advisorwork.h"
#include "ui/errortext.h"
#include "ui/statepage.h"
#include "ui/workspace.h"

#include <QLocale>

#include <tuple>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

/// With a full stop, whatever the service's words end in.
QString ended(QString sentence)
{
    if (!sentence.isEmpty() && !QStringView(u".!?…。！？").contains(sentence.back()))
        sentence += wordsLocale().language() == QLocale::Japanese ? u'。' : u'.';
    return sentence;
}

} // namespace

AdvisorStanding AdvisorNotice::standing(const AdvisorWork &work, Workspace &workspace, const QList<AccountId> &accounts,
                                        bool isReading)
{
    AdvisorStanding standing;
    standing.isReading = isReading;
    standing.isLoading = work.isLoading(accounts);
    std::tie(standing.done, standing.total) = work.progress(accounts);
    for (const AccountId account : accounts) {
        standing.wasLoaded = standing.wasLoaded || work.loaded(account) > 0;
        const Error error = work.error(account);
        if (error.kind == Error::Kind::None || error.kind == Error::Kind::Cancelled)
            continue;
        if (standing.failed.isEmpty())
            standing.error = error;
        standing.failed.append(workspace.accountName(account));
    }
    standing.isOffline = ErrorText::isOffline(standing.error);
    return standing;
}

QString AdvisorNotice::advice(const Error &error)
{
    if (isCode(error.code, "UnknownOperation"_L1) || error.kind == Error::Kind::NotTheService)
        return tr(
            "AWS answers these questions in the region us-east-1 of its partition only: check region and endpoint "
            "of the profile.");
    return ErrorText::advice(error);
}

QString AdvisorNotice::sentence(const AdvisorStanding &standing)
{
    const QLocale locale;
    if (standing.isLoading)
        return standing.total > 0
            ? tr("Loading results: %1 of %2").arg(locale.toString(standing.done), locale.toString(standing.total))
            : tr("Loading checks…");
    if (standing.failed.isEmpty())
        return {};
    QStringList sentences;
    if (standing.error.kind != Error::Kind::Incomplete)
        sentences.append(
            standing.failed.size() == 1
                ? tr("Trusted Advisor of “%1” could not be loaded.").arg(displayText(standing.failed.constFirst()))
                : tr("Trusted Advisor of %Ln account(s) could not be loaded.", nullptr, int(standing.failed.size())));
    sentences.append(standing.error.kind == Error::Kind::Incomplete ? ended(displayText(standing.error.message))
                                                                    : ErrorText::happened(standing.error));
    if (isOutOfReach(standing.error))
        sentences.append(tr("What is shown was loaded before."));
    else if (const QString what = advice(standing.error); !what.isEmpty())
        sentences.append(what);
    return sentences.join(u' ');
}

void AdvisorNotice::showInPlace(const AdvisorStanding &standing, StatePage &page)
{
    const QString loading = standing.isLoading ? sentence(standing) : QString();
    if (standing.isLoading || standing.isReading)
        return page.showLoading(standing.isLoading ? loading : tr("Reading what is kept…"));
    if (!standing.failed.isEmpty()) {
        QString text = ErrorText::happened(standing.error);
        if (const QString what = advice(standing.error); !what.isEmpty())
            text += u' ' + what;
        return page.show(standing.isOffline ? u"offline"_s : u"error"_s, tr("Trusted Advisor could not be loaded"),
                         text, tr("Try A&gain"), tr("Choose Another Acco&unt"));
    }
    if (standing.wasLoaded)
        return page.show(u"check"_s, tr("No checks"), tr("AWS lists no checks of Trusted Advisor for this account."),
                         tr("L&oad Again"));
    page.show(u"refresh"_s, tr("Not loaded yet"),
              tr("The checks of Trusted Advisor have not been loaded for this account."), tr("L&oad"));
}

} // namespace casement
