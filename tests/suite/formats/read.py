"""Reads exported files by other programs' means: each line of standard input is the path of one, and what it holds is printed as one
line of JSON.

CSV by Python's csv, workbooks by openpyxl, texts of Word by python-docx and lxml, pages by html.parser, Markdown by
markdown-it, PDF by poppler. Of a text of Word each paragraph is given with every tracked change rejected (`old`) and accepted (`new`).
"""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser

import docx
import openpyxl
from docx.oxml.ns import qn
from lxml import etree
from markdown_it import MarkdownIt
from openpyxl.utils.escape import unescape

csv.field_size_limit(10_000_000)


def table(data):
    text = data.decode("utf-8-sig")
    return {"rows": list(csv.reader(io.StringIO(text, newline="")))}


def cell_text(cell):
    """openpyxl leaves the escapes of Office Open XML (`_x000D_`) as they are."""
    return unescape(cell.value) if isinstance(cell.value, str) else "" if cell.value is None else cell.value


def workbook(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets = {
        sheet.title: [[cell_text(cell) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }
    formulas = sum(1 for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
    return {"sheets": sheets, "formulas": formulas}


def words(node, left_out):
    """The words of a paragraph; `left_out` is the element whose content is not there."""
    found = []

    def walk(element):
        if element.tag in (qn(left_out), qn("w:pPr"), qn("w:rPr")):
            return
        if element.tag in (qn("w:t"), qn("w:delText")):
            found.append(element.text or "")
        elif element.tag == qn("w:br"):
            found.append("\n")
        elif element.tag == qn("w:tab"):
            found.append("\t")
        for child in element:
            walk(child)

    walk(node)
    return "".join(found)


def paragraph(it):
    changes = it._p.xpath(".//w:ins | .//w:del")
    return {
        "style": it.style.style_id,
        "text": it.text,
        "old": words(it._p, "w:ins"),
        "new": words(it._p, "w:del"),
        "by": [[change.get(qn("w:author")), change.get(qn("w:date"))] for change in changes],
        "notes": [mark.get(qn("w:id")) for mark in it._p.iter(qn("w:commentReference"))],
    }


def document(data):
    read = docx.Document(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        notes = etree.fromstring(package.read("word/comments.xml"))
        for name in package.namelist():
            etree.fromstring(package.read(name))
    cells = lambda row: [[words(p._p, "w:ins"), words(p._p, "w:del")] for cell in row.cells for p in cell.paragraphs]
    return {
        "paragraphs": [paragraph(it) for it in read.paragraphs],
        "tables": [[cells(row) for row in table.rows] for table in read.tables],
        "header": "".join(p.text for p in read.sections[0].header.paragraphs),
        "notes": {
            note.get(qn("w:id")): "\n".join(words(p, "w:ins") for p in note.iter(qn("w:p"))) for note in notes
        },
        "landscape": read.sections[0].page_width > read.sections[0].page_height,
    }


class Page(HTMLParser):
    """`rows` and `paragraphs` are what the eye reads of them, without what is struck out."""

    VOID = {"meta", "br", "link", "img", "hr", "input"}

    def __init__(self):
        super().__init__()
        self.words, self.tags, self.attributes, self.addresses = [], [], [], []
        self.rows, self.paragraphs, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        values = dict(attributes)
        self.attributes += values
        self.addresses += [values[name] for name in ("href", "src", "action") if name in values]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "p":
            self.paragraphs.append("")
        if tag not in self.VOID:
            is_hidden = tag in ("del", "style") or "visually-hidden" in (values.get("class") or "").split()
            self.open.append((tag, is_hidden))

    def handle_endtag(self, tag):
        assert self.open and self.open[-1][0] == tag, f"</{tag}> ends {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        self.words.append(data)
        if any(is_hidden for _, is_hidden in self.open):
            return
        tags = [tag for tag, _ in self.open]
        if "td" in tags or "th" in tags:
            self.rows[-1][-1] += data
        elif "p" in tags:
            self.paragraphs[-1] += data


def page(data):
    # A browser makes one line break of either kind before it reads.
    read = Page()
    read.feed(data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
    assert not read.open, read.open
    return {
        "text": "".join(read.words),
        "tags": sorted(set(read.tags)),
        "attributes": sorted(set(read.attributes)),
        "addresses": sorted(set(read.addresses)),
        "rows": read.rows,
        "paragraphs": read.paragraphs,
    }


def markdown(data):
    """Tables as rows of cells, and every kind of mark that the reader found in a cell."""
    text = data.decode("utf-8")
    rows, marks = [], set()
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level > 3:
            marks |= {child.type if child.type != "html_inline" else child.content for child in token.children}
            rows[-1].append("".join("\n" if child.content == "<br>" else child.content for child in token.children))
    return {"text": text, "rows": rows, "marks": sorted(marks)}


def xml(data):
    root = etree.fromstring(data)
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    return {
        "root": etree.QName(root).localname,
        "kind": etree.QName(root[0]).localname,
        "text": "".join(root.itertext()),
        "paragraphs": ["".join(p.itertext()) for p in root.iter("{*}content")],
        "ids": ids,
        "old": ["".join(q.itertext()) for q in root.iter("{*}quotedText") if q.get("eId").endswith("__old")],
        "new": ["".join(q.itertext()) for q in root.iter("{*}quotedText") if q.get("eId").endswith("__new")],
        "mods": [mod.get("type") for mod in root.iter("{*}textualMod")],
        "hrefs": [element.get("href") for element in root.iter() if (element.get("href") or "").startswith("#")],
    }


def poppler(program, arguments, data):
    return subprocess.run([program, *arguments], input=data, stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")


def pdf(data):
    """The text in reading order, its lines joined, without what stands above and below each page; the text of each page
    with them; what the file says of itself; its structure."""
    # A word that goes on in the next line after its hyphen is one.
    joined = lambda text: " ".join(re.sub("-\n", "-", text).split())
    pages = poppler("pdftotext", ["-", "-"], data).split("\f")[:-1]
    body = lambda page: re.sub(r"\n\d+\s*$", "", re.sub(r"\A[^\n]* - [^\n]*edition - [^\n]*\n", "", page))
    facts = dict(line.split(":", 1) for line in poppler("pdfinfo", ["-"], data).splitlines() if ":" in line)
    return {
        "text": joined("\n".join(body(page) for page in pages)),
        "pages": [joined(page) for page in pages],
        "facts": {name: value.strip() for name, value in facts.items()},
        "structure": poppler("pdfinfo", ["-struct-text", "-"], data),
    }


def several(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: read(name, package.read(name)) for name in package.namelist()}


READERS = {"csv": table, "xlsx": workbook, "docx": document, "html": page, "pdf": pdf, "xml": xml, "zip": several, "md": markdown}


def read(name, data):
    ending = name.rsplit(".", 1)[-1]
    if ending == "jsonl":
        return [json.loads(line) for line in data.decode("utf-8").split("\n")[:-1]]
    if ending == "json":
        return json.loads(data.decode("utf-8"))
    return READERS.get(ending, lambda data: {"text": data.decode("utf-8")})(data)


for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, "rb") as file:
        print(json.dumps(read(path, file.read())), flush=True)
