#include "ui/aboutdialog.h"

#include "base/libraries.h"
#include "ui/dialogs.h"
#include "ui/icons.h"
#include "ui/spoken.h"
#include "ui/windowplace.h"
#include "ui_aboutdialog.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int aboutIconSize = 64;
}

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent), m_ui(std::make_unique<Ui::AboutDialog>())
{
    m_ui->setupUi(this);
    setObjectName(u"aboutDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_ui->aboutIcon->setPixmap(icons::pixmap(u"casement"_s, aboutIconSize, devicePixelRatioF(), QColor()));
    QFont large = m_ui->aboutVersion->font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_ui->aboutVersion->setFont(large);
    for (const Library &library : loadedLibraries()) {
        auto *item = new QTreeWidgetItem(m_ui->aboutLibraries, {library.name, library.version, library.licence});
        for (int column = 0; column < item->columnCount(); ++column) {
            const int width = fontMetrics().horizontalAdvance(item->text(column));
            item->setSizeHint(column, {width + 24, fontMetrics().height() + 6});
        }
    }
    m_ui->aboutLibraries->setCurrentItem(m_ui->aboutLibraries->topLevelItem(0));
    m_ui->aboutLibraries->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_ui->aboutLibraries->header()->setSectionsMovable(false);
    connect(m_ui->aboutCopy, &QPushButton::clicked, this, [] { QGuiApplication::clipboard()->setText(text()); });
    connect(m_ui->aboutClose, &QPushButton::clicked, this, &QDialog::reject);
    dialogs::inPlatformOrder(*m_ui->buttons, {{m_ui->aboutClose, QDialogButtonBox::RejectRole}});
    m_ui->aboutClose->setFocus();
    fitToScreen(*this, {580, 460});
    retranslate();
}

AboutDialog::~AboutDialog() = default;

QString AboutDialog::text()
{
    QString whole = u"Casement " CASEMENT_VERSION "\n"_s + buildText() + u'\n';
    for (const Library &library : loadedLibraries())
        whole += library.name + u' ' + library.version + u" ("_s + library.licence + u")\n"_s;
    return whole;
}

void AboutDialog::retranslate()
{
    m_ui->retranslateUi(this);
    m_ui->aboutVersion->setText(tr("Casement %1").arg(u"" CASEMENT_VERSION ""_s));
    m_ui->aboutBuild->setText(tr("Build: %1").arg(buildText()));
    m_ui->aboutQt->setText(tr("Made with Qt %1 (www.qt.io), free software under the GNU Lesser General Public License.")
                               .arg(QString::fromLatin1(qVersion())));
    m_ui->aboutLibraries->setHeaderLabels({tr("Library"), tr("Version"), tr("License")});
    spoken::setDescription(*m_ui->aboutCopy, m_ui->aboutCopy->toolTip());
}

void AboutDialog::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace casement
