#include "ui/helpdialogs.h"

#include "ui/icons.h"

#include <QAction>
#include <QMainWindow>
#include <QMessageBox>
#include <QRegularExpression>

namespace casement {

using namespace Qt::StringLiterals;

void HelpDialogs::showShortcuts(QMainWindow &window)
{
    QStringList lines;
    const auto actions = window.findChildren<QAction *>();
    for (const QAction *action : actions) {
        if (action->shortcut().isEmpty() || action->text().isEmpty())
            continue;
        QString text = action->text();
        text.remove(QRegularExpression(u"\\(&.\\)"_s)).remove(u'&');
        lines.append(u"<tr><td style=\"padding:2px 24px 2px 0\">"_s + text.toHtmlEscaped() + u"</td><td><b>"_s
                     + action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped() + u"</b></td></tr>"_s);
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard Shortcuts"),
                                u"<table>"_s + lines.join(QString()) + u"</table>"_s, QMessageBox::Close, &window);
    box->setObjectName(u"shortcutsDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void HelpDialogs::showAbout(QMainWindow &window)
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Casement"),
                                tr("Casement %1").arg(u"" CASEMENT_VERSION ""_s), QMessageBox::Close, &window);
    box->setObjectName(u"aboutDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("A desktop client for AWS Support. Not made by Amazon.\nApache License 2.0. Built on Qt %1.")
            .arg(QString::fromLatin1(qVersion())));
    box->setIconPixmap(icons::pixmap(u"casement"_s, 64, window.devicePixelRatioF(), QColor()));
    box->open();
}

} // namespace casement
