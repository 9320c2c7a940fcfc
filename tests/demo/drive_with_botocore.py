"""Drives the demo service with Debian's botocore: each of the 14 operations of its model, with its paginators.

Arguments: the JSON line that casement-demo-service printed. Ends with status 0 when everything was as it should be.
"""
import json
import sys

import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

service = json.loads(sys.argv[1])
called = set()


def client(account):
    session = botocore.session.get_session()
    made = session.create_client(
        "support",
        region_name=account["region"],
        endpoint_url=service["endpoint"],
        aws_access_key_id=account["accessKeyId"],
        aws_secret_access_key=account["secretAccessKey"],
        config=Config(retries={"max_attempts": 1}),
    )
    made.meta.events.register("before-call.support.*", lambda model, **_: called.add(model.name))
    return made


def check(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        check(error.response["Error"]["Code"] == code, f"{code}, but {error}")
        check(error.response["ResponseMetadata"]["RequestId"], "a request id in an error")
        return
    sys.exit(f"not refused with {code}: {call}")


for account in service["accounts"]:
    support = client(account)
    pages = support.get_paginator("describe_cases").paginate(
        includeResolvedCases=True, PaginationConfig={"PageSize": 10}
    )
    cases = [case for page in pages for case in page["cases"]]
    check(len(cases) == len({case["caseId"] for case in cases}), "no case twice")
    times = [case["timeCreated"] for case in cases]
    check(times == sorted(times, reverse=True), "newest first")
    for case in cases:
        messages = [
            message
            for page in support.get_paginator("describe_communications").paginate(
                caseId=case["caseId"], PaginationConfig={"PageSize": 10}
            )
            for message in page["communications"]
        ]
        recent = case["recentCommunications"]
        check(recent["communications"] == messages[: len(recent["communications"])], "the newest messages")
        check(len(recent["communications"]) == min(5, len(messages)), "five of them")
        check(("nextToken" in recent) == (len(messages) > 5), "a token when there are more")
        check(all(1 <= len(message["body"]) <= 8000 for message in messages), "bodies within the limits")

support = client(service["accounts"][0])
check(any(case["status"] != "resolved" for case in cases), "open cases")

english = support.describe_services(language="en")["services"]
japanese = support.describe_services(language="ja")["services"]
check([s["code"] for s in english] == [s["code"] for s in japanese], "the same services in both languages")
check(english != japanese, "other names")
severities = [level["code"] for level in support.describe_severity_levels(language="en")["severityLevels"]]
check(severities[0] == "low", "severities")

added = support.add_attachments_to_set(attachments=[{"fileName": "a.log", "data": b"one\x00two"}])
check(added["expiryTime"].endswith("+0000"), "the expiry of a set")
support.add_attachments_to_set(
    attachmentSetId=added["attachmentSetId"], attachments=[{"fileName": "b.log", "data": "二".encode()}]
)
made = support.create_case(
    subject="TEST CASE-Please ignore",
    communicationBody="線路 \U0001f600\nAKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    serviceCode=english[0]["code"],
    categoryCode=english[0]["categories"][0]["code"],
    severityCode=severities[-1],
    language="en",
    issueType="technical",
    ccEmailAddresses=["a@example.com"],
    attachmentSetId=added["attachmentSetId"],
)
found = support.describe_cases(caseIdList=[made["caseId"]])["cases"][0]
check(found["subject"] == "TEST CASE-Please ignore", "the subject")
check(found["severityCode"] == severities[-1] and found["ccEmailAddresses"] == ["a@example.com"], "what was sent")
check(support.describe_cases(displayId=found["displayId"])["cases"][0]["caseId"] == made["caseId"], "displayId")
first = support.describe_communications(caseId=made["caseId"])["communications"][-1]
check(first["body"] == "線路 \U0001f600\nAKIAIOSFODNN7EXAMPLE [REDACTED_BY_AWS]", "the text, without the secret")
files = {file["fileName"]: file["attachmentId"] for file in first["attachmentSet"]}
check(
    support.describe_attachment(attachmentId=files["a.log"])["attachment"] == {"fileName": "a.log", "data": b"one\x00two"},
    "the file",
)
refused("AttachmentSetIdNotFound", support.add_communication_to_case, caseId=made["caseId"],
        communicationBody="x", attachmentSetId=added["attachmentSetId"])
check(support.add_communication_to_case(caseId=made["caseId"], communicationBody="more")["result"], "a reply")
newest = support.describe_communications(caseId=made["caseId"], maxResults=10)["communications"]
check(any(message["body"] == "more" for message in newest), "the reply is there")
resolved = support.resolve_case(caseId=made["caseId"])
check(resolved["finalCaseStatus"] == "resolved" and resolved["initialCaseStatus"] != "resolved", "resolved")
refused("CaseIdNotFound", support.resolve_case, caseId="case-nowhere")
refused("ValidationException", support.describe_cases, caseIdList=[found["displayId"]])

checks = support.describe_trusted_advisor_checks(language="en")["checks"]
check(len(checks) >= 10, "checks")
check({"id", "name", "description", "category", "metadata"} <= set(checks[0]), "members of a check")
ids = [item["id"] for item in checks]
summaries = support.describe_trusted_advisor_check_summaries(checkIds=ids)["summaries"]
check([summary["checkId"] for summary in summaries] == ids, "a summary for each")
for summary in summaries:
    result = support.describe_trusted_advisor_check_result(checkId=summary["checkId"], language="ja")["result"]
    check(result["status"] == summary["status"], "the same status")
    if summary["status"] != "not_available":
        check(result["resourcesSummary"] == summary["resourcesSummary"], "the same counts")
refreshed = 0
for check_id in ids:
    try:
        status = support.refresh_trusted_advisor_check(checkId=check_id)["status"]
    except ClientError as error:
        check(error.response["Error"]["Code"] == "InvalidParameterValueException", error)
        check("UNREFRESHABLE_CHECK_ID_ERROR" in str(error), error)
        continue
    refreshed += 1
    check(status["status"] == "enqueued" and status["millisUntilNextRefreshable"] > 0, "enqueued")
    statuses = support.describe_trusted_advisor_check_refresh_statuses(checkIds=[check_id])["statuses"]
    check(statuses[0]["checkId"] == check_id, "the status of a refresh")
check(refreshed > 0, "something to refresh")

wrong = dict(service["accounts"][0], secretAccessKey="wrong")
refused("InvalidSignatureException", client(wrong).describe_cases)
refused("UnrecognizedClientException", client(dict(wrong, accessKeyId="AKIDNOBODY")).describe_cases)
refused("InvalidSignatureException", client(dict(service["accounts"][0], region="eu-west-1")).describe_cases)

model = support.meta.service_model
missing = set(model.operation_names) - called
check(not missing or missing <= {"DescribeCreateCaseOptions", "DescribeSupportedLanguages"}, f"called: {missing}")
print(len(called))
