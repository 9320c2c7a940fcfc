#include "support/supportcenter.h"

#include <QUrlQuery>

namespace casement {

using namespace Qt::StringLiterals;

QUrl supportCenterUrl(const QString &partition, const QString &displayId)
{
    QString home;
    if (partition == "aws"_L1)
        home = u"https://support.console.aws.amazon.com/support/home"_s;
    else if (partition == "aws-cn"_L1)
        home = u"https://cn-north-1.console.amazonaws.cn/support/home"_s;
    else if (partition == "aws-us-gov"_L1)
        home = u"https://console.amazonaws-us-gov.com/support/home"_s;
    if (home.isEmpty() || displayId.isEmpty())
        return {};
    QUrl url(home);
    url.setFragment(u"/case/?displayId="_s + QString::fromLatin1(QUrl::toPercentEncoding(displayId)),
                    QUrl::DecodedMode);
    return url;
}

} // namespace casement
