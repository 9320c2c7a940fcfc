#include "demo/demodata.h"

#include "demo/demodatainternal.h"

#include <QFile>
#include <QLocale>

/// The texts of src/demo/data: how they are written is told in data/README.md.
namespace casement::demo {

using namespace Qt::StringLiterals;

QString Random::hex(int digits)
{
    QString text(digits, QLatin1Char('0'));
    for (int i = 0; i < digits; i += 16) {
        quint64 bits = next();
        for (int j = i; j < qMin(digits, i + 16); ++j, bits >>= 4)
            text[j] = u"0123456789abcdef"[bits & 15];
    }
    return text;
}

quint64 mixed(quint64 seed, QStringView text, quint64 more)
{
    quint64 hash = 0xcbf29ce484222325ULL ^ (seed * 0x9e3779b97f4a7c15ULL);
    for (const QChar c : text)
        hash = (hash ^ c.unicode()) * 0x100000001b3ULL;
    return Random(hash ^ (more * 0xd6e8feb86659fd93ULL)).next();
}

QString dataFile(QLatin1StringView name)
{
    QFile file(":/demo/"_L1 + name);
    const bool open = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(open, "dataFile", "a file of the program itself is missing");
    return open ? QString::fromUtf8(file.readAll()) : QString();
}

QString Person::submittedBy() const { return role + " (Role) <"_L1 + address + u'>'; }

const QList<Person> &people()
{
    static const QList<Person> all{
        {u"hana"_s, u"佐藤"_s, u"hana.sato@example.com"_s, u"AdminRole"_s},
        {u"kenji"_s, u"田中"_s, u"kenji.tanaka@example.com"_s, u"DatabaseAdmin"_s},
        {u"yui"_s, u"中村"_s, u"yui.nakamura@example.com"_s, u"Developer"_s},
        {u"takumi"_s, u"小林"_s, u"takumi.kobayashi@example.com"_s, u"DataEngineer"_s},
        {u"emma"_s, u"Emma"_s, u"emma.clarke@example.com"_s, u"PlatformAdmin"_s},
        {u"lucas"_s, u"Lucas"_s, u"lucas.martin@example.com"_s, u"SecurityAudit"_s},
        {u"priya"_s, u"Priya"_s, u"priya.raman@example.com"_s, u"BillingReader"_s},
        {u"daniel"_s, u"Daniel"_s, u"daniel.okafor@example.com"_s, u"OnCall"_s},
        {u"wei"_s, u"陈伟"_s, u"wei.chen@example.com"_s, u"ChinaOps"_s},
    };
    return all;
}

const Person &person(QStringView keyOrAddress)
{
    for (const Person &candidate : people()) {
        if (candidate.key == keyOrAddress || candidate.address == keyOrAddress)
            return candidate;
    }
    return people().constFirst();
}

qint64 durationOf(QStringView text)
{
    qint64 total = 0;
    qint64 number = 0;
    for (const QChar c : text) {
        if (c.isDigit()) {
            number = number * 10 + c.digitValue();
            continue;
        }
        const qint64 unit = c == u'd' ? day : c == u'h' ? hour : c == u'm' ? minute : c == u's' ? second : 0;
        total += number * unit;
        number = 0;
    }
    return total;
}

namespace {

/// "| account | service | …": the fields of a case in one line.
void readHead(QStringView line, ScriptCase &script)
{
    static const QStringList names{u""_s,       u"account"_s,  u"service"_s, u"category"_s, u"severity"_s,
                                   u"status"_s, u"language"_s, u"by"_s,      u"age"_s,      u"type"_s};
    const auto words = line.split(u'|');
    for (qsizetype i = 1; i < qMin(words.size(), names.size()); ++i)
        script.fields.insert(names.at(i), words.at(i).trimmed().toString());
}

} // namespace

QList<ScriptCase> readScripts()
{
    QList<ScriptCase> scripts;
    for (const QLatin1StringView name :
         {"cases_incidents.txt"_L1, "cases_en.txt"_L1, "cases_ja.txt"_L1, "cases_zh.txt"_L1, "cases_short.txt"_L1}) {
        const QString text = dataFile(name);
        bool inMessage = false;
        for (const QStringView line : QStringView(text).split(u'\n')) {
            if (line.startsWith("=== "_L1)) {
                scripts += ScriptCase();
                inMessage = false;
                readHead(line.mid(4), scripts.last());
            } else if (scripts.isEmpty()) {
                continue;
            } else if (line.startsWith("--- "_L1)) {
                const auto words = line.mid(4).split(u' ', Qt::SkipEmptyParts);
                ScriptMessage message;
                message.author = words.constFirst().toString();
                message.after = words.size() > 1 ? durationOf(words.at(1)) : 0;
                scripts.last().messages += message;
                inMessage = true;
            } else if (!inMessage) {
                const qsizetype colon = line.indexOf(u':');
                if (colon > 0)
                    scripts.last().fields.insert(line.left(colon).toString(), line.mid(colon + 1).trimmed().toString());
            } else if (line.startsWith("@file "_L1)) {
                const auto words = line.mid(6).split(u' ', Qt::SkipEmptyParts);
                scripts.last().messages.last().files += {words.at(0).toString(), words.at(1).toLongLong()};
            } else {
                scripts.last().messages.last().text += line.toString() + u'\n';
            }
        }
    }
    for (ScriptCase &script : scripts) {
        for (ScriptMessage &message : script.messages)
            message.text = message.text.trimmed();
    }
    return scripts;
}

namespace {

/// "greet", "footer", … of texts.txt by "language.word"; variants stand between lines of three hyphens.
const QHash<QString, QStringList> &phrases()
{
    static const QHash<QString, QStringList> all = [] {
        QHash<QString, QStringList> read;
        for (const QString &part : dataFile("texts.txt"_L1).split(u"\n=== "_s).mid(1)) {
            const qsizetype end = part.indexOf(u'\n');
            QStringList &variants = read[part.left(end).trimmed()];
            for (const QString &variant : part.mid(end).split(u"\n---\n"_s))
                variants += variant.trimmed();
        }
        return read;
    }();
    return all;
}

QString phrase(const TextContext &context, const QString &word)
{
    QStringList variants = phrases().value(context.theCase.language + u'.' + word);
    if (variants.isEmpty())
        variants = phrases().value("en."_L1 + word);
    Random random(mixed(5, context.theCase.caseId, quint64(context.time.toMSecsSinceEpoch())));
    return variants.value(random.below(variants.size()));
}

QString timeText(QStringView form, const QDateTime &time)
{
    const QLocale english(QLocale::English);
    const QDateTime tokyo = time.addMSecs(9 * hour);
    if (form == "iso"_L1)
        return english.toString(time, u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s);
    if (form == "ms"_L1)
        return english.toString(time, u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s);
    if (form == "clf"_L1)
        return english.toString(time, u"dd/MMM/yyyy:HH:mm:ss '+0000'"_s);
    if (form == "log"_L1)
        return english.toString(time, u"yyyy-MM-dd HH:mm:ss,zzz"_s);
    if (form == "date"_L1)
        return english.toString(time, u"yyyy-MM-dd"_s);
    if (form == "time"_L1)
        return english.toString(time, u"HH:mm"_s);
    if (form == "day"_L1)
        return english.toString(time, u"d MMMM"_s);
    if (form == "month"_L1)
        return english.toString(time, u"MMMM yyyy"_s);
    if (form == "jst"_L1)
        return english.toString(tokyo, u"M'月'd'日' HH:mm"_s);
    if (form == "jday"_L1)
        return english.toString(tokyo, u"M'月'd'日'"_s);
    if (form == "jmonth"_L1)
        return english.toString(tokyo, u"yyyy'年'M'月'"_s);
    return {};
}

/// A stack trace of exactly that many characters.
QString stackTrace(qsizetype length)
{
    static constexpr const char *frames[]{
        "\tat org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2863)\n",
        "\tat org.apache.spark.scheduler.DAGSchedulerEventProcessLoop.doOnReceive(DAGScheduler.scala:3102)\n",
        "\tat "
        "org.apache.spark.sql.execution.aggregate.TungstenAggregationIterator.next(TungstenAggregationIterator.scala:"
        "395)\n",
        "\tat com.example.clicks.Sessionizer$.$anonfun$split$3(Sessionizer.scala:118)\n",
        "\tat scala.collection.Iterator$$anon$10.next(Iterator.scala:461)\n",
        "\tat org.apache.spark.shuffle.sort.UnsafeShuffleWriter.write(UnsafeShuffleWriter.java:177)\n",
        "\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)\n",
    };
    QString text =
        u"org.apache.spark.SparkException: Job aborted due to stage failure: Task 211 in stage 14.0 failed 4 times, "
        "most recent failure: Lost task 211.3 (TID 90211) (ip-10-2-31-7 executor 18): ExecutorLostFailure "
        "(executor 18 exited caused by one of the running tasks) Reason: Container from a bad node. "
        "Exit status: 137. Diagnostics: Container killed on request. Exit code is 137\n"_s;
    for (int i = 0; text.size() < length; ++i) {
        if (i % 29 == 28)
            text += "Caused by: java.lang.OutOfMemoryError: Unable to acquire 65536 bytes of memory, got 0\n"_L1;
        text += QLatin1StringView(frames[(i * 5 + i / 7) % int(std::size(frames))]);
    }
    text.truncate(qMax<qsizetype>(0, length - 1));
    return text + u'.';
}

QString filledIn(QStringView word, const TextContext &context)
{
    if (word == "account"_L1)
        return context.account.accountId;
    if (word == "display"_L1)
        return context.theCase.displayId;
    if (word == "case"_L1)
        return context.theCase.caseId;
    if (word == "subject"_L1)
        return context.theCase.subject;
    if (word == "engineer"_L1)
        return engineerName(context.theCase);
    if (word == "me"_L1)
        return person(context.theCase.submittedBy).firstName;
    if (word.startsWith("hex"_L1)) // the same digits for the same number all over a case
        return Random(mixed(11, context.theCase.subject, word.mid(3).toULongLong())).hex(17);
    if (word.startsWith("long:"_L1)) // one line that no window is wide enough for
        return word.mid(5).toString().repeated(90);
    const qsizetype sign = qMax(word.indexOf(u'-'), word.indexOf(u'+'));
    const QStringView form = sign < 0 ? word : word.left(sign);
    qint64 shift = sign < 0 ? 0 : durationOf(word.mid(sign + 1));
    if (sign >= 0 && word.at(sign) == u'-')
        shift = -shift;
    const QString time = timeText(form, context.time.addMSecs(shift));
    return time.isEmpty() ? expanded(phrase(context, word.toString()), context) : time;
}

} // namespace

QString expanded(const QString &text, const TextContext &context)
{
    QString result;
    result.reserve(text.size() + text.size() / 2);
    const QStringView view(text);
    qsizetype from = 0;
    while (true) {
        const qsizetype start = view.indexOf("@{"_L1, from);
        const qsizetype end = start < 0 ? -1 : view.indexOf(u'}', start);
        if (end < 0)
            break;
        const QStringView word = view.sliced(start + 2, end - start - 2);
        result += view.sliced(from, start - from);
        if (word == "stack8000"_L1)
            result += stackTrace(8000 - text.size() + word.size() + 3);
        else
            result += filledIn(word, context);
        from = end + 1;
    }
    result += view.sliced(from);
    return result;
}

QString engineerName(const DemoCase &theCase)
{
    QStringList names = phrases().value(theCase.language + ".engineers"_L1);
    if (names.isEmpty())
        names = phrases().value(u"en.engineers"_s);
    return names.value(qsizetype(mixed(2, theCase.caseId) % quint64(names.size())));
}

namespace {

/// An answer of texts.txt: the words that call for it stand in its first line.
const QStringList &answersFor(const QString &language, const QString &message)
{
    static const auto all = [] {
        QList<std::pair<QString, std::pair<QStringList, QStringList>>> read; // language, words, answers
        for (const QString &part : dataFile("replies.txt"_L1).split(u"\n=== "_s).mid(1)) {
            const qsizetype end = part.indexOf(u'\n');
            const QStringList head = part.left(end).split(u'|');
            QStringList answers;
            for (const QString &answer : part.mid(end).split(u"\n---\n"_s))
                answers += answer.trimmed();
            read += {head.at(0).trimmed(), {head.value(1).trimmed().split(u',', Qt::SkipEmptyParts), answers}};
        }
        return read;
    }();
    const QStringList *general = nullptr;
    for (const auto &[itsLanguage, entry] : all) {
        if (itsLanguage != language)
            continue;
        if (entry.first.isEmpty())
            general = &entry.second;
        for (const QString &word : entry.first) {
            if (message.contains(word.trimmed(), Qt::CaseInsensitive))
                return entry.second;
        }
    }
    return general ? *general : answersFor(u"en"_s, message);
}

} // namespace

QString engineerReply(const DemoCase &theCase, const QString &customerMessage, quint64 seed)
{
    const DemoAccount nobody;
    const bool opening = customerMessage.isEmpty();
    const QString about = opening ? theCase.subject : customerMessage;
    const QStringList &answers = answersFor(theCase.language, about);
    const QString answer = answers.at(qsizetype(mixed(seed, about) % quint64(answers.size())));
    const QString text = (opening ? u"@{greet}\n\n"_s : u"@{again}\n\n"_s) + answer + "\n\n@{footer}"_L1;
    const QDateTime time = theCase.timeCreated.addMSecs(qint64(seed % 1000));
    return expanded(text, {nobody, theCase, time, u"aws"_s});
}

QString makeCaseId(const QString &accountId, const QString &language, int year, quint64 seed)
{
    return "case-"_L1 + accountId + "-mu"_L1 + language + u'-' + QString::number(year) + u'-' + Random(seed).hex(16);
}

QString makeDisplayId(const QDateTime &created, quint64 seed)
{
    // 15 digits, which grow with the time as the service's do
    return QString::number(created.toSecsSinceEpoch()).rightJustified(10, u'1')
        + u"%1"_s.arg(seed % 100000, 5, 10, QLatin1Char('0'));
}

QString makeAttachmentId(quint64 seed)
{
    static constexpr QLatin1StringView letters("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    Random random(seed);
    QString id = u"attachment-"_s;
    for (int i = 0; i < 64; ++i)
        id += letters.at(random.below(letters.size()));
    return id;
}

} // namespace casement::demo
