#include "archive/accountimport.h"

#include "archive/accountname.h"

#include "aws/sources/profilesource.h"
#include "aws/sources/rolesource.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <array>
#include <optional>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

using ImportNote = ImportCandidate::Note;

constexpr qsizetype largestCsv = 16 << 20;
constexpr std::array importColors{"blue"_L1, "orange"_L1, "green"_L1,  "purple"_L1, "teal"_L1,
                                  "red"_L1,  "olive"_L1,  "indigo"_L1, "brown"_L1,  "gray"_L1};

struct CsvRow
{
    QStringList cells;
    int line = 0; // on which it begins
};

Error atLine(const QString &file, int line, const QString &sentence)
{
    return {.kind = Error::Kind::Invalid, .message = u"%1:%2: %3"_s.arg(file).arg(line).arg(sentence)};
}

/// The rows of a table; nothing when a quotation mark has no end, on `line`.
std::optional<QList<CsvRow>> readRows(const QString &text, QChar separator, int &line)
{
    QList<CsvRow> rows;
    CsvRow row{.cells = {}, .line = 1};
    QString cell;
    bool isQuoted = false;
    bool wasQuoted = false;
    line = 1;
    int openedOn = 1;
    const auto endCell = [&] {
        row.cells.append(wasQuoted ? cell : cell.trimmed());
        cell.clear();
        wasQuoted = false;
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool isEnd = c == u'\n' || c == u'\r';
        if (c == u'\r' && i + 1 < text.size() && text.at(i + 1) == u'\n')
            ++i;
        if (isQuoted) {
            if (c == u'"' && i + 1 < text.size() && text.at(i + 1) == u'"') {
                cell += c;
                ++i;
            } else if (c == u'"') {
                isQuoted = false;
            } else {
                cell += isEnd ? QChar(u'\n') : c;
                line += isEnd ? 1 : 0;
            }
        } else if (isEnd) {
            endCell();
            rows.append(row);
            row = {.cells = {}, .line = ++line};
        } else if (c == separator) {
            endCell();
        } else if (c == u'"' && cell.trimmed().isEmpty()) {
            cell.clear();
            isQuoted = wasQuoted = true;
            openedOn = line;
        } else if (!(wasQuoted && c.isSpace())) {
            cell += c;
        }
    }
    if (isQuoted) {
        line = openedOn;
        return {};
    }
    if (!cell.isEmpty() || wasQuoted || !row.cells.isEmpty()) {
        endCell();
        rows.append(row);
    }
    rows.removeIf([](const CsvRow &one) {
        return std::all_of(one.cells.begin(), one.cells.end(),
                           [](const QString &cellText) { return cellText.isEmpty(); });
    });
    return rows;
}

/// That of the first line: what stands in it most often.
QChar separatorOf(const QString &text)
{
    const QString first = text.section(QRegularExpression(u"[\\r\\n]"_s), 0, 0, QString::SectionSkipEmpty);
    QChar best = u',';
    for (const QChar one : {u';', u'\t'}) {
        if (first.count(one) > first.count(best))
            best = one;
    }
    return best;
}

QString columnName(const QString &written)
{
    QString name = written.trimmed().toLower();
    name.replace(u' ', u'_').replace(u'-', u'_');
    return name == "colour"_L1 ? u"color"_s : name;
}

QString nameKey(const QString &name)
{
    return name.simplified().normalized(QString::NormalizationForm_KC).toCaseFolded();
}

/// A name that nobody has; `more` tells it apart better than a number.
QString freeName(const QString &wanted, const QString &more, const QSet<QString> &taken)
{
    const auto with = [&](const QString &end) { return QString(accountNameLike(wanted, end.size()) + end); };
    if (!more.isEmpty() && !taken.contains(nameKey(with(u" (%1)"_s.arg(more)))))
        return with(u" (%1)"_s.arg(more));
    for (int number = 2;; ++number) {
        const QString name = with(u" (%1)"_s.arg(number));
        if (!taken.contains(nameKey(name)))
            return name;
    }
}

/// What makes two entries the same account by the same way.
QString wayOf(const ListedAccount &account)
{
    const bool isRole = account.source == ListedAccount::Source::Role;
    if (!isRole && account.source != ListedAccount::Source::Profile)
        return {};
    return QStringList{isRole ? u"role"_s : u"profile"_s, isRole ? account.roleArn : account.profile,
                       account.endpointUrl}
        .join(QChar(u'\n'));
}

} // namespace

QList<ImportCandidate> AccountImport::ofProfiles(const AwsConfig &config)
{
    QList<ImportCandidate> candidates;
    for (const Profile &profile : config.profiles) {
        ImportCandidate candidate;
        candidate.account.name = accountNameLike(profile.name);
        candidate.account.source = ListedAccount::Source::Profile;
        candidate.account.profile = profile.name;
        if (profile.uses == ProfileUses::Nothing) {
            candidate.note = ImportNote::Unusable;
            candidate.detail = tr("has no keys");
        } else if (profile.uses == ProfileUses::Login) {
            candidate.note = ImportNote::Unusable;
            candidate.detail = tr("“aws login”: use credential_process");
        }
        candidates.append(candidate);
    }
    return candidates;
}

Result<QList<ImportCandidate>> AccountImport::ofCsv(const QByteArray &content, const QString &fileName,
                                                    const ListedAccount &base)
{
    QByteArrayView bytes(content);
    if (bytes.size() > largestCsv)
        return atLine(fileName, 1, tr("The file is larger than 16 MB. Choose one with a line for each account."));
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    if (!bytes.isValidUtf8() || bytes.contains('\0')) {
        return atLine(fileName, 1, tr("The file is no text in UTF-8. Save it as “CSV UTF-8” and choose it again."));
    }
    const QString text = QString::fromUtf8(bytes);
    int line = 1;
    const auto rows = readRows(text, separatorOf(text), line);
    if (!rows)
        return atLine(fileName, line, tr("A quotation mark begins here and has no end."));
    if (rows->isEmpty())
        return atLine(fileName, 1,
                      tr("The file is empty. Its first line must name the columns: name, profile or role_arn."));

    QHash<QString, qsizetype> columns;
    const CsvRow &header = rows->first();
    for (qsizetype i = 0; i < header.cells.size(); ++i) {
        const QString name = columnName(header.cells.at(i));
        if (!name.isEmpty() && columns.contains(name))
            return atLine(fileName, header.line, tr("The column %1 stands here twice.").arg(name));
        static const QRegularExpression keys(
            u"^(aws)?[_ -]?(secret[_ -]?)?access[_ -]?key([_ -]?id)?$|^(aws)?[_ -]?session[_ -]?token$"_s);
        if (keys.match(name).hasMatch()) {
            return atLine(
                fileName, header.line,
                tr("The column %1 is for keys, and those are not read from a table: take it out of the file. Keys "
                   "are entered when an account is added, or stand in a profile that the table names.")
                    .arg(name));
        }
        columns.insert(name, i);
    }
    if (!columns.contains(u"name"_s) || (!columns.contains(u"profile"_s) && !columns.contains(u"role_arn"_s))) {
        return atLine(fileName, header.line,
                      tr("The first line must name the columns: name, and profile or role_arn. It reads: %1")
                          .arg(header.cells.join(u", "_s).left(200)));
    }

    QList<ImportCandidate> candidates;
    QHash<QString, int> names;
    for (const CsvRow &row : rows->sliced(1)) {
        const auto cell = [&](const QString &name) {
            const auto column = columns.constFind(name);
            return column == columns.cend() ? QString() : row.cells.value(*column).trimmed();
        };
        const auto refuse = [&](const QString &sentence) { return atLine(fileName, row.line, sentence); };
        if (row.cells.size() > header.cells.size())
            return refuse(
                tr("There are more cells than columns. Put a cell that holds the separator into quotation marks."));
        ImportCandidate candidate;
        ListedAccount &account = candidate.account;
        account.name = cell(u"name"_s).simplified();
        account.profile = cell(u"profile"_s);
        account.roleArn = cell(u"role_arn"_s);
        account.externalId = cell(u"external_id"_s);
        account.region = cell(u"region"_s);
        account.endpointUrl = cell(u"endpoint_url"_s);
        account.source = account.roleArn.isEmpty() ? ListedAccount::Source::Profile : ListedAccount::Source::Role;
        if (account.name.isEmpty())
            return refuse(tr("The account has no name."));
        if (account.name.size() > longestAccountName)
            return refuse(tr("The name is longer than 100 characters."));
        if (names.contains(nameKey(account.name)))
            return refuse(tr("“%1” stands on line %2 too.").arg(account.name).arg(names.value(nameKey(account.name))));
        names.insert(nameKey(account.name), row.line);
        if (account.profile.isEmpty() == account.roleArn.isEmpty()) {
            return refuse(account.profile.isEmpty()
                              ? tr("“%1” has neither a profile nor a role_arn.").arg(account.name)
                              : tr("“%1” has both a profile and a role_arn; only one can be.").arg(account.name));
        }
        if (account.source == ListedAccount::Source::Role) {
            const RoleArn arn = RoleArn::of(account.roleArn);
            if (!arn.isValid()) {
                return refuse(
                    tr("The role_arn of “%1” is not the ARN of a role, such as arn:aws:iam::111122223333:role/Support.")
                        .arg(account.name));
            }
            if (base.id.isEmpty())
                return refuse(tr("“%1” is a role. Choose the account whose keys assume it.").arg(account.name));
            if (!account.externalId.isEmpty() && !isExternalId(account.externalId)) {
                return refuse(tr("The external_id of “%1” is none: it has 2 to 1,224 letters, digits and characters of "
                                 "_+=,.@:/-")
                                  .arg(account.name));
            }
            account.base = base.id;
            account.accountNumber = arn.account;
            if (account.endpointUrl.isEmpty())
                account.endpointUrl = base.endpointUrl;
        } else if (!account.externalId.isEmpty()) {
            return refuse(tr("“%1” has an external_id, which only a role_arn takes.").arg(account.name));
        }
        if (!account.region.isEmpty() && !resolveEndpoint({.region = account.region}))
            return refuse(tr("The region of “%1” is not a region, such as us-east-1.").arg(account.name));
        if (!account.endpointUrl.isEmpty()
            && !resolveEndpoint({.region = u"us-east-1"_s, .customUrl = account.endpointUrl})) {
            return refuse(tr("The endpoint_url of “%1” is not an address: those begin with https://, or with http:// "
                             "on this computer.")
                              .arg(account.name));
        }
        if (const QString color = cell(u"color"_s).toLower(); !color.isEmpty()) {
            const auto known =
                std::find(importColors.begin(), importColors.end(), color == "grey"_L1 ? u"gray"_s : color);
            if (known == importColors.end()) {
                QStringList all;
                for (const QLatin1StringView one : importColors)
                    all.append(one);
                return refuse(tr("The color of “%1” is none of: %2.").arg(account.name, all.join(u", "_s)));
            }
            account.color = int(known - importColors.begin());
        }
        candidates.append(candidate);
    }
    if (candidates.isEmpty())
        return atLine(fileName, header.line, tr("No account follows the line with the columns."));
    return candidates;
}

QString AccountImport::whyNoRoleName(const QString &roleName)
{
    static const QRegularExpression form(uR"(\A(?:[\w+=,.@-]+/)*[\w+=,.@-]{1,64}\z)"_s);
    if (roleName.size() <= 576 && form.match(roleName).hasMatch())
        return {};
    return roleName.isEmpty() ? tr("Enter the name of the role.")
                              : tr("A role's name has up to 64 letters, digits and characters of +=,.@_-");
}

QList<ImportCandidate> AccountImport::ofOrganization(const QList<OrganizationAccount> &accounts,
                                                     const ListedAccount &base, const QString &roleName,
                                                     const QString &externalId)
{
    QList<ImportCandidate> candidates;
    for (const OrganizationAccount &one : accounts) {
        ImportCandidate candidate;
        ListedAccount &account = candidate.account;
        account.name = accountNameLike(one.name);
        if (account.name.isEmpty())
            account.name = one.id;
        account.source = ListedAccount::Source::Role;
        account.base = base.id;
        const QString partition = one.arn.section(u':', 1, 1);
        account.roleArn = u"arn:%1:iam::%2:role/%3"_s.arg(partition.isEmpty() ? u"aws"_s : partition, one.id, roleName);
        account.externalId = externalId;
        account.region = base.region;
        account.endpointUrl = base.endpointUrl;
        account.accountNumber = one.id;
        if (one.isSuspended)
            candidate.note = ImportNote::Suspended;
        candidates.append(candidate);
    }
    return candidates;
}

QList<ImportCandidate> AccountImport::compared(QList<ImportCandidate> candidates, const QList<ListedAccount> &listed)
{
    QSet<QString> taken;
    QHash<QString, QString> ways; // to the name in the list
    QHash<QString, QString> numbers;
    for (const ListedAccount &account : listed) {
        taken.insert(nameKey(account.name));
        if (const QString way = wayOf(account); !way.isEmpty())
            ways.insert(way, account.name);
        if (!account.accountNumber.isEmpty())
            numbers.insert(account.accountNumber + u'\n' + account.endpointUrl, account.name);
    }
    for (ImportCandidate &candidate : candidates) {
        ListedAccount &account = candidate.account;
        QString known = ways.value(wayOf(account));
        if (known.isEmpty() && !account.accountNumber.isEmpty())
            known = numbers.value(account.accountNumber + u'\n' + account.endpointUrl);
        if (!known.isEmpty()) {
            candidate.note = ImportNote::Listed;
            candidate.detail = known;
            continue;
        }
        if (!candidate.isPossible())
            continue;
        if (taken.contains(nameKey(account.name))) {
            if (candidate.note == ImportNote::None) {
                candidate.note = ImportNote::Renamed;
                candidate.detail = account.name;
            }
            account.name = freeName(account.name, account.accountNumber, taken);
        }
        taken.insert(nameKey(account.name));
    }
    return candidates;
}

} // namespace casement
