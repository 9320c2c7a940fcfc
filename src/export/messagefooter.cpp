#include "export/messagefooter.h"

#include <QRegularExpression>

namespace casement {

using namespace Qt::StringLiterals;

bool startsFooter(const QStringList &lines, int i)
{
    const QString &line = lines.at(i);
    if (line.startsWith("We value your feedback"_L1) || line.startsWith(u"お客様からのフィードバックを"_s)
        || line.startsWith(u"お客様のフィードバック"_s) || line.contains("rating this and other correspondences"_L1)
        || line.startsWith("To contact us again about this case"_L1)
        || line.startsWith(u"本ケースについて再度お問い合わせ"_s))
        return true;
    // A rule with one of AWS's standing sentences right below it. A rule under a line is that line's heading.
    static const QRegularExpression rule(u"^\\s*[-=_*]{8,}\\s*$"_s);
    if (!rule.match(line).hasMatch() || (i > 0 && !lines.at(i - 1).trimmed().isEmpty()))
        return false;
    int below = i + 1;
    while (below < lines.size() && lines.at(below).trimmed().isEmpty())
        ++below;
    static const QRegularExpression standing(u"^(?:Learn to work with the cloud|AWS Support:|"
                                             "To share your experience|Note, this e-mail was sent from|"
                                             "You can also find answers|AWS re:Post|"
                                             "このメールは|本メールは|AWS サポート:)"_s);
    return below < lines.size() && standing.match(lines.at(below)).hasMatch();
}

QString withoutFooter(const QString &body, bool fromAws)
{
    if (!fromAws)
        return body;
    const QStringList lines = body.split(u'\n');
    const auto isFence = [&lines](qsizetype i) { return QStringView(lines.at(i)).trimmed().startsWith("```"_L1); };
    bool isFenced = false;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (isFence(i)) {
            bool closes = isFenced;
            for (qsizetype j = i + 1; !closes && j < lines.size(); ++j)
                closes = isFence(j);
            isFenced = closes && !isFenced;
        } else if (!isFenced && i > 0 && startsFooter(lines, int(i))) {
            qsizetype end = i;
            while (end > 0 && lines.at(end - 1).trimmed().isEmpty())
                --end;
            return end > 0 ? lines.first(end).join(u'\n') : body;
        }
    }
    return body;
}

} // namespace casement
