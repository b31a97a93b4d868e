"""The peer of `cargo xtask bench parsing`: what a scraper of such sites does, with BeautifulSoup over lxml.

Speaks as reading_speed.rs does: started with a list of documents, asked for a kind a line, answers seconds and what was
found. It may know more than our readers do: the skins beforehand, and each document's charset.
"""

import re
import sys
import time
from urllib.parse import urldefrag, urljoin

from bs4 import BeautifulSoup, Comment

# Lines that a site puts into the text of its articles.
FURNITURE = re.compile("短信订阅|官方微博")
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.I)


def soup_of(document):
    return BeautifulSoup(document["bytes"], "lxml", from_encoding=document["charset"])


def plain(tag):
    return "".join(tag.stripped_strings) if tag else ""


def page(document, found):
    soup = soup_of(document)
    base = document["address"]
    areas = []
    own = []
    for area in soup.find("map").find_all("area"):
        numbers = [float(number) for number in area["coords"].split(",")]
        address = urldefrag(urljoin(base, area["href"]))[0].split("?")[0]
        # Some sites have an area twice.
        if (numbers, address) not in areas:
            areas.append((numbers, address))
        if address not in own:
            own.append(address)
    pages = {}
    for link in soup.find_all("a", id="pageLink"):
        pages.setdefault(urljoin(base, link["href"]), plain(link))
    headlines = {}
    # Each skin's list of the page's own articles; one may have no area on the map.
    listed = soup.find("ul", class_="list01") or soup.find(id="btdh")
    for link in listed.find_all("a", href=re.compile("content_")) if listed else []:
        address = urljoin(base, link["href"]).split("?")[0]
        headlines.setdefault(address, plain(link))
        if address not in own:
            own.append(address)
    found["areas"] += len(areas)
    found["pages"] += len(pages)
    found["articles"] += len(own)


def article(document, found):
    soup = soup_of(document)
    title = soup.find("founder-title") or soup.find("td", class_="font01") or soup.find("h1")
    found["headlines"] += 1 if plain(title) else 0
    body = soup.find(id="ozoom")
    if body is None:
        return
    captions = sum(len("".join(plain(caption).split())) for caption in body.find_all(class_="tushuo"))
    # Every line once, however the markup nests, without comments, advertisements and the page editor's mark.
    lines = ["".join(text.split()) for text in body.strings if not isinstance(text, Comment)]
    lines = [line for line in lines if line and not FURNITURE.search(line)]
    if lines and re.fullmatch("[①-⑳]\\d*", lines[-1]):
        lines.pop()
    found["characters"] += sum(map(len, lines)) - captions


# As many passes as take so many seconds: reading_speed.rs says why.
ENOUGH = 0.4

READERS = {"page": page, "article": article}


def main():
    documents = []
    with open(sys.argv[1], encoding="utf-8") as listed:
        for line in listed.read().splitlines():
            kind, _, address, file = line.split("\t")
            with open(file, "rb") as opened:
                content = opened.read()
            charset = CHARSET.search(content[:2048])
            charset = charset.group(1).decode("ascii").lower() if charset else "utf-8"
            charset = {"gb2312": "gb18030", "gbk": "gb18030"}.get(charset, charset)
            documents.append({"kind": kind, "address": address, "bytes": content, "charset": charset})
    print("ready", flush=True)
    for line in sys.stdin:
        kind = line.strip()
        start, passes = time.perf_counter(), 0
        while passes == 0 or time.perf_counter() - start < ENOUGH:
            found = dict.fromkeys(["areas", "pages", "articles", "headlines", "characters"], 0)
            for document in documents:
                if document["kind"] == kind:
                    READERS[kind](document, found)
            passes += 1
        seconds = (time.perf_counter() - start) / passes
        print(seconds, *found.values(), sep="\t", flush=True)


if __name__ == "__main__":
    main()
