#pragma once

#include "aws/personprompt.h"

#include <QObject>
#include <QPointer>
#include <QSocketNotifier>

#include <deque>
#include <memory>

namespace casement::cli {

/// Asks the person at the terminal that the program was started from, whatever its standard input is: questions one
/// after the other, while the program goes on.
class TerminalPrompt final : public QObject, public PersonPrompt
{
    Q_OBJECT

public:
    TerminalPrompt();
    ~TerminalPrompt() override;

    /// Somebody looks at standard error, and there is a terminal to type into.
    bool isPossible();

    void askMfaCode(const MfaRequest &request, QObject *context,
                    std::function<void(const Result<QString> &code)> done) override;
    void beginSignIn(const SignIn &signIn, QObject *context, std::function<void()> cancelled) override;
    void endSignIn(QObject *context) override;

    /// Asks whether to go on; only "y" and "yes" are a yes. `question`: lines that are fit for a terminal.
    void askYes(const QString &question, QObject *context, std::function<void(bool yes)> done);

private:
    struct Question
    {
        QStringList lines; ///< what is said first
        QByteArray question;
        QPointer<QObject> context;
        std::function<void(const QString &typed)> done; ///< with nothing when the terminal went
    };
    void ask(Question question);
    void askNext();
    void takeTyped();
    void answer(const QString &typed);

    int m_terminal = -1;
    bool m_isOpened = false;
    bool m_isAsked = false; ///< the first of the questions
    QByteArray m_typed;
    std::deque<Question> m_questions;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace casement::cli
