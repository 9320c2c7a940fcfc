#pragma once

#include <QStringList>
#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class WelcomePage;
}

/// The first start: the demo account, or a profile of ~/.aws.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    explicit WelcomePage(QWidget *parent = nullptr);
    ~WelcomePage() override;

    /// `problem` says why the files of ~/.aws could not be read; empty when they could.
    void setProfiles(const QStringList &profiles, const QString &problem);

Q_SIGNALS:
    void demoChosen();
    void profileChosen(const QString &profile);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void choose();
    void refresh();

    std::unique_ptr<Ui::WelcomePage> m_ui;
    QString m_problem;
};

} // namespace casement
