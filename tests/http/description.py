"""Judges the descriptions of the API in api/, and what the programs answered by them.

  description.py valid             whether they are OpenAPI 3.1 and agree with themselves
  description.py operations        what they describe, as JSON: {side: [operation, ...]}
  description.py answers < JSON    whether requests and answers are as described: a list, see description.mjs

Faults go to standard output, one a line, at most twenty; the exit code is 1 when there is one.
"""
import json
import pathlib
import re
import sys
import urllib.parse

import yaml
from jsonschema import Draft202012Validator, FormatChecker, RefResolver

here = pathlib.Path(__file__).parent
COMMON = "common.yaml"


def read(name):
    return yaml.safe_load((here.parent.parent / "api" / name).read_text())


def messages(errors):
    return [f"{'/'.join(map(str, one.absolute_path)) or 'it'}: {one.message[:200]}" for one in errors]


class Description:
    """A file of api/ with the common one, to which it may refer."""

    def __init__(self, name):
        self.document = read(name)
        self.common = read(COMMON)
        # As if both had been read from one place, so that the name of the one leads from the other.
        place = "https://klout7.example/"
        self.resolver = RefResolver(place + name, self.document, store={place + COMMON: self.common})

    def named(self, value):
        """What a $ref names, or the value itself."""
        if "$ref" not in value:
            return value
        file, pointer = value["$ref"].split("#")
        found = self.common if file == COMMON else self.document
        for part in pointer.strip("/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        return found

    def faults(self, schema, value):
        return messages(Draft202012Validator(schema, resolver=self.resolver, format_checker=FormatChecker()).iter_errors(value))

    def operations(self):
        for path, item in self.document["paths"].items():
            for method, operation in self.named(item).items():
                yield method, path, operation

    def parameters(self, operation, place):
        return [one for one in map(self.named, operation.get("parameters", [])) if one["in"] == place]

    def find(self, method, path):
        """The operation of a request, or nothing; and whether the path is one of the description."""
        found, known = None, False
        for described, name, operation in self.operations():
            if re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(name)), path):
                known = True
                if described == method.lower() and (found is None or "{" not in name):
                    found = operation
        return found, known


def valid():
    openapi = yaml.safe_load((here / "openapi-3.1.schema.yaml").read_text())
    for name in ("common.yaml", "office.yaml", "medical.yaml"):
        description = Description(name)
        faults = messages(Draft202012Validator(openapi).iter_errors(description.document))
        faults += [*faults_of_parts(description, description.document, ""), *faults_of_operations(description)]
        yield from (f"{name}: {fault}" for fault in faults)


def faults_of_parts(description, value, place):
    """Each $ref names something, each schema is one, and each example is as its schema says."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from faults_of_parts(description, one, f"{place}/{number}")
    if not isinstance(value, dict):
        return
    if isinstance(value.get("$ref"), str):
        try:
            description.named(value)
        except (KeyError, TypeError):
            yield f"{place}: {value['$ref']} is not there"
            return
    schema = value.get("schema", value if re.search(r"/components/schemas/\w+$", place) else None)
    if isinstance(schema, dict):
        is_schema = Draft202012Validator(Draft202012Validator.META_SCHEMA)
        yield from (f"{place}: no JSON Schema: {fault}" for fault in messages(is_schema.iter_errors(schema)))
        if "example" in value:
            yield from (f"{place}: example: {fault}" for fault in description.faults(schema, value["example"]))
    for name, one in value.items():
        if name != "example":
            yield from faults_of_parts(description, one, f"{place}/{name}")


def faults_of_operations(description):
    ids = set()
    for method, path, operation in description.operations():
        place = f"{method} {path}"
        if operation["operationId"] in ids:
            yield f"{place}: operationId stands there twice"
        ids.add(operation["operationId"])
        named = {one["name"] for one in description.parameters(operation, "path")}
        if named != set(re.findall(r"{(\w+)}", path)):
            yield f"{place}: its path and its parameters differ"
        is_open = operation.get("security") == []
        if is_open == ("x-thing" in operation) or is_open == ("x-action" in operation):
            yield f"{place}: is for anybody, or has x-thing and x-action"


def operations(side):
    """What a test needs to ask everything: the names of what a request brings, not their values."""
    description = Description(f"{side}.yaml")
    for method, path, operation in description.operations():
        kind, content = next(iter(operation.get("requestBody", {}).get("content", {}).items()), (None, {"schema": {}}))
        yield {
            "method": method.upper(), "path": path, "thing": operation.get("x-thing"), "action": operation.get("x-action"),
            "headers": [one["name"] for one in description.parameters(operation, "header") if one.get("required")],
            "kind": kind, "fields": list(description.named(content["schema"]).get("properties", {})),
        }


PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": f"{COMMON}#/components/schemas/Problem"}}}}


def faults_of_answer(description, exchange):
    operation, path_is_known = description.find(exchange["method"], exchange["path"])
    status = exchange["status"]
    if operation is None:
        # Nobody learns more of what is not there than that.
        allowed = {400, 401, 403, 405, 431} if path_is_known else {400, 401, 403, 404, 431}
        if status not in allowed:
            yield "is not described"
        response = PROBLEM
    else:
        response = description.named(operation["responses"].get(str(status), operation["responses"]["default"]))
    for name, header in response.get("headers", {}).items():
        header = description.named(header)
        sent = exchange["headers"].get(name.lower())
        if sent is None and header.get("required"):
            yield f"lacks the header {name}"
        for one in sent if isinstance(sent, list) else [sent] if sent is not None else []:
            yield from (f"header {name}: {fault}" for fault in description.faults(header["schema"], one))
    content = response.get("content", {})
    kind = exchange["headers"].get("content-type", "").split(";")[0]
    if not content and exchange["size"] > 0:
        yield "has content, described is none"
    if content and kind not in content:
        yield f"content is {kind or 'of no kind'}, described is {', '.join(content)}"
    elif content and exchange["content"] is not None:
        yield from description.faults(content[kind]["schema"], exchange["content"])
        if kind == "application/problem+json" and exchange["content"].get("status") != status:
            yield "the problem names another status"
    if operation is not None and status < 300:
        yield from faults_of_taken(description, operation, exchange)


def faults_of_taken(description, operation, exchange):
    """A request that was taken is one that the description allows."""
    query = dict(urllib.parse.parse_qsl(exchange["query"], keep_blank_values=True))
    for place, sent in (("query", query), ("header", exchange["sent_headers"])):
        for one in description.parameters(operation, place):
            value = sent.get(one["name"].lower())
            if value is None and one.get("required"):
                yield f"was taken without {one['name']}"
            if value is not None:
                yield from (f"was taken with {one['name']}: {fault}" for fault in description.faults(one["schema"], value))
    for name in query.keys() - {one["name"] for one in description.parameters(operation, "query")}:
        yield f"was taken with {name}, which is not described"
    body = operation.get("requestBody", {}).get("content", {})
    if "application/json" in body:
        schema = body["application/json"]["schema"]
        yield from (f"was taken with content: {fault}" for fault in description.faults(schema, exchange.get("sent")))


def answers(exchanges):
    descriptions = {side: Description(f"{side}.yaml") for side in ("office", "medical")}
    for exchange in exchanges:
        for fault in faults_of_answer(descriptions[exchange["side"]], exchange):
            yield f"{exchange['at']}: {exchange['side']} {exchange['method']} {exchange['path']} {exchange['status']}: {fault}"


def main(mode):
    if mode == "operations":
        print(json.dumps({side: list(operations(side)) for side in ("office", "medical")}))
        return 0
    faults = list(valid() if mode == "valid" else answers(json.load(sys.stdin)))
    for fault in faults[:20]:
        print(fault)
    if len(faults) > 20:
        print(f"and {len(faults) - 20} more")
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
