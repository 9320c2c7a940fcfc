#include "models/bytesearch.h"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace casement {

size_t findBytes(std::string_view text, std::string_view needle, size_t from)
{
    const size_t size = needle.size();
    const char *const data = text.data();
    size_t at = from;
#if defined(__SSE2__)
    // Where both the first and the last byte stand in their places, which is seldom, the others are compared.
    const __m128i first = _mm_set1_epi8(needle.front());
    const __m128i last = _mm_set1_epi8(needle.back());
    const auto matches = [&](size_t place) {
        const __m128i heads = _mm_loadu_si128(reinterpret_cast<const __m128i *>(data + place));
        const __m128i tails = _mm_loadu_si128(reinterpret_cast<const __m128i *>(data + place + size - 1));
        return _mm_and_si128(_mm_cmpeq_epi8(heads, first), _mm_cmpeq_epi8(tails, last));
    };
    constexpr size_t step = 64;
    for (; at + size - 1 + step <= text.size(); at += step) {
        const __m128i a = matches(at);
        const __m128i b = matches(at + 16);
        const __m128i c = matches(at + 32);
        const __m128i d = matches(at + 48);
        if (_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d))) == 0)
            continue;
        unsigned long long places = static_cast<unsigned>(_mm_movemask_epi8(a));
        places |= static_cast<unsigned long long>(static_cast<unsigned>(_mm_movemask_epi8(b))) << 16;
        places |= static_cast<unsigned long long>(static_cast<unsigned>(_mm_movemask_epi8(c))) << 32;
        places |= static_cast<unsigned long long>(static_cast<unsigned>(_mm_movemask_epi8(d))) << 48;
        for (; places != 0; places &= places - 1) {
            const size_t place = at + size_t(std::countr_zero(places));
            if (size <= 2 || std::memcmp(data + place + 1, needle.data() + 1, size - 2) == 0)
                return place;
        }
    }
#endif
    if (at >= text.size())
        return std::string_view::npos;
    const void *hit = ::memmem(data + at, text.size() - at, needle.data(), size);
    return hit ? size_t(static_cast<const char *>(hit) - data) : std::string_view::npos;
}

} // namespace casement
