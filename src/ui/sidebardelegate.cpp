#include "ui/sidebardelegate.h"

#include "models/accountmodel.h"
#include "models/casefilter.h"
#include "models/roles.h"
#include "models/sidebarmodel.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int textStart = 40; // behind the icon
constexpr int narrowest = 120;
constexpr int longestOwnName = 24; // average letters

QString iconOfCategory(const QString &category)
{
    if (category == "cost_optimizing"_L1)
        return u"cost"_s;
    if (category == "performance"_L1)
        return u"performance"_s;
    if (category == "security"_L1)
        return u"security"_s;
    if (category == "fault_tolerance"_L1)
        return u"resilience"_s;
    if (category == "service_limits"_L1)
        return u"limits"_s;
    if (category == SidebarModel::allChecks)
        return u"all"_s;
    return category == "operational_excellence"_L1 ? u"operations"_s : u"advisor"_s;
}

QString iconFor(int view)
{
    if (view == SidebarModel::filterView)
        return u"filter"_s;
    if (view == SidebarModel::tagView)
        return u"tag"_s;
    if (view == SidebarModel::draftsView)
        return u"note"_s;
    switch (CaseFilter::View(view)) {
    case CaseFilter::View::NeedsReply:
        return u"reply-needed"_s;
    case CaseFilter::View::WithAws:
        return u"clock"_s;
    case CaseFilter::View::Resolved:
        return u"check"_s;
    case CaseFilter::View::AnswerOverdue:
        return u"warning"_s;
    case CaseFilter::View::ClosingSoon:
        return u"hourglass"_s;
    case CaseFilter::View::Reopenable:
        return u"reopen"_s;
    case CaseFilter::View::Unread:
        return u"unread"_s;
    case CaseFilter::View::Starred:
        return u"star"_s;
    case CaseFilter::View::All:
        break;
    }
    return u"inbox"_s;
}

} // namespace

void SidebarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = Theme::colors();
    const bool heading = !index.parent().isValid();
    const QString text = index.data().toString();
    QFont font = option.font;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (heading) {
        font.setPointSizeF(font.pointSizeF() * 0.85);
        font.setWeight(QFont::DemiBold);
        font.setCapitalization(QFont::AllUppercase);
        font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
        painter->setFont(font);
        painter->setPen(colors.mutedText);
        painter->drawText(option.rect.adjusted(16, 0, -8, -4), Qt::AlignLeft | Qt::AlignBottom, text);
        if (const int troubles = index.data(TroubleCountRole).toInt(); troubles > 0) {
            const QString number = QLocale().toString(troubles);
            const int width = QFontMetrics(font).horizontalAdvance(number);
            const QRect place = option.rect.adjusted(0, 0, -16, -4);
            painter->setPen(colors.warningText);
            painter->drawText(place, Qt::AlignRight | Qt::AlignBottom, number);
            icons::icon(u"warning"_s, colors.warningText)
                .paint(painter, QRect(place.right() - width - 18, place.bottom() - 13, 14, 14));
        }
        painter->restore();
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QRectF ground = QRectF(option.rect).adjusted(8, 1, -8, -1);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? colors.palette.color(QPalette::Highlight) : colors.line);
        painter->drawRoundedRect(ground, 6, 6);
    }
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(colors.accent, 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(ground.adjusted(1, 1, -1, -1), 5, 5);
    }
    const QColor ink = colors.palette.color(selected ? QPalette::HighlightedText : QPalette::WindowText);
    const int view = index.data(ViewRole).toInt();
    const QRect iconPlace(option.rect.left() + 16, option.rect.center().y() - 8, 16, 16);
    if (view >= 0) {
        const QString name = view == SidebarModel::advisorView
            ? iconOfCategory(index.data(AdvisorCategoryRole).toString())
            : iconFor(view);
        icons::icon(name, selected ? ink : colors.mutedText).paint(painter, iconPlace);
    } else {
        painter->setPen(Qt::NoPen);
        painter->setBrush(accountColor(index.data(AccountColorRole).toInt(), colors.dark));
        painter->drawRoundedRect(QRectF(iconPlace).adjusted(3, 3, -3, -3), 3, 3);
    }
    const int count = index.data(CountRole).toInt();
    const bool urgent =
        count > 0 && (view < 0 || view == int(CaseFilter::View::NeedsReply) || index.data(UnreadRole).toBool());
    font.setBold(urgent && view >= 0);
    painter->setFont(font);
    const QFontMetrics metrics(font);
    int right = option.rect.right() - 16;
    if (count > 0) {
        const QString number = QLocale().toString(count);
        const int width = metrics.horizontalAdvance(number);
        painter->setPen(urgent ? colors.accent : colors.mutedText);
        if (selected)
            painter->setPen(ink);
        painter->drawText(QRect(right - width, option.rect.top(), width + 1, option.rect.height()),
                          Qt::AlignVCenter | Qt::AlignRight, number);
        right -= width + 8;
    }
    if (!index.data(TroubleRole).toString().isEmpty()) {
        icons::icon(u"warning"_s, selected ? ink : colors.warningText)
            .paint(painter, QRect(right - 14, option.rect.center().y() - 7, 14, 14));
        right -= 14 + 8;
    }
    painter->setPen(ink);
    const int left = option.rect.left() + textStart;
    const QRect area(left, option.rect.top(), right - left, option.rect.height());
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(text, Qt::ElideRight, area.width()));
    painter->restore();
}

QSize SidebarDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const int line = QFontMetrics(option.font).height();
    if (!index.parent().isValid())
        return {narrowest, line + (index.row() == 0 ? 16 : 24)};
    // As wide as it is when it is bold and counts some: a name does not move when something arrives.
    QFont bold = option.font;
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    const QString number = QLocale().toString(std::max(index.data(CountRole).toInt(), 99));
    // A tag and a filter may be called anything: what is longer ends in an ellipsis, and a tool tip has it whole.
    const int view = index.data(ViewRole).toInt();
    const bool isOwn = view == SidebarModel::tagView || view == SidebarModel::filterView;
    const int most = isOwn ? metrics.averageCharWidth() * longestOwnName : QWIDGETSIZE_MAX;
    const int name = std::min(metrics.horizontalAdvance(index.data().toString()), most);
    const int width = textStart + name + 8 + metrics.horizontalAdvance(number) + 17;
    return {std::max(width, narrowest), (line + 14) / 4 * 4};
}

} // namespace casement
