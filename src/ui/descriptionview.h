#pragma once

#include <QTextBrowser>
#include <QUrl>

namespace casement {

/// A check's description: sanitised, nothing is loaded for it. A link opens outside, after its target was told: it is
/// shown while a link has the pointer or the focus, and what is not encrypted is asked about.
class DescriptionView final : public QTextBrowser
{
    Q_OBJECT

public:
    explicit DescriptionView(QWidget *parent = nullptr);

    /// The fragment as the service wrote it.
    void setFragment(const QString &fragment);

    QVariant loadResource(int type, const QUrl &name) override;

Q_SIGNALS:
    /// The target of the link that has the pointer or the focus; empty: none has.
    void linkHovered(const QString &target);

protected:
    bool focusNextPrevChild(bool next) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void render();
    void tell(const QUrl &target);

    QString m_fragment;
};

} // namespace casement
