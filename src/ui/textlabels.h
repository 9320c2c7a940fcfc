#pragma once

#include <QLabel>

namespace casement {

/// One line that says in short words, then with "…", what it has no room for; the tool tip has it whole.
class ElidingLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidingLabel(QWidget *parent = nullptr);

    /// `brief` stands where there is no room for `text`; empty: `text` is cut.
    void setTexts(const QString &text, const QString &brief = {});
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString shown() const;

    QString m_brief;
};

/// Several lines; a word that is wider than the label is broken, so that all of it is seen.
class BreakingLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit BreakingLabel(QWidget *parent = nullptr);

    void setWhole(const QString &text);
    const QString &whole() const { return m_whole; }
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void breakWords();

    QString m_whole;
};

/// The text with places to break (U+200B) inside words that are wider than `width`; as it is when there are none.
QString withBreaks(const QString &text, const QFontMetrics &metrics, int width);

} // namespace casement
