#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

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

    /// True if nothing would be lost, or the person has agreed to it. Else agreed() or declined() follows: as soon as
    /// the disk has what it was just given, or from the question, which opens when it does not take it.
    bool mayEnd();
    /// Nobody is there to answer: a logout. mayEnd() then waits some seconds for the disk at most, and writes what that
    /// does not take into a file of the person's home, or of the folder of temporary files.
    void endUnasked() { m_isUnattended = true; }

Q_SIGNALS:
    /// The program may end: all is stored now, saved elsewhere, or given up by the person.
    void agreed();
    void declined();

private:
    void settle();
    void writeAside();
    void ask();
    void agree();
    void saveElsewhere();
    void write(const QString &path);
    bool writeTo(const QString &path, QString &why) const;
    QString text() const;

    Workspace &m_workspace;
    QWidget &m_window;
    QPointer<QMessageBox> m_box;
    QTimer m_patience; // with the disk
    bool m_isUnattended = false;
    bool m_isAgreed = false;
};

} // namespace casement
