#pragma once

#include <QString>
#include <QStringView>

/// The descriptions of Trusted Advisor's checks: fragments of HTML that the service wrote, not all of it well-formed.
namespace casement {

/// The fragment as HTML that harms nothing: `br b i h4 ul ol li p code`, and `a` with an http or https address, all
/// closed, without any other attribute. Other elements go and leave their text; scripts, styles, frames and the like go
/// with it. What is no tag is text.
QString advisorDescriptionHtml(QStringView fragment);

/// The same as plain text: a line per heading and paragraph, `- ` before entries, addresses behind their words where
/// these do not show them.
QString advisorDescriptionText(QStringView fragment);

} // namespace casement
