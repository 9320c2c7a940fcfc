#!/usr/bin/python3
"""Says what botocore makes of ~/.aws: JSON lines in, one line of text out for each.

A line: {"home": folder with config and credentials, "profile": name or null, "environment": {name: value}}.
The answer: how the keys would be got, and the region; nothing is asked of anybody.
"""
import json
import os
import sys
import urllib.parse

import botocore.session


def fetcher_of(credentials):
    refresh = credentials._refresh_using
    if not hasattr(refresh, "__self__"):  # wrapped, as for MFA
        refresh = [cell.cell_contents for cell in refresh.__closure__ if hasattr(cell.cell_contents, "__self__")][0]
    return refresh.__self__


def innermost(credentials):
    fetcher = fetcher_of(credentials)
    source = getattr(fetcher, "_source_credentials", None)
    if source is not None and hasattr(source, "_refresh_using"):
        return innermost(source)
    return fetcher, source


def way(credentials):
    if credentials is None:
        return "none"
    method = credentials.method
    if method == "assume-role":
        fetcher, source = innermost(credentials)
        if source is None:
            return way_of_fetcher(fetcher)
        extra = fetcher._assume_kwargs
        return " ".join(
            ["role", source.access_key, fetcher._role_arn, extra.get("ExternalId", "-"), str(extra.get("DurationSeconds", "-"))]
        )
    if method in ("assume-role-with-web-identity", "sso"):
        return way_of_fetcher(fetcher_of(credentials))
    names = {"env": "environment", "custom-process": "process"}
    frozen = credentials.get_frozen_credentials()
    return " ".join([names.get(method, "static"), frozen.access_key, frozen.secret_key, frozen.token or "-"])


def way_of_fetcher(fetcher):
    if hasattr(fetcher, "_account_id"):
        return "sso %s %s" % (urllib.parse.quote(fetcher._role_name), fetcher._account_id)
    return "web " + fetcher._role_arn


def answer(asked):
    for name in list(os.environ):
        if name.startswith("AWS_"):
            del os.environ[name]
    os.environ.update(asked["environment"])
    os.environ["HOME"] = os.path.dirname(asked["home"])
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    try:
        session = botocore.session.Session(profile=asked["profile"])
        said = way(session.get_credentials())
        return "%s region=%s" % (said, session.get_config_variable("region") or "-")
    except Exception as error:  # whichever: it has no keys
        return "error " + type(error).__name__


for line in sys.stdin:
    print(answer(json.loads(line)).replace("\n", "\\n"), flush=True)
