"""Judges Word files and workbooks: office_judge.py FILE...

Prints JSON: file -> findings "part:line message". Three judges: the schemas of ISO/IEC 29500
(transitional), as a consumer applies them (29500-3 first); the rules for core properties
(29500-2, 8.3); and openxml-audit, for what ties parts together.
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
ROOMS = [
    "wml",
    "sml",
    "dml-main",
    "dml-picture",
    "dml-wordprocessingDrawing",
    "vml-main",
    "vml-officeDrawing",
    "vml-wordprocessingDrawing",
    "shared-math",
    "shared-documentPropertiesExtended",
    "shared-documentPropertiesCustom",
    "shared-documentPropertiesVariantTypes",
    "shared-customXmlDataProperties",
    "shared-relationshipReference",
    "opc-relationships",
]
XML_SCHEMA = f"""<xsd:schema xmlns:xsd="{XSD}" targetNamespace="{XML}">
<xsd:attribute name="lang" type="xsd:language"/>
<xsd:attribute name="space"><xsd:simpleType><xsd:restriction base="xsd:NCName">
<xsd:enumeration value="default"/><xsd:enumeration value="preserve"/>
</xsd:restriction></xsd:simpleType></xsd:attribute></xsd:schema>"""


def load_schema():
    """One schema that imports all, and the namespaces that it knows."""
    # Written by the set-up's own run, so that runs side by side never meet half a file.
    if not (SCHEMAS / "xml.xsd").exists():
        (SCHEMAS / "xml.xsd").write_text(XML_SCHEMA)
    files = [SCHEMAS / f"{name}.xsd" for name in ["xml", *ROOMS]]
    places = {etree.parse(file).getroot().get("targetNamespace"): file for file in files}
    imports = "".join(
        f'<xsd:import namespace="{space}" schemaLocation="{place}"/>'
        for space, place in places.items()
    )
    schema = etree.XML(f'<xsd:schema xmlns:xsd="{XSD}">{imports}</xsd:schema>')
    return etree.XMLSchema(schema), set(places)


SCHEMA, KNOWN = load_schema()


def namespace(name):
    return etree.QName(name).namespace


def spaces_of(element, attribute, problems):
    """The namespaces of the prefixes that an mc: attribute lists."""
    found = set()
    for word in (element.get(f"{{{MC}}}{attribute}") or "").split():
        prefix = word.split(":")[0]
        if prefix not in element.nsmap:
            message = f"mc:{attribute} names the prefix {prefix}, which is not declared"
            problems.append((element.sourceline, message))
        elif ":" in word:
            found.add((element.nsmap[prefix], word.split(":")[1]))
        else:
            found.add(element.nsmap[prefix])
    return found


def consume(element, problems, ignorable=frozenset(), opened=frozenset()):
    """What a consumer does before it reads.

    It drops the ignorable, chooses among alternatives, and takes off the mc: attributes.
    """
    ignorable = ignorable | spaces_of(element, "Ignorable", problems)
    opened = opened | spaces_of(element, "ProcessContent", problems)
    for space in spaces_of(element, "MustUnderstand", problems) - KNOWN:
        message = f"mc:MustUnderstand names {space}, which the standard does not know"
        problems.append((element.sourceline, message))
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
        choice = branch.tag == f"{{{MC}}}Choice"
        if branch.tag == f"{{{MC}}}Fallback" or (choice and requires and requires <= KNOWN):
            return list(branch)
        if not choice:
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
    custom = name.startswith("customXml/") and namespace(root) not in KNOWN
    if name == "[Content_Types].xml" or custom:
        return []
    problems = []
    consume(root, problems)
    tree = etree.ElementTree(root)
    if not SCHEMA.validate(tree):
        prefixes = {space: f"{prefix}:" if prefix else "" for prefix, space in root.nsmap.items()}
        short = re.compile(r"\{([^{}]*)\}")
        for entry in SCHEMA.error_log:
            message = short.sub(lambda match: prefixes.get(match[1], match[0]), entry.message)
            problems.append((entry.line, f"{message} at {entry.path}"))
    return problems


CORE = {
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": [
        "category",
        "contentStatus",
        "keywords",
        "lastModifiedBy",
        "lastPrinted",
        "revision",
        "version",
    ],
    "http://purl.org/dc/elements/1.1/": [
        "creator",
        "description",
        "identifier",
        "language",
        "subject",
        "title",
    ],
    "http://purl.org/dc/terms/": ["created", "modified"],
}
DATES = "http://purl.org/dc/terms/"
W3CDTF = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def judge_core(root):
    """Findings (line, message) of the core properties."""
    allowed = {f"{{{space}}}{name}" for space, names in CORE.items() for name in names}
    problems = []
    if root.tag != f"{{{next(iter(CORE))}}}coreProperties":
        problems.append((root.sourceline, f"the root is {root.tag}"))
    for name, count in Counter(child.tag for child in root).items():
        if name not in allowed:
            problems.append((root.sourceline, f"{name} may not stand here"))
        elif count > 1:
            problems.append((root.sourceline, f"{name} stands {count} times"))
    for child in root:
        dated = namespace(child) == DATES
        prefix, _, kind = (child.get(TYPE) or "").partition(":")
        if dated and not (kind == "W3CDTF" and child.nsmap.get(prefix) == DATES):
            problems.append((child.sourceline, f"{child.tag} is not of the type dcterms:W3CDTF"))
        if dated and not W3CDTF.fullmatch(child.text or ""):
            problems.append((child.sourceline, f"{child.tag} is no date: {child.text}"))
        for name in child.attrib:
            if not (name == TYPE and dated):
                problems.append((child.sourceline, f"{name} may not stand on {child.tag}"))
    return problems


def judge(file):
    """Findings "part:line message" of a whole file."""
    if not zipfile.is_zipfile(file):
        Path(file).stat()
        return ["package:0 is no zip file"]
    findings = []
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        for name, count in Counter(names).items():
            if count > 1:
                findings.append(f"{name}:0 stands {count} times in the package")
        for name in names:
            if name.endswith((".xml", ".rels")):
                for line, message in judge_xml(name, package.read(name)):
                    findings.append(f"{name}:{line} {message}")
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    for error in validator.validate(file).errors:
        place = f"{error.error_type.value}{', ' + error.path if error.path else ''}"
        findings.append(f"{error.part_uri.lstrip('/')}:0 {error.description} ({place})")
    return list(dict.fromkeys(findings))


if __name__ == "__main__":
    json.dump({file: judge(file) for file in sys.argv[1:]}, sys.stdout, ensure_ascii=False)
