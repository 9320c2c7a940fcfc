#include "export/htmlexport.h"

#include "export/casefacts.h"
#include "export/exporttext.h"

#include <QDateTime>
#include <QRegularExpression>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

// Points and pixels, since QTextDocument knows no others.
constexpr QLatin1StringView style(R"(
body { color: #1c2127; background: #ffffff; max-width: 840px; margin: 32px auto; padding: 0 16px; line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic UI",
  sans-serif; }
h1 { font-size: 18pt; line-height: 1.3; margin: 0 0 16px 0; overflow-wrap: anywhere; }
h2 { font-size: 12pt; margin: 20px 0 0 0; overflow-wrap: anywhere; }
a { color: #0b57a4; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: 0 0 32px 0; }
th, td { text-align: left; vertical-align: top; padding: 2px 24px 2px 0; overflow-wrap: anywhere; }
th { color: #57606a; font-weight: normal; white-space: nowrap; }
article { border-top: 1px solid #d0d7de; margin: 24px 0 0 0; }
p.time { color: #57606a; font-size: 10pt; margin: 0 0 12px 0; }
div.body { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
div.body code { display: block; background: #f3f5f7; border-radius: 4px; padding: 8px 12px; unicode-bidi: plaintext;
  font-family: ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK JP", monospace; font-size: 10pt; }
p.files { color: #57606a; margin: 12px 0 0 0; }
ul { margin: 0; overflow-wrap: anywhere; }
section + section { margin-top: 64px; }
)");

// By itself: who does not know the query skips it, not the rest.
constexpr QLatin1StringView darkStyle(R"(
@media screen and (prefers-color-scheme: dark) {
  body { color: #e2e6ea; background: #16191d; }
  a { color: #7ab8f5; }
  th, p.time, p.files { color: #9aa4ae; }
  article { border-color: #363c43; }
  div.body code { background: #22272d; }
}
)");

constexpr QLatin1StringView printStyle(R"(
@media print {
  body { margin: 0; padding: 0; max-width: none; }
  h1, h2, p.time { break-after: avoid; }
  section + section { break-before: page; margin-top: 0; }
}
)");

// Text of the service is isolated, so that its direction stays its own.
QString isolated(const QString &text) { return u"<bdi>"_s + text.toHtmlEscaped() + u"</bdi>"_s; }

QString linkTo(const QString &url)
{
    const QString escaped = url.toHtmlEscaped();
    return u"<a href=\""_s + escaped + u"\" rel=\"noopener noreferrer\">"_s + escaped + u"</a>"_s;
}

QString withLinks(const QString &text)
{
    QString out;
    qsizetype done = 0;
    for (const AddressPlace &place : webAddresses(text)) {
        out += text.sliced(done, place.start - done).toHtmlEscaped() + linkTo(text.sliced(place.start, place.length));
        done = place.start + place.length;
    }
    return out + text.sliced(done).toHtmlEscaped();
}

// The parts of a shownText() one after another: all text inside is the message, line breaks included.
QString htmlBody(const QString &body)
{
    QString out;
    const QList<BodyPart> parts = bodyParts(body);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QString lines = i + 1 < parts.size() ? parts.at(i).text + u'\n' : parts.at(i).text;
        out += parts.at(i).isCode ? u"<code>"_s + withLinks(lines) + u"</code>"_s : withLinks(lines);
    }
    return out;
}

QString htmlTable(const QList<CaseFact> &facts)
{
    QString out = u"<table>\n"_s;
    for (const CaseFact &fact : facts) {
        QStringList values;
        for (const QString &value : fact.values)
            values.append(isolated(value));
        const QString value =
            fact.link.isEmpty() ? values.join(u", "_s) : linkTo(QString::fromLatin1(fact.link.toEncoded()));
        out += u"<tr><th scope=\"row\">"_s + fact.label.toHtmlEscaped() + u"</th><td>"_s + value + u"</td></tr>\n"_s;
    }
    return out + u"</table>\n"_s;
}

QString htmlTime(const CommunicationRecord &message, const ExportOptions &options)
{
    const QString time = exportedTime(message.created, options.zone, message.timeCreatedText);
    if (time.isEmpty())
        return {};
    if (message.created == 0)
        return u"<p class=\"time\">"_s + isolated(time) + u"</p>\n"_s;
    const QString machine = QDateTime::fromMSecsSinceEpoch(message.created, Qt::UTC).toString(Qt::ISODate);
    return u"<p class=\"time\"><time datetime=\""_s + machine + u"\">"_s + time.toHtmlEscaped() + u"</time></p>\n"_s;
}

QString htmlMessage(qsizetype number, const CommunicationRecord &message, const ExportOptions &options)
{
    QString out = u"<article>\n<h2>%1. "_s.arg(number) + isolated(CaseFacts::writerOf(message)) + u"</h2>\n"_s
        + htmlTime(message, options) + u"<div class=\"body\" dir=\"auto\">"_s + htmlBody(CaseFacts::bodyOf(message))
        + u"</div>\n"_s;
    if (!message.attachments.isEmpty()) {
        out += u"<p class=\"files\">"_s + CaseFacts::attachments().toHtmlEscaped() + u"</p>\n<ul>\n"_s;
        for (const AttachmentRecord &file : message.attachments)
            out += u"<li>"_s + isolated(CaseFacts::nameOf(file)) + u"</li>\n"_s;
        out += u"</ul>\n"_s;
    }
    return out + u"</article>\n"_s;
}

// The language that people wrote in, so that Chinese, Japanese and Korean get their own glyphs.
QString languageAttribute(const QString &code)
{
    static const QRegularExpression tag(u"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$"_s);
    return tag.match(code).hasMatch() ? u" lang=\"%1\""_s.arg(QString(code).replace(u'_', u'-')) : QString();
}

} // namespace

QString htmlHead(const QString &title)
{
    return u"<!DOCTYPE html>\n<html lang=\""_s + CaseFacts::language().toHtmlEscaped()
        + u"\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
          "base-uri 'none'; form-action 'none'\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n<title>"_s
        + title.toHtmlEscaped() + u"</title>\n<style>"_s + style + u"</style>\n<style>"_s + darkStyle
        + u"</style>\n<style>"_s + printStyle + u"</style>\n</head>\n<body>\n"_s;
}

QString htmlCase(const ExportedCase &exported, const ExportOptions &options)
{
    QString out = u"<section"_s + languageAttribute(exported.details.language) + u">\n<h1>"_s
        + isolated(CaseFacts::title(exported.details)) + u"</h1>\n"_s + htmlTable(CaseFacts::of(exported, options));
    qsizetype number = 0;
    for (const CommunicationRecord &message : exported.messages)
        out += htmlMessage(++number, message, options);
    if (exported.messages.isEmpty())
        out += u"<p>"_s + CaseFacts::noMessages().toHtmlEscaped() + u"</p>\n"_s;
    if (const QString leftOut = CaseFacts::leftOut(exported.messages); !leftOut.isEmpty())
        out += u"<p class=\"files\">"_s + leftOut.toHtmlEscaped() + u"</p>\n"_s;
    return out + u"</section>\n"_s;
}

QString htmlTail() { return u"</body>\n</html>\n"_s; }

} // namespace casement
