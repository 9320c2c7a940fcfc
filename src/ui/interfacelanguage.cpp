#include "ui/interfacelanguage.h"

#include "ui/menuaccessible.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace casement {

using namespace Qt::StringLiterals;

InterfaceLanguage::InterfaceLanguage(QObject *parent) : QObject(parent)
{
    spoken::installNames();
    installMenuAccessible();
}

InterfaceLanguage::~InterfaceLanguage()
{
    QCoreApplication::removeTranslator(&m_casement);
    QCoreApplication::removeTranslator(&m_qt);
}

QStringList InterfaceLanguage::available() { return {u"en"_s, u"ja"_s}; }

QString InterfaceLanguage::ofSystem()
{
    const QStringList wanted = QLocale::system().uiLanguages();
    for (const QString &tag : wanted) {
        const QString code = tag.section(u'-', 0, 0);
        if (available().contains(code))
            return code;
    }
    return u"en"_s;
}

void InterfaceLanguage::set(const QString &code)
{
    if (code == m_code || !available().contains(code))
        return;
    m_code = code;
    // Numbers and dates as the person's own region writes them, where the region speaks this language.
    const QLocale system = QLocale::system();
    const QLocale locale(code);
    QLocale::setDefault(system.language() == locale.language() ? system : locale);
    applyInterfaceFont(code);
    QCoreApplication::removeTranslator(&m_qt);
    QCoreApplication::removeTranslator(&m_casement);
    if (code != "en"_L1 && m_qt.load(u"qtbase_"_s + code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&m_qt);
    if (m_casement.load(u":/i18n/casement_"_s + code + u".qm"_s))
        QCoreApplication::installTranslator(&m_casement); // after Qt's: asked first
    Q_EMIT changed();
}

} // namespace casement
