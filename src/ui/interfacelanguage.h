#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTranslator>

namespace casement {

/// The language of the interface, switched while the program runs: installs the translations of Casement and of Qt and
/// sets the default locale. Widgets get QEvent::LanguageChange, everything else `changed`.
class InterfaceLanguage final : public QObject
{
    Q_OBJECT

public:
    explicit InterfaceLanguage(QObject *parent = nullptr);
    ~InterfaceLanguage() override;

    static QStringList available(); ///< `en`, `ja`
    /// The one that the desktop's languages name first; `en` when none is available.
    static QString ofSystem();

    QString code() const { return m_code; }
    /// A code that is not available is ignored.
    void set(const QString &code);

Q_SIGNALS:
    void changed();

private:
    QString m_code;
    QTranslator m_casement;
    QTranslator m_qt;
};

} // namespace casement
