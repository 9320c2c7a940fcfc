#include "transfer/textzip.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <zip.h>

using namespace casement;
using namespace Qt::StringLiterals;

namespace {

QList<ZippedText> read(const QByteArray &bytes)
{
    QList<ZippedText> texts;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.constData(), zip_uint64_t(bytes.size()), 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    for (zip_int64_t i = 0; zip && i < zip_get_num_entries(zip, 0); ++i) {
        zip_stat_t status;
        zip_stat_index(zip, zip_uint64_t(i), 0, &status);
        QByteArray content(qsizetype(status.size), '\0');
        zip_file_t *file = zip_fopen_index(zip, zip_uint64_t(i), 0);
        if (!file || zip_fread(file, content.data(), status.size) != zip_int64_t(status.size))
            content = "unreadable";
        if (file)
            zip_fclose(file);
        texts.append({QString::fromUtf8(status.name), content});
    }
    if (zip)
        zip_discard(zip);
    else if (source)
        zip_source_free(source);
    zip_error_fini(&error);
    return texts;
}

} // namespace

/// A ZIP made in memory.
class TestTextZip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsWhatWasGiven();
    void twoOfANameAreAnError();
};

void TestTextZip::holdsWhatWasGiven()
{
    const QList<ZippedText> texts{{u"log.txt"_s, QByteArray("a line\n").repeated(100'000)},
                                  {u"empty.txt"_s, {}},
                                  {u"日本語.json"_s, "{\"a\": \"あ\"}"}};
    const Result<QByteArray> zip = zipTexts(texts);
    QVERIFY(zip);
    QVERIFY(zip->size() < 20'000); // compressed
    const QList<ZippedText> is = read(*zip);
    QCOMPARE(is.size(), texts.size());
    for (qsizetype i = 0; i < texts.size(); ++i) {
        QCOMPARE(is[i].name, texts[i].name);
        QCOMPARE(is[i].content, texts[i].content);
    }
}

void TestTextZip::twoOfANameAreAnError()
{
    const Result<QByteArray> zip = zipTexts({{u"a.txt"_s, "1"}, {u"a.txt"_s, "2"}});
    QVERIFY(!zip);
    QCOMPARE(zip.error().kind, Error::Kind::File);
    QVERIFY(!zip.error().message.isEmpty());
}

QTEST_APPLESS_MAIN(TestTextZip)
#include "tst_textzip.moc"
