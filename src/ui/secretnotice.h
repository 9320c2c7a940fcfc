#pragma once

#include "base/secretscan.h"

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace casement {

class MessageEdit;
class SecretSettings;

/// Looks through what is typed for secrets, marks those of the text in place, and offers to mask them with one click.
/// Sending asks once while there are some (SendQuestion) and is never refused.
class SecretNotice final : public QFrame
{
    Q_OBJECT

public:
    explicit SecretNotice(QWidget *parent = nullptr);

    /// The field to watch and what to look for; both outlive the notice's use.
    void watch(MessageEdit &edit, const SecretSettings &settings);
    /// The subject that goes with it; outlives the notice's use, too.
    void watchSubject(QLineEdit &subject);
    const QList<SecretFinding> &findings() const { return m_findings; }
    /// Looks now rather than in a moment.
    void look();
    void retranslate();
    /// What was found, for people; empty when nothing was.
    QString sentence() const;

    static QString kindName(SecretFinding::Kind kind);
    /// The kinds of what was found: "AWS access key ID, card number".
    static QString kindNames(const QList<SecretFinding> &findings);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    void mask();
    void showNext();
    void mark();
    bool hasFound() const { return !m_findings.isEmpty() || !m_inSubject.isEmpty(); }

    MessageEdit *m_edit = nullptr;
    QLineEdit *m_subject = nullptr;
    const SecretSettings *m_settings = nullptr;
    QHBoxLayout *m_row = nullptr;
    QHBoxLayout *m_buttons = nullptr;
    QLabel *m_text = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_mask = nullptr;
    QList<SecretFinding> m_findings;
    QList<SecretFinding> m_inSubject;
    bool m_showsSubject = true; // "Show" goes on there,
    int m_subjectPlace = 0; // behind what it showed
    QStringList m_slow; // sentences about patterns that were given up
    QTimer m_soon;
};

} // namespace casement
