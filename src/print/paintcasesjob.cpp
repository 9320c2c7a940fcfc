#include "print/paintcasesjob.h"

#include "base/background.h"
#include "print/casedocument.h"
#include "transfer/filecode.h"

#include <QPagedPaintDevice>
#include <QPainter>

#include <atomic>
#include <vector>

namespace casement {

using namespace std::chrono_literals;

namespace {
const Error cancelled{.kind = Error::Kind::Cancelled};
}

/// How far the pool thread is, and whether it should go on.
struct PaintCasesJob::Painting
{
    std::atomic<qint64> done{0};
    std::atomic_bool isCancelled{false};
};

Result<void> PaintCasesJob::paintAll(QPagedPaintDevice &device, const QList<ExportedCase> &cases,
                                     const ExportOptions &options, Painting &painting, bool isFinal)
{
    const QSizeF room = device.pageLayout().paintRect(QPageLayout::Point).size() * CaseDocument::unitsPerInch / 72;
    std::vector<std::unique_ptr<CaseDocument>> documents(size_t(cases.size()));
    const auto layOut = [&](qsizetype index) {
        documents[size_t(index)] = std::make_unique<CaseDocument>(cases.at(index), options, room, painting.isCancelled);
        ++painting.done;
    };
    for (qsizetype i = 0; isFinal && i < cases.size() && !painting.isCancelled; ++i)
        layOut(i);
    if (painting.isCancelled)
        return cancelled;
    QPainter painter;
    if (!painter.begin(&device))
        return Error{.kind = Error::Kind::File, .code = filecode::notPainted};
    const qreal scale = device.logicalDpiX() / CaseDocument::unitsPerInch;
    painter.scale(scale, scale);
    for (qsizetype i = 0; i < cases.size(); ++i) {
        if (!isFinal)
            layOut(i);
        const std::unique_ptr<CaseDocument> document = std::move(documents[size_t(i)]);
        for (int page = 0; page < document->pageCount(); ++page) {
            if (painting.isCancelled && !isFinal)
                return cancelled;
            if (i + page > 0 && !device.newPage())
                return Error{.kind = Error::Kind::File, .code = isFinal ? filecode::notPrinted : filecode::notPainted};
            document->paint(painter, page);
        }
    }
    return {};
}

PaintCasesJob::PaintCasesJob(Archive &archive, const QList<CaseChoice> &cases, const ExportOptions &options,
                             std::shared_ptr<PageTarget> target, QObject *parent)
    : Job(parent), m_archive(archive), m_choices(cases), m_options(options), m_target(std::move(target)),
      m_painting(std::make_shared<Painting>())
{
    m_look.setInterval(100ms);
    connect(&m_look, &QTimer::timeout, this, [this] {
        setProgress(m_choices.size() + m_painting->done, 2 * m_choices.size()); // half of it was reading
    });
}

PaintCasesJob::~PaintCasesJob() { m_painting->isCancelled = true; }

QString PaintCasesJob::title() const { return m_target ? m_target->jobTitle(m_choices.size()) : QString(); }

void PaintCasesJob::run()
{
    setProgress(0, 2 * m_choices.size());
    next();
}

void PaintCasesJob::stop()
{
    m_painting->isCancelled = true;
    m_look.stop();
    m_cases.clear();
}

void PaintCasesJob::next()
{
    if (state() == State::Finished)
        return; // progress was answered with cancel()
    if (m_cases.size() == m_choices.size())
        return paint();
    readExportedCase(m_archive, m_choices.at(m_cases.size()), this, [this](const Result<ExportedCase> &exported) {
        if (state() == State::Finished)
            return;
        if (!exported)
            return finish(exported.error());
        m_cases.append(*exported);
        setProgress(m_cases.size(), 2 * m_choices.size());
        next();
    });
}

void PaintCasesJob::paint()
{
    m_look.start();
    inBackground(
        this,
        [target = m_target, painting = m_painting, options = m_options,
         cases = std::exchange(m_cases, {})]() -> Result<void> {
            const QString title =
                CaseExport::title(cases.isEmpty() ? CaseDetails() : cases.first().details, cases.size());
            const Result<QPagedPaintDevice *> begun = target->begin(title);
            if (!begun)
                return begun.error();
            if (const Result<void> painted = paintAll(**begun, cases, options, *painting, target->isFinal()); !painted)
                return painted;
            if (painting->isCancelled)
                return cancelled;
            return target->finish();
        },
        [this](const Result<void> &painted) {
            m_look.stop();
            if (state() == State::Finished)
                return;
            if (!painted)
                return finish(painted.error());
            finish(m_target->commit()); // here and not on the pool: nothing can be cancelled in between
        });
}

} // namespace casement
