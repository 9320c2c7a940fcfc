#pragma once

#include <QDialog>

class QTextBrowser;

namespace casement {

/// The user guide in a window of the program, for where it was not installed as a file, or nothing opens files. The
/// program brings it along.
class GuideWindow final : public QDialog
{
    Q_OBJECT

public:
    explicit GuideWindow(QWidget *parent = nullptr);

    /// Shows it in a language, or in English where there is none.
    void present(const QString &language);

protected:
    void changeEvent(QEvent *event) override;

private:
    void load(const QString &language);
    void follow(const QUrl &link);
    void retranslate();

    QTextBrowser *m_text;
    QString m_language;
};

} // namespace casement
