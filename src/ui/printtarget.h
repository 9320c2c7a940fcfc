#pragma once

#include "print/pagetarget.h"

#include <QCoreApplication>
#include <QPrinter>

namespace casement {

/// The printer that somebody chose.
class PrintTarget final : public PageTarget
{
    Q_DECLARE_TR_FUNCTIONS(casement::PrintTarget)

public:
    PrintTarget();

    /// For the dialog, before the job starts.
    QPrinter &printer() { return m_printer; }

    bool isFinal() const override { return true; }
    QString jobTitle(qsizetype cases) const override;
    Result<QPagedPaintDevice *> begin(const QString &title) override;
    Result<void> finish() override;
    Result<void> commit() override { return {}; }

private:
    QPrinter m_printer;
};

} // namespace casement
