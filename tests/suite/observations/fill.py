"""Fills a table that the portal handed out, by other programs' means: openpyxl, python-docx, Python's csv.

Arguments: the file, and what to do as JSON. `write` gives column 8 of the row of a reference, or disposition and reasons of
an issue; the other keys do to the file what people do to files.
"""

import copy
import csv
import json
import sys

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.styles import Font

path, plan = sys.argv[1], json.loads(sys.argv[2])
write = plan.get("write", {})


def key_of(first):
    """The reference in the first cell of a comment's row, the name of an issue in that of an issue's."""
    lines = str(first or "").split()
    return lines[1] if len(lines) > 1 else str(first or "")


def changed(rows, places):
    """The rows as lists of texts, with what is to be done to them done."""
    rows = [row for row in rows if key_of(row[0]) not in plan.get("drop", [])]
    for row in rows:
        key = key_of(row[0])
        if key in write:
            texts = write[key] if isinstance(write[key], list) else [write[key]]
            for place, text in zip(places, texts):
                row[place] = text
        if key in plan.get("rename", {}):
            row[0] = str(row[0]).replace(key, plan["rename"][key])
        if key in plan.get("unmark", []):
            row[0] = "\n".join(str(row[0]).split("\n")[:2])
    rows += [list(row) for row in rows if key_of(row[0]) in plan.get("double", [])]
    if plan.get("reverse"):
        rows.reverse()
    if "add" in plan:
        rows.append([""] * (len(rows[0]) - 1) + [plan["add"]])
    return rows


def places_of(headings):
    return [7] if headings[0] == "MB/NC" else [3, 4]


if path.endswith(".xlsx"):
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in range(1, 9) if sheet.cell(row, 1).value in ("MB/NC", "Issue"))
    headings = [cell.value for cell in sheet[head]]
    width = len([text for text in headings if text])
    last = head
    while sheet.cell(last + 1, 1).value:
        last += 1
    rows = [[sheet.cell(row, column).value for column in range(1, width + 1)] for row in range(head + 1, last + 1)]
    sheet.delete_rows(head + 1, last - head)
    rows = changed(rows, places_of(headings))
    sheet.insert_rows(head + 1, len(rows))
    for at, row in enumerate(rows, head + 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if plan.get("formula") == key_of(row[0]) and column == width:
                cell.value = "=1+1"
            elif text not in (None, ""):
                cell.value, cell.data_type = text, "s"
            if plan.get("bold"):
                cell.font = Font(bold=True, color="FF0000")
    if plan.get("merge"):
        sheet.merge_cells(start_row=head + 1, end_row=head + 2, start_column=width, end_column=width)
    book.save(path)
elif path.endswith(".docx"):
    document = docx.Document(path)
    for row in document.tables[0].rows[1:]:
        key = key_of(row.cells[0].text)
        if key in write:
            cell = row.cells[7]
            cell.text = ""
            first = True
            for line in write[key].split("\n"):
                paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
                paragraph.add_run(line).bold = plan.get("bold", False)
                first = False
        if key in plan.get("tracked", []):
            paragraph = row.cells[7].paragraphs[0]
            change = OxmlElement("w:ins")
            for name, value in (("w:id", "900"), ("w:author", "Sec"), ("w:date", "2019-01-01T00:00:00Z")):
                change.set(qn(name), value)
            change.append(copy.deepcopy(paragraph.add_run(" and more")._r))
            paragraph._p.append(change)
    document.save(path)
else:
    with open(path, newline="", encoding="utf-8-sig") as file:
        headings, *rows = list(csv.reader(file))
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings] + changed(rows, places_of(headings)))
