#pragma once

#include <QObject>
#include <QPointer>

class QMessageBox;
class QWidget;

namespace casement {

class Workspace;

/// Asked before the program ends while something that a person wrote is on screen only, because the disk does not take
/// it: see Outbox::unstored().
class UnstoredQuestion final : public QObject
{
    Q_OBJECT

public:
    UnstoredQuestion(Workspace &workspace, QWidget &window);

    /// True if nothing would be lost, or the person has agreed to it. Else the question is open from now on, and
    /// agreed() or declined() follows.
    bool mayEnd();
    /// Nobody is there to answer: a logout.
    void neverAsk() { m_isAgreed = true; }

Q_SIGNALS:
    /// The program may end: all is stored now, saved elsewhere, or given up by the person.
    void agreed();
    void declined();

private:
    void agree();
    void saveElsewhere();
    void write(const QString &path);
    QString text() const;

    Workspace &m_workspace;
    QWidget &m_window;
    QPointer<QMessageBox> m_box;
    bool m_isAgreed = false;
};

} // namespace casement
