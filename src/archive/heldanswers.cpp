#include "archive/heldanswers.h"

#include "archive/durable.h"
#include "archive/settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace casement {

using namespace Qt::StringLiterals;
using Lane = ArchiveThread::Lane;

namespace {

const QString heldSetting = u"answers/held"_s;
constexpr qsizetype mostHeld = 1000;

QJsonObject heldJson(const NewAnswer &answer)
{
    return {{u"message"_s, answer.communicationKey}, {u"excerpt"_s, answer.excerpt}, {u"created"_s, answer.created}};
}

NewAnswer heldAnswer(const QString &caseId, const QJsonObject &json)
{
    return {caseId, json.value("message"_L1).toString(), json.value("excerpt"_L1).toString(),
            json.value("created"_L1).toInteger()};
}

} // namespace

HeldAnswers::HeldAnswers(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

void HeldAnswers::load(QObject *context, Archive::Callback<QList<HeldAnswer>> done)
{
    m_archive.ask<QList<HeldAnswer>>(
        Lane::Urgent, context,
        [](Database &database) -> Result<QList<HeldAnswer>> {
            QList<HeldAnswer> held;
            const QJsonArray all = QJsonDocument::fromJson(readSetting(database, heldSetting).toUtf8()).array();
            for (const QJsonValue &one : all) {
                const QString caseId = one["case"_L1].toString();
                if (!caseId.isEmpty())
                    held.append({one["account"_L1].toInteger(), heldAnswer(caseId, one["first"_L1].toObject()),
                                 heldAnswer(caseId, one["newest"_L1].toObject())});
            }
            if (const Result<void> read = database.takeError(); !read)
                return read.error();
            return held;
        },
        std::move(done));
}

void HeldAnswers::store(const QList<HeldAnswer> &answers)
{
    QJsonArray all;
    for (const HeldAnswer &one : answers.first(std::min(answers.size(), mostHeld))) {
        all.append(QJsonObject{{u"account"_s, one.account},
                               {u"case"_s, one.first.caseId},
                               {u"first"_s, heldJson(one.first)},
                               {u"newest"_s, heldJson(one.newest)}});
    }
    const QString text =
        all.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
    m_archive.ask<void>(
        Lane::Urgent, this,
        [text](Database &database) -> Result<void> {
            if (database.isReadOnly())
                return {};
            return durably(database, [&] { writeSetting(database, heldSetting, text); });
        },
        [](const Result<void> &) {});
}

} // namespace casement
