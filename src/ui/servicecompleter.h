#pragma once

#include <QCompleter>

class QKeyEvent;
class QLineEdit;

namespace casement {

class ServiceModel;

/// Shows the services that fit what is typed below a field. Qt keeps such lists from screen readers, so the field
/// itself tells them how many fit and which one is chosen. The first of what fits what somebody typed is marked, and
/// taken by Return and by Tab. Down opens the list, of everything while nothing is typed.
class ServiceCompleter final : public QCompleter
{
    Q_OBJECT

public:
    /// Becomes the field's completer; both outlive it.
    ServiceCompleter(ServiceModel &services, QLineEdit &field);

    /// Shows what the model holds now.
    void showAll();

Q_SIGNALS:
    /// The text is another one, and nobody typed it: a screen reader or another program put it in.
    void replaced();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool opensList(const QKeyEvent &event) const;
    void forgetMark();
    void mark(const QModelIndex &index);
    QModelIndex marked() const;
    void tell(const QString &text);

    ServiceModel &m_services;
    QLineEdit &m_field;
    bool m_typed = false;
};

} // namespace casement
