#pragma once

#include "export/exportcasesjob.h"
#include "print/pagetarget.h"

#include <QTimer>

#include <memory>

class QPagedPaintDevice;

namespace casement {

/// Paints chosen cases as pages, each case from a page of its own, and hands them to a file or a printer.
///
/// Cancelled or failed, a file stays as it was and a printer gets nothing, unless its pages are being painted already.
/// All cases are in memory while their
/// pages are painted: glyphs belong to a thread, so one run of one pool thread paints them all.
class PaintCasesJob final : public Job
{
    Q_OBJECT

public:
    PaintCasesJob(Archive &archive, const QList<CaseChoice> &cases, const ExportOptions &options,
                  std::shared_ptr<PageTarget> target, QObject *parent = nullptr);
    ~PaintCasesJob() override;

    QString title() const override;

protected:
    void run() override;
    void stop() override;

private:
    struct Painting;

    void next();
    void paint();
    static Result<void> paintAll(QPagedPaintDevice &device, const QList<ExportedCase> &cases,
                                 const ExportOptions &options, Painting &painting, bool isFinal);

    Archive &m_archive;
    const QList<CaseChoice> m_choices;
    const ExportOptions m_options;
    std::shared_ptr<PageTarget> m_target;
    std::shared_ptr<Painting> m_painting; // shared with the pool thread
    QList<ExportedCase> m_cases;
    QTimer m_look; // how far the painting is
};

} // namespace casement
