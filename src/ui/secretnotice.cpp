#include "ui/secretnotice.h"

#include "models/displaytext.h"
#include "ui/messageedit.h"
#include "ui/secretsettings.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace casement {

using namespace Qt::StringLiterals;

namespace {
constexpr int lookAfter = 250; // ms; 8,000 characters take less than one
}

SecretNotice::SecretNotice(QWidget *parent) : QFrame(parent)
{
    spoken::setRole(*this, QAccessible::AlertMessage);
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(12, 8, 8, 8);
    m_row->setSpacing(8);
    m_text = new QLabel(this);
    m_text->setObjectName(u"secretText"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_show = new QPushButton(this);
    m_show->setObjectName(u"secretShow"_s);
    m_mask = new QPushButton(this);
    m_mask->setObjectName(u"secretMask"_s);
    for (QPushButton *button : {m_show, m_mask})
        button->setAutoDefault(false); // in a dialog it would look like what the dialog is there for
    m_row->addWidget(m_text, 1);
    m_buttons = new QHBoxLayout;
    m_buttons->setSpacing(8);
    m_buttons->addStretch();
    m_buttons->addWidget(m_show);
    m_buttons->addWidget(m_mask);
    m_row->addLayout(m_buttons);
    m_soon.setSingleShot(true);
    m_soon.setInterval(lookAfter);
    connect(&m_soon, &QTimer::timeout, this, &SecretNotice::look);
    connect(m_show, &QPushButton::clicked, this, &SecretNotice::showNext);
    connect(m_mask, &QPushButton::clicked, this, &SecretNotice::mask);
    hide();
    retranslate();
}

void SecretNotice::watch(MessageEdit &edit, const SecretSettings &settings)
{
    m_edit = &edit;
    m_settings = &settings;
    connect(m_settings, &SecretSettings::changed, this, &SecretNotice::look);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
}

void SecretNotice::watchSubject(QLineEdit &subject)
{
    m_subject = &subject;
    connect(m_subject, &QLineEdit::textChanged, this, [this] {
        m_subjectPlace = 0;
        if (!m_soon.isActive())
            m_soon.start();
    });
}

QString SecretNotice::kindName(SecretFinding::Kind kind)
{
    switch (kind) {
    case SecretFinding::Kind::AccessKeyId:
        return tr("AWS access key ID");
    case SecretFinding::Kind::SecretAccessKey:
        return tr("AWS secret access key");
    case SecretFinding::Kind::SessionToken:
        return tr("AWS session token");
    case SecretFinding::Kind::PrivateKey:
        return tr("private key");
    case SecretFinding::Kind::PresignedUrl:
        return tr("presigned address");
    case SecretFinding::Kind::WebToken:
        return tr("web token (JWT)");
    case SecretFinding::Kind::ServiceToken:
        return tr("token of a service");
    case SecretFinding::Kind::Authorization:
        return tr("Authorization header");
    case SecretFinding::Kind::UrlPassword:
        return tr("password in an address");
    case SecretFinding::Kind::Password:
        return tr("password or key");
    case SecretFinding::Kind::CardNumber:
        return tr("card number");
    case SecretFinding::Kind::OwnPattern:
        return tr("own pattern");
    }
    return {};
}

void SecretNotice::look()
{
    m_soon.stop();
    if (!m_edit)
        return;
    // As the document counts: its positions are those of the raw text.
    m_slow.clear();
    m_findings = m_settings->find(m_edit->document()->toRawText().replace(QChar::ParagraphSeparator, u'\n'), &m_slow);
    m_inSubject = m_subject ? m_settings->find(m_subject->text(), &m_slow) : QList<SecretFinding>();
    m_slow.removeDuplicates();
    mark();
    retranslate();
    setVisible(hasFound() || !m_slow.isEmpty());
    m_show->setVisible(hasFound());
    m_mask->setVisible(hasFound());
}

QString SecretNotice::kindNames(const QList<SecretFinding> &findings)
{
    QStringList kinds;
    for (const SecretFinding &finding : findings)
        kinds.append(kindName(finding.kind));
    kinds.removeDuplicates();
    return kinds.join(tr(", "));
}

QString SecretNotice::sentence() const
{
    QStringList sentences;
    if (!m_inSubject.isEmpty()) {
        //: %1 is a list of kinds: "AWS access key ID, card number"
        sentences.append(
            tr("The subject holds %Ln secret(s): %1. People at AWS would read it.", nullptr, int(m_inSubject.size()))
                .arg(kindNames(m_inSubject)));
    }
    if (!m_findings.isEmpty()) {
        //: %1 is a list of kinds: "AWS access key ID, card number"
        sentences.append(
            tr("This text holds %Ln secret(s): %1. People at AWS would read it.", nullptr, int(m_findings.size()))
                .arg(kindNames(m_findings)));
    }
    return sentences.join(u'\n');
}

void SecretNotice::retranslate()
{
    QStringList sentences{sentence()};
    sentences.removeAll(QString());
    for (const QString &slow : std::as_const(m_slow))
        sentences.append(displayText(slow));
    m_text->setText(sentences.join(u'\n'));
    spoken::setName(*m_text, m_text->text());
    spoken::setName(*this, m_text->text());
    //: Button: goes to a secret in the text
    m_show->setText(tr("Sho&w"));
    m_show->setToolTip(tr("Go to the next secret in the text"));
    //: Button: replaces all secrets in the text
    m_mask->setText(tr("Mask &in Text"));
    m_mask->setToolTip(tr("Replace what is secret by asterisks; Undo brings it back"));
}

void SecretNotice::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    for (const SecretFinding &finding : std::as_const(m_findings)) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(m_edit->document());
        mark.cursor.setPosition(int(finding.start));
        mark.cursor.setPosition(int(finding.end()), QTextCursor::KeepAnchor);
        mark.format.setBackground(Theme::colors().warningGround);
        mark.format.setForeground(Theme::colors().warningText);
        mark.format.setFontUnderline(true);
        marks.append(mark);
    }
    m_edit->setMarks(MessageEdit::SecretMarks, marks);
}

void SecretNotice::showNext()
{
    look();
    if (!hasFound())
        return;
    const auto behind = [](const QList<SecretFinding> &findings, int place) {
        return std::find_if(findings.begin(), findings.end(), [place](const auto &one) { return one.start >= place; });
    };
    if (!m_inSubject.isEmpty()) {
        // The subject's come first, and again behind the last one of the text.
        auto next = m_inSubject.cbegin();
        if (m_showsSubject)
            next = behind(m_inSubject, m_subjectPlace);
        else if (!m_showsSubject && behind(m_findings, m_edit->textCursor().selectionEnd()) != m_findings.cend())
            next = m_inSubject.cend();
        const bool wasInSubject = std::exchange(m_showsSubject, next != m_inSubject.cend() || m_findings.isEmpty());
        if (m_showsSubject) {
            const SecretFinding &finding = next == m_inSubject.cend() ? m_inSubject.first() : *next;
            m_subject->setFocus();
            m_subject->setSelection(int(finding.start), int(finding.length));
            m_subjectPlace = int(finding.end());
            return;
        }
        if (wasInSubject)
            m_edit->moveCursor(QTextCursor::Start);
    }
    const auto next = behind(m_findings, m_edit->textCursor().selectionEnd());
    const SecretFinding &finding = next == m_findings.cend() ? m_findings.first() : *next;
    QTextCursor cursor = m_edit->textCursor();
    cursor.setPosition(int(finding.start));
    cursor.setPosition(int(finding.end()), QTextCursor::KeepAnchor);
    m_edit->setTextCursor(cursor);
    m_edit->ensureCursorVisible();
    m_edit->setFocus();
}

void SecretNotice::mask()
{
    look();
    const QString text = m_edit->document()->toRawText().replace(QChar::ParagraphSeparator, u'\n');
    QTextCursor cursor(m_edit->document());
    cursor.beginEditBlock(); // one undo for all of them
    for (auto finding = m_findings.crbegin(); finding != m_findings.crend(); ++finding) {
        cursor.setPosition(int(finding->start));
        cursor.setPosition(int(finding->end()), QTextCursor::KeepAnchor);
        cursor.insertText(secretMask(QStringView(text).sliced(finding->start, finding->length), finding->kind));
    }
    cursor.endEditBlock();
    const bool isInSubjectAlone = m_findings.isEmpty() && !m_inSubject.isEmpty();
    if (!m_inSubject.isEmpty()) {
        const QString subject = masked(m_subject->text(), m_inSubject);
        m_subject->selectAll(); // what is inserted can be undone, what is set can't
        m_subject->insert(subject);
    }
    look();
    if (isInSubjectAlone)
        m_subject->setFocus();
    else
        m_edit->setFocus();
}

void SecretNotice::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_edit && !m_findings.isEmpty())
        mark();
}

/// Beside the buttons the sentence keeps the width to be read in; in a narrow window they stand below it.
bool SecretNotice::event(QEvent *event)
{
    if (event->type() != QEvent::LayoutRequest && event->type() != QEvent::Resize)
        return QFrame::event(event);
    const int words = fontMetrics().averageCharWidth() * 32;
    const bool fits = words + m_buttons->minimumSize().width() <= m_row->contentsRect().width();
    const auto wanted = fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_row->direction() != wanted)
        m_row->setDirection(wanted);
    return QFrame::event(event);
}

void SecretNotice::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = Theme::colors();
    QPainter painter(this);
    painter.fillRect(rect(), colors.warningGround);
    if (m_text->palette().color(QPalette::WindowText) != colors.warningText) {
        QPalette own = m_text->palette();
        own.setColor(QPalette::WindowText, colors.warningText);
        m_text->setPalette(own);
    }
}

} // namespace casement
