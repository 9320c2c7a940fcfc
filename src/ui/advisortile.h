#pragma once

#include "models/advisorcheckmodel.h"

#include "ui/textlabels.h"

#include <QFrame>

#include <array>

class QLabel;
class QToolButton;

namespace casement {

/// What a category of Trusted Advisor adds up to. Everything that is counted is a button that leads to it.
class AdvisorTile final : public QFrame
{
    Q_OBJECT

public:
    explicit AdvisorTile(QWidget *parent = nullptr);

    void show(const AdvisorCategory &category);
    using QFrame::show;
    const QString &category() const { return m_category.code; }
    void retranslate();
    void focusTitle();

Q_SIGNALS:
    /// `status` as the service spells it; empty: all checks of the category.
    void chosen(const QString &category, const QString &status);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void fill();

    AdvisorCategory m_category;
    QToolButton *m_title;
    std::array<QToolButton *, 4> m_counts;
    ElidingLabel *m_savings;
    ElidingLabel *m_flagged;
    QLabel *m_age;
};

} // namespace casement
