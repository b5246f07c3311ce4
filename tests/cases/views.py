#!/usr/bin/env python3
"""Looks at all views of every example and case from outside. TAP on stdout.

    schema       JSON answers fit docs/api/assessment.schema.json (skipped without python3-jsonschema)
    numbers      every value that the page shows is the value of the JSON answer (G-01)
    cards        the option cards of the page have the same elements in the same order (G-08)
    page         no script, no other origin, language, headings in order, header cells with scope
    audience     nothing that rests on expected survival for her and her family; the danger signs are there
    fhir         references of the bundle resolve, no null member

usage: views.py ROOT OSTEON PART PARTS      looks at one part of the records, so that parts can run side by side
"""
import glob
import html.parser
import json
import os
import re
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    jsonschema = None

SURVIVAL = re.compile(r"surviv|life expectancy|months to live|median|prognostic", re.I)
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(html.parser.HTMLParser):
    """Values, the shape of each card, headings and what a page must not have."""

    def __init__(self):
        super().__init__()
        self.values, self.cards, self.headings, self.problems = {}, [], [], []
        self.stack, self.card, self.lang = [], None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.stack.append(tag)
        if "data-osteon-key" in attributes:
            self.values[attributes["data-osteon-key"]] = attributes["data-osteon-value"]
        if tag == "html":
            self.lang = attributes.get("lang")
        if tag == "script" or "src" in attributes or "onclick" in attributes or "style" in attributes:
            self.problems.append("<%s %s>" % (tag, attributes))
        if tag == "th" and "scope" not in attributes:
            self.problems.append("th without scope")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "article":
            self.card = []
        if self.card is not None and tag not in ("li", "span", "a"):
            self.card.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.problems.append("</%s> closes nothing" % tag)
        if tag == "article":
            self.cards.append(self.card)
            self.card = None


def answer(osteon, record, as_of, form, audience):
    command = [osteon, "assess", record, "--as-of", as_of, "--format", form, "--for", audience]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode != 0:
        raise ValueError("%s: exit %d: %s" % (" ".join(command), run.returncode, run.stderr.decode()))
    return run.stdout.decode()


def expected_values(data):
    values = {}
    for fact in data["facts"]:
        lesion = "@" + fact["lesion"] if "lesion" in fact else ""
        values["fact." + fact["id"] + lesion] = fact["value"]
    for option in data["options"]:
        for part, value in (option["dose"] or {}).items():
            values["option.%s.dose.%s" % (option["id"], part)] = value
    for flag in data["red_flags"]:
        values["flag.%s.within_hours" % flag["id"]] = flag["within_hours"]
    count = sum(option["status"] == "does not apply" for option in data["options"])
    values["count.does-not-apply"] = count
    return values


def check_numbers(page, data):
    expected = expected_values(data)
    for key, shown in page.values.items():
        if key not in expected:
            yield "the page shows %s, which the JSON answer does not have" % key
        elif json.loads(shown, parse_float=str) != expected[key]:
            yield "%s: page %s, JSON %s" % (key, shown, expected[key])
    for key in expected:
        if key.startswith("fact.") and key not in page.values:
            yield "the page does not show %s" % key


def check_page(page):
    yield from page.problems
    if page.lang != "en":
        yield "no language"
    if page.stack:
        yield "not closed: %s" % page.stack
    for before, after in zip(page.headings, page.headings[1:]):
        if after > before + 1:
            yield "heading %d after %d" % (after, before)
    if page.headings.count(1) != 1:
        yield "%d main headings" % page.headings.count(1)


def check_audience(texts, data):
    for form, text in texts.items():
        for hit in SURVIVAL.findall(text):
            yield "%s has \"%s\"" % (form, hit)
    for option in data["options"]:
        if option["audience"] != "all":
            yield "option %s is for clinicians" % option["id"]
    for fact in data["facts"]:
        if "clinician only" in fact["labels"]:
            yield "fact %s is for clinicians" % fact["id"]
    for form in ("text", "html"):
        if "bladder" not in texts[form]:
            yield "%s has no danger signs" % form


def walk(node, path, problems):
    if node is None or node == [] or node == {}:
        problems.append("%s is empty" % path)
    elif isinstance(node, dict):
        for name, child in node.items():
            walk(child, "%s.%s" % (path, name), problems)
    elif isinstance(node, list):
        for index, child in enumerate(node):
            walk(child, "%s[%d]" % (path, index), problems)


def check_fhir(bundle):
    problems = []
    walk(bundle, "Bundle", problems)
    urls = {entry["fullUrl"] for entry in bundle["entry"]}
    if len(urls) != len(bundle["entry"]):
        problems.append("two entries have one fullUrl")
    text = json.dumps(bundle)
    contained = {"#" + resource["id"] for entry in bundle["entry"]
                 for resource in entry["resource"].get("contained", [])}
    for reference in re.findall(r'"reference": "([^"]+)"', text):
        if reference not in urls and reference not in contained and not reference.startswith("Patient/"):
            problems.append("%s leads nowhere" % reference)
    for resource in [entry["resource"] for entry in bundle["entry"]]:
        if resource.get("status") in ("active", "completed"):
            problems.append("%s is not a draft" % resource["resourceType"])
    return problems


def records(root):
    """(name, path, as_of) of every case that is a patient."""
    patterns = [("examples/*/expected.json", "record.json"), ("content/*/*/cases/*/expected.json", "patient.json")]
    for pattern, record in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern))):
            with open(path, encoding="utf-8") as file:
                as_of = json.load(file)["as_of"]
            folder = os.path.dirname(path)
            yield os.path.relpath(folder, root), os.path.join(folder, record), as_of


def check_record(osteon, record, as_of, validator):
    for audience in ("clinician", "patient", "family"):
        texts = {form: answer(osteon, record, as_of, form, audience) for form in ("json", "html", "text", "fhir")}
        data = json.loads(texts["json"], parse_float=str)
        page = Page()
        page.feed(texts["html"])
        problems = list(check_numbers(page, data)) + list(check_page(page))
        if len({tuple(card) for card in page.cards}) > 1:
            problems.append("the cards differ")
        if validator:
            problems += [error.json_path + " " + error.message[:200]
                         for error in validator.iter_errors(json.loads(texts["json"]))]
        problems += check_fhir(json.loads(texts["fhir"]))
        if audience != "clinician":
            problems += list(check_audience(texts, data))
        if "no red flag" in "".join(texts.values()).lower():
            problems.append("says that there is no red flag")
        for line in texts["text"].splitlines():
            if len(line) > 80 and " " in line.strip():
                problems.append("line of %d columns: %s" % (len(line), line))
        for problem in problems:
            yield "%s: %s" % (audience, problem)


def main():
    root, osteon, part, parts = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    validator = None
    if jsonschema:
        with open(os.path.join(root, "docs/api/assessment.schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
    failed = 0
    cases = list(records(root))[part::parts]
    print("1..%d" % (len(cases) + 1))
    if validator:
        print("ok 1 - schema is a schema")
    else:
        print("ok 1 - schema # SKIP python3-jsonschema is not installed")
    for number, (name, record, as_of) in enumerate(cases, 2):
        problems = list(check_record(osteon, record, as_of, validator))
        failed += bool(problems)
        print("%sok %d - %s" % ("not " if problems else "", number, name))
        for problem in problems[:20]:
            print("#   " + problem)
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
