#include "export/advisorjsonwriter.h"

#include "support/timestamp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

QByteArray memberless(const ExportedResult &result)
{
    const AdvisorSnapshotRecord &record = result.record;
    const QJsonObject check{{u"id"_s, record.checkId},
                            {u"name"_s, record.name},
                            {u"category"_s, record.category},
                            {u"metadata"_s, QJsonArray::fromStringList(record.headings)}};
    QJsonObject object{{u"account"_s, result.account}, {u"check"_s, check}};
    if (result.result) {
        object.insert(u"language"_s, record.language);
        object.insert(u"fetched"_s, timestampText(record.fetched));
    }
    QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    json.chop(1); // the closing brace: `result` follows
    return json;
}

} // namespace

Result<void> AdvisorJsonWriter::write(const ExportedResult &result)
{
    if (isStopped())
        return Error{.kind = Error::Kind::Cancelled};
    QByteArray head = (m_isEmpty ? "[\n" : ",\n") + memberless(result);
    m_isEmpty = false;
    if (!result.result)
        return m_sink->append(head + ",\"result\":null}");
    // The answer is an object with the member `result`: it goes on where the head ends.
    const QByteArray &sent = result.result->body();
    const QByteArray body = sent.isValidUtf8() ? sent : QString::fromUtf8(sent).toUtf8();
    const qsizetype from = body.indexOf('{') + 1;
    const qsizetype to = body.lastIndexOf('}') + 1;
    if (const Result<void> written = m_sink->append(head + ','); !written)
        return written;
    return m_sink->append(QByteArray::fromRawData(body.constData() + from, to - from));
}

Result<void> AdvisorJsonWriter::flush()
{
    if (const Result<void> written = m_sink->append(m_isEmpty ? "[]\n" : "\n]\n"); !written)
        return written;
    return m_sink->flush();
}

} // namespace casement
