#include "ui/casetemplates.h"

#include "base/background.h"
#include "base/privacy.h"
#include "base/wordslocale.h"
#include "models/displaytext.h"
#include "models/relativetime.h"
#include "transfer/fileerror.h"
#include "ui/errortext.h"
#include "ui/templatefolder.h"
#include "ui/uisettings.h"

#include <QClipboard>
#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLocale>
#include <QMenu>
#include <QSaveFile>
#include <QTimeZone>

#include <memory>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostInMenu = 40;
constexpr int mostKeysTold = 12; // in a sentence
constexpr qint64 largestFile = 16 << 20; // what is larger is refused by its size alone

QString clockTime(qint64 time, const QTimeZone &zone)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time, zone).time(), QLocale::ShortFormat);
}

} // namespace

const QString CaseTemplates::folderSetting = u"templates/folder"_s;

void CaseTemplates::chooseFile(QWidget &parent, UiSettings &settings, const Writer &writer)
{
    auto *dialog = new QFileDialog(&parent, tr("Load Template"), settings.text(folderSetting),
                                   tr("Templates (*.json *.yaml *.yml);;All files (*)"));
    dialog->setObjectName(u"loadTemplateDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, [&parent, &settings, writer](const QString &file) {
        settings.set(folderSetting, QFileInfo(file).absolutePath());
        readFile(parent, file, writer.load, writer.tell);
    });
    dialog->open();
}

void CaseTemplates::readFile(QWidget &parent, const QString &file, Loaded loaded, Told tell)
{
    const auto work = [file]() -> Result<CaseTemplate> {
        const QFileInfo info(file);
        QFile input(file);
        if (!info.isFile() || !input.open(QIODevice::ReadOnly)) {
            return cannotRead(info.fileName(), input.errorString());
        }
        return readTemplate(input.read(largestFile));
    };
    const auto name = displayText(QFileInfo(file).fileName());
    inBackground(
        &parent, work, [name, loaded = std::move(loaded), tell = std::move(tell)](const Result<CaseTemplate> &read) {
            if (read)
                loaded(*read);
            else //: %1 is the name of a file
                tell(ErrorText::whole(tr("%1 was not loaded.").arg(name), ErrorText::Deed::Load, read.error()));
        });
}

Result<void> CaseTemplates::writeFile(const QString &file, const CaseTemplate &what)
{
    const bool isYaml = file.endsWith(".yaml"_L1, Qt::CaseInsensitive) || file.endsWith(".yml"_L1, Qt::CaseInsensitive);
    const QByteArray text = writeTemplate(what, isYaml ? TemplateFormat::Yaml : TemplateFormat::Json);
    QSaveFile output(file);
    const bool isNew = !QFileInfo::exists(file);
    const bool isOpen = output.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
    if (isOpen && isNew)
        giveUsualRights(output);
    if (!isOpen || output.write(text) != text.size() || !output.commit()) {
        return cannotWrite(file, output.errorString());
    }
    return {};
}

void CaseTemplates::saveFile(QWidget &parent, UiSettings &settings, const CaseTemplate &what, const Told &tell)
{
    auto *dialog = new QFileDialog(&parent, tr("Save as Template"), settings.text(folderSetting),
                                   tr("JSON (*.json);;YAML (*.yaml *.yml)"));
    dialog->setObjectName(u"saveTemplateDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.startsWith("YAML"_L1) ? u"yaml"_s : u"json"_s);
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, &parent, [&settings, what, tell](const QString &file) {
        settings.set(folderSetting, QFileInfo(file).absolutePath());
        if (const Result<void> written = writeFile(file, what); !written)
            tell(ErrorText::whole({}, ErrorText::Deed::Write, written.error()));
    });
    dialog->open();
}

void CaseTemplates::addFolder(QMenu &menu, QWidget &parent, UiSettings &settings, const Writer &writer)
{
    auto *folder = menu.findChild<TemplateFolder *>(QString(), Qt::FindDirectChildrenOnly);
    if (!folder)
        folder = new TemplateFolder(&menu);
    menu.addSeparator();
    QAction *end = menu.addSeparator(); // it goes with what stands in front of it when the menu is made anew
    const auto shown = std::make_shared<QList<QAction *>>();
    const auto add = [&menu, &parent, end, shown](const QString &text, auto act) {
        auto *action = new QAction(displayText(text).replace(u'&', "&&"_L1), &menu);
        QObject::connect(action, &QAction::triggered, &parent, act);
        menu.insertAction(end, action);
        shown->append(action);
        return action;
    };
    const auto show = [&parent, &settings, writer, folder, shown, add] {
        qDeleteAll(std::exchange(*shown, {}));
        const QFileInfoList &files = folder->files();
        QHash<QString, int> names;
        for (const QFileInfo &file : files)
            ++names[file.completeBaseName()];
        for (const QFileInfo &file : files.mid(0, mostInMenu)) {
            add(names.value(file.completeBaseName()) > 1 ? file.fileName() : file.completeBaseName(),
                [&parent, path = file.filePath(), writer] { readFile(parent, path, writer.load, writer.tell); });
        }
        if (files.size() > mostInMenu)
            add(tr("%Ln more: Load Template…", nullptr, int(files.size() - mostInMenu)), [&parent, &settings, writer] {
                chooseFile(parent, settings, writer);
            })->setObjectName(u"moreTemplates"_s);
    };
    QObject::connect(folder, &TemplateFolder::changed, end, show);
    show();
    folder->look(settings.text(folderSetting));
}

QHash<QString, QString> CaseTemplates::placeholders(const AccountRecord &account)
{
    const QDateTime now = QDateTime::currentDateTime();
    QHash<QString, QString> values{{u"date"_s, now.toString(u"yyyy-MM-dd"_s)}, {u"time"_s, now.toString(u"HH:mm"_s)}};
    values.insert(u"account"_s, account.name);
    const QString number = account.key.section(u':', -1);
    if (number.size() == 12 && number.toLongLong() > 0)
        values.insert(u"accountId"_s, number);
    if (const QString user = qEnvironmentVariable("USER"); !user.isEmpty())
        values.insert(u"user"_s, user);
    return values;
}

void CaseTemplates::fillMenu(QMenu &menu, QWidget &parent, UiSettings &settings, const Writer &writer)
{
    menu.clear();
    const auto add = [&menu, &parent](const char *name, const QString &text, auto act) {
        QAction *action = menu.addAction(text);
        action->setObjectName(QLatin1StringView(name));
        QObject::connect(action, &QAction::triggered, &parent, act);
    };
    add("loadTemplate", tr("&Load Template…"), [&parent, &settings, writer] { chooseFile(parent, settings, writer); });
    add("saveTemplate", tr("&Save as Template…"), [&parent, &settings, writer] {
        CaseTemplate what = writer.current();
        if (what.isReply())
            std::get<AddCommunicationToCase::Request>(what.request).caseId.clear(); // it is for any case
        saveFile(parent, settings, what, writer.tell);
    });
    addFolder(menu, parent, settings, writer);
    add("copyPosix", tr("&Copy as AWS CLI Command"),
        [writer] { copyCommand(writer.current(), writer.partition(), Shell::Posix); });
    add("copyPowerShell", tr("Copy as AWS CLI Command for &PowerShell"),
        [writer] { copyCommand(writer.current(), writer.partition(), Shell::PowerShell); });
}

QString CaseTemplates::remarks(const FilledTemplate &filled, bool keptWhatWasThere)
{
    QStringList remarks;
    if (keptWhatWasThere)
        remarks.append(tr("What stood here before is kept as a draft of its own."));
    const QStringList &unknown = filled.caseTemplate.unknownMembers;
    if (!unknown.isEmpty()) {
        QString names = displayText(unknown.mid(0, mostKeysTold).join(u", "_s));
        if (unknown.size() > mostKeysTold)
            names += u"…"_s;
        remarks.append(tr("The template has names that AWS does not know; they were left out: %1.").arg(names));
    }
    if (filled.caseTemplate.wasRepaired)
        remarks.append(
            tr("The template held characters that no message can hold: they were taken out or are “%1” now; look the "
               "texts through.")
                .arg(QChar(QChar::ReplacementCharacter)));
    if (filled.caseTemplate.hadAttachments)
        remarks.append(tr("Files are not part of a template."));
    if (!filled.unknownPlaceholders.isEmpty())
        remarks.append(tr("Fill in: %1.").arg(displayText(filled.unknownPlaceholders.join(u", "_s))));
    return remarks.join(u' ');
}

void CaseTemplates::copyCommand(const CaseTemplate &what, const QString &partition, Shell shell)
{
    CliContext context;
    context.region = partition == "aws-cn"_L1 ? u"cn-north-1"_s
        : partition == "aws-us-gov"_L1        ? u"us-gov-west-1"_s
                                              : u"us-east-1"_s;
    const QString command =
        std::visit([&](const auto &request) { return awsCliCommand(request, context, shell); }, what.request);
    QGuiApplication::clipboard()->setText(command);
}

QString CaseTemplates::hoursText(const ContactHours &hours, qint64 now)
{
    if (hours.language() == LanguageService::Unavailable)
        return tr("AWS does not serve this kind of case in this language.");
    QStringList lines;
    if (hours.language() == LanguageService::BestEffort)
        lines.append(tr("Best effort: somebody answers in this language when there is somebody."));
    const QTimeZone zone = QTimeZone::systemTimeZone();
    for (const QString &type : hours.types()) {
        const ContactState state = hours.state(type, now);
        const QString name = type == contacttype::web ? tr("Web")
            : type == contacttype::chat               ? tr("Chat")
            : type == contacttype::call               ? tr("Phone")
                                                      : displayText(type);
        if (state.availability == ContactState::Availability::Open) {
            lines.append(state.until == 0 ? tr("%1: open around the clock").arg(name)
                                          : tr("%1: open now, until %2").arg(name, clockTime(state.until, zone)));
        } else if (state.availability == ContactState::Availability::Closed && state.from != 0) {
            const QDate day = QDateTime::fromMSecsSinceEpoch(state.from, zone).date();
            const bool today = day == QDateTime::fromMSecsSinceEpoch(now, zone).date();
            lines.append(today ? tr("%1: opens at %2").arg(name, clockTime(state.from, zone))
                               : tr("%1: opens on %2 at %3")
                                     .arg(name, TimeText::date(day, QLocale()), clockTime(state.from, zone)));
        }
    }
    return lines.join(u'\n');
}

QString CaseTemplates::calendarText(const ContactHours &hours, qint64 now, const QTimeZone &zone)
{
    const QStringList types = hours.types();
    if (types.isEmpty())
        return {};
    QStringList lines;
    const QList<ContactDay> days =
        hours.calendar(types.first(), QDateTime::fromMSecsSinceEpoch(now, zone).date(), 7, zone);
    for (const ContactDay &day : days) {
        QStringList open;
        for (const TimeSpan &span : day.open) {
            open.append(span.from == day.whole.from && span.until == day.whole.until
                            ? tr("all day")
                            : clockTime(span.from, zone) + u'–' + clockTime(span.until, zone));
        }
        lines.append(wordsLocale().toString(day.date, u"ddd "_s) + TimeText::date(day.date, QLocale()) + u"  "_s
                     + (open.isEmpty() ? tr("closed") : open.join(u", "_s)));
    }
    return lines.join(u'\n');
}

} // namespace casement
