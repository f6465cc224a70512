#!/usr/bin/env python3
"""Verifies an extract of the log of a bindeledd, without bindeledd.

    verify.py EXTRACT [--key HEX] [--head FILE ...]

--key   the public key of the log, 64 hexadecimal digits, that you got from elsewhere
--head  a signed head that was noted earlier

Exit code 0: whole. 1: something is not what was written; the first place is told. 2: it cannot be judged.
Needs Python 3.9 or newer and the package `cryptography` (for Ed25519). The words used here:
  leaf  of a line, or of a seal: SHA-256(00 || its text)                                   RFC 9162, 2.1.1
  link  of a line: SHA-256(02 || link of the line before || leaf), 32 zero bytes before the first line
  seal  closes some lines: their numbers, the link of the last, the root of the tree over their leaves
  head  size and root of the tree over all seals, signed                                   c2sp.org/tlog-checkpoint
  gap   lines of whole seals that were removed when their time was over: the seals stay, and the newest line that tells
        of it names all gaps, with the root of the tree over the seals of each, and is signed for
"""
import argparse, base64, hashlib, json, pathlib, re, sys
from collections import namedtuple

MANIFEST, SIGNATURE, SIGNED_FORMAT = "manifest.json", "manifest.sig", "bindeledd-extract-2"
CONSISTENCY, HEAD, LINES, PROOFS, SEALS = FILES = (
    "consistency.json", "head.txt", "lines.ndjson", "proofs.ndjson", "seals.ndjson")
ROW_BYTES_MAX = 1 << 20
# Everything is exactly as a bindeledd writes it: numbers, digests, and base64 (RFC 4648, section 4) have one form only.
COUNT, DIGEST, NAME = "(0|[1-9][0-9]{0,18})", "([0-9a-f]{64})", "([^\\s+\x00-\x1f\x7f-\x9f\ufffd]+)"
BASE64 = "((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?)"
PATH = '"path":\\[((?:"[0-9a-f]{64}",)*"[0-9a-f]{64}"|)\\]}\n?'
LINE = re.compile(f'{{"number":(?!0){COUNT},"message":'.encode())
PROOF = re.compile(f'{{"number":{COUNT},"seal":{COUNT},{PATH}'.encode())
SEALED = re.compile(f'{{"text":"((?:[^"\\\\]|\\\\")*)",{PATH}'.encode())
CONSISTENT = re.compile(f'{{"from":{COUNT},{PATH}'.encode())
SEAL = re.compile(f'{{"seal":{COUNT},"first":{COUNT},"last":{COUNT},"link":"{DIGEST}","root":"{DIGEST}","at":(?!-0)-?{COUNT}}}')
SIGNED = f"— {NAME} {BASE64}\n"
NOTE = re.compile(f"({NAME}\n{COUNT}\n([A-Za-z0-9+/]{{42}}[AEIMQUYcgkosw048]=)\n)\n((?:{SIGNED}){{1,100}})")
Seal = namedtuple("Seal", "number first last link root leaf")
Note = namedtuple("Note", "origin size root text signatures")


class Broken(Exception):
    """Something is not what was written. What cannot be judged is a ValueError."""


def must(holds, place, what):
    if not holds:
        raise Broken(f"{place}: {what}")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def node(left, right):  # Trees are as RFC 9162 makes them: 2.1.1
    return sha256(b"\1", left, right)


def root_of(leaves):  # 2.1.1
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    left = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two that is smaller
    return node(root_of(leaves[:left]), root_of(leaves[left:]))


def root_by(path, leaf, index, size):  # 2.1.3.1, read backwards
    """The root to which a path leads from the leaf at an index, counted from 0. None where it is too long or too short."""
    if size == 1 or not path:
        return leaf if (size, index, len(path)) == (1, 0, 0) else b""
    left, path, beside = 1 << (size - 1).bit_length() - 1, path[:-1], path[-1]
    if index < left:
        return node(root_by(path, leaf, index, left), beside)
    return node(beside, root_by(path, leaf, index - left, size - left))


def roots_by(path, old, new):  # 2.1.4.1, read backwards
    """The roots to which a path leads: of a smaller tree, and of the one that begins with it. The path begins with the root of a
    part of both; where the smaller tree has 1, 2, 4, 8 … leaves, that is its own root, and has to be put there."""
    if old == new or not path:
        return path * 2 if old == new and len(path) == 1 else [b"", b""]
    left, path, beside = 1 << (new - 1).bit_length() - 1, path[:-1], path[-1]
    if old <= left:
        before, after = roots_by(path, old, left)
        return [before, node(after, beside)]
    before, after = roots_by(path, old - left, new - left)
    return [node(beside, before), node(beside, after)]


def rows(folder, name):
    """The rows of a file, one at a time; one that is too long comes in pieces, and so is none."""
    with open(pathlib.Path(folder, name), "rb") as file:
        yield from iter(lambda: file.readline(ROW_BYTES_MAX + 1), b"")


def digests(path):
    return [bytes.fromhex(digest[1:-1]) for digest in path.decode().split(",") if digest]


def read_seal(text):
    match = SEAL.fullmatch(text)
    number, first, last = (int(match[at]) for at in (1, 2, 3)) if match else (0, 0, 0)
    fits = 0 < number <= first <= last < first + 65536 and (number == 1) == (first == 1)
    return Seal(number, first, last, bytes.fromhex(match[4]), bytes.fromhex(match[5]), sha256(b"\0", text.encode())) if fits else None


def is_signed(key, text, signature):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    public = Ed25519PublicKey.from_public_bytes(key)
    try:
        return public.verify(signature, text) is None
    except InvalidSignature:
        return False


def read_note(data):
    """A signed head in a signed note (c2sp.org/signed-note), or None. Its signatures are not verified here."""
    match = NOTE.fullmatch(data.decode("utf-8", "replace"))
    if not match:
        return None
    signatures = [(name, base64.b64decode(signature)) for name, signature in re.findall(SIGNED, match[5])]
    return Note(match[2], int(match[3]), base64.b64decode(match[4]), match[1].encode(), signatures)


def head_is_signed(key, note):
    """All signatures of the log's own key hold, and there is one. Those of others are ignored."""
    key_id = sha256(note.origin.encode(), b"\n\x01", key)[:4]
    own = [signature[4:] for name, signature in note.signatures if (name, signature[:4]) == (note.origin, key_id)]
    return own != [] and all(is_signed(key, note.text, signature) for signature in own)


def judge_noted(note, head, key, leaves, proof):
    """Whether the log still begins with what it was when a head was noted; False where that cannot be told."""
    place = f"the noted head of {note.size} seals"
    is_ours = note.origin == head.origin and (key is None or head_is_signed(key, note))
    must(is_ours, place, "it is of another log, or not signed with the key of this one")
    must(note.size <= head.size, place, "the log is shorter: its end was cut off, or an older copy was put back")
    if note.size == head.size:
        begins = note.root == head.root
    elif leaves is not None:  # of all seals
        begins = note.root == root_of(leaves[:note.size])
    elif proof and int(proof[1]) == note.size:
        path = [note.root] * (note.size & (note.size - 1) == 0) + digests(proof[2])  # 2.1.4.2, step 2
        begins = note.size == 0 or roots_by(path, note.size, head.size) == [note.root, head.root]
    else:
        return False
    must(begins, place, "the log no longer begins with it: it was written anew")
    return True


def newest_removal(texts, seals, key):
    """The number and the gaps of the newest line that tells of some. It counts where each gap is over whole seals, by the root of
    their tree, and the log has signed for all. Whether the line stands in the log is judged with all the other lines."""
    newest = 0, []
    for text in filter(lambda text: b'"what":"removed"' in text, texts):
        try:
            line = json.loads(text)
            facts = line["facts"]
            gaps = [[seals[number] for number in range(gap["seals"][0], gap["seals"][1] + 1)] for gap in facts["gaps"]]
            told = [{"seals": [gap[0].number, gap[-1].number], "lines": [gap[0].first, gap[-1].last],
                     "root": root_of([seal.leaf for seal in gap]).hex()} for gap in gaps]
            signed = "".join("{} {} {} {} {}\n".format(*gap["seals"], *gap["lines"], gap["root"]) for gap in told)
            is_one = (line["message"], line["what"], facts["removed"], facts["gaps"]) == (None, "removed", "history", told)
            signature = b"bindeledd-removed-1\n" + signed.encode(), bytes.fromhex(facts["signature"])
            if is_one and (key is None or is_signed(key, *signature)):
                newest = line["number"], gaps
        except (ValueError, TypeError, LookupError, RecursionError):
            continue  # it tells of something else
    return newest


def behind_gaps(following, number, gaps):
    """The line that comes next where those before `number` were removed, and the link to go on with."""
    link = None
    while gaps and gaps[0][0].first <= following:
        gap = gaps.pop(0)
        if gap[0].first == following and gap[-1].last < number:
            following, link = gap[-1].last + 1, gap[-1].link
    return following, link


def read_seals(folder, head, whole):
    """The seals by their numbers. Each is a leaf of the tree whose root is signed."""
    seals, before = {}, Seal(0, 0, 0, None, None, None)
    for at, row in enumerate(rows(folder, SEALS), 1):
        match = SEALED.fullmatch(row)
        seal = match and read_seal(match[1].decode("utf-8", "replace").replace('\\"', '"'))
        must(seal, f"row {at} of {SEALS}", "it is not a seal with its path")
        place, following = f"seal {seal.number}", before.number + 1
        must(seal.number >= following, place, "it stands twice or out of order")
        must(not whole or seal.number == following, f"seal {following}", "it is missing")
        adjoins = seal.first == before.last + 1 if seal.number == following else seal.first > before.last
        must(adjoins, place, "it does not begin where the seal before it ends")
        is_under = root_by(digests(match[2]), seal.leaf, seal.number - 1, head.size) == head.root
        must(is_under, place, "it is not under the signed head")
        seals[seal.number] = before = seal
    must(not whole or before.number == head.size, f"seal {before.number + 1}", "it is missing")
    return seals


def read_lines(folder, manifest, seals, gaps):
    """Each line stands in its seal, and none is missing where all are said to be there. Gives the first and the last number."""
    asked, whole = manifest["asked"], manifest["whole"]
    is_gapless = whole or asked["kind"] == "lines"
    following, upper = (max(asked[bound] or 0, 0) if is_gapless else 0 for bound in ("from", "to"))  # 0: any
    if whole:
        following, upper = 1, max((seal.last for seal in seals.values()), default=0)
    proofs, link, first, last, count = rows(folder, PROOFS), bytes(32), 0, 0, 0
    for count, row in enumerate(rows(folder, LINES), 1):
        text = row.removesuffix(b"\n")
        match = LINE.match(text) if len(text) <= ROW_BYTES_MAX else None
        must(match, f"row {count} of {LINES}", "it is not a line of a log")
        number, leaf = int(match[1]), sha256(b"\0", text)
        place = f"line {number}"
        must(number > last, place, "it stands twice or out of order")
        if following:
            following, behind = behind_gaps(following, number, gaps)
            link = behind or link
        must(following in (0, number), f"line {following}", "it is missing")
        proof = PROOF.fullmatch(next(proofs, b""))
        must(proof, f"row {count} of {PROOFS}", "it is not a proof")
        must(int(proof[1]) == number, place, "it has no proof")
        seal = seals.get(int(proof[2]))
        must(seal and seal.first <= number <= seal.last, place, "the seal that its proof names is not there")
        is_sealed = root_by(digests(proof[3]), leaf, number - seal.first, seal.last - seal.first + 1) == seal.root
        must(is_sealed, place, "it is not what was sealed")
        link = sha256(b"\2", link, leaf)
        must(not whole or number < seal.last or link == seal.link, f"seal {seal.number}", "its link is not that of its lines")
        following = number + 1 if is_gapless else 0
        first, last = first or number, number
    must(last >= upper, f"line {following or upper}", "it is missing")
    must(next(proofs, None) is None, f"row {count + 1} of {PROOFS}", "it is the proof of no line")
    must(count == manifest["lines"], MANIFEST, "it says another number of lines")
    return first, last


def verify_extract(folder, key, noted):
    """The order of these checks decides what is told first; bindeledd's own verifier has the same."""
    if None in noted:
        raise ValueError("a head that was noted is not a signed head")
    written = pathlib.Path(folder, MANIFEST).read_bytes()
    manifest = json.loads(written)
    is_signed_format = manifest["format"] == SIGNED_FORMAT
    if not is_signed_format and manifest["format"] != "bindeledd-extract-1" or not re.fullmatch(DIGEST, manifest["key"]):
        raise ValueError("manifest.json: it is not that of an extract of this format")
    own_key, whole, files = bytes.fromhex(manifest["key"]), manifest["whole"], manifest["files"]
    must(key in (None, own_key), MANIFEST, "it names another key than the one that was given")
    if is_signed_format:
        is_ours = is_signed(own_key, SIGNED_FORMAT.encode() + b"\n" + written, pathlib.Path(folder, SIGNATURE).read_bytes())
        must(is_ours, MANIFEST, "it is not signed with the key of the log")
    must({*files, CONSISTENCY} == set(FILES), MANIFEST, "it does not name the files of an extract")
    head = read_note(pathlib.Path(folder, HEAD).read_bytes())
    must(head, HEAD, "it is not a signed head")
    must(head_is_signed(own_key, head), HEAD, "it is not signed with the key of the log")
    seals = read_seals(folder, head, whole)
    proof = CONSISTENT.fullmatch(pathlib.Path(folder, CONSISTENCY).read_bytes()) if CONSISTENCY in files else None
    must(proof or CONSISTENCY not in files, CONSISTENCY, "it is not a proof of consistency")
    leaves = [seal.leaf for seal in seals.values()] if whole else None
    unproven = [note.size for note in noted if not judge_noted(note, head, own_key, leaves, proof)]
    removal, gaps = newest_removal(rows(folder, LINES) if whole else (), seals, own_key)
    first, last = read_lines(folder, manifest, seals, list(gaps))
    for name in sorted(files):
        digest = hashlib.sha256()
        for row in rows(folder, name):
            digest.update(row)
        must(digest.hexdigest() == files[name], name, "it is not the file that the manifest names")
    if unproven:
        raise ValueError(f"nothing is wrong in it, but it has no proof from the noted head of {unproven[0]} seals: ask for one")
    print(f"whole: {manifest['lines']} lines ({first} to {last}) are what was written in {head.origin}, whose head of {head.size} seals "
          f"is signed.{' They are the whole log.' if whole else ''}")
    for gap in gaps:
        print(f"Lines {gap[0].first} to {gap[-1].last} were removed when their time was over, as line {removal} says.")
    print("Signed by the log:" if is_signed_format else "By its own word only, which nobody has signed (an extract of before):",
          *(f"{name} {manifest[name]!r}" for name in ("who", "purpose", "at", "asked")))
    if not key:
        print("The key in the manifest was believed. Anybody can make such an extract: give the key of the log with --key.")


def exit_code(verify, *arguments):
    try:
        verify(*arguments)
        return 0
    except Broken as broken:
        print(f"broken: {broken}")
        return 1
    except Exception as error:  # whatever it is: nothing was judged
        print(f"cannot judge: {error}", file=sys.stderr)
        return 2


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extract")
    parser.add_argument("--key", type=bytes.fromhex)
    parser.add_argument("--head", action="append", default=[])
    given = parser.parse_args(arguments)
    heads = (pathlib.Path(file).read_bytes() for file in given.head)
    return exit_code(lambda: verify_extract(given.extract, given.key, [read_note(head) for head in heads]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
