#include "export/csvwriter.h"

#include "base/privacy.h"
#include "base/replacedfile.h"
#include "export/exportfile.h"
#include "transfer/filecode.h"
#include "transfer/fileerror.h"

#include <QFileInfo>

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t pieceSize = 256 * 1024; // what is written at once
constexpr size_t rowsBetweenLooks = 512; // for a stop
constexpr qsizetype longestName = 60; // of a check, in a file's name

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), size_t(bytes.size())}; }

std::string_view wordOf(bool isSuppressed) { return isSuppressed ? "true" : "false"; }

size_t bytesOf(const AdvisorResource &resource)
{
    size_t bytes = resource.status.size() + resource.region.size() + resource.resourceId.size() + 8;
    for (const Text &value : resource.metadata)
        bytes += value.size();
    return bytes;
}

Error stopped() { return {.kind = Error::Kind::Cancelled}; }

} // namespace

CsvWriter::CsvWriter(std::unique_ptr<ExportSink> sink, Layout layout, const CsvStyle &style)
    : m_sink(std::move(sink)), m_layout(layout), m_style(style), m_text(style.formulaSafe)
{
}

Result<void> CsvWriter::write(const ExportedResult &result)
{
    begin();
    const auto cell = [this](const QString &text) {
        return CsvText::cellOf(viewOf(text.toUtf8()), m_style.formulaSafe);
    };
    const AdvisorSnapshotRecord &check = result.record;
    m_lead = cell(result.account) + ',' + cell(check.checkId) + ',' + cell(check.name) + ',' + cell(check.category);
    m_timestamp = cell(check.timestamp);
    return m_layout == Layout::Long ? writeLong(result) : writeWide(result);
}

void CsvWriter::begin()
{
    if (m_isBegun)
        return;
    m_isBegun = true;
    if (m_style.byteOrderMark) {
        m_text.reserve(1, 3);
        m_text.mark();
    }
    if (m_layout == Layout::Long)
        writeHeading();
}

void CsvWriter::writeHeading()
{
    QList<QByteArray> titles;
    for (const QString &title : m_layout == Layout::Long ? longTitles() : leadingTitles())
        titles.append(title.toUtf8());
    for (qsizetype i = 0; i < m_table.columns(); ++i)
        titles.append(m_table.heading(i).toUtf8());
    size_t bytes = 0;
    for (const QByteArray &title : std::as_const(titles))
        bytes += size_t(title.size());
    m_text.reserve(size_t(titles.size()), bytes);
    for (const QByteArray &title : std::as_const(titles))
        m_text.cell(viewOf(title)); // a heading may be a formula, too
    m_text.endRow();
}

void CsvWriter::startRow(const AdvisorResource &resource)
{
    m_text.cells(viewOf(m_lead));
    m_text.cell(resource.status.view());
    m_text.cell(resource.region.view());
    m_text.cell(resource.resourceId.view());
    m_text.cell(wordOf(resource.suppressed()));
    m_text.cells(viewOf(m_timestamp));
}

Result<void> CsvWriter::writeWide(const ExportedResult &result)
{
    const bool hasRows = result.result && !result.result->resources.empty();
    if (!hasRows && m_layout == Layout::Blocks)
        return {};
    if (!m_table.takes(result)) {
        if (m_table.isOpen()) {
            m_text.reserve(1, 0);
            m_text.endRow();
        }
        m_table.open(result);
        writeHeading();
    }
    if (!hasRows)
        return passOn(false);
    const auto columns = size_t(m_table.columns());
    const size_t around = size_t(m_lead.size() + m_timestamp.size());
    size_t row = 0;
    for (const AdvisorResource &resource : result.result->resources) {
        m_text.reserve(columns + leadingColumns, bytesOf(resource) + around);
        startRow(resource);
        for (size_t i = 0; i < columns; ++i)
            m_text.cell(resource.value(m_table.field(qsizetype(i))).view());
        m_text.endRow();
        if (m_text.size() >= pieceSize) {
            if (const Result<void> passed = passOn(false); !passed)
                return passed;
        }
        if (++row % rowsBetweenLooks == 0 && isStopped())
            return stopped();
    }
    return passOn(false);
}

Result<void> CsvWriter::writeLong(const ExportedResult &result)
{
    if (!result.result)
        return {};
    OpenTable fields;
    fields.open(result);
    QList<QByteArray> headings; // written
    size_t longest = 0;
    for (qsizetype i = 0; i < fields.columns(); ++i) {
        headings.append(CsvText::cellOf(viewOf(fields.heading(i).toUtf8()), m_style.formulaSafe));
        longest = std::max(longest, size_t(headings.last().size()));
    }
    const auto own = size_t(result.record.headings.size());
    const size_t around = size_t(m_lead.size() + m_timestamp.size()) + longest;
    size_t row = 0;
    for (const AdvisorResource &resource : result.result->resources) {
        const size_t count = result.columns ? size_t(fields.columns()) : std::max(own, resource.metadata.size());
        const size_t bytes = bytesOf(resource) + around;
        for (size_t i = 0; i < std::max<size_t>(count, 1); ++i) { // one without fields has a row all the same
            m_text.reserve(leadingColumns + 2, bytes);
            startRow(resource);
            m_text.cells(i < count ? viewOf(headings.at(qsizetype(i))) : std::string_view());
            m_text.cell(i < count ? resource.value(fields.field(qsizetype(i))).view() : std::string_view());
            m_text.endRow();
        }
        if (m_text.size() >= pieceSize) {
            if (const Result<void> passed = passOn(false); !passed)
                return passed;
        }
        if (++row % rowsBetweenLooks == 0 && isStopped())
            return stopped();
    }
    return passOn(false);
}

Result<void> CsvWriter::passOn(bool all)
{
    if (isStopped())
        return stopped();
    if (!all && m_text.size() < pieceSize)
        return {};
    const std::string_view written = m_text.view();
    const Result<void> appended = m_sink->append(QByteArray::fromRawData(written.data(), qsizetype(written.size())));
    m_text.clear();
    return appended;
}

Result<void> CsvWriter::flush()
{
    begin();
    if (m_layout != Layout::Long && !m_table.isOpen())
        writeHeading(); // of nothing
    if (const Result<void> passed = passOn(true); !passed)
        return passed;
    return m_sink->flush();
}

CsvFolderWriter::CsvFolderWriter(const QString &folder, const CsvStyle &style)
    : m_folder(QDir::cleanPath(folder)), m_style(style)
{
}

QString CsvFolderWriter::fileName(const AdvisorSnapshotRecord &check)
{
    const auto whole = [](QString text) { return text.replace(u'/', u'_').replace(u'\\', u'_').trimmed(); };
    QString name = check.name.left(longestName);
    if (!name.isEmpty() && name.back().isHighSurrogate())
        name.chop(1);
    name = whole(name);
    const QString id = whole(check.checkId);
    return safeFileName(name.isEmpty() || check.name == check.checkId ? id + u".csv"_s
                                                                      : u"%1 (%2).csv"_s.arg(name, id));
}

Result<void> CsvFolderWriter::begin()
{
    if (m_made)
        return {};
    const QFileInfo info(m_folder);
    if (info.exists() && !info.isDir())
        return failure(u"it is a file, and a folder is needed"_s);
    m_isNew = !info.exists();
    m_made = std::make_unique<UnfinishedFolder>(m_isNew ? info.absolutePath() : m_folder, u"csv"_s);
    return m_made->isValid() ? Result<void>() : failure(m_made->errorString());
}

Result<void> CsvFolderWriter::write(const ExportedResult &result)
{
    if (isStopped())
        return stopped();
    if (const Result<void> begun = begin(); !begun)
        return begun;
    if (!m_file || result.record.checkId != m_checkId) {
        if (const Result<void> closed = closeFile(); !closed)
            return closed;
        QString &name = m_nameOfCheck[result.record.checkId];
        if (name.isEmpty()) {
            name = m_distinct.add(fileName(result.record));
            m_names.append(name);
        } // else the check came before
        m_checkId = result.record.checkId;
        m_file = std::make_unique<CsvWriter>(std::make_unique<ExportFile>(m_made->filePath(name)),
                                             CsvWriter::Layout::Table, m_style);
    }
    return inFolder(m_file->write(result));
}

/// Files lie in a folder without a name of its own until all are there.
Result<void> CsvFolderWriter::inFolder(const Result<void> &result) const
{
    const FileTrouble trouble = result ? FileTrouble() : fileTrouble(result.error());
    return trouble.path.isEmpty() ? result : failure(trouble.why);
}

Result<void> CsvFolderWriter::closeFile()
{
    const std::unique_ptr<CsvWriter> file = std::move(m_file);
    if (!file)
        return {};
    const Result<void> flushed = file->flush();
    return inFolder(flushed ? file->commit() : flushed);
}

Result<void> CsvFolderWriter::flush()
{
    if (const Result<void> begun = begin(); !begun)
        return begun;
    if (const Result<void> closed = closeFile(); !closed)
        return closed;
    for (const QString &name : std::as_const(m_names)) {
        if (const QFileInfo there(m_folder + u'/' + name); there.exists() && !there.isFile())
            return failure(u"it holds something that is not a file"_s);
    }
    return {};
}

Result<void> CsvFolderWriter::commit()
{
    const auto move = [](const QString &from, const QString &to) {
        const ReplacedFile old(to);
        return std::rename(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
    };
    if (m_isNew) {
        // Temporary ones are for one person.
        ::chmod(QFile::encodeName(m_made->path()).constData(), 0777 & ~usualMask());
        if (!move(m_made->path(), m_folder))
            return failure(qt_error_string(errno));
        m_made->release();
        return {};
    }
    for (const QString &name : std::as_const(m_names)) {
        if (move(m_made->filePath(name), m_folder + u'/' + name))
            continue;
        Error error = failure(qt_error_string(errno));
        if (name != m_names.constFirst())
            error.code = filecode::partlyReplaced;
        return error;
    }
    return {};
}

Error CsvFolderWriter::failure(const QString &why) const { return cannotWrite(m_folder, why); }

} // namespace casement
