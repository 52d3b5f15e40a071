#!/usr/bin/env python3
"""Whether files are what a JSON Schema says, without any of our code.

usage: json_schema.py all SCHEMA FILE...     prints the first fault of each file; ends with 1 when there is one
       json_schema.py none SCHEMA FILE...    ends with 1 when a file has no fault
"""
import json
import sys

from jsonschema import Draft202012Validator, FormatChecker

with open(sys.argv[2], encoding='utf-8') as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema, format_checker=FormatChecker())

bad = 0
for path in sys.argv[3:]:
    with open(path, encoding='utf-8-sig') as file:
        fault = next(validator.iter_errors(json.load(file)), None)
    if fault:
        print(f"{path}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}")
        bad += 1
sys.exit(0 if bad == (0 if sys.argv[1] == 'all' else len(sys.argv) - 3) else 1)
