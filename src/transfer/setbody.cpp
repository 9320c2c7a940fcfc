#include "transfer/setbody.h"

#include "support/attachments.h"
#include "support/jsontext.h"
#include "transfer/filecode.h"

#include <openssl/evp.h>

#include <atomic>
#include <memory>
#include <thread>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pieceSize =
    3 * 128 * 1024; // bytes; whole groups of three, so that pieces of base64 join without a seam

qint64 base64Size(qint64 bytes) { return (bytes + 2) / 3 * 4; }

/// Hashes what is written behind its back: encoding takes as long as hashing, so each has a processor of its own.
class Follower
{
public:
    explicit Follower(const char *data) : m_data(data)
    {
        EVP_DigestInit_ex(m_digest.get(), EVP_sha256(), nullptr);
        m_thread = std::thread([this] { follow(); });
    }
    ~Follower()
    {
        if (m_thread.joinable())
            finish();
    }
    Q_DISABLE_COPY_MOVE(Follower)

    /// Everything before `size` holds.
    void advance(size_t size)
    {
        m_written.store(size << 1, std::memory_order_release);
        m_written.notify_one();
    }

    QByteArray finish()
    {
        m_written.fetch_or(1, std::memory_order_release);
        m_written.notify_one();
        m_thread.join();
        unsigned char hash[EVP_MAX_MD_SIZE];
        unsigned int size = 0;
        EVP_DigestFinal_ex(m_digest.get(), hash, &size);
        return QByteArray(reinterpret_cast<const char *>(hash), int(size)).toHex();
    }

private:
    void follow()
    {
        size_t done = 0;
        size_t seen = 0;
        while (true) {
            m_written.wait(seen, std::memory_order_acquire);
            seen = m_written.load(std::memory_order_acquire);
            const size_t until = seen >> 1;
            EVP_DigestUpdate(m_digest.get(), m_data + done, until - done);
            done = until;
            if (seen & 1)
                return;
        }
    }

    const char *m_data;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> m_digest{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    std::atomic<size_t> m_written = 0; // twice the size, and 1 at the end
    std::thread m_thread;
};

} // namespace

Result<SetBody> makeSetBody(const QList<SetItem> &items, const QString &setId, qsizetype &unreadable)
{
    qsizetype size = 256 + 6 * setId.size();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const LocalFile &file = items.at(i).file;
        if (file.size > AddAttachmentsToSet::largestFile) {
            unreadable = i;
            return readWhole(file, AddAttachmentsToSet::largestFile).error();
        }
        size += base64Size(file.size) + 64 + 6 * items.at(i).name.size();
    }
    SetBody body;
    body.json.reserve(size); // it never moves from here on: the follower reads it
    const char *const place = body.json.constData();
    Follower follower(place);
    body.json += '{';
    if (!setId.isEmpty()) {
        body.json += "\"attachmentSetId\":";
        appendJsonString(body.json, setId);
        body.json += ',';
    }
    body.json += "\"attachments\":[";
    for (qsizetype i = 0; i < items.size(); ++i) {
        const LocalFile &file = items.at(i).file;
        body.json += i ? ",{\"fileName\":" : "{\"fileName\":";
        appendJsonString(body.json, items.at(i).name);
        body.json += ",\"data\":\"";
        for (qint64 at = 0; at < file.size; at += pieceSize) {
            const Result<QByteArray> piece = readPart(file, at, std::min(pieceSize, file.size - at));
            if (!piece) {
                unreadable = i;
                return piece.error();
            }
            const qsizetype from = body.json.size();
            // EVP_EncodeBlock writes a NUL behind, for which QByteArray has room.
            body.json.resize(from + base64Size(piece->size()));
            EVP_EncodeBlock(reinterpret_cast<unsigned char *>(body.json.data() + from),
                            reinterpret_cast<const unsigned char *>(piece->constData()), int(piece->size()));
            follower.advance(size_t(body.json.size()));
        }
        body.json += "\"}";
    }
    body.json += "]}";
    Q_ASSERT(body.json.constData() == place);
    follower.advance(size_t(body.json.size()));
    body.sha256 = follower.finish();
    return body;
}

} // namespace casement
