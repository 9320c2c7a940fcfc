#include "ui/helpdialogs.h"

#include "ui/shortcuts.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QMainWindow>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <numeric>

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

/// `wraps` where there is too little room for the longest command beside its key.
QString keyRows(const Group &group, bool wraps)
{
    const QString space = wraps ? QString() : u"; white-space:nowrap"_s;
    QString html = u"<tr><td colspan=\"2\" style=\"padding:8px 0 2px 0\"><b>"_s + group.title.toHtmlEscaped()
        + u"</b></td></tr>"_s;
    for (const Row &row : group.rows) {
        html += u"<tr><td style=\"padding:1px 24px 1px 0; vertical-align:middle"_s + space + u"\">"_s
            + row.what.toHtmlEscaped() + u"</td><td style=\"vertical-align:middle; white-space:nowrap\">"_s
            + row.keys.toHtmlEscaped() + u"</td></tr>"_s;
    }
    return html;
}

qsizetype linesOf(const Groups &groups)
{
    return std::accumulate(groups.begin(), groups.end(), qsizetype(0),
                           [](qsizetype sum, const Group &group) { return sum + group.rows.size() + 1; });
}

/// All keys in two columns, since one is higher than a small screen; in one where two are wider than the window.
class KeyTable final : public QTextBrowser
{
public:
    KeyTable(const Groups &groups, QWidget *parent) : QTextBrowser(parent)
    {
        const qsizetype all = linesOf(groups);
        QStringList columns{QString(), QString()};
        qsizetype lines = 0;
        for (const Group &group : groups) {
            columns[lines * 2 + group.rows.size() + 1 > all ? 1 : 0] += keyRows(group, false);
            lines += group.rows.size() + 1;
            m_one += keyRows(group, true);
        }
        m_one = u"<table>"_s + m_one + u"</table>"_s;
        m_two = u"<table><tr><td style=\"padding-right:16px\"><table>"_s + columns.at(0) + u"</table></td><td><table>"_s
            + columns.at(1) + u"</table></td></tr></table>"_s;
        setHtml(m_two);
        document()->adjustSize();
        m_size = document()->size().toSize();
    }

    /// Of the text in two columns.
    QSize textSize() const { return m_size; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        const bool isNarrow = viewport()->width() < m_size.width();
        if (isNarrow != m_isNarrow) {
            m_isNarrow = isNarrow;
            setHtml(isNarrow ? m_one : m_two);
        }
        QTextBrowser::resizeEvent(event);
    }

private:
    QString m_one;
    QString m_two;
    QSize m_size;
    bool m_isNarrow = false;
};

} // namespace

void HelpDialogs::showShortcuts(QMainWindow &window, const Shortcuts &shortcuts, std::function<void()> change)
{
    Groups groups;
    const QStringList ids = shortcuts.ids();
    for (const QString &id : ids) {
        if (shortcuts.key(id).isEmpty())
            continue;
        const QString group = shortcuts.group(id);
        if (groups.isEmpty() || groups.constLast().title != group)
            groups.append({group, {}});
        groups.last().rows.append({shortcuts.name(id), shortcuts.keyText(id)});
    }
    // What no command carries: keys of the list and the conversation themselves.
    Group others{tr("Everywhere else"), {}};
    const auto other = [&others](const QString &what, const QString &keys) { others.rows.append({what, keys}); };
    other(tr("Read the case"), keyText(u"Return"_s));
    other(tr("Page through the conversation"), keyText(u"Space"_s) + u" / "_s + keyText(u"Shift+Space"_s));
    groups.append(others);

    auto *dialog = new QDialog(&window);
    dialog->setObjectName(u"shortcutsDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Keyboard Shortcuts"));
    auto *text = new KeyTable(groups, dialog);
    text->setObjectName(u"shortcuts"_s);
    text->setAccessibleName(dialog->windowTitle());
    text->setFrameShape(QFrame::NoFrame);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    buttons->setObjectName(u"shortcutsButtons"_s);
    QPushButton *changeKeys = buttons->addButton(tr("C&hange…"), QDialogButtonBox::ActionRole);
    changeKeys->setObjectName(u"changeShortcuts"_s);
    changeKeys->setAutoDefault(false);
    changeKeys->setAccessibleDescription(tr("Opens Settings > Keyboard"));
    QObject::connect(changeKeys, &QPushButton::clicked, dialog, [dialog, change = std::move(change)] {
        dialog->close();
        change();
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    // As large as the text where there is room; it scrolls where there is less.
    dialog->resize(text->textSize() + QSize(72, 104));
    dialog->open();
}

} // namespace casement
