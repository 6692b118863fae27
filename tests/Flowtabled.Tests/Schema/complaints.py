# complaints.py SCHEMA FILE: what is wrong with a file of JSON by a schema, a line each.
# A member that the schema has not is right for programs, and wrong here: it would not be documented.
import json, sys
from jsonschema import Draft202012Validator


def close(part):
    if isinstance(part, dict):
        if "properties" in part:
            part["additionalProperties"] = False
        for each in part.values():
            close(each)
    elif isinstance(part, list):
        for each in part:
            close(each)


schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
close(schema)
for error in Draft202012Validator(schema).iter_errors(json.load(open(sys.argv[2]))):
    print(error.json_path, error.message)
