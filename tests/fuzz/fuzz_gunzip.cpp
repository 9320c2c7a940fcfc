#include "aws/gunzip.h"
#include "fuzzinput.h"

#include <zlib.h>

// Input: two bytes and a text. The text is taken for a gzip file; and it is packed, then changed at one bit and cut
// where the two bytes say.

using namespace casement;
using namespace casement::fuzz;

namespace {

constexpr qint64 largest = 4 << 20;
constexpr int gzipOnly = 16;

QByteArray packed(QByteArrayView text)
{
    z_stream stream = {};
    require(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + gzipOnly, 8, Z_DEFAULT_STRATEGY) == Z_OK,
            "zlib works");
    QByteArray out(qsizetype(deflateBound(&stream, uLong(text.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(text.data()));
    stream.avail_in = uInt(text.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = uInt(out.size());
    require(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib packs");
    out.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return out;
}

void checkError(const Result<QByteArray> &unpacked)
{
    const Error::Kind kind = unpacked.error().kind;
    require(kind == Error::Kind::BadAnswer || kind == Error::Kind::TooLarge, "what can't be unpacked is told so",
            unpacked.error().toLine());
    require(!unpacked.error().message.isEmpty(), "an error says something");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const bool isReady = (silence(), true);
    Q_UNUSED(isReady)
    Input input(data, size);
    const size_t bit = input.byte() | input.byte() << 8;
    const QByteArrayView text = input.rest();

    if (const Result<QByteArray> unpacked = gunzip(text, largest); !unpacked)
        checkError(unpacked);
    else
        require(unpacked->size() <= largest, "no answer is larger than is read");

    const QByteArray whole = packed(text);
    const Result<QByteArray> same = gunzip(whole, largest);
    require(same && *same == text, "what was packed comes back");
    require(gunzip(whole + whole, largest).hasValue(), "two files are one");
    if (!text.isEmpty())
        require(!gunzip(whole, text.size() - 1), "a limit is one");

    const qsizetype place = qsizetype(bit / 8) % whole.size();
    const Result<QByteArray> cut = gunzip(QByteArrayView(whole).first(place), largest);
    require(!cut, "a file that is cut is none");
    checkError(cut);
    QByteArray changed = whole;
    changed[place] = char(changed[place] ^ (1 << (bit % 8)));
    if (const Result<QByteArray> unpacked = gunzip(changed, largest); !unpacked)
        checkError(unpacked);
    else
        require(*unpacked == text, "what was changed is noticed");
    return 0;
}
