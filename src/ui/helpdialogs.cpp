#include "ui/helpdialogs.h"

#include "ui/shortcuts.h"
#include "ui/spoken.h"

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
    using QTextBrowser::QTextBrowser;

    void setGroups(const Groups &groups)
    {
        const qsizetype all = linesOf(groups);
        QStringList columns{QString(), QString()};
        qsizetype lines = 0;
        m_one = u"<table>"_s;
        for (const Group &group : groups) {
            columns[lines * 2 + group.rows.size() + 1 > all ? 1 : 0] += keyRows(group, false);
            lines += group.rows.size() + 1;
            m_one += keyRows(group, true);
        }
        m_one += u"</table>"_s;
        m_two = u"<table><tr><td style=\"padding-right:16px\"><table>"_s + columns.at(0) + u"</table></td><td><table>"_s
            + columns.at(1) + u"</table></td></tr></table>"_s;
        QTextDocument measured;
        measured.setDefaultFont(font());
        measured.setHtml(m_two);
        measured.adjustSize();
        m_size = measured.size().toSize();
        choose();
    }

    /// Of the text in two columns.
    QSize textSize() const { return m_size; }

protected:
    void resizeEvent(QResizeEvent *event) override
    {
        if ((viewport()->width() < m_size.width()) != m_isNarrow)
            choose();
        QTextBrowser::resizeEvent(event);
    }

private:
    void choose()
    {
        m_isNarrow = viewport()->width() < m_size.width();
        setHtml(m_isNarrow ? m_one : m_two);
    }

    QString m_one;
    QString m_two;
    QSize m_size;
    bool m_isNarrow = false;
};

/// Stays open beside the settings, where language and keys are changed: it follows both.
class ShortcutsDialog final : public QDialog
{
public:
    ShortcutsDialog(const Shortcuts &shortcuts, QWidget *parent)
        : QDialog(parent), m_shortcuts(shortcuts), m_text(new KeyTable(this)),
          m_buttons(new QDialogButtonBox(QDialogButtonBox::Close, this)),
          m_change(m_buttons->addButton(QString(), QDialogButtonBox::ActionRole))
    {
        setObjectName(u"shortcutsDialog"_s);
        setAttribute(Qt::WA_DeleteOnClose);
        m_text->setObjectName(u"shortcuts"_s);
        m_buttons->setObjectName(u"shortcutsButtons"_s);
        m_change->setObjectName(u"changeShortcuts"_s);
        m_change->setAutoDefault(false);
        connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
        auto *layout = new QVBoxLayout(this);
        layout->addWidget(m_text);
        layout->addWidget(m_buttons);
        // Also told when the names of the commands are those of another language.
        connect(&shortcuts, &Shortcuts::changed, this, [this] { fill(); });
        fill();
        // As large as the text where there is room; it scrolls where there is less.
        resize(m_text->textSize() + QSize(76, 108));
    }

    QPushButton &changeButton() { return *m_change; }

private:
    void fill()
    {
        setWindowTitle(HelpDialogs::tr("Keyboard Shortcuts"));
        spoken::setName(*m_text, windowTitle());
        m_change->setText(HelpDialogs::tr("C&hange…"));
        spoken::setDescription(*m_change, HelpDialogs::tr("Opens Settings > Keyboard"));
        m_text->setGroups(groups());
    }

    Groups groups() const
    {
        Groups groups;
        const QStringList ids = m_shortcuts.ids();
        for (const QString &id : ids) {
            if (m_shortcuts.key(id).isEmpty())
                continue;
            const QString group = m_shortcuts.group(id);
            if (groups.isEmpty() || groups.constLast().title != group)
                groups.append({group, {}});
            groups.last().rows.append({m_shortcuts.name(id), m_shortcuts.keyText(id)});
        }
        // What no command carries: keys of the list and the conversation themselves.
        Group others{HelpDialogs::tr("Everywhere else"), {}};
        others.rows.append({HelpDialogs::tr("Read the case"), keyText(u"Return"_s)});
        others.rows.append({HelpDialogs::tr("Page through the conversation"),
                            keyText(u"Space"_s) + u" / "_s + keyText(u"Shift+Space"_s)});
        others.rows.append({HelpDialogs::tr("First or last case, top or end of the conversation"),
                            keyText(u"Home"_s) + u" / "_s + keyText(u"End"_s)});
        others.rows.append({HelpDialogs::tr("Menu of what has the focus"),
                            keyText(u"Menu"_s) + u" / "_s + keyText(u"Shift+F10"_s)});
        others.rows.append({HelpDialogs::tr("Next or previous page of the settings"),
                            keyText(u"Ctrl+Tab"_s) + u" / "_s + keyText(u"Ctrl+Shift+Tab"_s)});
        groups.append(others);
        return groups;
    }

    const Shortcuts &m_shortcuts;
    KeyTable *m_text;
    QDialogButtonBox *m_buttons;
    QPushButton *m_change;
};

} // namespace

void HelpDialogs::showShortcuts(QMainWindow &window, const Shortcuts &shortcuts, std::function<void()> change)
{
    auto *dialog = new ShortcutsDialog(shortcuts, &window);
    QObject::connect(&dialog->changeButton(), &QPushButton::clicked, dialog, [dialog, change = std::move(change)] {
        dialog->close();
        change();
    });
    dialog->open();
}

} // namespace casement
