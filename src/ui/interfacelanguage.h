#pragma once

#include <QLocale>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace casement {

/// The language of the interface, switched while the program runs: installs the translations of Casement and of Qt,
/// sets wordsLanguage, and makes the desktop's region the default locale. Widgets get QEvent::LanguageChange,
/// everything else `changed`.
class InterfaceLanguage final : public QObject
{
    Q_OBJECT

public:
    explicit InterfaceLanguage(QObject *parent = nullptr);
    ~InterfaceLanguage() override;

    static QStringList available(); ///< `en`, `ja`
    /// The one that the desktop's languages name first; `en` when none is available.
    static QString ofSystem();

    /// How dates and numbers are written beside words of a language: as the desktop does, whatever its language is; as
    /// the language does where the desktop has none ("C").
    static QLocale regionFor(const QLocale &system, const QString &code);

    /// What Qt's network classes said, which is kept and passed on in English, in the language of the window: of
    /// several sentences each that Qt has in it. What is nothing of Qt's stays as it is.
    static QString ofNetwork(const QString &english);

    QString code() const { return m_code; }
    /// A code that is not available is ignored.
    void set(const QString &code);

Q_SIGNALS:
    void changed();

private:
    /// Qt's own texts but for what its network classes say of errors: these are kept in the outbox, the log and
    /// reports, longer than a language stays.
    class QtTexts final : public QTranslator
    {
    public:
        using QTranslator::QTranslator;
        QString translate(const char *context, const char *source, const char *comment, int number) const override;
        QString ofNetwork(const QString &english) const;
    };

    QString m_code;
    QTranslator m_casement;
    QtTexts m_qt;
};

} // namespace casement
