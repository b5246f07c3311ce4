"""Reads the page that show-skeleton writes: every picture is XML, every reference on the page has a target.

usage: check_svg.py SHOW_SKELETON     prints TAP
"""
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def check_picture(text):
    """What is wrong with one picture, or an empty text."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return str(error)
    if root.tag != SVG + "svg":
        return f"root is {root.tag}"
    for role, name in ((root.get("aria-labelledby"), "title"), (root.get("aria-describedby"), "desc")):
        named = [e for e in root.iter(SVG + name) if e.get("id") == role]
        if len(named) != 1 or not named[0].text:
            return f"no {name}"
    for item in root.iter(SVG + "g"):
        if item.get("role") == "list" and not all(e.get("role") == "listitem" for e in item):
            return "a list holds something else than items"
        if item.get("role") == "listitem" and not item[0].get("aria-label"):
            return "an item without name"
    hidden = [e for e in root if e.get("aria-hidden") == "true"]
    if any(e.tag == SVG + "a" for group in hidden for e in group.iter()):
        return "a link inside a hidden group"
    return ""


def main():
    page = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    results = []
    pictures = re.findall(r'<svg xmlns=.*?</svg>\n', page, re.S)
    results.append((len(pictures) >= 3, "at least three pictures", str(len(pictures))))
    for number, text in enumerate(pictures, 1):
        wrong = check_picture(text)
        results.append((not wrong, f"picture {number}", wrong))
    ids = re.findall(r' id="([^"]+)"', page)
    twice = sorted({name for name in ids if ids.count(name) > 1})
    results.append((not twice, "every id is its own", " ".join(twice)))
    targets = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)|aria-(?:labelledby|describedby)="([^"]+)"', page)
    lost = sorted({"".join(name) for name in targets} - set(ids))
    results.append((bool(targets) and not lost, "every reference has its target", " ".join(lost)))
    foreign = re.findall(r'(?:href|src)="(?!#)[^"]*"', page)
    results.append((not foreign, "nothing from elsewhere", " ".join(foreign)))
    print(f"1..{len(results)}")
    for number, (good, name, detail) in enumerate(results, 1):
        print(f"{'ok' if good else 'not ok'} {number} - {name}" + ("" if good else f" # {detail}"))
    sys.exit(0 if all(good for good, _, _ in results) else 1)


if __name__ == "__main__":
    main()
