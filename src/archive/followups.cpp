#include "archive/followups.h"

#include "archive/database.h"
#include "support/cases.h"

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct PartWords
{
    QLatin1StringView language;
    const char16_t *one; ///< %1 is the number of the only file, %2 that of all files
    const char16_t *several; ///< %1 and %2 are the first and the last, %3 is the number of all files
};

constexpr std::array partWords{
    PartWords{"en"_L1, u"File %1 of %2", u"Files %1–%2 of %3"},
    PartWords{"ja"_L1, u"ファイル %1（全 %2 件）", u"ファイル %1～%2（全 %3 件）"},
    PartWords{"zh"_L1, u"文件 %1（共 %2 个）", u"文件 %1–%2（共 %3 个）"},
    PartWords{"ko"_L1, u"파일 %1(총 %2개)", u"파일 %1~%2(총 %3개)"},
    PartWords{"fr"_L1, u"Fichier %1 sur %2", u"Fichiers %1 à %2 sur %3"},
    PartWords{"es"_L1, u"Archivo %1 de %2", u"Archivos %1–%2 de %3"},
    PartWords{"pt"_L1, u"Arquivo %1 de %2", u"Arquivos %1–%2 de %3"},
    PartWords{"tr"_L1, u"Dosya %1/%2", u"Dosyalar %1–%2/%3"},
};

int mostFiles(const OutboxFiles &files, AccountId account)
{
    return UploadLimits::of(files.knownWay(account)).mostFiles;
}

} // namespace

QString FollowUps::text(const QString &language, int first, int last, int total)
{
    const QStringView code = QStringView(language).left(2);
    const auto known = std::find_if(partWords.begin(), partWords.end(),
                                    [&](const PartWords &words) { return code == words.language; });
    const PartWords &words = known == partWords.end() ? partWords.front() : *known;
    if (first == last)
        return QString::fromUtf16(words.one).arg(first).arg(total);
    return QString::fromUtf16(words.several).arg(first).arg(last).arg(total);
}

/// The last follow-up where it has room, or a new one.
QString FollowUps::roomyFollowUp(const QString &message)
{
    const OutboxEntry *head = m_outbox.find(message);
    if (!head)
        return {};
    const QList<OutboxEntry> all = m_outbox.followUps(message);
    const int most = mostFiles(m_outbox.files(), head->account);
    if (!all.isEmpty() && m_outbox.files().of(all.last().id).size() < most)
        return all.last().id;
    OutboxEntry made = Outbox::newEntry(head->account, AddCommunicationToCase::name, head->caseId);
    made.state = OutboxState::Queued;
    made.predecessor = all.isEmpty() ? message : all.last().id;
    made.part = int(all.size()) + 1;
    made.created = std::max(made.created, head->created + made.part); // behind it in lists
    AddCommunicationToCase::Request request;
    request.caseId = head->caseId;
    made.input = encode(request);
    m_outbox.save(made);
    return made.id;
}

Error FollowUps::noMessage()
{
    return {.kind = Error::Kind::Archive,
            .code = archivecode::noMessage,
            .message = Archive::tr("The message that the file was for is not there any more. Write it again, and "
                                   "attach the file to that one.")};
}

Result<QString> FollowUps::add(const QString &message, const LocalFile &file, bool owned)
{
    const OutboxEntry *head = m_outbox.find(message);
    if (!head)
        return noMessage();
    const AccountId account = head->account;
    if (file.size > UploadLimits::of(m_outbox.files().knownWay(account)).largestFile)
        return m_outbox.files().add(message, account, file, owned); // says why not, and makes no follow-up for it
    return m_outbox.files().add(roomyFollowUp(message), account, file, owned);
}

int FollowUps::fileCount(const QString &message) const
{
    int count = 0;
    const QList<OutboxEntry> all = m_outbox.followUps(message);
    for (const OutboxEntry &entry : all)
        count += int(m_outbox.files().of(entry.id).size());
    return count;
}

/// What was removed from a draft makes room for what stands behind it.
void FollowUps::fillUp(const OutboxEntry &head)
{
    OutboxFiles &files = m_outbox.files();
    QStringList messages{head.id};
    const QList<OutboxEntry> all = m_outbox.followUps(head.id);
    for (const OutboxEntry &entry : all)
        messages.append(entry.id);
    const int most = mostFiles(files, head.account);
    for (qsizetype to = 0; to + 1 < messages.size(); ++to) {
        for (qsizetype from = to + 1; from < messages.size() && files.of(messages.at(to)).size() < most;) {
            const QList<OutboxFile> later = files.of(messages.at(from));
            if (later.isEmpty())
                ++from;
            else
                files.move({later.first().id}, messages.at(to));
        }
    }
}

/// What waits for an empty one waits for what stands before that.
void FollowUps::dropEmpty(const QString &message)
{
    QList<OutboxEntry> all = m_outbox.followUps(message);
    for (qsizetype i = 0; i < all.size(); ++i) {
        const OutboxEntry gone = all.at(i);
        if (!m_outbox.files().of(gone.id).isEmpty())
            continue;
        for (OutboxEntry &next : all) {
            if (next.predecessor != gone.id)
                continue;
            next.predecessor = gone.predecessor;
            m_outbox.save(next);
        }
        m_outbox.discard(gone.id);
    }
}

void FollowUps::arrange(const QString &message, const QString &language)
{
    const OutboxEntry *known = m_outbox.find(message);
    if (!known || m_outbox.followUps(message).isEmpty())
        return;
    const OutboxEntry head = *known;
    QString words = language;
    if (head.operation == QLatin1StringView(CreateCase::name)) {
        if (const auto request = decode<CreateCase::Request>(head.input); request)
            words = request->language;
    }
    if (head.state == OutboxState::Draft)
        fillUp(head);
    dropEmpty(message);
    int last = int(m_outbox.files().of(message).size());
    const int total = last + fileCount(message);
    const QList<OutboxEntry> all = m_outbox.followUps(message);
    for (const OutboxEntry &before : all) {
        const int count = int(m_outbox.files().of(before.id).size());
        OutboxEntry entry = before;
        entry.account = head.account;
        if (auto request = decode<AddCommunicationToCase::Request>(entry.input); request) {
            request->communicationBody = text(words, last + 1, last + count, total);
            entry.input = encode(*request);
        }
        last += count;
        if (entry == before)
            continue;
        m_outbox.save(entry);
        if (entry.account != before.account)
            m_outbox.files().uploadAgain(entry.id); // what is at one account is not at another
    }
}

void FollowUps::discard(const QString &message)
{
    const QList<OutboxEntry> all = m_outbox.followUps(message);
    for (const OutboxEntry &entry : all) {
        const QList<OutboxFile> files = m_outbox.files().of(entry.id);
        m_outbox.discard(entry.id);
        for (const OutboxFile &file : files)
            m_outbox.files().remove(file.id);
    }
}

} // namespace casement
