#!/usr/bin/python3
"""Signs requests with botocore's SigV4Auth: JSON lines in, one signature a line out.

A line: {"method", "url", "headers": [[name, value]...], "body" (base64), "key", "secret", "token", "region", "service", "date"}.
"""
import base64
import datetime
import json
import sys

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


class Clock(datetime.datetime):
    now_is = None

    @classmethod
    def utcnow(cls):
        return cls.now_is


botocore.auth.datetime.datetime = Clock


def sign(asked):
    Clock.now_is = datetime.datetime.strptime(asked["date"], "%Y%m%dT%H%M%SZ")
    request = AWSRequest(method=asked["method"], url=asked["url"], data=base64.b64decode(asked["body"]))
    for name, value in asked["headers"]:
        request.headers[name] = value
    credentials = Credentials(asked["key"], asked["secret"], asked["token"] or None)
    botocore.auth.SigV4Auth(credentials, asked["service"], asked["region"]).add_auth(request)
    return request.headers["Authorization"]


def main():
    lines = [json.loads(line) for line in sys.stdin]
    for line in lines:
        print(sign(line))


main()
