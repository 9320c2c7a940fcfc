#pragma once

#include "ui/advisoractions.h"
#include "ui/advisorpage.h"
#include "ui/advisorwork.h"
#include "ui/resourcetable.h"
#include "windowfixture.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace casement::test {

inline DemoServiceOptions fewChecks(int checks = 60)
{
    DemoServiceOptions options = DemoFixture::smallOptions();
    options.data.checks = checks;
    return options;
}

/// The window with Trusted Advisor loaded and shown.
class AdvisorWorld
{
public:
    explicit AdvisorWorld(int accounts = 1, const DemoServiceOptions &options = fewChecks())
        : demo(options), window(folder.path(), &demo)
    {
        window.openAccounts(accounts);
        if (!window.waitUntilFilled())
            qFatal("the window was not filled");
    }

    AdvisorActions &actions() { return window.window().advisor(); }
    AdvisorPage &page() { return actions().page(); }
    AdvisorCheckModel &checks() { return page().checks(); }
    bool show()
    {
        actions().show();
        return QTest::qWaitFor(
                   [this] {
                       return window.jobs().jobs().isEmpty() && checks().totalCount() > 0
                           && !actions().work().isLoading(page().accounts());
                   },
                   30'000)
            && settle();
    }
    /// What was told of last changes is shown.
    bool settle()
    {
        QSignalSpy told(&actions().work(), &AdvisorWork::checksChanged);
        return QTest::qWaitFor([this] {
            const QList<AdvisorCheckRecord> all = checks().allChecks();
            return std::all_of(all.begin(), all.end(),
                               [](const AdvisorCheckRecord &check) { return check.snapshot > 0; });
        });
    }
    /// Of the page, or else of the window.
    template <class T> T *child(const QString &name)
    {
        T *own = page().findChild<T *>(name);
        return own ? own : window.window().findChild<T *>(name);
    }
    ResourceModel &resources() { return page().detail().resources(); }
    bool shownResources()
    {
        return QTest::qWaitFor([this] { return resources().totalCount() > 0 && !resources().isArranging(); });
    }
    /// A check with so many resources at least.
    AdvisorCheckRecord checkWith(int resources)
    {
        const QList<AdvisorCheckRecord> all = checks().allChecks();
        for (const AdvisorCheckRecord &check : all) {
            if (check.counts.resourcesFlagged >= resources)
                return check;
        }
        return {};
    }
    int requests(const char *operation) const { return demo.requestCount(operation); }

    QTemporaryDir folder;
    DemoFixture demo;
    WindowFixture window;
};

inline QStringList columnOf(const ResourceModel &model, int column)
{
    QStringList cells;
    for (int row = 0; row < model.rowCount(); ++row)
        cells.append(model.text(row, column));
    return cells;
}

} // namespace casement::test
