#include "app/answernotifier.h"

#include "base/secretscan.h"
#include "models/displaytext.h"
#include "ui/workspace.h"

#include <algorithm>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

const QString manyId = u"many"_s;
constexpr int longestSubject = 100;
constexpr int subjectsOfMany = 3;

QString idOf(const CaseKey &key) { return u"%1 %2"_s.arg(key.account).arg(key.caseId); }

/// One line that ends in a sign when something was cut off; never within a character.
QString shortened(const QString &text, int most)
{
    if (text.size() <= most)
        return text;
    qsizetype end = most - 1;
    if (text.at(end).isLowSurrogate())
        --end;
    return text.first(end).trimmed() + u'…';
}

QString beginningOf(const QString &message)
{
    return shortened(displayText(masked(message, findSecrets(message))).simplified(), AnswerNotifier::longestText);
}

} // namespace

AnswerNotifier::AnswerNotifier(Workspace &workspace, DesktopNotifications &desktop, const Surroundings &surroundings,
                               QObject *parent)
    : QObject(parent), m_workspace(workspace), m_desktop(desktop), m_surroundings(surroundings),
      m_stored(workspace.archive())
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(m_surroundings.settle);
    connect(&m_settle, &QTimer::timeout, this, &AnswerNotifier::tellWhatCame);
    m_minute.setInterval(std::chrono::minutes(1)); // not up to the end: clocks change and computers sleep
    m_minute.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_minute, &QTimer::timeout, this, &AnswerNotifier::checkQuietHours);
    connect(&m_workspace.archive(), &Archive::answersCame, this, &AnswerNotifier::take);
    connect(&m_workspace.archive(), &Archive::casesChanged, this, &AnswerNotifier::forgetWhatWasRead);
    // The list may take what changed a moment later.
    connect(&m_workspace.cases(), &CaseListModel::countsChanged, this, &AnswerNotifier::forgetWhatWasRead);
    connect(&m_workspace, &Workspace::changed, this, [this] {
        if (!m_held.isEmpty())
            checkQuietHours();
    });
    connect(&m_workspace, &Workspace::accountForgotten, this, &AnswerNotifier::forgetAccount);
    connect(&m_desktop, &DesktopNotifications::activated, this, &AnswerNotifier::activate);
    connect(&m_desktop, &DesktopNotifications::closed, this, [this](const QString &id) {
        if (id == manyId)
            m_many.clear(); // what comes now is told without what was put away
    });
}

void AnswerNotifier::setSettings(const NotificationSettings &settings)
{
    m_settings = settings;
    if (!settings.on) {
        m_come.clear();
        m_held.clear();
        storeHeld();
        m_desktop.closeAll();
    }
    checkQuietHours();
}

void AnswerNotifier::restore()
{
    m_stored.load(this, [this](const Result<QList<HeldAnswer>> &held) {
        if (!held || held->isEmpty() || !m_settings.on)
            return;
        for (const HeldAnswer &one : *held)
            add(m_held, {{one.account, one.first.caseId}, one.first, one.newest});
        m_minute.start();
        checkQuietHours();
    });
}

void AnswerNotifier::storeHeld()
{
    QList<HeldAnswer> held;
    for (const News &news : std::as_const(m_held))
        held.append({news.key.account, news.first, news.newest});
    m_stored.store(held);
}

QDateTime AnswerNotifier::localTime() const
{
    return m_surroundings.localTime ? m_surroundings.localTime() : QDateTime::currentDateTime();
}

bool AnswerNotifier::isUnread(const CaseKey &key) const
{
    const CaseRecord *record = m_workspace.cases().findCase(key);
    return record && record->unread;
}

QString AnswerNotifier::subjectOf(const CaseKey &key) const
{
    const CaseRecord *record = m_workspace.cases().findCase(key);
    const QString subject = record ? displayText(record->subject.view()) : QString();
    return subject.isEmpty() ? key.caseId : shortened(subject, longestSubject);
}

void AnswerNotifier::add(QList<News> &list, const News &news)
{
    for (News &known : list) {
        if (known.key != news.key)
            continue;
        if (news.first.created < known.first.created)
            known.first = news.first;
        if (news.newest.created >= known.newest.created)
            known.newest = news.newest;
        return;
    }
    list.append(news);
}

void AnswerNotifier::take(AccountId account, const QList<NewAnswer> &answers)
{
    if (!m_settings.on)
        return;
    for (const NewAnswer &answer : answers)
        add(m_come, {{account, answer.caseId}, answer, answer});
    if (!m_settle.isActive())
        m_settle.start();
}

bool AnswerNotifier::isWorthTelling(const News &news) const
{
    return isUnread(news.key) && !(m_surroundings.isMuted && m_surroundings.isMuted(news.key))
        && !(m_surroundings.isOnScreen && m_surroundings.isOnScreen(news.key));
}

void AnswerNotifier::tellWhatCame()
{
    const QList<News> come = std::exchange(m_come, {});
    if (!m_settings.quiet.covers(localTime()))
        return tell(come);
    for (const News &news : come)
        add(m_held, news);
    storeHeld();
    m_minute.start();
}

void AnswerNotifier::checkQuietHours()
{
    // What is still unread is known when the cases are there.
    if (!m_held.isEmpty() && (m_settings.quiet.covers(localTime()) || m_workspace.isLoading()))
        return;
    m_minute.stop();
    if (m_held.isEmpty())
        return;
    QList<News> worth;
    for (const News &news : std::exchange(m_held, {})) {
        if (isWorthTelling(news))
            worth.append(news);
    }
    storeHeld();
    if (worth.size() == 1)
        return tellOne(worth.first());
    for (const News &news : worth)
        add(m_many, news);
    if (!worth.isEmpty())
        tellMany();
}

void AnswerNotifier::tell(const QList<News> &news)
{
    QList<News> worth;
    std::copy_if(news.begin(), news.end(), std::back_inserter(worth),
                 [this](const News &one) { return isWorthTelling(one); });
    if (worth.size() > mostAtOnce) {
        for (const News &one : worth) {
            m_desktop.close(idOf(one.key));
            add(m_many, one);
        }
        return tellMany();
    }
    for (const News &one : worth)
        tellOne(one);
}

void AnswerNotifier::tellOne(const News &news)
{
    const QString id = idOf(news.key);
    // A second answer to a case that is still told of: reading begins at the first one.
    News told = news;
    if (m_desktop.isOpen(id)) {
        if (const auto before = m_told.constFind(id); before != m_told.constEnd())
            told.first = before->first;
    }
    m_told.insert(id, told);

    const CaseRecord *record = m_workspace.cases().findCase(news.key);
    const QString number = displayText(record->displayId.view());
    const QString account = m_workspace.accountName(news.key.account);
    //: Notification, second line: %1 is an account, %2 the number of a case
    QString body = number.isEmpty() ? account : tr("%1 · case %2").arg(account, number);
    if (m_settings.showText) {
        if (const QString text = beginningOf(news.newest.excerpt); !text.isEmpty())
            body += u'\n' + text;
    }
    //: Title of a notification; %1 is the subject of a case
    m_desktop.show(id, {tr("AWS answered: %1").arg(subjectOf(news.key)), body, tr("Open case")});
}

void AnswerNotifier::tellMany()
{
    if (m_many.size() == 1)
        return tellOne(m_many.takeFirst());
    std::sort(m_many.begin(), m_many.end(),
              [](const News &a, const News &b) { return a.newest.created > b.newest.created; });
    QStringList lines;
    for (const News &news : std::as_const(m_many)) {
        if (lines.size() == subjectsOfMany) {
            lines.append(tr("and %n more", nullptr, int(m_many.size()) - subjectsOfMany));
            break;
        }
        lines.append(subjectOf(news.key));
    }
    m_desktop.show(
        manyId,
        {tr("%n case(s) have answers from AWS", nullptr, int(m_many.size())), lines.join(u'\n'), tr("Show cases")});
}

void AnswerNotifier::forgetWhatWasRead()
{
    for (const News &news : std::as_const(m_told)) {
        if (const QString id = idOf(news.key); m_desktop.isOpen(id) && !isUnread(news.key))
            m_desktop.close(id);
    }
    if (m_many.isEmpty())
        return;
    m_many.removeIf([this](const News &news) { return !isUnread(news.key); });
    if (m_many.isEmpty())
        m_desktop.close(manyId);
}

/// Nothing of it is told or kept for later any more.
void AnswerNotifier::forgetAccount(AccountId account)
{
    const auto isOfIt = [account](const News &news) { return news.key.account == account; };
    m_come.removeIf(isOfIt);
    m_many.removeIf(isOfIt);
    if (m_held.removeIf(isOfIt) > 0)
        storeHeld();
    m_told.removeIf([&](const std::pair<const QString &, News &> &told) { return isOfIt(told.second); });
}

void AnswerNotifier::activate(const QString &id)
{
    if (id == manyId) {
        m_many.clear();
        Q_EMIT listRequested();
    } else if (const auto told = m_told.constFind(id); told != m_told.constEnd()) {
        Q_EMIT openRequested(told->key, told->first.communicationKey);
    }
}

} // namespace casement
