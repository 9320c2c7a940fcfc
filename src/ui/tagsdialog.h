#pragma once

#include <QDialog>
#include <QStringList>

class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;

namespace casement {

/// Asks for the tags of one or several cases: every known tag with a check box, and a field for new ones. A tag that
/// only some of the cases have is half checked, and stays as it is unless it is touched.
class TagsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `ofCases`: the tags of each case.
    TagsDialog(const QStringList &known, const QList<QStringList> &ofCases, QWidget *parent = nullptr);

    /// What all cases get, with what stands in the field.
    QStringList added() const;
    /// What all cases lose.
    QStringList removed() const;

    void accept() override;
    /// Esc, or the window's own button: asks first when something was typed or changed.
    void reject() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addTyped();
    QString problem() const;
    void showProblem();
    bool isChanged() const;
    QStringList inState(Qt::CheckState state) const;

    QLabel *m_label = nullptr;
    QLineEdit *m_field = nullptr;
    QLabel *m_problem = nullptr; // below the field
    QListWidget *m_list = nullptr;
    QDialogButtonBox *m_buttons = nullptr;
    int m_new = 0; // tags at the top of the list that nobody had before
};

} // namespace casement
