#pragma once

#include "export/tablewriter.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

/// Results of Trusted Advisor with hostile content, and Python to read what became of them.
namespace casement::test {

using namespace Qt::StringLiterals;

/// A result of these resources, read as from an answer.
inline ExportedResult resultOf(const QString &checkId, const QStringList &headings, const QJsonArray &resources,
                               const QString &account = u"prod"_s)
{
    const QJsonObject result{{u"checkId"_s, checkId},
                             {u"status"_s, u"warning"_s},
                             {u"timestamp"_s, u"2026-11-20T10:00:00Z"_s},
                             {u"flaggedResources"_s, resources}};
    const QByteArray body = QJsonDocument(QJsonObject{{u"result"_s, result}}).toJson(QJsonDocument::Compact);
    const Result<AdvisorResultPtr> read = AdvisorResult::read(body);
    if (!read)
        qFatal("%s", qPrintable(read.error().toLine()));
    ExportedResult exported;
    exported.account = account;
    exported.record.checkId = checkId;
    exported.record.language = u"en"_s;
    exported.record.name = u"Check "_s + checkId;
    exported.record.category = u"security"_s;
    exported.record.headings = headings;
    exported.record.status = (*read)->status;
    exported.record.timestamp = (*read)->timestamp;
    exported.record.counts.resourcesFlagged = resources.size();
    exported.result = *read;
    return exported;
}

inline QJsonObject resourceOf(const QJsonArray &values, const QString &id = u"r"_s)
{
    return {{u"status"_s, u"warning"_s},
            {u"region"_s, u"us-east-1"_s},
            {u"resourceId"_s, id},
            {u"isSuppressed"_s, false},
            {u"metadata"_s, values}};
}

/// What names of resources can be.
inline const QStringList &hostileTexts()
{
    static const QStringList texts{u"plain"_s,
                                   u"a,b"_s,
                                   u"say \"no\""_s,
                                   u"\""_s,
                                   u"\"\""_s,
                                   u"line\nfeed"_s,
                                   u"cr\rlf\r\n"_s,
                                   u" spaces "_s,
                                   u"tab\tinside"_s,
                                   u"東京リージョン"_s,
                                   u"😀,\"👩‍👩‍👧\""_s,
                                   u"\u202egnp.exe"_s,
                                   u"semi;colon"_s,
                                   u"12345678,2345678\"45678\n0123456789,"_s,
                                   u"<b onclick=\"x\">"_s,
                                   u"{\"minimum\": \"5\"}"_s,
                                   u"_x0041_"_s,
                                   u"a\u0001b\u001bc"_s,
                                   QString(300, u'x') + u"\"end"_s};
    return texts;
}

/// What a spreadsheet would run.
inline const QStringList &formulas()
{
    static const QStringList texts{u"=1+1"_s,     u"=cmd|'/C calc'!A0"_s,
                                   u"+1+1"_s,     u"-1+1"_s,
                                   u"@SUM(A1)"_s, u"\t=1"_s,
                                   u"\r=1"_s,     u"\n=1"_s,
                                   u"＝1+1"_s,    u"＋1"_s,
                                   u"－1"_s,      u"＠SUM(A1)"_s,
                                   u"=1,2"_s,     u"=\"x\""_s,
                                   u"-2+3"_s,     u"--1"_s,
                                   u"-a"_s,       u"+"_s,
                                   u"-1.2.3"_s,   u"-12e"_s,
                                   u" =1+1"_s,    u"  @SUM(A1)"_s,
                                   u" -a"_s,      u"=HYPERLINK(\"https://example.com\",\"x\")"_s};
    return texts;
}

/// What begins like one and is none.
inline const QStringList &numbers()
{
    static const QStringList texts{u"-12.5"_s, u"+3"_s, u"-1e5"_s, u"-0.00"_s, u"+1.5E-3"_s,
                                   u"-"_s,     u"12"_s, u"ｅ"_s,   u" -5"_s,   u" "_s};
    return texts;
}

/// What Python makes of a file; null after a failure, with its words.
inline QJsonArray readByPython(const char *what, const QString &path)
{
    QProcess process;
    process.start(u"/usr/bin/python3"_s, {QFINDTESTDATA("readtables.py"), QString::fromLatin1(what), path});
    if (!process.waitForFinished(120'000) || process.exitCode() != 0) {
        qWarning("%s", process.readAllStandardError().constData());
        return {};
    }
    return QJsonDocument::fromJson(process.readAllStandardOutput()).array();
}

inline bool hasPython(const char *module)
{
    return QProcess::execute(u"/usr/bin/python3"_s, {u"-c"_s, u"import "_s + QString::fromLatin1(module)}) == 0;
}

inline QStringList textsOf(const QJsonValue &row)
{
    QStringList texts;
    const QJsonArray cells = row.toArray();
    for (const QJsonValue &cell : cells)
        texts.append(cell.toString());
    return texts;
}

} // namespace casement::test
