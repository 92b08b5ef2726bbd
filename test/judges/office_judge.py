"""Judges Word files and workbooks: office_judge.py FILE... prints JSON, file -> findings "part:line message".

Three judges: the schemas of ISO/IEC 29500 (transitional), as a consumer applies them (29500-3 first);
the rules for core properties (29500-2, 8.3); and openxml-audit, for what ties parts together.
"""

import json
import re
import sys
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator

SCHEMAS = Path(__file__).parent / ".work" / "schemas"
XSD = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# The namespaces of a consumer that knows the standard and no extension of it.
ROOMS = ["wml", "sml", "dml-main", "dml-picture", "dml-wordprocessingDrawing", "vml-main", "vml-officeDrawing", "vml-wordprocessingDrawing",
         "shared-math", "shared-documentPropertiesExtended", "shared-documentPropertiesCustom", "shared-documentPropertiesVariantTypes",
         "shared-customXmlDataProperties", "shared-relationshipReference", "opc-relationships"]
XML_SCHEMA = f"""<xsd:schema xmlns:xsd="{XSD}" targetNamespace="{XML}">
<xsd:attribute name="lang" type="xsd:language"/>
<xsd:attribute name="space"><xsd:simpleType><xsd:restriction base="xsd:NCName">
<xsd:enumeration value="default"/><xsd:enumeration value="preserve"/></xsd:restriction></xsd:simpleType></xsd:attribute></xsd:schema>"""


def load_schema():
    if not (SCHEMAS / "xml.xsd").exists():  # written by the set-up's own run, so that runs side by side never meet half a file
        (SCHEMAS / "xml.xsd").write_text(XML_SCHEMA)
    places = {etree.parse(SCHEMAS / f"{name}.xsd").getroot().get("targetNamespace"): SCHEMAS / f"{name}.xsd" for name in ["xml", *ROOMS]}
    imports = "".join(f'<xsd:import namespace="{space}" schemaLocation="{place}"/>' for space, place in places.items())
    return etree.XMLSchema(etree.XML(f'<xsd:schema xmlns:xsd="{XSD}">{imports}</xsd:schema>')), set(places)


SCHEMA, KNOWN = load_schema()


def namespace(name):
    return etree.QName(name).namespace


def spaces_of(element, attribute, problems):
    """The namespaces of the prefixes that an mc: attribute lists."""
    found = set()
    for word in (element.get(f"{{{MC}}}{attribute}") or "").split():
        prefix = word.split(":")[0]
        if prefix not in element.nsmap:
            problems.append((element.sourceline, f"mc:{attribute} names the prefix {prefix}, which is not declared"))
        else:
            found.add(element.nsmap[prefix] if ":" not in word else (element.nsmap[prefix], word.split(":")[1]))
    return found


def consume(element, problems, ignorable=frozenset(), opened=frozenset()):
    """What a consumer does before it reads: drop the ignorable, choose among alternatives, take off the mc: attributes."""
    ignorable = ignorable | spaces_of(element, "Ignorable", problems)
    opened = opened | spaces_of(element, "ProcessContent", problems)
    for space in spaces_of(element, "MustUnderstand", problems) - KNOWN:
        problems.append((element.sourceline, f"mc:MustUnderstand names {space}, which the standard does not know"))
    for name in element.attrib:
        space = namespace(name)
        if space == MC or (space in ignorable and space not in KNOWN):
            del element.attrib[name]
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        consume(child, problems, ignorable, opened)
        space = namespace(child)
        if child.tag == f"{{{MC}}}AlternateContent":
            replace(child, alternative(child, problems))
        elif space in ignorable and space not in KNOWN:
            local = etree.QName(child).localname
            replace(child, list(child) if {(space, local), (space, "*")} & opened else [])


def alternative(element, problems):
    """The content of the first choice that can be understood, else of the fallback."""
    for branch in element:
        requires = {branch.nsmap.get(prefix) for prefix in (branch.get("Requires") or "").split()}
        if branch.tag == f"{{{MC}}}Fallback" or (branch.tag == f"{{{MC}}}Choice" and requires and requires <= KNOWN):
            return list(branch)
        if branch.tag != f"{{{MC}}}Choice":
            problems.append((branch.sourceline, f"{branch.tag} stands in mc:AlternateContent"))
    return []


def replace(child, others):
    parent, tail, at = child.getparent(), child.tail, child.getparent().index(child)
    parent.remove(child)
    for step, other in enumerate(others):
        parent.insert(at + step, other)
    before = parent[at + len(others) - 1] if at + len(others) > 0 else None
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail


def judge_xml(name, data):
    """Findings (line, message) of one part by the schemas."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [(error.lineno, str(error))]
    if name == "docProps/core.xml":
        return judge_core(root)
    # Custom XML may be of any kind; every other part must be of the standard.
    if name == "[Content_Types].xml" or (name.startswith("customXml/") and namespace(root) not in KNOWN):
        return []
    problems = []
    consume(root, problems)
    tree = etree.ElementTree(root)
    if not SCHEMA.validate(tree):
        prefixes = {space: f"{prefix}:" if prefix else "" for prefix, space in root.nsmap.items()}
        short = re.compile(r"\{([^{}]*)\}")
        for entry in SCHEMA.error_log:
            problems.append((entry.line, short.sub(lambda match: prefixes.get(match[1], match[0]), entry.message) + f" at {entry.path}"))
    return problems


CORE = {
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": ["category", "contentStatus", "keywords", "lastModifiedBy", "lastPrinted", "revision", "version"],
    "http://purl.org/dc/elements/1.1/": ["creator", "description", "identifier", "language", "subject", "title"],
    "http://purl.org/dc/terms/": ["created", "modified"],
}
W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def judge_core(root):
    allowed = {f"{{{space}}}{name}" for space, names in CORE.items() for name in names}
    problems = [] if root.tag == f"{{{next(iter(CORE))}}}coreProperties" else [(root.sourceline, f"the root is {root.tag}")]
    for name, count in Counter(child.tag for child in root).items():
        if name not in allowed or count > 1:
            problems.append((root.sourceline, f"{name} may not stand here" if name not in allowed else f"{name} stands {count} times"))
    for child in root:
        dated = namespace(child) == "http://purl.org/dc/terms/"
        kind = (child.get(TYPE) or "").split(":")
        if dated and not (len(kind) == 2 and kind[1] == "W3CDTF" and child.nsmap.get(kind[0]) == "http://purl.org/dc/terms/"):
            problems.append((child.sourceline, f"{child.tag} is not of the type dcterms:W3CDTF"))
        if dated and not W3CDTF.fullmatch(child.text or ""):
            problems.append((child.sourceline, f"{child.tag} is no date: {child.text}"))
        for name in child.attrib:
            if not (name == TYPE and dated):
                problems.append((child.sourceline, f"{name} may not stand on {child.tag}"))
    return problems


def judge(file):
    if not zipfile.is_zipfile(file):
        Path(file).stat()
        return ["package:0 is no zip file"]
    findings = []
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        findings += [f"{name}:0 stands {count} times in the package" for name, count in Counter(names).items() if count > 1]
        for name in names:
            if name.endswith((".xml", ".rels")):
                findings += [f"{name}:{line} {message}" for line, message in judge_xml(name, package.read(name))]
    for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(file).errors:
        findings.append(f"{error.part_uri.lstrip('/')}:0 {error.description} ({error.error_type.value}{', ' + error.path if error.path else ''})")
    return list(dict.fromkeys(findings))


if __name__ == "__main__":
    json.dump({file: judge(file) for file in sys.argv[1:]}, sys.stdout, ensure_ascii=False)
