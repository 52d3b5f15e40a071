"""Names every column of schema/*/apply.sql that has no class in schema/classes, and every class without a column."""
import pathlib
import re
import sys

CLASSES = {"public", "office_personal", "office_case", "medical", "secret", "technical"}
schema = pathlib.Path("schema")
faults = []
for change in sorted(p for p in schema.iterdir() if (p / "apply.sql").exists()):
    sql = (change / "apply.sql").read_text(encoding="utf-8")
    columns = set()
    for table, body in re.findall(r"CREATE TABLE (\S+) \((.*?)\);", sql, re.S):
        for line in body.split("\n"):
            word = re.match(r"\s*([a-z_0-9]+)\s+[A-Z{]", line)
            if word and not line.strip().startswith("CONSTRAINT"):
                columns.add((table.split(".")[-1], word.group(1)))
    columns |= {(t.split(".")[-1], c) for t, c in re.findall(r"ALTER TABLE (\S+) ADD ([a-z_0-9]+) [A-Z{]", sql) if c != "constraint"}
    listed = {}
    tsv = schema / "classes" / (change.name + ".tsv")
    for number, line in enumerate(tsv.read_text(encoding="utf-8").splitlines() if tsv.exists() else [], 1):
        parts = line.split("\t")
        if len(parts) != 3 or parts[2] not in CLASSES:
            faults.append(f"{tsv}:{number}: want table<TAB>column<TAB>one of {', '.join(sorted(CLASSES))}")
        else:
            listed[(parts[0], parts[1])] = parts[2]
    faults += [f"{change}/apply.sql: {t}.{c} has no class in {tsv}" for t, c in sorted(columns - listed.keys())]
    faults += [f"{tsv}: {t}.{c} is no column of this change" for t, c in sorted(listed.keys() - columns)]
print("\n".join(faults) or "all columns have a class")
sys.exit(1 if faults else 0)
