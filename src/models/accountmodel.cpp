#include "models/accountmodel.h"

#include "base/wordslocale.h"
#include "models/displaytext.h"

#include <QCollator>

#include <algorithm>
#include <array>

namespace casement {

namespace {

struct Shades
{
    QRgb light; ///< on a white window
    QRgb dark; ///< on a dark one
};

// Each has at least 4.5:1 to white, or to #2d2d2d in a dark window; neighbours differ in hue and in lightness.
constexpr std::array<Shades, accountColorCount> palette{{
    {0xff1f5fbf, 0xff82b1ff},
    {0xffa8480a, 0xffffb27a},
    {0xff1b7a3d, 0xff7fd89b},
    {0xff8a2ba8, 0xffdd9bf2},
    {0xff0b7285, 0xff6fd6e6},
    {0xffb3264a, 0xffff98ae},
    {0xff6b6a00, 0xffd9d65c},
    {0xff5b4bc4, 0xffb3a8ff},
    {0xff7a4a2b, 0xffdcb493},
    {0xff4a6072, 0xffb4c6d4},
}};

constexpr std::array<Column<AccountRecord>, AccountModel::ColumnCount> accountColumns{{
    {.id = "name",
     .title = QT_TRANSLATE_NOOP("casement::AccountModel", "Account"),
     .display = [](const AccountRecord &a, const CellContext &) -> QVariant { return displayText(a.name); },
     .sortKey = [](const AccountRecord &a, const CellContext &context) { return context.accounts->rank(a.id); },
     .width = 20},
}};

} // namespace

QColor accountColor(int index, bool dark)
{
    const Shades &shades = palette[size_t(index < 0 ? 0 : index % accountColorCount)];
    return QColor::fromRgb(dark ? shades.dark : shades.light);
}

AccountModel::AccountModel(QObject *parent) : RecordModel(parent)
{
    CellContext own = context();
    own.accounts = this;
    setContext(own);
    sort(Name);
}

void AccountModel::setAccounts(const QList<AccountRecord> &accounts)
{
    m_known.clear();
    for (const AccountRecord &account : accounts)
        m_known.insert(account.id, {displayText(account.name), account.key, 0});
    rankNames();
    replace(std::vector<AccountRecord>(accounts.begin(), accounts.end()));
    resort(Name);
    Q_EMIT changed();
}

void AccountModel::setLooks(const QHash<AccountId, AccountLook> &looks)
{
    if (looks == m_looks)
        return;
    m_looks = looks;
    rankNames();
    resort(Name);
    cellsChanged(Name);
    Q_EMIT changed();
}

void AccountModel::setTroubles(const QHash<AccountId, QString> &troubles)
{
    if (troubles == m_troubles)
        return;
    m_troubles = troubles;
    Q_EMIT troublesChanged();
}

void AccountModel::rankNames()
{
    constexpr int behindAll = std::numeric_limits<int>::max();
    const auto place = [this](AccountId id) {
        const auto look = m_looks.constFind(id);
        return look == m_looks.cend() ? behindAll : look->place;
    };
    QCollator collator(wordsLocale());
    collator.setNumericMode(true);
    QList<AccountId> ids = m_known.keys();
    std::sort(ids.begin(), ids.end(), [&](AccountId a, AccountId b) {
        if (place(a) != place(b))
            return place(a) < place(b);
        const int order = collator.compare(m_known[a].name, m_known[b].name);
        return order != 0 ? order < 0 : a < b;
    });
    for (qsizetype i = 0; i < ids.size(); ++i)
        m_known[ids[i]].rank = i;
}

QString AccountModel::name(AccountId id) const { return m_known.value(id).name; }

void AccountModel::setOthers(const QHash<AccountId, OtherAccount> &others)
{
    if (others == m_others)
        return;
    m_others = others;
    Q_EMIT changed();
}

QString AccountModel::nameOfOther(AccountId id) const { return displayText(m_others.value(id).name); }

QString AccountModel::label(AccountId id) const
{
    if (!isOther(id))
        return name(id);
    const OtherAccount other = m_others.value(id);
    //: Of an account of the list that the window does not show: %1 is its name
    return other.isListed ? tr("%1 (not open)").arg(nameOfOther(id)) : labelOfGone(nameOfOther(id));
}

QString AccountModel::labelOfGone(const QString &name)
{
    //: Of an account that was removed: %1 is its name
    return tr("%1 (no longer in the list)").arg(name);
}

QString AccountModel::whyNotHere(AccountId id) const
{
    if (!isOther(id))
        return {};
    const OtherAccount other = m_others.value(id);
    const QString sentence = other.isListed
        ? tr("“%1” is not open in this window.")
        : tr("“%1” is not in the list any more. Add it in Settings > Accounts to send this.");
    return sentence.arg(nameOfOther(id));
}

int AccountModel::colorIndex(AccountId id) const
{
    const AccountLook look = m_looks.value(id);
    const int chosen = look.color < 0 && look.asksBeforeSending ? redAccountColor : look.color;
    return chosen >= 0 && chosen < accountColorCount ? chosen : int(std::max<AccountId>(id - 1, 0) % accountColorCount);
}

QString AccountModel::number(AccountId id) const
{
    if (const QString known = m_looks.value(id).number; !known.isEmpty())
        return known;
    constexpr int digits = 12;
    const QString end = m_known.value(id).key.section(u':', -1);
    const bool isNumber =
        end.size() == digits && std::all_of(end.begin(), end.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return isNumber ? end : QString();
}

qint64 AccountModel::rank(AccountId id) const
{
    const auto at = m_known.constFind(id);
    return at == m_known.cend() ? sortsLast : at->rank;
}

void AccountModel::retranslate()
{
    rankNames();
    RecordModel::retranslate();
    Q_EMIT changed();
}

std::span<const Column<AccountRecord>> AccountModel::columns() const { return accountColumns; }
const char *AccountModel::translationContext() const { return "casement::AccountModel"; }
size_t AccountModel::keyHash(const AccountRecord &record) const { return size_t(record.id); }
bool AccountModel::sameKey(const AccountRecord &a, const AccountRecord &b) const { return a.id == b.id; }
bool AccountModel::sameContent(const AccountRecord &a, const AccountRecord &b) const { return a == b; }
qint64 AccountModel::newness(const AccountRecord &) const { return 0; }

QVariant AccountModel::recordData(const AccountRecord &record, int, int role) const
{
    switch (role) {
    case KeyRole:
    case AccountIdRole:
        return QVariant::fromValue(record.id);
    case AccountNameRole:
        return displayText(record.name);
    case AccountColorRole:
        return colorIndex(record.id);
    default:
        return {};
    }
}

} // namespace casement
