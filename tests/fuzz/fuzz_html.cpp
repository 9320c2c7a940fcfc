#include "fuzzinput.h"
#include "support/advisordescription.h"

#include <QStringList>

// Input: a description of a check of Trusted Advisor, in UTF-8.

using namespace casement;
using namespace casement::fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype deepest = 40;

/// Reads what the sanitiser wrote as strictly as it can be read; knows nothing of how that was made.
class StrictReader
{
public:
    explicit StrictReader(const QString &html) : m_html(html) { }

    void read()
    {
        while (m_at < m_html.size()) {
            const QChar c = m_html[m_at];
            if (c == u'<')
                readTag();
            else if (c == u'&')
                readEntity();
            else
                readUnit(c);
        }
        require(m_open.isEmpty(), "every element is closed", m_html);
    }

private:
    void readTag()
    {
        const qsizetype end = m_html.indexOf(u'>', m_at);
        require(end > 0, "a tag has its end", m_html);
        const QString tag = m_html.sliced(m_at + 1, end - m_at - 1);
        m_at = end + 1;
        if (tag == "br"_L1)
            return;
        if (tag.startsWith(u'/')) {
            require(!m_open.isEmpty() && m_open.last() == tag.sliced(1), "elements are closed in order", m_html);
            m_open.removeLast();
            return;
        }
        if (tag.startsWith("a "_L1)) {
            checkLink(tag);
            m_open.append(u"a"_s);
        } else {
            static const QStringList allowed{u"b"_s, u"i"_s, u"h4"_s, u"ul"_s, u"ol"_s, u"li"_s, u"p"_s, u"code"_s};
            require(allowed.contains(tag), "only what is allowed comes through", tag);
            m_open.append(tag);
        }
        require(m_open.size() <= deepest, "nothing nests deeply", m_html);
        require(m_open.count(u"a"_s) <= 1, "no link stands in another", m_html);
    }

    void checkLink(const QString &tag)
    {
        const QString address = tag.mid(8).chopped(1);
        require(tag.startsWith("a href=\"http"_L1) && tag.endsWith(u'"') && !address.contains(u'"'),
                "a link has an address and nothing else", tag);
        require(address.startsWith("https://"_L1) || address.startsWith("http://"_L1), "an address is one of the web",
                address);
        const QString behind = address.sliced(address.indexOf("//"_L1) + 2);
        const auto hostEnd =
            std::find_if(behind.begin(), behind.end(), [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
        require(std::find(behind.begin(), hostEnd, u'@') == hostEnd, "an address names nobody before its host",
                address);
        require(std::all_of(address.begin(), address.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; }),
                "an address is plain", address);
    }

    void readEntity()
    {
        for (const QLatin1StringView entity : {"&amp;"_L1, "&lt;"_L1, "&gt;"_L1, "&quot;"_L1}) {
            if (QStringView(m_html).sliced(m_at).startsWith(entity)) {
                m_at += entity.size();
                return;
            }
        }
        require(false, "an & is written as such", m_html);
    }

    void readUnit(QChar c)
    {
        const char16_t u = c.unicode();
        require(c != u'>' && c != u'"', "what is no tag is text", m_html);
        require(u >= 0x20 && (u < 0x7f || u >= 0xa0), "no control characters come through", m_html);
        require(!(u >= 0x202a && u <= 0x202e) && !(u >= 0x2066 && u <= 0x2069), "nothing reorders a text", m_html);
        if (c.isHighSurrogate()) {
            require(m_at + 1 < m_html.size() && m_html[m_at + 1].isLowSurrogate(), "characters are whole", m_html);
            ++m_at;
        } else {
            require(!c.isLowSurrogate(), "characters are whole", m_html);
        }
        ++m_at;
    }

    const QString &m_html;
    qsizetype m_at = 0;
    QStringList m_open;
};

/// Empty lines differ: HTML has none beside a list.
QString withoutBlanks(QString text)
{
    return text.removeIf([](QChar c) { return c.isSpace(); });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    const QString fragment = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    const QString html = advisorDescriptionHtml(fragment);
    StrictReader(html).read();
    const QString again = advisorDescriptionHtml(html);
    require(again == html, "what was sanitised stays as it is", html + u"\n  "_s + again);

    const QString text = advisorDescriptionText(fragment);
    require(!hasControls(text, u"\n"), "a text holds no control characters", text);
    require(text == text.trimmed() && !text.contains("\n\n\n"_L1), "a text has no empty ends", text);
    const QString textOfHtml = advisorDescriptionText(html);
    require(withoutBlanks(textOfHtml) == withoutBlanks(text), "the text of what was sanitised is the same",
            text + u"\n  "_s + textOfHtml);
    return 0;
}
