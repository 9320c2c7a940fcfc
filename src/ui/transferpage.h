#pragma once

#include "ui/settingsdialog.h"
#include "ui/settingstransfer.h"

#include <memory>

namespace casement {

namespace Ui {
class TransferPage;
}

class UiSettings;

/// Settings: all of them as a file, and back.
class TransferPage final : public SettingsPage
{
    Q_OBJECT

public:
    explicit TransferPage(UiSettings &settings, QWidget *parent = nullptr);
    ~TransferPage() override;

    QString title() const override;
    void retranslate() override;

    void exportTo(const QString &file);
    /// Shows what the file would change, and takes it over when the person says so.
    void importFrom(const QString &file);
    QString outcome() const;

Q_SIGNALS:
    /// Settings came from a file: what follows them should read them anew, and at once. This page stays.
    void imported();

private:
    void chooseFile(bool toSave);
    void ask(const QByteArray &content, const SettingsTransfer::Proposal &proposal);
    void take(const QByteArray &content, const QList<SettingsTransfer::Change> &changes);
    static QStringList listed(const QStringList &problems);
    void tell(const QStringList &said, const QStringList &problems);
    void show(const QString &said);
    void complain(const QString &sentence);

    std::unique_ptr<Ui::TransferPage> m_ui;
    UiSettings &m_settings;
};

} // namespace casement
