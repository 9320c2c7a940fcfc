#pragma once

#include "archive/accountimport.h"
#include "archive/accountlist.h"
#include "archive/advisorarchive.h"
#include "archive/archivefixture.h"
#include "archive/database.h"
#include "archive/followups.h"
#include "archive/movearchivejob.h"
#include "archive/outboxfiles.h"
#include "archive/schema.h"
#include "archive/sendjob.h"
#include "aws/localcode.h"
#include "aws/secretstore.h"
#include "export/exportcasesjob.h"
#include "export/exportfile.h"
#include "support/cases.h"
#include "support/casetemplate.h"
#include "support/shape.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"
#include "transfer/localfile.h"
#include "transfer/savefile.h"
#include "ui/accounttext.h"
#include "ui/errorcase.h"
#include "ui/filetext.h"
#include "ui/outboxtext.h"
#include "ui/settingstransfer.h"
#include "ui/uisettings.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace casement::test {

/// What files, the archive, the list of accounts, templates and settings do wrong, and what becomes of a message: with
/// broken ones in `folder`.
class ComputerErrors
{
public:
    explicit ComputerErrors(const QString &folder) : m_folder(folder) { }

    /// They live as long as this.
    QList<ErrorCase> all() const
    {
        return ofFiles() + ofWriting() + ofAttaching() + ofArchive() + ofMoving() + ofOutbox() + ofAccounts()
            + ofAccountFile() + ofTables() + ofTemplates() + ofSettings() + ofLimits();
    }

private:
    using Kind = Error::Kind;
    using Deed = ErrorText::Deed;

    static ErrorCase value(const QString &key, const Error &error, Deed deed = Deed::Read)
    {
        return errorCase(
            key, [error] { return error; }, deed);
    }
    static ErrorCase ofContext(const QString &key, const char *context, const char *text,
                               const QStringList &values = {})
    {
        return sentence(key, [=] {
            QString said = QCoreApplication::translate(context, text);
            for (const QString &one : values)
                said = said.arg(one);
            return said;
        });
    }

    QString path(const QString &name) const { return m_folder + QLatin1Char('/') + name; }
    QString put(const QString &name, const QByteArray &content = "x") const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("%s is not written", qPrintable(name));
        return file.fileName();
    }
    /// A place that was cleared.
    QString fresh(const QString &name) const
    {
        const QFileInfo there(path(name));
        if (there.isDir() && !there.isSymLink())
            QDir(path(name)).removeRecursively();
        else
            QFile::remove(path(name));
        return path(name);
    }

    /// A file that a person chooses, or that is read on its way up.
    QList<ErrorCase> ofFiles() const
    {
        const auto inspected = [](const QString &file) {
            const Result<LocalFile> found = inspectFile(file);
            return found ? Error() : found.error();
        };
        return {
            errorCase(
                QStringLiteral("File/FileVanished"), [=, this] { return inspected(path(QStringLiteral("a.log"))); },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/DeadLink"),
                [=, this] {
                    const QString link = fresh(QStringLiteral("link.log"));
                    QFile::link(path(QStringLiteral("nothing")), link);
                    return inspected(link);
                },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/IsFolder"), [=, this] { return inspected(m_folder); }, Deed::Upload),
            errorCase(
                QStringLiteral("File/NotRegularFile"),
                [=, this] {
                    const QString pipe = fresh(QStringLiteral("pipe"));
                    ::mkfifo(QFile::encodeName(pipe).constData(), 0600);
                    return inspected(pipe);
                },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/FileEmpty"), [=, this] { return inspected(put(QStringLiteral("empty.log"), {})); },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/FileNotReadable"),
                [=, this] {
                    const QString file = put(QStringLiteral("locked.log"));
                    QFile::setPermissions(file, {});
                    return ::geteuid() == 0 ? cannotRead(file, qt_error_string(EACCES)) // root reads everything
                                            : inspected(file);
                },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/FileChanged"),
                [this] {
                    const Result<LocalFile> file = inspectFile(put(QStringLiteral("b.log")));
                    put(QStringLiteral("b.log"), "longer");
                    return readPart(*file, 0, 1).error();
                },
                Deed::Upload),
            errorCase(
                QStringLiteral("File/FileTooLarge"),
                [this] { return readWhole(*inspectFile(put(QStringLiteral("c.log"), "12345")), 2).error(); },
                Deed::Upload),
            value(QStringLiteral("File/TooManyFiles"), {.kind = Kind::File, .code = filecode::tooMany}, Deed::Upload),
            value(QStringLiteral("File/FileHoldsKeys"), {.kind = Kind::File, .code = filecode::holdsKeys},
                  Deed::Upload),
            value(QStringLiteral("File/UploadPaused"), {.kind = Kind::File, .code = filecode::paused}, Deed::Upload),
            value(QStringLiteral("File"), {.kind = Kind::File}),
            value(QStringLiteral("File/FileNotReadable/no path"), {.kind = Kind::File, .code = filecode::notReadable},
                  Deed::Upload),
            value(QStringLiteral("File/FolderMissing/no path"), {.kind = Kind::File, .code = filecode::noFolder},
                  Deed::Write),
            value(QStringLiteral("File/FileNotWritable/no path"), {.kind = Kind::File, .code = filecode::notWritable},
                  Deed::Write),
        };
    }

    QList<ErrorCase> ofWriting() const
    {
        QList<ErrorCase> cases{
            errorCase(
                QStringLiteral("File/FileExists"),
                [this] { return saveCopyAs(put(QStringLiteral("from")), put(QStringLiteral("there")), false).error(); },
                Deed::Save),
            value(QStringLiteral("File/FileBusy"), {.kind = Kind::File, .code = filecode::busy}, Deed::Save),
            errorCase(
                QStringLiteral("File/FolderMissing"),
                [this] {
                    return saveCopyAs(put(QStringLiteral("from")), path(QStringLiteral("none/to")), true).error();
                },
                Deed::Save),
            errorCase(
                QStringLiteral("File/FileNotWritable"),
                [this] { return cannotWrite(path(QStringLiteral("to")), qt_error_string(EACCES)); }, Deed::Save),
            errorCase(
                QStringLiteral("File/FileNotWritable/a folder"),
                [this] {
                    fresh(QStringLiteral("cases.html"));
                    QDir().mkpath(path(QStringLiteral("cases.html")));
                    const Error error = ExportFile(path(QStringLiteral("cases.html"))).append("x").error();
                    fresh(QStringLiteral("cases.html"));
                    return error;
                },
                Deed::Write),
            errorCase(
                QStringLiteral("File/DiskFull"),
                [] {
                    QFile full(QStringLiteral("/dev/full"));
                    if (!full.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
                        return Error{.kind = Kind::File, .code = filecode::diskFull};
                    full.write("x");
                    return cannotWrite(full.fileName(), full.errorString());
                },
                Deed::Write),
            value(QStringLiteral("File/FilesPartlyReplaced"), {.kind = Kind::File, .code = filecode::partlyReplaced},
                  Deed::Write),
            value(QStringLiteral("File/PagesNotMade"), {.kind = Kind::File, .code = filecode::notPainted}, Deed::Write),
            value(QStringLiteral("File/PrinterFailed"), {.kind = Kind::File, .code = filecode::notPrinted},
                  Deed::Write),
        };
        for (const auto &[name, error] :
             {std::pair("EACCES", EACCES), std::pair("ENOTDIR", ENOTDIR), std::pair("EISDIR", EISDIR),
              std::pair("EROFS", EROFS), std::pair("ENAMETOOLONG", ENAMETOOLONG), std::pair("ELOOP", ELOOP),
              std::pair("EIO", EIO), std::pair("EMFILE", EMFILE), std::pair("EBUSY", EBUSY),
              std::pair("ESTALE", ESTALE)})
            cases.append(ofReason(name, qt_error_string(error)));
        for (const char *words :
             {"it is a folder", "it is not a regular file", "it is a link that leads to no file",
              "there is no such file", "it holds something that is not a file", "File is on fire", ""})
            cases.append(ofReason(*words ? words : "no words", QString::fromLatin1(words)));
        for (const auto &[name, error] :
             {std::pair("ENOSPC", ENOSPC), std::pair("EFBIG", EFBIG), std::pair("EEXIST", EEXIST)}) {
            cases.append(sentence(QStringLiteral("reason/%1").arg(QLatin1StringView(name)),
                                  [why = qt_error_string(error)] { return fileReason(why); }));
        }
        cases.append(sentence(QStringLiteral("reason/copied wrong"), [] {
            return fileReason(QStringLiteral("the copy is not the same as what was copied"));
        }));
        return cases;
    }
    ErrorCase ofReason(const char *name, const QString &why) const
    {
        return sentence(QStringLiteral("File/FileNotWritable/") + QString::fromLatin1(name), [this, why] {
            return ErrorText::happened(cannotWrite(path(QStringLiteral("cases.csv")), why));
        });
    }

    /// What the notice above the files of a message says.
    static QList<ErrorCase> ofAttaching()
    {
        const auto row = [](QLatin1StringView code, const QString &message = {}) {
            return sentence(QStringLiteral("attach/") + code, [code, message] {
                FileText::Refused file{.path = QStringLiteral("/home/hana/a.log"),
                                       .size = 200LL << 20,
                                       .error = {.kind = Kind::File, .code = code, .message = message}};
                return FileText::refusal(file, UploadLimits::of(UploadWay::Links));
            });
        };
        const auto problem = [](QLatin1StringView code) {
            return sentence(QStringLiteral("file of a message/") + code, [code] {
                OutboxFile file;
                file.state = OutboxFileState::Failed;
                file.file.size = 200LL << 20;
                file.error = {.kind = Kind::File, .code = code};
                return FileText::problem(file, UploadLimits::of(UploadWay::Links));
            });
        };
        return {
            row(filecode::tooLarge),
            row(filecode::tooMany),
            row(filecode::folder),
            row(filecode::holdsKeys),
            row(filecode::notRegular),
            row(filecode::empty),
            row(filecode::vanished),
            row(filecode::deadLink),
            row(filecode::notReadable, QStringLiteral("/home/hana/a.log can't be read: ") + qt_error_string(EACCES)),
            row(attachedAlready),
            row(zipTooLarge),
            row(zipSplits),
            row(filecode::diskFull),
            problem(filecode::tooLarge),
            problem(filecode::tooMany),
            problem(filecode::changed),
        };
    }

    static Error opened(const QString &file)
    {
        const auto archive = Database::open(file, archiveMigrations());
        return archive ? Error() : archive.error();
    }

    QList<ErrorCase> ofArchive() const
    {
        const QString name = QStringLiteral("archive.sqlite");
        const auto good = [this, name] {
            QFile::remove(path(name));
            {
                const auto made = Database::open(path(name), archiveMigrations());
            }
            QFile file(path(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const auto whole = [](const QString &key, std::function<Error()> make) {
            return errorCase(key, std::move(make));
        };
        return {
            whole(QStringLiteral("Archive/NotAnArchive"), [=, this] { return opened(put(name, "Dear diary")); }),
            whole(QStringLiteral("Archive/Damaged"), [=, this] { return opened(put(name, good().chopped(1))); }),
            whole(QStringLiteral("Archive/NewerSchema"),
                  [=, this] {
                      return opened(put(name, QByteArray(good()).replace(60, 4, QByteArray("\0\0\0\x7f", 4))));
                  }),
            whole(QStringLiteral("Archive/NotWritable"),
                  [this] { return opened(put(QStringLiteral("file")) + QStringLiteral("/archive.sqlite")); }),
            archiveText("Archive/DiskFull", "The disk is full, and the archive %1 takes nothing more. Make room there.",
                        archivecode::diskFull),
            whole(QStringLiteral("Archive/Unexpected"),
                  [this] {
                      const auto database = Database::open(fresh(QStringLiteral("other.sqlite")), archiveMigrations());
                      (*database)->runOnce(QStringLiteral("SELECT nothing"));
                      return (*database)->takeError().error();
                  }),
            whole(QStringLiteral("Archive/NotOpen"),
                  [] {
                      Archive archive;
                      return answerOf<QList<AccountRecord>>(
                                 [&](auto done) { archive.loadAccounts(&archive, std::move(done)); })
                          .error();
                  }),
            whole(QStringLiteral("Archive/NoSuchCase"),
                  [] {
                      ArchiveFixture world;
                      return answerOf<ExportedCase>([&](auto done) {
                                 readExportedCase(world.archive(), {.account = 1, .caseId = QStringLiteral("case-1")},
                                                  &world.archive(), std::move(done));
                             })
                          .error();
                  }),
            whole(QStringLiteral("Archive/NotKept"),
                  [] {
                      ArchiveFixture world;
                      AdvisorArchive advisor(world.archive());
                      return answerOf<AdvisorSnapshot>(
                                 [&](auto done) { advisor.loadSnapshot(7, &advisor, std::move(done)); })
                          .error();
                  }),
            whole(QStringLiteral("Archive/NoMessage"), [] { return FollowUps::noMessage(); }),
            archiveText("Archive/DiskError",
                        "The disk reports an error with the archive %1. Check the disk and the connection to it, then "
                        "try again; the next update fetches what is missing.",
                        archivecode::diskError),
            archiveText("Archive/Busy",
                        "Another program has been using the archive %1 for too long. Close it and try again.",
                        archivecode::busy),
            archiveText(
                "Archive/BeingSent",
                "Something of this account is being sent, and its outcome is not known yet. Wait until it is, or "
                "for an hour, then delete the data.",
                archivecode::beingSent),
            archiveText("Archive/DataDeleted",
                        "The data of its account was deleted. Choose another account for the text, or copy it.",
                        archivecode::dataDeleted),
            archiveText("Archive/FilesUnknown",
                        "The files of the message could not be read from the archive, so nothing was sent. Start "
                        "Casement again, then send it.",
                        archivecode::filesUnknown),
            ofContext(QStringLiteral("archive/deleted, and open elsewhere"), "casement::Archive",
                      "The data is deleted. Another program has the archive open: close it, so that the last of it "
                      "leaves the disk, too."),
            ofContext(QStringLiteral("archive/message of another version"), "casement::Archive",
                      "What is kept of this message can't be sent by this version of Casement. Copy its text into a "
                      "new message."),
            errorCase(QStringLiteral("Archive/SetAside"),
                      [this] {
                          return Error{.kind = Kind::Archive,
                                       .code = archivecode::setAside,
                                       .message =
                                           QCoreApplication::translate(
                                               "casement::Application",
                                               "It was damaged, so it was put aside as %1. Cases are fetched again; "
                                               "drafts, notes and marks that were only in it are in that file.")
                                               .arg(path(QStringLiteral("archive.sqlite.damaged-20261126")))};
                      }),
            ofContext(QStringLiteral("archive/not usable at the start"), "casement::MainWindow",
                      "%1 Until then what is fetched is gone when Casement ends, nothing is sent, and what you write "
                      "stays in the window.",
                      {QStringLiteral("…")}),
            ofContext(QStringLiteral("archive/only readable at the start"), "casement::MainWindow",
                      "%1 Until then it can only be read: nothing is fetched or sent, and what you write stays in the "
                      "window.",
                      {QStringLiteral("…")}),
        };
    }
    ErrorCase archiveText(const char *key, const char *text, QLatin1StringView code) const
    {
        return errorCase(QString::fromLatin1(key), [this, text, code] {
            return Error{.kind = Kind::Archive,
                         .code = code,
                         .message = QCoreApplication::translate("casement::Archive", text)
                                        .replace(QStringLiteral("%1"), path(QStringLiteral("archive.sqlite")))};
        });
    }

    /// The archive goes to another folder.
    QList<ErrorCase> ofMoving() const
    {
        const auto moved = [this](const QString &to, const MoveArchiveJob::Remember &remember) {
            Archive archive;
            const QString from = path(QStringLiteral("kept/archive.sqlite"));
            const Result<void> open = answerOf<void>([&](auto done) { archive.open(from, &archive, std::move(done)); });
            if (!open)
                return ErrorText::happened(open.error());
            auto *job = new MoveArchiveJob(archive, to, remember, &archive);
            std::optional<Result<void>> ended;
            QObject::connect(job, &Job::finished, &archive, [&ended](const Result<void> &result) { ended = result; });
            job->start();
            if (!QTest::qWaitFor([&ended] { return ended.has_value(); }, 30'000) || *ended)
                return QStringLiteral("moved");
            return ErrorText::whole({}, Deed::Move, ended->error());
        };
        const auto row =
            [moved](
                const char *key, const std::function<QString()> &to,
                const MoveArchiveJob::Remember &remember = [](const QString &) { return Result<void>(); }) {
                return sentence(QStringLiteral("move/") + QString::fromLatin1(key),
                                [moved, to, remember] { return moved(to(), remember); });
            };
        const auto said = [](const char *key, const char *text, const QStringList &values) {
            return ofContext(QStringLiteral("move/") + QString::fromLatin1(key), "casement::Archive", text, values);
        };
        const QString file = path(QStringLiteral("disk/attachments/aa/bb"));
        return {
            row("the same folder", [this] { return path(QStringLiteral("kept")); }),
            row("a part of it",
                [this] {
                    QDir().mkpath(path(QStringLiteral("kept/attachments")));
                    return path(QStringLiteral("kept/attachments"));
                }),
            row("a folder in the way",
                [this] {
                    QDir().mkpath(path(QStringLiteral("other/attachments")));
                    return path(QStringLiteral("other"));
                }),
            row("an archive in the way",
                [this] {
                    put(QStringLiteral("third/archive.sqlite"));
                    return path(QStringLiteral("third"));
                }),
            row("a file in the way", [this] { return put(QStringLiteral("file")) + QStringLiteral("/new"); }),
            row(
                "its place can't be remembered", [this] { return fresh(QStringLiteral("fourth")); },
                [this](const QString &) {
                    return Result<void>(cannotWrite(path(QStringLiteral("place")), qt_error_string(EROFS)));
                }),
            said("open elsewhere",
                 "Another program has the archive %1 open. Close it (casement-cli, or another window) and move the "
                 "archive then.",
                 {path(QStringLiteral("archive.sqlite"))}),
            said("not copied", "%1 can't be copied to %2: %3. Mend that, or choose another folder.",
                 {path(QStringLiteral("archive.sqlite")), file, QStringLiteral("…")}),
            said("a wrong copy", "The copy of the archive is not right (%1). Try again, or choose another folder.",
                 {QStringLiteral("…")}),
            said("no room", "There is not enough room for the archive in %1. Make room, or choose another folder.",
                 {path(QStringLiteral("disk"))}),
        };
    }

    /// What becomes of a case, a reply or a resolution.
    static QList<ErrorCase> ofOutbox()
    {
        const auto row = [](const char *key, const char *operation, OutboxState state, const Error &error) {
            return sentence(QStringLiteral("outbox/") + QString::fromLatin1(key), [=] {
                OutboxEntry entry;
                entry.operation = QString::fromLatin1(operation);
                entry.state = state;
                entry.error = error;
                entry.error.operation = entry.operation;
                return OutboxText::sentence(entry, false, 0);
            });
        };
        const auto waiting = [](const char *key, const std::optional<OutboxState> &before, Kind kind = Kind::None) {
            return sentence(QStringLiteral("follow-up/") + QString::fromLatin1(key), [=] {
                OutboxEntry entry;
                entry.caseId = key == std::string_view("its reply is gone") ? QStringLiteral("case-1") : QString();
                OutboxEntry ahead;
                ahead.state = before.value_or(OutboxState::Draft);
                ahead.error.kind = kind;
                return OutboxText::waiting(entry, before ? &ahead : nullptr);
            });
        };
        const Error refused{.kind = Kind::Refused,
                            .code = QStringLiteral("CaseCreationLimitExceeded"),
                            .message = QStringLiteral("Account has exceeded the limit of 10 cases per hour.")};
        const auto check = [](const char *key, const Error &error) {
            return sentence(QStringLiteral("rehearsal/") + QString::fromLatin1(key),
                            [error] { return ErrorText::ofCheck(error); });
        };
        const Error wrong{.kind = Kind::Refused,
                          .code = QStringLiteral("ValidationException"),
                          .message = QStringLiteral("The category other is not offered for this service."),
                          .operation = QLatin1StringView(CreateCase::name),
                          .requestId = QStringLiteral("0a1b2c3d-0000-4000-8000-000000000001")};
        const Error lost{.kind = Kind::TimedOut, .effect = Error::Effect::Unknown};
        const Error away{.kind = Kind::CannotConnect};
        const Error similar{.kind = Kind::Incomplete, .code = sendcode::similarFound};
        return {
            check("refused", wrong),
            check("not asked", {.kind = Kind::CannotConnect, .operation = QLatin1StringView(CreateCase::name)}),
            row("refused", CreateCase::name, OutboxState::Draft, refused),
            row("not valid", CreateCase::name, OutboxState::Draft, wrong),
            row("not arrived", CreateCase::name, OutboxState::Queued, away),
            row("not known", CreateCase::name, OutboxState::Unknown, lost),
            row("case not found", CreateCase::name, OutboxState::Asking, lost),
            row("reply not found", AddCommunicationToCase::name, OutboxState::Asking, lost),
            row("not resolved", ResolveCase::name, OutboxState::Asking, lost),
            row("NoAnswerKept", CreateCase::name, OutboxState::Asking, {}),
            row("SimilarFound", CreateCase::name, OutboxState::Asking, similar),
            row("SimilarFound/reply", AddCommunicationToCase::name, OutboxState::Asking, similar),
            waiting("its case is gone", std::nullopt),
            waiting("its reply is gone", std::nullopt),
            waiting("not taken", OutboxState::Draft, Kind::Refused),
            waiting("not known", OutboxState::Asking),
        };
    }

    /// What a request says of a limit that it breaks, behind "breaks a rule of the service".
    static QList<ErrorCase> ofLimits()
    {
        const auto row = [](const char *key, const char *path, Violation::Kind kind, qint64 limit, qint64 actual) {
            return sentence(QStringLiteral("limit/") + QString::fromLatin1(key), [=] {
                return Violation{QString::fromLatin1(path), kind, limit, actual}.toSentence();
            });
        };
        return {
            row("missing", "subject", Violation::Kind::Missing, 0, 0),
            row("too short", "communicationBody", Violation::Kind::TooShort, 1, 0),
            row("too long", "communicationBody", Violation::Kind::TooLong, 8000, 9000),
            row("too few", "attachments", Violation::Kind::TooFew, 1, 0),
            row("too many", "ccEmailAddresses", Violation::Kind::TooMany, 10, 11),
            row("too small", "maxResults", Violation::Kind::TooSmall, 10, 5),
            row("too large", "maxResults", Violation::Kind::TooLarge, 100, 500),
        };
    }

    QList<ErrorCase> ofAccounts() const;
    QList<ErrorCase> ofAccountFile() const;
    static QList<ErrorCase> ofTables();
    static QList<ErrorCase> ofTemplates();
    QList<ErrorCase> ofSettings() const;

    QString m_folder;
};

} // namespace casement::test
