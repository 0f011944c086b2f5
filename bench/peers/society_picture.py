#!/usr/bin/env python3
"""docs/society.svg from a report of `credence society run`: where people stood and where they came to, and how many are
excluded, side by side.

    credence society run town --programme total-surveillance --versus lawful-open --people 5000 --months 12 \
        --replicates 4 --out town && bench/peers/society_picture.py town/report.html > docs/society.svg
"""
import re
import sys

WIDTH, GAP = 460, 30


def drawings(page):
    """The pictures of the English half: what each says, its height, and what is in it."""
    half = page[: page.index('class="body-fr"')]
    for found in re.finditer(r'<svg viewBox="0 0 (\S+) (\S+)"[^>]*aria-label="([^"]*)"[^>]*>(.*?)</svg>', half, re.S):
        yield found[3], float(found[2]), found[4]


def titled(text, x):
    return f'<text x="{x}" y="20" class="bold" font-size="15">{text}</text>'


def main():
    page = open(sys.argv[1], encoding="utf-8").read()
    style = re.search(r"<style>(.*?)</style>", page, re.S)[1]
    all_drawings = list(drawings(page))
    flow = next(each for each in all_drawings if "where people began" in each[0])
    excluded = next(each for each in all_drawings if "xcluded" in each[0] and 'class="line' in each[2])
    height = max(flow[1], excluded[1]) + 40
    width = 2 * WIDTH + GAP + 20
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 {width} {height}" width="{width}" height="{height}" '
          'style="max-width: none" font-size="13" role="img">')
    print(f"<title>{flow[0]}</title><style>{style}\nsvg {{ background: var(--paper); }}\ntext {{ fill: var(--ink); }}</style>")
    print(titled("Excluded people, per cent, by month", 0), titled("Total surveillance: from grade to grade", WIDTH + GAP))
    print(f'<g transform="translate(0 40)">{excluded[2]}</g>')
    print(f'<g transform="translate({WIDTH + GAP} 40)">{flow[2]}</g></svg>')


if __name__ == "__main__":
    main()
