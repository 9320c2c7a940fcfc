#include "ui/helpdialogs.h"

#include "ui/icons.h"
#include "ui/plaintext.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

struct Row
{
    QString what;
    QString keys;
};

struct Group
{
    QString title;
    QList<Row> rows;
};

using Groups = QList<Group>;

QString keyText(const QString &portable)
{
    return QKeySequence::fromString(portable, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

void addActions(Group &group, const QMenu &menu)
{
    const auto actions = menu.actions();
    for (const QAction *action : actions) {
        if (const QMenu *inner = action->menu())
            addActions(group, *inner);
        else if (action->isVisible() && !action->shortcut().isEmpty()) {
            const QString always = action->property("inHelp").toString(); // of texts that follow a state
            group.rows.append({always.isEmpty() ? withoutMnemonic(action->text()) : always,
                               action->shortcut().toString(QKeySequence::NativeText)});
        }
    }
}

void addMenu(Groups &groups, const QAction &menu)
{
    Group group{withoutMnemonic(menu.text()), {}};
    if (menu.menu())
        addActions(group, *menu.menu());
    if (!group.rows.isEmpty())
        groups.append(group);
}

QString toHtml(const Group &group)
{
    QString html = u"<tr><td colspan=\"2\" style=\"padding:8px 0 2px 0\"><b>"_s + group.title.toHtmlEscaped()
        + u"</b></td></tr>"_s;
    for (const Row &row : group.rows) {
        html += u"<tr><td style=\"padding:1px 24px 1px 0; vertical-align:middle; white-space:nowrap\">"_s
            + row.what.toHtmlEscaped() + u"</td><td style=\"vertical-align:middle; white-space:nowrap\">"_s
            + row.keys.toHtmlEscaped() + u"</td></tr>"_s;
    }
    return html;
}

} // namespace

void HelpDialogs::showShortcuts(QMainWindow &window)
{
    Groups groups;
    const auto menus = window.menuBar()->actions();
    for (const QAction *menu : menus)
        addMenu(groups, *menu);
    // What no action carries: keys of the list, the conversation and the fields.
    Group others{tr("Everywhere else"), {}};
    const auto other = [&others](const QString &what, const QString &keys) { others.rows.append({what, keys}); };
    other(tr("Read the case"), keyText(u"Return"_s));
    other(tr("Page through the conversation"), keyText(u"Space"_s) + u" / "_s + keyText(u"Shift+Space"_s));
    other(tr("Send what is written"), keyText(u"Ctrl+Return"_s));
    groups.append(others);

    // Two columns: one would be higher than a small screen.
    qsizetype all = 0;
    for (const Group &group : groups)
        all += group.rows.size() + 1;
    QStringList columns{QString(), QString()};
    qsizetype lines = 0;
    for (const Group &group : groups) {
        columns[lines * 2 >= all ? 1 : 0] += toHtml(group);
        lines += group.rows.size() + 1;
    }
    auto *dialog = new QDialog(&window);
    dialog->setObjectName(u"shortcutsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard Shortcuts"));
    auto *text = new QTextBrowser(dialog);
    text->setObjectName(u"shortcuts"_s);
    text->setAccessibleName(dialog->windowTitle());
    text->setFrameShape(QFrame::NoFrame);
    text->setHtml(u"<table><tr><td style=\"padding-right:32px\"><table>"_s + columns.at(0)
                  + u"</table></td><td><table>"_s + columns.at(1) + u"</table></td></tr></table>"_s);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->setObjectName(u"shortcutsButtons"_s);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    // As large as the text where there is room; it scrolls where there is less.
    text->document()->adjustSize();
    const QSize wanted = text->document()->size().toSize() + QSize(64, 96);
    dialog->resize(wanted.boundedTo(window.screen()->availableSize() - QSize(16, 48)));
    dialog->open();
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
