#pragma once

#include "models/caselistmodel.h"

#include <QStringList>
#include <QWidget>

#include <memory>

namespace casement {

namespace Ui {
class SearchPage;
}

class SearchModel;
class Workspace;

/// What a search over every message found. Choosing a row opens its conversation at that message.
class SearchPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SearchPage(Workspace &workspace, QWidget *parent = nullptr);
    ~SearchPage() override;

    void search(const QString &typed);
    QString typed() const { return m_typed; }
    void retranslate();
    void moveCurrent(int rows);
    /// The answer to the last search is shown.
    bool isReady() const { return !m_searching; }

Q_SIGNALS:
    void hitChosen(const casement::CaseKey &key, const QString &message, const QStringList &words, const QString &file);
    void hitOpened();
    void backRequested();

private:
    void showResult();

    std::unique_ptr<Ui::SearchPage> m_ui;
    Workspace &m_workspace;
    SearchModel *m_model;
    QString m_typed;
    QStringList m_words;
    int m_searches = 0;
    bool m_searching = false;
    bool m_failed = false;
};

} // namespace casement
