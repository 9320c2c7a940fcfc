#include "ui/problemreport.h"

#include "base/background.h"
#include "base/libraries.h"
#include "base/logbuffer.h"
#include "base/wordslocale.h"
#include "ui/accountdesk.h"
#include "ui/settingstransfer.h"
#include "ui/theme.h"
#include "ui/uisettings.h"
#include "ui/workspace.h"

#include <QAccessible>
#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QFontInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QMap>
#include <QScreen>
#include <QStyle>
#include <QSysInfo>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int busPatience = 2'000; // ms
const QString notAnswered = u"(asked, no answer yet)"_s;

/// `name: value` lines.
class FactLines
{
public:
    void add(QLatin1StringView name, const QString &value) { m_text += name + ": "_L1 + value + u'\n'; }
    void heading(QLatin1StringView title) { m_text += (m_text.isEmpty() ? ""_L1 : "\n"_L1) + title + u'\n'; }
    QString text() const { return m_text; }

private:
    QString m_text;
};

QString yesNo(bool yes) { return yes ? u"yes"_s : u"no"_s; }

QString environmentWord(const char *name)
{
    const QString word = qEnvironmentVariable(name).left(40);
    return word.isEmpty() ? u"(not set)"_s : word;
}

QString sourceWord(ListedAccount::Source source)
{
    switch (source) {
    case ListedAccount::Source::Keychain:
        return u"keychain"_s;
    case ListedAccount::Source::Session:
        return u"session"_s;
    case ListedAccount::Source::Profile:
        return u"profile"_s;
    case ListedAccount::Source::Environment:
        return u"environment"_s;
    case ListedAccount::Source::Role:
        return u"role"_s;
    case ListedAccount::Source::Newer:
        return u"of a newer version"_s;
    }
    return {};
}

/// Settings whose value may name a person, a company or a project: that there is one is all that is told.
const QStringList &privateSettings()
{
    static const QStringList keys{u"network/proxyHost"_s, u"network/caFile"_s, u"spelling/words"_s,
                                  u"templates/folder"_s, u"secrets/patterns"_s};
    return keys;
}

/// Of the names on the session bus.
QString keychainWord(const QStringList &running, const QStringList &startable)
{
    for (const auto &[service, name] :
         {std::pair("org.kde.kwalletd6"_L1, "KWallet 6"_L1), std::pair("org.kde.kwalletd5"_L1, "KWallet 5"_L1),
          std::pair("org.freedesktop.secrets"_L1, "Secret Service"_L1)}) {
        if (running.contains(service))
            return name;
        if (startable.contains(service))
            return name + u" (not running)"_s;
    }
    return u"none"_s;
}

void askBus(const QString &method, QObject *context, std::function<void(const QStringList &)> done)
{
    const QString bus = u"org.freedesktop.DBus"_s;
    auto *watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(
            QDBusMessage::createMethodCall(bus, u"/org/freedesktop/DBus"_s, bus, method), busPatience),
        context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, done = std::move(done)] {
        watcher->deleteLater();
        done(watcher->reply().arguments().value(0).toStringList());
    });
}

} // namespace

ProblemReport::ProblemReport(Workspace &workspace, const AccountDesk *desk, const LogBuffer &log)
    : m_workspace(workspace), m_desk(desk), m_log(log)
{
}

void ProblemReport::ask(QObject *context, std::function<void()> changed)
{
    m_archive.reset();
    m_logged.reset();
    // Masking looks at every word of thousands of lines.
    inBackground(
        context,
        [mask = mask(), all = m_log.since()] {
            QStringList lines;
            for (const LogLine &line : all)
                lines.append(line.toText());
            return lines.isEmpty() ? u"(nothing was logged)\n"_s : mask(lines.join(u'\n')) + u'\n';
        },
        [this, changed](const QString &text) {
            m_logged = text;
            changed();
        });
    ArchiveFacts::ask(m_workspace.archive(), context, [this, changed](const Result<ArchiveFacts> &facts) {
        m_archive = facts;
        changed();
    });
    if (!QDBusConnection::sessionBus().isConnected()) {
        m_keychain = u"none (no session bus)"_s;
        return;
    }
    m_keychain.clear();
    askBus(u"ListNames"_s, context, [this, context, changed](const QStringList &running) {
        askBus(u"ListActivatableNames"_s, context, [this, changed, running](const QStringList &startable) {
            m_keychain = keychainWord(running, startable);
            changed();
        });
    });
}

ReportMask ProblemReport::mask() const
{
    QStringList names;
    for (const AccountRecord &record : m_workspace.accountRecords())
        names.append(record.name);
    if (m_desk) {
        for (const ListedAccount &account : m_desk->accounts())
            names << account.name << account.profile;
    }
    names.removeDuplicates();
    return ReportMask(names);
}

QString ProblemReport::writtenText(const QString &written) const
{
    return written.trimmed().isEmpty() ? tr("(nothing was written)") + u'\n' : mask()(written.trimmed()) + u'\n';
}

QString ProblemReport::systemText() const
{
    FactLines lines;
    lines.heading("Casement"_L1);
    lines.add("version"_L1, u"" CASEMENT_VERSION ""_s);
    lines.add("build"_L1, buildText());
    for (const Library &library : loadedLibraries())
        lines.add("library"_L1, library.name + u' ' + library.version);

    lines.heading("This computer"_L1);
    lines.add("system"_L1, QSysInfo::prettyProductName());
    lines.add("kernel"_L1, QSysInfo::kernelType() + u' ' + QSysInfo::kernelVersion());
    lines.add("processor"_L1, QSysInfo::currentCpuArchitecture());
    lines.add("desktop"_L1, environmentWord("XDG_CURRENT_DESKTOP"));
    lines.add("session"_L1, environmentWord("XDG_SESSION_TYPE"));
    lines.add("keychain"_L1, m_keychain.isEmpty() ? notAnswered : m_keychain);

    lines.heading("Window"_L1);
    lines.add("platform plugin"_L1, QGuiApplication::platformName());
    lines.add("style"_L1, QApplication::style()->name());
    lines.add("dark"_L1, yesNo(Theme::colors().dark));
    lines.add("locale of the system"_L1, QLocale::system().name());
    lines.add("language of the interface"_L1, wordsLocale().name());
    const QFont font = QApplication::font();
    lines.add("font"_L1,
              u"%1 %2 pt, shown as %3"_s.arg(font.family()).arg(font.pointSizeF()).arg(QFontInfo(font).family()));
    lines.add("assistive technology"_L1, yesNo(QAccessible::isActive()));
    const auto screens = QGuiApplication::screens();
    for (const QScreen *screen : screens) {
        const QSize size = screen->geometry().size();
        lines.add("screen"_L1,
                  u"%1 × %2, scale %3, %4 dpi"_s.arg(size.width())
                      .arg(size.height())
                      .arg(screen->devicePixelRatio())
                      .arg(qRound(screen->logicalDotsPerInch())));
    }

    lines.heading("Archive"_L1);
    if (!m_archive) {
        lines.add("rows"_L1, notAnswered);
    } else if (!*m_archive) {
        lines.add("rows"_L1, u"can't be counted: "_s + mask()(m_archive->error().toLine()));
    } else {
        const ArchiveFacts &facts = m_archive->value();
        lines.add("schema"_L1, QString::number(facts.schema));
        lines.add("SQLite"_L1, facts.sqlite);
        lines.add("read only"_L1, yesNo(m_workspace.archive().isReadOnly()));
        lines.add("in memory"_L1, yesNo(m_workspace.archive().path() == ":memory:"_L1));
        for (const auto &[table, rows] : facts.rows)
            lines.add("rows"_L1, u"%1 %2"_s.arg(table).arg(rows));
    }
    return lines.text();
}

QString ProblemReport::settingsText() const
{
    QJsonObject whole = QJsonDocument::fromJson(SettingsTransfer::write(m_workspace.settings())).object();
    QJsonObject values = whole.value(u"settings"_s).toObject();
    for (const QString &key : privateSettings()) {
        if (!values.value(key).toString().isEmpty())
            values.insert(key, u"[set]"_s);
    }
    whole.insert(u"settings"_s, values);
    return ReportMask()(QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Indented)));
}

QString ProblemReport::accountsText() const
{
    QMap<QString, int> partitions;
    QMap<QString, int> sources;
    int failed = 0;
    int paused = 0;
    for (const AccountRecord &record : m_workspace.accountRecords()) {
        const AccountStatus status = m_workspace.status(record.id);
        ++partitions[record.partition];
        failed += status.error.kind != Error::Kind::None;
        paused += status.paused;
    }
    FactLines lines;
    lines.add("accounts in the window"_L1, QString::number(m_workspace.accountRecords().size()));
    lines.add("last refresh failed"_L1, QString::number(failed));
    lines.add("paused"_L1, QString::number(paused));
    for (auto partition = partitions.cbegin(); partition != partitions.cend(); ++partition)
        lines.add("partition"_L1, u"%1 %2"_s.arg(partition.key()).arg(partition.value()));
    if (m_desk) {
        lines.add("accounts in the list"_L1, QString::number(m_desk->accounts().size()));
        for (const ListedAccount &account : m_desk->accounts())
            ++sources[sourceWord(account.source)];
        for (auto source = sources.cbegin(); source != sources.cend(); ++source)
            lines.add("keys from"_L1, u"%1 %2"_s.arg(source.key()).arg(source.value()));
        if (m_desk->listError().kind != Error::Kind::None)
            lines.add("list"_L1, u"can't be read"_s);
    }
    return lines.text();
}

QString ProblemReport::logText() const { return m_logged.value_or(u"(being prepared)\n"_s); }

} // namespace casement
