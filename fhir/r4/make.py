#!/usr/bin/env python3
"""Makes definitions.txt from the official packages of FHIR R4, which are in the public domain (CC0-1.0).

    npm pack hl7.fhir.r4.examples@4.0.1 hl7.fhir.r4.expansions@4.0.1
    mkdir examples expansions
    tar xzf hl7.fhir.r4.examples-4.0.1.tgz -C examples; tar xzf hl7.fhir.r4.expansions-4.0.1.tgz -C expansions
    python3 fhir/r4/make.py examples/package expansions/package > fhir/r4/definitions.txt

The first holds every StructureDefinition beside the examples, the second the expanded value sets. The form of the
output is told in README.md.
"""

import json
import pathlib
import sys

HL7 = "http://hl7.org/fhir/StructureDefinition/"
# FHIRPath names for what the JSON has as these; `Resource.id` is an id by the text of the specification.
SPECIAL = {"Resource.id": "id", "Extension.url": "uri", "Narrative.div": "xhtml"}
# Elements of a FHIR server's own systems: their codes are kept elsewhere and change without FHIR.
OURS = ("http://hl7.org/fhir/", "http://terminology.hl7.org/")


def read_all(folder):
    found = {}
    for file in sorted(pathlib.Path(folder).glob("StructureDefinition-*.json")):
        definition = json.loads(file.read_text(encoding="utf-8"))
        if definition["kind"] != "logical" and definition.get("fhirVersion") == "4.0.1":
            found[definition["url"]] = definition
    return found


def codes_of(folder, url):
    """The codes of a value set by system, or None where they are not FHIR's to say."""
    file = pathlib.Path(folder) / ("ValueSet-" + url.split("|")[0].split("/")[-1])
    if not url.startswith(OURS) or not file.exists():
        return None
    value_set = json.loads(file.read_text(encoding="utf-8"))
    listed = all(
        include.get("concept") or include.get("valueSet") or include["system"].startswith(OURS)
        for include in value_set["compose"]["include"]
    )
    systems = {}

    def collect(contains):
        for item in contains:
            if "code" in item and not item.get("abstract"):
                systems.setdefault(item["system"], []).append(item["code"])
            collect(item.get("contains", []))

    collect(value_set["expansion"].get("contains", []))
    return systems if listed and systems else None


def kind_of(definition):
    if definition["kind"] == "primitive-type":
        return "primitive"
    if definition["abstract"]:
        return "abstract"
    return "resource" if definition["kind"] == "resource" else "datatype"


class Maker:
    def __init__(self, examples, expansions):
        self.definitions = read_all(examples)
        self.expansions = expansions
        self.codes = {}
        self.open = self.open_types()

    def open_types(self):
        elements = self.definitions[HL7 + "Extension"]["snapshot"]["element"]
        return sorted(t["code"] for e in elements if e["path"] == "Extension.value[x]" for t in e["type"])

    def token(self, element, alternative):
        code = alternative["code"]
        if code.startswith("http://hl7.org/fhirpath/"):
            code = SPECIAL.get(element["base"]["path"], "string")
        code = SPECIAL.get(element["path"], code)
        profiles = [profile.rsplit("/", 1)[1] for profile in alternative.get("profile", [])]
        if profiles:
            code = profiles[0]
        targets = [target.rsplit("/", 1)[1] for target in alternative.get("targetProfile", [])]
        if code == "Reference" and targets and "Resource" not in targets:
            return code + ">" + "|".join(targets)
        binding = element.get("binding", {})
        if binding.get("strength") == "required" and code in ("code", "Coding", "CodeableConcept"):
            name = binding["valueSet"].split("|")[0].rsplit("/", 1)[1]
            if name not in self.codes:
                self.codes[name] = codes_of(self.expansions, binding["valueSet"])
            if self.codes[name]:
                return code + "=" + name
        return code

    def element(self, element, inner):
        """One line: name, how many, and what it may be."""
        how_many = {(0, "1"): "?", (1, "1"): "1", (0, "*"): "*", (1, "*"): "+"}[element["min"], element["max"]]
        name = element["path"].rsplit(".", 1)[1]
        if element["path"] in inner:
            tokens = [element["path"]]
        elif "contentReference" in element:
            tokens = [element["contentReference"].lstrip("#")]
        else:
            codes = sorted(alternative["code"] for alternative in element["type"])
            tokens = ["open"] if codes == self.open else [self.token(element, t) for t in element["type"]]
        return f" {name} {how_many} {' '.join(tokens)}"

    def type(self, definition):
        """The lines of a type and of the parts inside it; what its base has is not said again."""
        name = definition["id"]
        base = definition.get("baseDefinition", "").rsplit("/", 1)[-1] or "-"
        kind = kind_of(definition)
        if kind == "primitive":
            return [f"primitive {name} {base}"]
        elements = [e for e in definition["snapshot"]["element"] if "." in e["path"] and ":" not in e["id"]]
        inner = {e["path"].rsplit(".", 1)[0] for e in elements} - {definition["type"]}
        inner = {path: self.base_of_part(path, elements) for path in sorted(inner)}
        own = [e for e in elements if e["base"]["path"] == e["path"] and e["max"] != "0"]
        lines = []
        for path, head in [(definition["type"], f"{kind} {name} {base}")] + [
            (path, f"part {path} {part_base}") for path, part_base in inner.items()
        ]:
            lines.append(head)
            lines += [self.element(e, inner) for e in own if e["path"].rsplit(".", 1)[0] == path]
        return lines

    def base_of_part(self, path, elements):
        return next(e["type"][0]["code"] for e in elements if e["path"] == path)

    def without_comparator(self):
        """SimpleQuantity is a Quantity in all but one element, and the only profile that a base type names."""
        return ["datatype SimpleQuantity Element"] + [
            self.element(e, {})
            for e in self.definitions[HL7 + "Quantity"]["snapshot"]["element"]
            if e["path"].startswith("Quantity.") and e["base"]["path"] == e["path"] and e["path"] != "Quantity.comparator"
        ]

    def bases_of(self, definition):
        """How many it has: a base stands above what extends it."""
        base = definition.get("baseDefinition")
        return 1 + self.bases_of(self.definitions[base]) if base else 0

    def write(self):
        # Abstract patterns (Event, FiveWs, Request, Definition) are nobody's base.
        bases = {d.get("baseDefinition") for d in self.definitions.values()}
        wanted = [
            d
            for d in self.definitions.values()
            if d.get("derivation") != "constraint" and (not d["abstract"] or d["url"] in bases)
        ]
        order = ["abstract", "primitive", "datatype", "resource"]
        wanted.sort(key=lambda d: (order.index(kind_of(d)), self.bases_of(d), d["id"]))
        lines = []
        for definition in wanted:
            lines += self.type(definition)
            if definition["id"] == "SampledData":
                lines += self.without_comparator()
        lines.append("open " + " ".join(self.open))
        for name, systems in sorted(self.codes.items()):
            if systems:
                lines.append(f"codes {name}")
                lines += [" " + "\t".join([system, *sorted(set(codes))]) for system, codes in sorted(systems.items())]
        return lines


HEAD = """# FHIR R4 (4.0.1): types, elements and the codes of required bindings, in a form of our own (README.md).
# Made by make.py from hl7.fhir.r4.examples 4.0.1 and hl7.fhir.r4.expansions 4.0.1 (npm). (c) HL7, public domain (CC0-1.0)."""

if __name__ == "__main__":
    print(HEAD)
    print("\n".join(Maker(*sys.argv[1:]).write()))
