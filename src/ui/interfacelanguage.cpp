#include "ui/interfacelanguage.h"

#include "base/wordslocale.h"
#include "ui/menuaccessible.h"
#include "ui/spoken.h"
#include "ui/theme.h"

#include <QCoreApplication>
#include <QLibraryInfo>

#include <algorithm>
#include <array>

namespace casement {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array networkContexts{"QAbstractSocket",       "QHostInfo",
                                     "QHostInfoAgent",        "QHttp",
                                     "QHttpSocketEngine",     "QNativeSocketEngine",
                                     "QNetworkReply",         "QNetworkReplyImpl",
                                     "QNetworkReplyHttpImpl", "QNetworkAccessManager",
                                     "QSocks5SocketEngine",   "QSslSocket"};

/// The one of the process.
InterfaceLanguage *current = nullptr;

} // namespace

QString InterfaceLanguage::QtTexts::translate(const char *context, const char *source, const char *comment,
                                              int number) const
{
    const bool isOfNetwork = std::any_of(networkContexts.begin(), networkContexts.end(),
                                         [context](const char *one) { return qstrcmp(context, one) == 0; });
    return isOfNetwork ? QString() : QTranslator::translate(context, source, comment, number);
}

/// `english` may have in brackets behind it what Casement knows besides.
QString InterfaceLanguage::QtTexts::ofNetwork(const QString &english) const
{
    for (const qsizetype end : {english.size(), english.lastIndexOf(" ("_L1)}) {
        if (end <= 0)
            continue;
        const QByteArray source = english.first(end).toUtf8();
        for (const char *context : networkContexts) {
            if (const QString text = QTranslator::translate(context, source.constData(), nullptr, -1); !text.isEmpty())
                return text + english.sliced(end);
        }
    }
    return english;
}

QString InterfaceLanguage::ofNetwork(const QString &english)
{
    if (!current || current->m_code == "en"_L1)
        return english;
    const QString between = u". "_s; // of the faults of a certificate
    QStringList sentences = english.split(between);
    for (QString &sentence : sentences)
        sentence = current->m_qt.ofNetwork(sentence);
    return sentences.join(between);
}

InterfaceLanguage::InterfaceLanguage(QObject *parent) : QObject(parent)
{
    current = this;
    spoken::installNames();
    installMenuAccessible();
}

InterfaceLanguage::~InterfaceLanguage()
{
    QCoreApplication::removeTranslator(&m_casement);
    QCoreApplication::removeTranslator(&m_qt);
    if (current == this) {
        current = nullptr;
        wordsLanguage = QLocale::AnyLanguage;
    }
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

QLocale InterfaceLanguage::regionFor(const QLocale &system, const QString &code)
{
    return system.language() == QLocale::C ? QLocale(code) : system;
}

void InterfaceLanguage::set(const QString &code)
{
    if (code == m_code || !available().contains(code))
        return;
    m_code = code;
    wordsLanguage = QLocale(code).language();
    QLocale::setDefault(regionFor(QLocale::system(), code));
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
