#include "ui/messageedit.h"
#include "ui/secretnotice.h"
#include "ui/secretspage.h"
#include "ui/theme.h"
#include "ui/uisettings.h"

#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

const QString keyId = u"AKIAIOSFODNN7EXAMPLE"_s; // of AWS's documentation

} // namespace

/// What is looked for is what the settings say, at once and after the next start.
class TestSecretsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownPatternsAreFoundAtOnce();
    void whatIsNoPatternIsSaid();
    void aKindCanBeSwitchedOff();
    void isKept();
    void aSlowPatternIsSaid();
    void pagesSayWhatIsChecked();

private:
    Theme m_theme;
};

void TestSecretsPage::ownPatternsAreFoundAtOnce()
{
    const QTemporaryDir folder;
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    SecretsPage page(settings);
    MessageEdit edit;
    SecretNotice notice;
    notice.watch(edit, settings);
    edit.setPlainText(u"ticket PROJ-123456 of\nPROJ-654321 and a letter"_s);
    notice.look();
    QVERIFY(notice.findings().isEmpty());
    page.findChild<QPlainTextEdit *>(u"patterns"_s)->setPlainText(u"^PROJ-[0-9]+\n\nletter"_s);
    QCOMPARE(notice.findings().size(), 2);
    QCOMPARE(notice.findings().at(0).kind, SecretFinding::Kind::OwnPattern);
    QVERIFY(!notice.isHidden());
    notice.findChild<QPushButton *>(u"secretMask"_s)->click();
    QVERIFY2(!edit.toPlainText().contains(u"654321"_s), qPrintable(edit.toPlainText()));
    QVERIFY(edit.toPlainText().contains(u"PROJ-123456"_s));
    page.findChild<QPlainTextEdit *>(u"patterns"_s)->clear();
    edit.setPlainText(u"a letter"_s);
    notice.look();
    QVERIFY(notice.isHidden());
}

void TestSecretsPage::whatIsNoPatternIsSaid()
{
    const QTemporaryDir folder;
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    SecretsPage page(settings);
    auto *patterns = page.findChild<QPlainTextEdit *>(u"patterns"_s);
    auto *problem = page.findChild<QLabel *>(u"problem"_s);
    QVERIFY(problem->isHidden());
    patterns->setPlainText(u"good\n(bad\n\n<b>[</b>"_s);
    QVERIFY(!problem->isHidden());
    QVERIFY2(problem->text().contains(u"Line 2: "_s) && problem->text().contains(u"Line 4: "_s),
             qPrintable(problem->text()));
    QVERIFY(!problem->text().contains(u"Line 1"_s));
    QCOMPARE(problem->textFormat(), Qt::PlainText);
    QCOMPARE(patterns->extraSelections().size(), 2);
    QCOMPARE(settings.find(u"a good (bad"_s).size(), 1); // the good one works all the same
    patterns->setPlainText(u"good\n(bad)"_s);
    QVERIFY(problem->isHidden());
    QVERIFY(patterns->extraSelections().isEmpty());
    patterns->setPlainText(u"("_s.repeated(20'000));
    QVERIFY(!problem->isHidden() && problem->text().size() < 1'000);
    patterns->setPlainText(u"(\n"_s.repeated(1'000));
    QVERIFY(problem->text().size() < 1'000);
}

void TestSecretsPage::aKindCanBeSwitchedOff()
{
    const QTemporaryDir folder;
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    SecretsPage page(settings);
    QCOMPARE(settings.find(keyId).size(), 1);
    auto *box = page.findChild<QCheckBox *>(u"secretKind0"_s);
    QVERIFY(box->isChecked());
    QCOMPARE(box->text(), u"&AWS access key ID"_s);
    box->setChecked(false);
    QVERIFY(settings.find(keyId).isEmpty());
    QCOMPARE(settings.find(keyId + u" https://u:pass1word@a.example"_s).size(), 1); // the others stay
    box->setChecked(true);
    QCOMPARE(settings.find(keyId).size(), 1);
}

void TestSecretsPage::isKept()
{
    const QTemporaryDir folder;
    {
        UiSettings file(folder.filePath(u"casement.ini"_s));
        SecretSettings settings(file);
        settings.setPatternText(u"^秘密, \\d+;\n\"quoted\" \\\\ %1"_s);
        settings.setOn(SecretFinding::Kind::CardNumber, false);
        file.save();
    }
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    QCOMPARE(settings.patternText(), u"^秘密, \\d+;\n\"quoted\" \\\\ %1"_s);
    QCOMPARE(settings.find(u"秘密, 12;"_s).size(), 1);
    QVERIFY(!settings.isOn(SecretFinding::Kind::CardNumber));
    QVERIFY(settings.isOn(SecretFinding::Kind::Password));
    SecretsPage page(settings);
    QCOMPARE(page.findChild<QPlainTextEdit *>(u"patterns"_s)->toPlainText(), settings.patternText());
}

void TestSecretsPage::aSlowPatternIsSaid()
{
    const QTemporaryDir folder;
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    MessageEdit edit;
    SecretNotice notice;
    notice.watch(edit, settings);
    edit.setPlainText(QString(40, u'a') + u'!');
    settings.setPatternText(u"(a|aa)+$"_s);
    QVERIFY(notice.findings().isEmpty());
    QVERIFY(!notice.isHidden());
    QVERIFY2(notice.findChild<QLabel *>(u"secretText"_s)->text().contains(u"(a|aa)+$"_s),
             qPrintable(notice.findChild<QLabel *>(u"secretText"_s)->text()));
    QVERIFY(notice.findChild<QPushButton *>(u"secretMask"_s)->isHidden());
}

void TestSecretsPage::pagesSayWhatIsChecked()
{
    const QTemporaryDir folder;
    UiSettings file(folder.filePath(u"casement.ini"_s));
    SecretSettings settings(file);
    SecretsPage page(settings);
    const auto boxes = page.findChildren<QCheckBox *>();
    QCOMPARE(boxes.size(), SecretSettings::kinds().size());
    QSet<QString> names;
    for (const QCheckBox *box : boxes)
        names.insert(box->text());
    QCOMPARE(names.size(), boxes.size());
    QVERIFY(!names.contains(QString()));
}

QTEST_MAIN(TestSecretsPage)
#include "tst_secretspage.moc"
