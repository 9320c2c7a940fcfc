#pragma once

#include "base/secretforms.h"
#include "base/secretscan.h"

#include <vector>

namespace casement {

/// One walk through a text that stops at words and at the characters secrets are made with. For findSecrets().
///
/// It is linear: looking back is bounded, and looking ahead either ends at something that the walk meets next, or is
/// remembered in one of the `m_…End`, before which nothing of that kind is looked for again.
class SecretScanner
{
public:
    explicit SecretScanner(QStringView text) : m_text(text.utf16(), size_t(text.size())) { }

    /// What it finds, in no order; findings may overlap.
    QList<SecretFinding> run();

private:
    using Units = secretforms::Units;

    char16_t at(size_t i) const { return i < m_text.size() ? m_text[i] : u'\0'; }
    char16_t before(size_t i) const { return i > 0 ? m_text[i - 1] : u'\0'; }
    Units part(size_t from, size_t to) const { return m_text.substr(from, to - from); }
    template <class Is> size_t runEnd(size_t from, Is is) const
    {
        while (from < m_text.size() && is(m_text[from]))
            ++from;
        return from;
    }
    size_t tokenEnd(size_t from) const;
    size_t afterEscape(size_t start, size_t end) const;
    void add(size_t from, size_t to, SecretFinding::Kind kind);

    // From a word's start.
    void word(size_t start, size_t end);
    void base64Run(size_t start);
    void serviceToken(size_t start);
    void webToken(size_t start);
    void bearer(size_t wordEnd);
    void card(size_t start);

    // From another character.
    void mark(size_t i);
    void assignment(size_t i);
    void element(size_t i);
    void option(size_t start);
    void value(size_t from, const secretforms::TellingName &name, bool isColon);
    void authorization(size_t from);
    void accept(size_t from, size_t to, const secretforms::TellingName &name);
    bool startsNextMember(size_t i) const;
    bool isOpenedWithin(size_t from, size_t bracket) const;
    void url(size_t colon);
    void pem(size_t dashes);
    void told(size_t from, size_t nameEnd);
    void toldInEnglish(size_t start, size_t end);
    void shortOption(size_t dash);
    void wideKeyId(size_t start);

    bool isALine(size_t from, size_t to) const;
    bool endsABlock(size_t start) const;
    /// Whether more stood behind it than is told: `…`, or two full stops.
    bool isCut(size_t end) const { return at(end) == u'…' || (at(end) == u'.' && at(end + 1) == u'.'); }
    bool isDigest(size_t start) const;
    void secretKeys();

    Units m_text;
    QList<SecretFinding> m_found;
    std::vector<size_t> m_evidence; ///< where key ids and telling words stand, in order
    std::vector<size_t> m_candidates; ///< where forty units of base64 stand
    size_t m_base64End = 0;
    size_t m_tokenEnd = 0;
    size_t m_webTokenEnd = 0;
    size_t m_bearerEnd = 0;
    size_t m_cardEnd = 0;
    size_t m_optionEnd = 0;
    size_t m_valueEnd = 0;
    size_t m_urlEnd = 0;
    size_t m_pemEnd = 0;
};

} // namespace casement
