#pragma once

#include "archive/archive.h"
#include "archive/casemarkstore.h"

#include <QByteArray>

#include <string_view>
#include <unordered_map>

namespace casement {

/// Stars, muted cases, tags and notes. They are few, so all of them are in memory; what is set is on its way to the
/// disk at once. They belong to the case's id and outlive its row in the archive.
///
/// When two programs have the same archive open, the last one to set a field of a case wins that field.
class CaseMarks final : public QObject
{
    Q_OBJECT

public:
    explicit CaseMarks(Archive &archive, QObject *parent = nullptr);

    /// Reads what is stored; call it whenever the archive was opened. loaded() follows, also after an error, which is
    /// told by failed().
    void load();
    bool isLoaded() const { return m_loaded; }

    /// A mark and what typing finds of it.
    struct Known
    {
        CaseMark mark;
        QByteArray folded; ///< tags and note as foldForSearch() has them
    };

    CaseMark of(AccountId account, const QString &caseId) const;
    CaseMark of(const CaseKey &key) const { return of(key.account, key.caseId); }
    /// Null when nothing is marked. Valid until the next change.
    const Known *find(AccountId account, std::string_view caseId) const;
    bool isEmpty() const { return m_marks.empty(); }
    /// Calls `visit(AccountId, std::string_view caseId, const CaseMark &)` in no order.
    template <class Visit> void forEach(Visit visit) const
    {
        for (const auto &[id, known] : m_marks)
            visit(id.account, id.caseId, known.mark);
    }
    /// Every tag in use, in the order of the person's language.
    const QStringList &tags() const { return m_tags; }
    /// Its place in tags(), or -1.
    int tagRank(const QString &tag) const { return int(m_tags.indexOf(tag)); }

    void setStarred(const QList<CaseKey> &cases, bool starred);
    void setMuted(const QList<CaseKey> &cases, bool muted);
    void changeTags(const QList<CaseKey> &cases, const QStringList &added, const QStringList &removed);
    void setNote(const CaseKey &key, const QString &note);

    /// The person's language changed: tags() are in another order.
    void retranslate();

Q_SIGNALS:
    /// Everything may differ.
    void loaded();
    void changed(casement::AccountId account, const QString &caseId);
    /// What was to be stored could not be; it stays as set until the archive is read again.
    void failed(const casement::Error &error);

private:
    struct Id
    {
        AccountId account;
        std::string caseId;
    };
    struct IdView
    {
        AccountId account;
        std::string_view caseId;
    };
    struct Hash
    {
        using is_transparent = void;
        size_t operator()(const Id &id) const { return (*this)(IdView{id.account, id.caseId}); }
        size_t operator()(const IdView &id) const
        {
            return qHashBits(id.caseId.data(), id.caseId.size(), size_t(id.account));
        }
    };
    struct Equal
    {
        using is_transparent = void;
        template <class A, class B> bool operator()(const A &a, const B &b) const
        {
            return a.account == b.account && a.caseId == b.caseId;
        }
    };

    void keep(const CaseKey &key, const CaseMark &mark);
    void write(MarkField field, QList<StoredMark> marks);
    void collectTags();

    Archive &m_archive;
    std::unordered_map<Id, Known, Hash, Equal> m_marks;
    QStringList m_tags;
    bool m_loaded = false;
    bool m_loading = false;
    int m_loads = 0; // the newest; answers of older ones are dropped
};

} // namespace casement
