#include "ui/dialogs.h"

#include "models/displaytext.h"
#include "ui/errortext.h"
#include "ui/openoutside.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

namespace casement::dialogs {

using namespace Qt::StringLiterals;

namespace {

class LanguageFilter final : public QObject
{
public:
    LanguageFilter(QWidget &window, std::function<void()> say) : QObject(&window), m_say(std::move(say))
    {
        window.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::LanguageChange)
            m_say();
        return false;
    }

private:
    std::function<void()> m_say;
};

} // namespace

std::function<bool(const QUrl &)> &linkOpener()
{
    static std::function<bool(const QUrl &)> opener = &openOutside;
    return opener;
}

std::function<bool(const QUrl &)> &fileOpener()
{
    static std::function<bool(const QUrl &)> opener = &openOutside;
    return opener;
}

void openOrTell(QWidget *parent, const QUrl &url)
{
    if (url.isLocalFile() ? fileOpener()(url) : linkOpener()(url))
        return;
    const QString place = url.isLocalFile() ? url.toLocalFile() : url.toString(QUrl::FullyEncoded);
    auto *box = new QMessageBox(
        QMessageBox::Warning, QCoreApplication::translate("casement::dialogs", "Nothing Opens It"),
        url.isLocalFile()
            ? QCoreApplication::translate("casement::dialogs",
                                          "It could not be opened: nothing on this computer opens files and folders "
                                          "for other programs. Copy its path to open it yourself.")
            : QCoreApplication::translate("casement::dialogs",
                                          "The page could not be opened: nothing on this computer opens links. Copy "
                                          "its address to open it in a browser."),
        QMessageBox::Close, parent);
    box->setObjectName(u"notOpenedDialog"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    box->setInformativeText(displayText(place));
    QPushButton *copy =
        box->addButton(QCoreApplication::translate("casement::dialogs", "Co&py"), QMessageBox::ActionRole);
    copy->setObjectName(u"copyPlace"_s);
    box->setDefaultButton(copy);
    box->setEscapeButton(QMessageBox::Close);
    QObject::connect(copy, &QPushButton::clicked, box, [place] { QGuiApplication::clipboard()->setText(place); });
    box->open();
}

QMessageBox *question(QWidget *parent, const QString &objectName, QMessageBox::Icon icon, const QString &title,
                      const QString &text, const QString &more)
{
    auto *box = new QMessageBox(icon, title, text, QMessageBox::Cancel, parent);
    box->setObjectName(objectName);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(more);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setEscapeButton(QMessageBox::Cancel);
    return box;
}

void openLink(QWidget *parent, const QUrl &url)
{
    if (url.scheme() == "https"_L1)
        return openOrTell(parent, url);
    if (url.scheme() != "http"_L1)
        return;
    QMessageBox *box =
        question(parent, u"openLinkDialog"_s, QMessageBox::Question,
                 QCoreApplication::translate("casement::dialogs", "Open an unprotected page?"),
                 QCoreApplication::translate("casement::dialogs",
                                             "This address is not encrypted (http). Others in the network can read "
                                             "and change what it shows."),
                 url.toDisplayString(QUrl::FullyEncoded));
    QPushButton *open = box->addButton(QCoreApplication::translate("casement::dialogs", "&Open in the Browser"),
                                       QMessageBox::AcceptRole);
    QObject::connect(open, &QPushButton::clicked, box,
                     [url, guard = QPointer<QWidget>(parent)] { openOrTell(guard, url); });
    box->open();
}

void tellFailedExport(QWidget *parent, const QString &objectName, const Error &error)
{
    if (error.kind == Error::Kind::Cancelled)
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("casement::dialogs", "Export"),
                                ErrorText::summary(error), QMessageBox::Close, parent);
    box->setObjectName(objectName);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QStringList sentences{ErrorText::changed(ErrorText::Deed::Write, error), ErrorText::advice(error)};
    sentences.removeAll(QString());
    box->setInformativeText(sentences.join(u'\n'));
    box->open();
}

void tellUnknownEnding(QWidget *parent, const QString &objectName, const QString &path, const QStringList &endings,
                       std::function<void()> again)
{
    auto *box = new QMessageBox(QMessageBox::Warning, QCoreApplication::translate("casement::dialogs", "Export"),
                                QCoreApplication::translate("casement::dialogs", ".%1 is the ending of no format.")
                                    .arg(displayText(QFileInfo(path).suffix())),
                                QMessageBox::Close, parent);
    box->setObjectName(objectName);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(QCoreApplication::translate(
                                "casement::dialogs",
                                "Nothing was written. The name of the file can end with %1, or have no ending: then "
                                "it gets that of the chosen type.")
                                .arg(endings.join(u", "_s)));
    QPushButton *other = box->addButton(QCoreApplication::translate("casement::dialogs", "Choose &Another Name…"),
                                        QMessageBox::AcceptRole);
    other->setObjectName(u"otherName"_s);
    box->setDefaultButton(other);
    box->setEscapeButton(QMessageBox::Close);
    QObject::connect(other, &QPushButton::clicked, box, std::move(again));
    box->open();
}

void inEachLanguage(QWidget &window, std::function<void()> say)
{
    say();
    new LanguageFilter(window, std::move(say));
}

void inPlatformOrder(QBoxLayout &row,
                     std::initializer_list<std::pair<QPushButton *, QDialogButtonBox::ButtonRole>> buttons)
{
    auto *box = new QDialogButtonBox(row.parentWidget());
    box->setObjectName(u"buttonBox"_s);
    for (const auto &[button, role] : buttons) {
        row.removeWidget(button);
        box->addButton(button, role);
    }
    row.addWidget(box);
}

void chooseFiles(QWidget *parent, const QString &folder, std::function<void(const QStringList &paths)> chosen)
{
    auto *dialog = new QFileDialog(parent, QCoreApplication::translate("casement::dialogs", "Attach Files"), folder,
                                   QCoreApplication::translate("casement::dialogs", "All files (*)"));
    dialog->setObjectName(u"attachFilesDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setLabelText(QFileDialog::Accept, QCoreApplication::translate("casement::dialogs", "Attach"));
    QObject::connect(dialog, &QFileDialog::filesSelected, parent,
                     [chosen = std::move(chosen)](const QStringList &paths) {
                         if (!paths.isEmpty())
                             chosen(paths);
                     });
    dialog->open();
}

} // namespace casement::dialogs
