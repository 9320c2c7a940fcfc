#pragma once

#include <QLatin1StringView>

/// Error::code of Error::Kind::File. `message` names the file and holds the system's words (transfer/fileerror). An
/// error without a code has a whole sentence for a message, in the person's language, that says what to do.
namespace casement::filecode {

// A file that was chosen
inline constexpr QLatin1StringView vanished("FileVanished"); ///< not there, or not there any more
inline constexpr QLatin1StringView deadLink("DeadLink"); ///< a link to nothing, or one that leads to itself
inline constexpr QLatin1StringView folder("IsFolder");
inline constexpr QLatin1StringView notRegular("NotRegularFile"); ///< a pipe, a socket or a device
inline constexpr QLatin1StringView empty("FileEmpty"); ///< no byte in it, or no file in a folder
inline constexpr QLatin1StringView notReadable("FileNotReadable");
inline constexpr QLatin1StringView changed("FileChanged"); ///< another size, time or file than when it was chosen
inline constexpr QLatin1StringView tooLarge("FileTooLarge");
inline constexpr QLatin1StringView tooMany("TooManyFiles"); ///< more than a message takes, or a ZIP is made of
inline constexpr QLatin1StringView holdsKeys("FileHoldsKeys"); ///< in a place of keys: a person must say yes

// A file on its way up
inline constexpr QLatin1StringView uploadFailed("UploadFailed"); ///< the service looked at it and did not take it
inline constexpr QLatin1StringView paused("UploadPaused"); ///< by the person: the message waits for it

// A file that is written
inline constexpr QLatin1StringView exists("FileExists"); ///< and is not replaced
inline constexpr QLatin1StringView busy("FileBusy"); ///< another program writes it at the moment
inline constexpr QLatin1StringView noFolder("FolderMissing"); ///< the folder is not there, or is none
inline constexpr QLatin1StringView notWritable("FileNotWritable");
inline constexpr QLatin1StringView diskFull("DiskFull"); ///< or over a quota, or too much for the file system
inline constexpr QLatin1StringView partlyReplaced("FilesPartlyReplaced"); ///< of a folder: some are new, others are not

// Pages
inline constexpr QLatin1StringView notPainted("PagesNotMade"); ///< not one of them
inline constexpr QLatin1StringView notPrinted("PrinterFailed"); ///< nobody knows which pages came out

} // namespace casement::filecode
