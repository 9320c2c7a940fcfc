#pragma once

#include <QList>
#include <QPair>
#include <QString>

#include <iterator>

/// Messages that try to be more than text, and some that are only hard to keep as they are.
namespace casement::test {

inline QList<QPair<const char *, QString>> hostileBodies()
{
    using namespace Qt::StringLiterals;
    static constexpr char16_t controls[] = u"nul \0 esc \x1b[31m bel \a bs \b vt \v ff \f del \x7f csi \u009b end";
    return {
        {"nothing", QString()},
        {"a word", u"Hello"_s},
        {"a letter", u"Hello,\n\nthe disk is full.\nPlease help.\n\nBest regards,\nHana"_s},
        {"headings", u"# one\n## two #\nthree\n===\nfour\n---\n#5\n ### six"_s},
        {"lists", u"- a\n+ b\n* c\n1. d\n2) e\n- [ ] f\n  * g\n  10. h\n-\n1."_s},
        {"links and pictures",
         u"[click](https://evil.example)\n![x](file:///etc/passwd)\n[a]: https://evil.example\n[a][a] [a]\n"
         "<https://evil.example>\n<a@b.example>\n[^1]\n[](<b>)"_s},
        {"addresses",
         u"https://docs.aws.amazon.com/a_b_c/*x*?q=1&lt=2#f.\nhttp://x_y_z.example/_a_\nftp://a_b_.example/*\n"
         "www.a_b_.example/_c_\nhttps://aws.amazon.com@evil.example/\n(https://a.example/b_(c)_)\nhttps://a.example/"
         "?x=&lt;\n"
         "a_b@c_d.example\njavascript:alert(1)"_s},
        {"HTML",
         u"<script>alert(1)</script>\n<img src=file:///dev/zero>\n</div></body></html><h1>x</h1>\n<!-- "
         u"x\n<![CDATA[\n<?php\n"
         "a <b>bold</b> &lt;&amp;&#65;&nbsp;&copy; & &&amp;\n</script><style>*{}</style>\n\" onload='x'\n<div\nid=x>\n\n<table>"_s},
        {"emphasis",
         u"*a* **b** _c_ __d__ ~~e~~ ~f~ `g` ``h`` snake_case_word _x_y_ \\*i\\* a*b*c 2 * 3 * 4 $x$ $$y$$"_s},
        {"escapes", u"C:\\Users\\*\\_\\\\ \\\nend\\\n\\\n\\\\host\\share\\"_s},
        {"quotations and rules", u"> a\n>> b\n***\n___\n- - -\n--------\n========\n* * *"_s},
        {"tables", u"a | b\n--- | ---\nc | d\n|e|f|\n|:-:|---|\n|g|h|\nx\n:-:\ny"_s},
        {"fences",
         u"```\n# code\n```\ntext\n````js\n```\n`````\n~~~\nno code\n~~~\n```` never closed\n# text again\n` `` ``` ````"_s},
        {"backticks in a log",
         u"2026-11-22T10:02:33Z ``` x\n2026-11-22T10:02:34Z ```````\n\n\n2026-11-22T10:02:35Z `"_s},
        {"indents",
         u"    four\n\n\ttab\n      six\ntext\n   three\n two\n\n    - deep\n        deeper\ncol a   col b\nend"_s},
        {"JSON", u"{\n  \"a\": [\"<b>\", \"*c*\"],\n  \"d\": null\n}\nas said"_s},
        {"CR LF and CR", u"one\r\ntwo\rthree\r\n\r\n# four\r\n    five\r\n"_s},
        {"empty lines", u"\n\n\na\n\n\n\nb\n \n  \n\t\nc\n\n"_s},
        {"other line breaks", u"a\u2028# b\u2029- c\u0085> d"_s},
        {"controls", QString::fromUtf16(controls, std::size(controls) - 1)},
        {"turned directions",
         u"\u202Eevil\u202C \u2066a\u2069\u2069 \u202Aq\u202B\u202D\u2067\u2068\n\u200Fשלום, # مرحبا\u200E\n\u202E# x"_s},
        {"halves of surrogates", u"a\xD800"_s + QChar(0xd83d) + u"b"_s + QChar(0xdc00) + u"c\uFFFE\uFFFF"_s},
        {"characters of two units", u"🎉 _👩‍👩‍👧_ 𠮷野家_𠮷_ 𝒳"_s},
        {"Japanese",
         u"お世話になっております。\n　字下げ　　空白\n・項目１\n（https://aws.amazon.com/jp/）。\n**太字**ではない"_s},
        {"one word of 8,000 characters", QString(8'000, u'x')},
        {"8,000 stars", QString(8'000, u'*')},
        {"8,000 brackets", QString(8'000, u'[')},
        {"8,000 quotation marks", QString(8'000, u'>')},
        {"4,000 lines", u"a\n"_s.repeated(4'000)},
    };
}

} // namespace casement::test
