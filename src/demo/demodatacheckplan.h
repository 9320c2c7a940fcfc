#pragma once

#include "demo/demoaccount.h"

namespace casement::demo {

/// How the resources of a check are made: one kind of value per heading, and what some of the values need to know.
struct CheckPlan
{
    QStringList kinds; ///< "region", "arn", … of data/checks.txt
    QString arn; ///< "ec2:instance/i-"
    QString service; ///< of a limit
    DemoText limitName;
    qint64 limit = 0;
    bool saves = false; ///< it has a column of savings
};

/// The plan of a check that makeChecks() made.
const CheckPlan &planOf(const DemoCheck &check);

} // namespace casement::demo
