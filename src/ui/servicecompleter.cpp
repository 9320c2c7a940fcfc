#include "ui/servicecompleter.h"

#include "models/servicemodel.h"
#include "ui/spoken.h"

#include <QAccessible>
#include <QLineEdit>

#include <utility>

namespace casement {

ServiceCompleter::ServiceCompleter(ServiceModel &services, QLineEdit &field)
    : QCompleter(&services, &field), m_services(services), m_field(field)
{
    setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    setMaxVisibleItems(12);
    field.setCompleter(this);
    connect(&field, &QLineEdit::textEdited, this, [this] { m_typed = true; });
    connect(
        &field, &QLineEdit::textChanged, this,
        [this] {
            if (!std::exchange(m_typed, false))
                Q_EMIT replaced();
        },
        Qt::QueuedConnection); // whoever sets the text has something to say of it
    connect(this, qOverload<const QString &>(&QCompleter::highlighted), this, &ServiceCompleter::tell);
}

void ServiceCompleter::showAll()
{
    complete();
    const int count = m_services.rowCount();
    if (count == 0)
        tell(tr("No service fits."));
    else
        //: What a screen reader says of a field: %1 is the first of them
        tell(tr("%Ln service(s) fit: %1", nullptr, count).arg(m_services.index(0, 0).data().toString()));
}

void ServiceCompleter::tell(const QString &text)
{
    spoken::setDescription(m_field, text);
    QAccessibleEvent changed(&m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace casement
