#pragma once

#include <QLabel>
#include <QStringList>

namespace casement {

/// One line that says in short words, then with "…", what it has no room for; the tool tip has it whole.
class ElidingLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidingLabel(QWidget *parent = nullptr);

    /// `brief` stands where there is no room for `text`; empty: `text` is cut.
    void setTexts(const QString &text, const QString &brief = {});
    /// What the tool tip says besides.
    void setDetails(const QString &details);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString shown() const;
    void showTip();

    QString m_brief;
    QString m_details;
};

/// Several lines; a word that is wider than the label is broken, so that all of it is seen.
class BreakingLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit BreakingLabel(QWidget *parent = nullptr);

    void setWhole(const QString &text);
    /// Short facts with a dot between those that share a line; one that has no more room begins the next line whole.
    void setFacts(const QStringList &facts);
    const QString &whole() const { return m_whole; }
    /// For want of room: what one line holds, with "…" when there is more.
    void setOneLine(bool on);
    /// What all of it needs at that width, whatever is shown.
    int heightOfWhole(int width) const;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void breakWords();
    QString broken(int width) const;

    QString m_whole;
    QStringList m_facts; // that it is made of; none: it is one text
    bool m_isOneLine = false;
};

/// Sentences in the middle of a page: no line is much shorter than the others, and Japanese is broken behind its marks,
/// not within a word, where there is room.
class SentenceLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit SentenceLabel(QWidget *parent = nullptr);

    int heightForWidth(int width) const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

/// The lines of a text for that width, all of about the same length.
QStringList evenLines(const QString &text, const QFontMetrics &metrics, int width);

/// The text with places to break (U+200B) inside words that are wider than `width`; as it is when there are none.
QString withBreaks(const QString &text, const QFontMetrics &metrics, int width);

/// The text so that no line ends inside it: a time, a date, a few words that are read together.
QString unbroken(const QString &text);
/// The text as it was before unbroken().
QString withoutBonds(QString text);

} // namespace casement
