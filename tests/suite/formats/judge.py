"""Judges a file by its standard: `akn ZIP SCHEMA`, `annotations LINES CONTEXT`. Ends with 1 and says why if it is faulty."""

import json
import sys
import zipfile
from collections import Counter

OA = "http://www.w3.org/ns/oa#"
# Terms of the Web Annotation Vocabulary (W3C, 2017) with what each stands for there, as far as the portal uses them.
WEB_ANNOTATION = {
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in ["Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "TextualBody"]},
    **{name: OA + name for name in ["exact", "prefix", "suffix", "commenting", "editing", "describing", "assessing"]},
    **{name: {"@id": OA + name, "@type": "http://www.w3.org/2001/XMLSchema#nonNegativeInteger"} for name in ["start", "end"]},
    "body": {"@id": OA + "hasBody", "@type": "@id"},
    "target": {"@id": OA + "hasTarget", "@type": "@id"},
    "source": {"@id": OA + "hasSource", "@type": "@id"},
    "selector": {"@id": OA + "hasSelector", "@type": "@id"},
    "motivation": {"@id": OA + "motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": OA + "hasPurpose", "@type": "@vocab"},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "language": "http://purl.org/dc/elements/1.1/language",
    "created": {"@id": "http://purl.org/dc/terms/created", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "modified": {"@id": "http://purl.org/dc/terms/modified", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
    "creator": {"@id": "http://purl.org/dc/terms/creator", "@type": "@id"},
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "name": "http://xmlns.com/foaf/0.1/name",
}


def akn(path, schema):
    from lxml import etree

    known = etree.XMLSchema(etree.parse(schema))
    package = zipfile.ZipFile(path)
    texts = [name for name in package.namelist() if name.endswith(".xml")]
    assert texts, "no text"
    for name in texts:
        if not known.validate(etree.fromstring(package.read(name))):
            yield f"{name}: {known.error_log}"


def annotations(path, context):
    from pyld import jsonld

    own = json.load(open(context, encoding="utf-8"))

    def loaded(url, _):
        document = {"@context": WEB_ANNOTATION} if url == "http://www.w3.org/ns/anno.jsonld" else own
        return {"contextUrl": None, "documentUrl": url, "document": document}

    lines = [json.loads(line) for line in open(path, encoding="utf-8")]
    assert lines, "no line"
    for line in lines:
        (expanded,) = jsonld.expand(line, {"documentLoader": loaded})
        assert expanded["@type"] == [OA + "Annotation"], expanded
        yield from lost({name: value for name, value in line.items() if name != "@context"}, expanded)


def lost(said, expanded):
    """Values of the line that are not in what it expands to, as often: no context says what their names mean."""
    kept = leaves(expanded)
    for name, values in said.items():
        lost = leaves(values) - kept
        yield from (f"{name} loses {leaf}" for leaf in lost)
        kept -= leaves(values)


def leaves(value):
    """Every value, addresses by their last part, with how often it is there."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()), Counter())
    if isinstance(value, list):
        return sum(map(leaves, value), Counter())
    return Counter([str(value).rsplit("/")[-1].rsplit("#")[-1]])


faults = list({"akn": akn, "annotations": annotations}[sys.argv[1]](*sys.argv[2:]))
sys.exit("\n".join(faults) if faults else 0)
