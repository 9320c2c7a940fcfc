#include "archive/casemarks.h"

#include "archive/searchtext.h"
#include "base/wordslocale.h"

#include <QCollator>
#include <QSet>

#include <algorithm>

namespace casement {

using Lane = ArchiveThread::Lane;

CaseMarks::CaseMarks(Archive &archive, QObject *parent) : QObject(parent), m_archive(archive) { }

void CaseMarks::load()
{
    const int number = ++m_loads;
    m_loading = true;
    m_archive.ask<QList<StoredMark>>(
        Lane::Urgent, this, [](Database &database) { return loadCaseMarks(database); },
        [this, number](const Result<QList<StoredMark>> &marks) {
            if (number != m_loads)
                return;
            m_loading = false;
            m_loaded = true;
            m_marks.clear();
            if (marks) {
                for (const auto &[key, mark] : *marks)
                    keep(key, mark);
            } else {
                Q_EMIT failed(marks.error());
            }
            collectTags();
            Q_EMIT loaded();
        });
}

CaseMark CaseMarks::of(AccountId account, const QString &caseId) const
{
    const QByteArray id = caseId.toUtf8();
    const Known *known = find(account, {id.constData(), size_t(id.size())});
    return known ? known->mark : CaseMark();
}

const CaseMarks::Known *CaseMarks::find(AccountId account, std::string_view caseId) const
{
    if (m_marks.empty())
        return nullptr;
    const auto at = m_marks.find(IdView{account, caseId});
    return at == m_marks.end() ? nullptr : &at->second;
}

void CaseMarks::setStarred(const QList<CaseKey> &cases, bool starred)
{
    QList<StoredMark> marks;
    for (const CaseKey &key : cases) {
        CaseMark mark = of(key);
        if (std::exchange(mark.starred, starred) != starred)
            marks.append({key, mark});
    }
    write(MarkField::Starred, std::move(marks));
}

void CaseMarks::setMuted(const QList<CaseKey> &cases, bool muted)
{
    QList<StoredMark> marks;
    for (const CaseKey &key : cases) {
        CaseMark mark = of(key);
        if (std::exchange(mark.muted, muted) != muted)
            marks.append({key, mark});
    }
    write(MarkField::Muted, std::move(marks));
}

void CaseMarks::changeTags(const QList<CaseKey> &cases, const QStringList &added, const QStringList &removed)
{
    QList<StoredMark> marks;
    for (const CaseKey &key : cases) {
        CaseMark mark = of(key);
        QStringList tags = mark.tags;
        tags.removeIf([&](const QString &tag) { return removed.contains(tag); });
        tags = cleanTags(tags + added);
        if (std::exchange(mark.tags, tags) != tags)
            marks.append({key, mark});
    }
    write(MarkField::Tags, std::move(marks));
}

void CaseMarks::setNote(const CaseKey &key, const QString &note)
{
    CaseMark mark = of(key);
    const QString clean = cleanNote(note);
    if (std::exchange(mark.note, clean) != clean)
        write(MarkField::Note, {{key, mark}});
}

void CaseMarks::keep(const CaseKey &key, const CaseMark &mark)
{
    Id id{key.account, key.caseId.toStdString()};
    if (mark.isEmpty())
        m_marks.erase(id);
    else
        m_marks.insert_or_assign(std::move(id),
                                 Known{mark, foldForSearch(mark.tags.join(u'\n') + u'\n' + mark.note).toUtf8()});
}

void CaseMarks::write(MarkField field, QList<StoredMark> marks)
{
    if (marks.isEmpty())
        return;
    for (const auto &[key, mark] : std::as_const(marks))
        keep(key, mark);
    if (field == MarkField::Tags)
        collectTags();
    m_archive.ask<void>(
        Lane::Urgent, this, [field, marks](Database &database) { return putCaseMarks(database, field, marks); },
        [this](const Result<void> &done) {
            if (!done)
                Q_EMIT failed(done.error());
        });
    if (m_loading)
        load(); // what is on its way does not have this
    for (const auto &[key, mark] : std::as_const(marks))
        Q_EMIT changed(key.account, key.caseId);
}

void CaseMarks::collectTags()
{
    QSet<QString> all;
    for (const auto &[id, known] : m_marks) {
        for (const QString &tag : known.mark.tags)
            all.insert(tag);
    }
    m_tags = all.values();
    QCollator collator(wordsLocale());
    collator.setNumericMode(true);
    std::sort(m_tags.begin(), m_tags.end(), collator);
}

void CaseMarks::retranslate() { collectTags(); }

} // namespace casement
