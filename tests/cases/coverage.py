#!/usr/bin/env python3
"""Every row of the compendium stands in content/coverage.csv, shipped or draft with its reason (TAP).

coverage.py ROOT OSTEON. A row is a line of a table, a point of a list or a paragraph of a numbered section; coverage.csv
names it `file/section/first cell`, a table line without first cell by the last one and its second cell, and a longer
text by words that it begins with or contains. What no line names is printed as `absent`. The compendium is looked for in
OSTEON_TEST_DATA (default ../shared); without it the comparison is skipped and says so.
"""
import os
import re
import subprocess
import sys

FILES = ("stability-surgery.md", "radiotherapy.md")
RULE = re.compile(r"\|[\s|:-]+\|$")


def is_label(line):
    """A citation of the table below, or the title of what follows, is no row."""
    return line.startswith(("Source:", "Sources:")) or line.endswith(":") or (len(line) < 50 and "." not in line)


def rows_of(text):
    """Yields (section, text, is a table line) of each row."""
    section, first, lines = None, "", text.split("\n")
    for number, line in enumerate(lines):
        head = re.match(r"#+ (\d+(?:\.\d+)?)", line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if head:
            section, first = head.group(1), ""
        if not section or head or not line.strip() or line.startswith(("---", "#")):
            continue
        if not line.startswith("|") and not is_label(line):
            yield section, re.sub(r"^(- |\d+\. )", "", line), False
        elif line.startswith("|") and not RULE.match(line) and not RULE.match(following):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            first = cells[0] or first
            yield section, first if cells[0] else first + ", " + cells[1], True


def plain(text):
    return re.sub(r"[\"“”*]", "", text).lower()


def names(key, row, table):
    key, row = plain(key), plain(row)
    return row == key or row.startswith(key) if table else key in row


def absent(file, text, keys):
    """Rows that no key names. A key of digits alone stands for a numbered point."""
    out = []
    for section, row, table in rows_of(text):
        here = [key for place, key in keys if place == section]
        if not table and any(key.isdigit() for key in here):
            continue  # points that coverage.csv names by number, looked at below
        if not any(names(key, row, table) for key in here):
            out.append("%s/%s/%s" % (file, section, row[:70]))
    numbers = re.findall(r"^(\d+)\. ", text.split("\n## 5.")[-1], re.M)
    numbered = {key for place, key in keys if place == "5" and key.isdigit()}
    return out + ["%s/5/%s" % (file, number) for number in numbers if numbered and number not in numbered]


def main():
    root, osteon = sys.argv[1:3]
    data = os.environ.get("OSTEON_TEST_DATA") or os.path.join(root, "..", "shared")
    answer = subprocess.run([osteon, "content", "--coverage", "--content", os.path.join(root, "content")],
                            capture_output=True, text=True, check=True).stdout
    lines = [line.split("\t") for line in answer.splitlines() if not line.startswith("total\t")]
    results = []
    bad = [line[0] for line in lines if line[1] not in ("shipped", "draft") or (line[1] == "draft" and not line[2])]
    results.append(("every line is shipped, or draft with a reason", bad))
    seen = [line[0] for line in lines]
    results.append(("no row twice", sorted({row for row in seen if seen.count(row) > 1})))
    for file in FILES:
        path = os.path.join(data, "clinical", file)
        if not os.path.isfile(path):
            results.append((file + " # SKIP no compendium in " + data, []))
            continue
        keys = [tuple(row.split("/", 2)[1:]) for row in seen if row.startswith(file + "/")]
        with open(path, encoding="utf-8") as handle:
            results.append((file + ": every row is named", absent(file, handle.read(), keys)))
    for number, (name, problems) in enumerate(results, 1):
        print("%sok %d - %s" % ("not " if problems else "", number, name))
        for problem in problems:
            print("# absent " + problem if "named" in name else "# " + problem)
    print("1..%d" % len(results))
    return 1 if any(problems for _, problems in results) else 0


if __name__ == "__main__":
    sys.exit(main())
