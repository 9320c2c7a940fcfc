#pragma once

#include "export/exportsink.h"
#include "export/tablewriter.h"

namespace casement {

/// Results as a JSON array: of each its account, what is known of the check, and `result` as the service sent it; null
/// where it was never fetched.
class AdvisorJsonWriter final : public TableWriter
{
public:
    explicit AdvisorJsonWriter(std::unique_ptr<ExportSink> sink) : m_sink(std::move(sink)) { }

    Result<void> write(const ExportedResult &result) override;
    Result<void> flush() override;
    Result<void> commit() override { return m_sink->commit(); }

private:
    std::unique_ptr<ExportSink> m_sink;
    bool m_isEmpty = true;
};

} // namespace casement
