#pragma once

#include "aws/personprompt.h"

#include <QPointer>
#include <QStringList>

namespace casement::test {

/// A person who is asked, in a test.
class FakePrompt final : public PersonPrompt
{
public:
    struct Question
    {
        MfaRequest request;
        QPointer<QObject> context;
        std::function<void(const Result<QString> &code)> done;
    };
    struct Shown
    {
        SignIn signIn;
        QPointer<QObject> context;
        std::function<void()> cancelled;
    };

    bool isAttended() const override { return attended; }

    void askMfaCode(const MfaRequest &request, QObject *context,
                    std::function<void(const Result<QString> &code)> done) override
    {
        questions.append({request, context, done});
        if (!codes.isEmpty())
            done(codes.takeFirst());
    }

    void beginSignIn(const SignIn &signIn, QObject *context, std::function<void()> cancelled) override
    {
        shown.append({signIn, context, std::move(cancelled)});
    }

    void endSignIn(QObject *) override { ++ended; }

    bool attended = true;
    QStringList codes; ///< given at once; else the test answers
    QList<Question> questions;
    QList<Shown> shown;
    int ended = 0;
};

} // namespace casement::test
