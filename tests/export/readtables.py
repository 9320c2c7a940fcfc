"""Reads a table as Python does and prints it as JSON: `readtables.py csv FILE` its rows, `readtables.py xlsx FILE` of each
sheet the name, the frozen row, the range of the filter, and rows of [kind, value, number format]."""
import csv
import datetime
import json
import sys

csv.field_size_limit(1 << 30)


def cell(found):
    value = found.value
    if isinstance(value, (datetime.datetime, datetime.date)):
        value = value.isoformat()
    return [found.data_type, value, found.number_format]


if sys.argv[1] == "csv":
    with open(sys.argv[2], encoding="utf-8-sig", newline="") as file:
        print(json.dumps(list(csv.reader(file, strict=True))))
else:
    import openpyxl

    book = openpyxl.load_workbook(sys.argv[2])
    print(json.dumps([{"name": sheet.title, "frozen": sheet.freeze_panes, "filter": sheet.auto_filter.ref,
                       "rows": [[cell(found) for found in row] for row in sheet.iter_rows()]} for sheet in book]))
