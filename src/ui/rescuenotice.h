#pragma once

#include <QFrame>
#include <QString>

class QPushButton;
class QToolButton;

namespace casement {

class BreakingLabel;
class UiSettings;

/// Says where the texts are that an earlier run could not store and wrote aside when the session ended. Each such file
/// is told until the person opens it or closes the notice; it is the person's, and stays where it is.
class RescueNotice final : public QFrame
{
    Q_OBJECT

public:
    /// The settings are borrowed; they know which files were told.
    explicit RescueNotice(UiSettings &settings, QWidget *parent = nullptr);

    /// Where such a file goes: the first of these that takes it.
    static QStringList folders();
    /// A name for one that is written now.
    static QString newName();

    /// Looks for one that was not told yet.
    void look();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void open();
    void dismiss();
    void retranslate();

    UiSettings &m_settings;
    QString m_path;
    BreakingLabel *m_text = nullptr;
    QPushButton *m_open = nullptr;
    QToolButton *m_close = nullptr;
};

} // namespace casement
