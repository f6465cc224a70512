#!/usr/bin/env python3
"""Verifies the log of a bindeledd without bindeledd: an extract of it, or the database itself.

    verify.py EXTRACT [--key HEX] [--head FILE ...]
    verify.py --database FILE.db [--key HEX] [--head FILE|NUMBER:LINK ...]

--key   the public key of the log, 64 hexadecimal digits, that you got from elsewhere
--head  a head that was noted earlier: a file with a signed head, or what `bindeledd log verify` printed

Exit code 0: whole. 1: something is not what was written; the first place is told. 2: it cannot be judged.

Needs Python 3.9 or newer and the package `cryptography` (for Ed25519). The words used here:
  leaf of a line = SHA-256(00 || text of the line)                                         RFC 9162, 2.1.1
  link of a line = SHA-256(02 || link of the line before || leaf), 32 zero bytes before the first line
  seal           = what closes some lines: their numbers, the link of the last, the root of the tree over their leaves
  head           = size and root of the tree over all seals, signed                        c2sp.org/tlog-checkpoint
  gap            = lines of whole seals that were removed when their time was over: their seals stay, and the newest line that
                   says so names all gaps, with the root of the tree over the seals of each, and is signed for
"""
import argparse, base64, hashlib, json, os, re, sqlite3, sys, urllib.parse
from collections import namedtuple

SEAL_LINES_MAX, ROW_BYTES_MAX, NOTE_BYTES_MAX, SIGNATURES_MAX = 65536, 1 << 20, 1 << 20, 100
CONSISTENCY, HEAD, LINES, PROOFS, SEALS = FILES = (
    "consistency.json", "head.txt", "lines.ndjson", "proofs.ndjson", "seals.ndjson")
MEMBERS = {"format", "asked", "purpose", "who", "at", "lines", "whole", "key", "files"}
NUMBER = r"([1-9][0-9]{0,18})"
LINE = re.compile(rb'\{"number":' + NUMBER.encode() + rb',"message":')
SEAL = re.compile(r'\{"seal":' + NUMBER + ',"first":' + NUMBER + ',"last":' + NUMBER
                  + r',"link":"([0-9a-f]{64})","root":"([0-9a-f]{64})","at":(0|-?[1-9][0-9]{0,18})\}')
Seal = namedtuple("Seal", "number first last link root leaf")
Note = namedtuple("Note", "origin size root text signatures")
Gap = namedtuple("Gap", "first_seal last_seal first last root")
Removal = namedtuple("Removal", "line gaps signature")


class Broken(Exception):
    """Something is not as it should be: the place, and half a sentence."""


class CannotJudge(Exception):
    """There is nothing that could be judged."""


def must(holds, place, what):
    if not holds:
        raise Broken(f"{place}: {what}")


def is_count(value):
    return type(value) is int and 0 <= value < 1 << 64


# ── the tree of RFC 9162 ─────────────────────────────────────────────────────────────────────────────────────────

def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def leaf_of(text):  # RFC 9162, 2.1.1
    return sha256(b"\0", text)


def node(left, right):  # RFC 9162, 2.1.1
    return sha256(b"\1", left, right)


def link_of(before, leaf):  # the chain of the log itself
    return sha256(b"\2", before, leaf)


class Growing:
    """A tree of which only the root is wanted (RFC 9162, 2.1.1): it holds the roots of its full subtrees."""

    def __init__(self):
        self.size, self.full = 0, []

    def add(self, leaf):
        size, self.size = self.size, self.size + 1
        while size & 1:  # as in counting: two subtrees of one size become one
            leaf, size = node(self.full.pop(), leaf), size >> 1
        self.full.append(leaf)

    def root(self):
        if not self.full:
            return sha256()
        root = self.full[-1]
        for left in reversed(self.full[:-1]):
            root = node(left, root)
        return root


def includes(root, size, leaf, index, path):
    """RFC 9162, 2.1.3.2: the leaf stands at that index, counted from 0, of the tree with that root."""
    if not 0 <= index < size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def is_consistent(first, first_root, second, second_root, path):
    """RFC 9162, 2.1.4.2: the second tree begins with the first, which is smaller and has a leaf."""
    if not path:
        return False
    if first & (first - 1) == 0:  # step 2: a power of two
        path = [first_root] + path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


# ── signed heads: c2sp.org/tlog-checkpoint in c2sp.org/signed-note ───────────────────────────────────────────────

def base64_of(text):
    """RFC 4648, section 4, and nothing that is written in another way."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError
    return data


def is_name(text):  # signed-note, Format: no spaces and no plus
    return bool(text) and not re.search(r"[\s+\x00-\x1f\x7f-\x9f]", text)


def read_note(data):
    """A signed head, or None. Its signatures are not verified here."""
    try:
        text = data.decode()
        before, lines = text.rsplit("\n\n", 1)  # the last empty line separates text and signatures
        origin, size, root = before.split("\n")  # origin, size, root, and no further lines
        root = base64_of(root)
        signatures = [re.fullmatch("— ([^ ]+) ([^ ]+)", line).groups() for line in lines[:-1].split("\n")]
        signatures = [(name, base64_of(signature)) for name, signature in signatures]
    except (ValueError, AttributeError):
        return None
    is_one = (len(data) <= NOTE_BYTES_MAX and not re.search(r"[\x00-\x09\x0b-\x1f]", text) and lines.endswith("\n")
              and is_name(origin) and re.fullmatch("0|[1-9][0-9]{0,18}", size) and len(root) == 32
              and len(signatures) <= SIGNATURES_MAX
              and all(is_name(name) and len(signature) > 4 for name, signature in signatures))
    return Note(origin, int(size), root, (before + "\n").encode(), signatures) if is_one else None


def is_signed(note, key):
    """signed-note, Signatures: all signatures of the log's own key hold, and there is one. Those of others are ignored."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    key_id = sha256(note.origin.encode(), b"\n\x01", key)[:4]
    own = [signature[4:] for name, signature in note.signatures if name == note.origin and signature[:4] == key_id]
    try:
        for signature in own:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, note.text)
    except (InvalidSignature, ValueError):
        return False
    return bool(own)


# ── seals and noted heads ────────────────────────────────────────────────────────────────────────────────────────

def read_seal(text):
    """A seal exactly as the log writes it, or None."""
    match = SEAL.fullmatch(text)
    if not match:
        return None
    number, first, last = (int(match[at]) for at in (1, 2, 3))
    if not (first <= last < first + SEAL_LINES_MAX and first >= number and (number == 1) == (first == 1)):
        return None
    return Seal(number, first, last, bytes.fromhex(match[4]), bytes.fromhex(match[5]), leaf_of(text.encode()))


def judge_noted(note, head, key, roots, proof):
    """Whether the log still begins with what it was when a head was noted; False where that cannot be told."""
    place = f"the noted head of {note.size} seals"
    must(note.origin == head.origin and (key is None or is_signed(note, key)), place,
         "it is of another log, or not signed with the key of this one")
    must(note.size <= head.size, place, "the log is shorter: its end was cut off, or an older copy was put back")
    if note.size == head.size:
        begins = note.root == head.root
    elif note.size in roots:  # every seal is at hand: the root of that time can be made anew
        begins = note.root == roots[note.size]
    elif proof and proof["from"] == note.size:
        path = proof["path"]
        begins = (is_consistent(note.size, note.root, head.size, head.root, path) if note.size
                  else note.root == sha256() and not path)
    else:
        return False
    must(begins, place, "the log no longer begins with it: it was written anew")
    return True


# ── what was removed ─────────────────────────────────────────────────────────────────────────────────────────────

def read_removal(text):
    """What a line of the log says was removed, or None where it says nothing of the kind."""
    if b'"what":"removed"' not in text:
        return None
    try:
        line = json.loads(text.decode(), object_pairs_hook=no_twins)
        facts = line["facts"]
        if line["message"] is not None or (line["what"], facts["removed"]) != ("removed", "history"):
            return None
        gaps, before = [], (0, 0)
        for gap in facts["gaps"]:
            (first_seal, last_seal), (first, last) = gap["seals"], gap["lines"]
            good = all(is_count(number) for number in (first_seal, last_seal, first, last))
            if not (good and before[0] < first_seal <= last_seal and before[1] < first <= last):
                return None
            gaps.append(Gap(first_seal, last_seal, first, last, re.fullmatch("[0-9a-f]{64}", gap["root"])[0]))
            before = (last_seal, last)
        signature = bytes.fromhex(re.fullmatch("[0-9a-f]{128}", facts["signature"])[0])
        is_behind = is_count(line["number"]) and before[1] < line["number"] < 1 << 63
        return Removal(line["number"], gaps, signature) if is_behind else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def removal_is_signed(removal, key):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    gaps = "".join(f"{gap.first_seal} {gap.last_seal} {gap.first} {gap.last} {gap.root}\n" for gap in removal.gaps)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(removal.signature, b"bindeledd-removed-1\n" + gaps.encode())
        return True
    except (InvalidSignature, ValueError):
        return False


def removal_fits(removal, seals):
    """Each gap is over whole seals of the log, and its root is that of their tree."""
    for gap in removal.gaps:
        if not (gap.first_seal in seals and gap.last_seal in seals):
            return False
        tree = Growing()
        for number in range(gap.first_seal, gap.last_seal + 1):
            if number not in seals:
                return False
            tree.add(seals[number].leaf)
        is_of_them = (seals[gap.first_seal].first, seals[gap.last_seal].last) == (gap.first, gap.last)
        if not is_of_them or tree.root().hex() != gap.root:
            return False
    return True


def newest_removal(texts, seals, key):
    """The newest line that says what was removed, is signed by the log (where its key is known), and fits its seals. Whether it
    stands in the log is judged with all the other lines."""
    newest = None
    for text in texts:
        removal = read_removal(text) if len(text) <= ROW_BYTES_MAX else None
        if removal and (key is None or removal_is_signed(removal, key)) and removal_fits(removal, seals):
            newest = removal
    return newest


def behind_gaps(following, number, gaps, seals):
    """The line that comes next where those in between were removed, and the link to go on with, or None."""
    link = None
    while gaps and gaps[0].first <= following:
        gap = gaps.pop(0)
        if gap.first == following and gap.last < number:
            following, link = gap.last + 1, seals[gap.last_seal].link
    return following, link


def told_of_gaps(removal):
    spans = ", ".join(f"{gap.first} to {gap.last}" for gap in removal.gaps)
    return f"Lines {spans} were removed when their time was over, as line {removal.line} says; their seals are there."


# ── an extract ───────────────────────────────────────────────────────────────────────────────────────────────────

def no_twins(pairs):
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def members(text, *names):
    """A JSON object with exactly these members, or None; "path" becomes digests."""
    try:
        row = json.loads(text.decode(), object_pairs_hook=no_twins) if len(text) <= ROW_BYTES_MAX else None
        if not isinstance(row, dict) or set(row) != set(names):
            return None
        if "path" in row:
            digests = [re.fullmatch("[0-9a-f]{64}", digest)[0] for digest in row["path"]]
            row["path"] = [bytes.fromhex(digest) for digest in digests]
        return row
    except (ValueError, TypeError, RecursionError):
        return None


def rows(folder, name):
    """The rows of a file, one at a time; one that is too long comes cut off."""
    with open(os.path.join(folder, name), "rb") as file:
        for row in iter(lambda: file.readline(ROW_BYTES_MAX + 1), b""):
            yield row[:-1] if row.endswith(b"\n") else row


def read_all(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def digest_of(folder, name):
    digest = hashlib.sha256()
    with open(os.path.join(folder, name), "rb") as file:
        for some in iter(lambda: file.read(1 << 20), b""):
            digest.update(some)
    return digest.hexdigest()


def read_manifest(folder):
    """What the extract says of itself. Nobody has signed it: only what the proofs show is more than somebody's word."""
    try:
        manifest = json.loads(read_all(folder, "manifest.json").decode(), object_pairs_hook=no_twins)
        good = set(manifest) == MEMBERS and manifest["format"] == "bindeledd-extract-1"
        good = good and set(manifest["asked"]) == {"kind", "from", "to", "patient"} and is_count(manifest["lines"])
        good = good and all(type(manifest["asked"][bound]) in (int, type(None)) for bound in ("from", "to"))
        good = good and type(manifest["whole"]) is bool and bool(re.fullmatch("[0-9a-f]{64}", manifest["key"]))
        good = good and all(re.fullmatch("[0-9a-f]{64}", digest) for digest in manifest["files"].values())
    except (ValueError, TypeError, AttributeError):
        good = False
    if not good:
        raise CannotJudge("manifest.json: it is not that of an extract of this format")
    return manifest


def names_its_files(folder, files):
    wanted = set(FILES) if CONSISTENCY in files else set(FILES) - {CONSISTENCY}
    must(set(files) == wanted, "manifest.json", "it does not name the files of an extract")
    is_there = os.path.exists(os.path.join(folder, CONSISTENCY))
    must(CONSISTENCY in files or not is_there, CONSISTENCY, "the manifest does not name it")


def read_seals(folder, head, whole, sizes):
    """The seals by their number; with the roots that their tree had at some sizes, if all of them are there."""
    seals, before, tree, roots = {}, None, Growing(), {}
    for at, row in enumerate(rows(folder, SEALS), 1):
        if tree.size in sizes:
            roots[tree.size] = tree.root()
        row = members(row, "text", "path")
        seal = read_seal(row["text"]) if row and isinstance(row["text"], str) else None
        must(seal, f"row {at} of {SEALS}", "it is not a seal with its path")
        place, following = f"seal {seal.number}", before.number + 1 if before else 1
        must(seal.number >= following, place, "it stands twice or out of order")
        must(not whole or seal.number == following, f"seal {following}", "it is missing")
        if before:  # lines are under one seal, and none is between two seals
            fits = seal.first == before.last + 1 if seal.number == following else seal.first > before.last
            must(fits, place, "it does not begin where the seal before it ends")
        # The seal is a leaf in the tree of seals, whose root is signed.
        must(includes(head.root, head.size, seal.leaf, seal.number - 1, row["path"]), place, "it is not under the signed head")
        tree.add(seal.leaf)
        seals[seal.number] = before = seal
    must(not whole or tree.size == head.size, f"seal {tree.size + 1}", "it is missing")
    if tree.size in sizes:
        roots[tree.size] = tree.root()
    return seals, roots if whole else {}


def read_lines(folder, manifest, seals, gaps):
    """Each line against its seal; where all are there, also the chain. Gives the first and the last number."""
    asked, whole = manifest["asked"], manifest["whole"]
    by_number = asked["kind"] == "lines"
    lower, upper = (asked[bound] if by_number and (asked[bound] or 0) > 0 else None for bound in ("from", "to"))
    proofs, chain = rows(folder, PROOFS), Chain()
    first, last, count = None, None, 0
    for at, text in enumerate(rows(folder, LINES), 1):
        match = LINE.match(text) if len(text) <= ROW_BYTES_MAX else None
        must(match, f"row {at} of {LINES}", "it is not a line of a log")
        number, leaf = int(match[1]), leaf_of(text)
        # Numbers ascend; without a gap where everything between two bounds was asked for.
        must(last is None or number > last, f"line {number}", "it stands twice or out of order")
        following = (1 if whole else lower) if last is None else last + 1 if whole or by_number else None
        if following is not None:
            following, link = behind_gaps(following, number, gaps, seals)
            chain.link = link or chain.link
        must(following is None or number == following, f"line {following}", "it is missing")
        seal = prove(number, leaf, next(proofs, None), at, seals)
        if whole:
            chain.add(number, leaf, seal)
        first, last, count = first or number, number, at
    # Nothing is missing at the end.
    if whole and seals:
        lower, upper = seals[len(seals)].first, seals[len(seals)].last
    missing = last + 1 if last else lower or upper or 1
    must(upper is None or (last is not None and last >= upper), f"line {missing}", "it is missing")
    must(next(proofs, None) is None, f"row {count + 1} of {PROOFS}", "it is the proof of no line")
    must(count == manifest["lines"], "manifest.json", "it says another number of lines")
    return first, last, count


def prove(number, leaf, row, at, seals):
    """The line is a leaf in the tree of its seal (RFC 9162, 2.1.3.2)."""
    place = f"line {number}"
    must(row is not None, place, "it has no proof")
    proof = members(row, "number", "seal", "path")
    must(proof and is_count(proof["number"]) and is_count(proof["seal"]), f"row {at} of {PROOFS}", "it is not a proof")
    must(proof["number"] == number, place, "it has no proof")
    seal = seals.get(proof["seal"])
    must(seal and seal.first <= number <= seal.last, place, "the seal that its proof names is not there")
    is_sealed = includes(seal.root, seal.last - seal.first + 1, leaf, number - seal.first, proof["path"])
    must(is_sealed, place, "it is not what was sealed")
    return seal


class Chain:
    """Where every line is there: links and roots are made anew and compared with the seals."""

    def __init__(self):
        self.link, self.tree = bytes(32), Growing()

    def add(self, number, leaf, seal):
        self.link = link_of(self.link, leaf)
        self.tree.add(leaf)
        if number == seal.last:
            is_made_of_them = self.link == seal.link and self.tree.root() == seal.root
            must(is_made_of_them, f"seal {seal.number}", "its link or its root is not that of its lines")
            self.tree = Growing()


def verify_extract(folder, key, noted):
    """The order of these checks decides what is told first; bindeledd's own verifier has the same."""
    manifest = read_manifest(folder)
    names_its_files(folder, manifest["files"])
    must(key in (None, manifest["key"]), "manifest.json", "it names another key than the one that was given")
    own_key = bytes.fromhex(manifest["key"])
    head = read_note(read_all(folder, HEAD))
    must(head, HEAD, "it is not a signed head")
    must(is_signed(head, own_key), HEAD, "it is not signed with the key of the log")
    seals, roots = read_seals(folder, head, manifest["whole"], {note.size for note in noted})
    proof = None
    if CONSISTENCY in manifest["files"]:
        proof = members(read_all(folder, CONSISTENCY), "from", "path")
        must(proof and is_count(proof["from"]), CONSISTENCY, "it is not a proof of consistency")
    unproven = [note.size for note in noted if not judge_noted(note, head, own_key, roots, proof)]
    whole_lines = rows(folder, LINES) if manifest["whole"] else ()
    removal = newest_removal(whole_lines, seals, own_key)
    first, last, count = read_lines(folder, manifest, seals, list(removal.gaps) if removal else [])
    for name, digest in sorted(manifest["files"].items()):
        must(digest_of(folder, name) == digest, name, "it is not the file that the manifest names")
    if unproven:
        raise CannotJudge(f"nothing is wrong in it, but it has no proof from the noted head of {unproven[0]} seals: ask for "
                          "an extract with one")
    which = f" ({first} to {last})" if count else ""
    print(f"whole: {count} lines{which} are what was written in {head.origin}, whose head of {head.size} seals is signed.")
    if manifest["whole"] and count:
        print(f"It says that it is the whole log, and nothing is missing to line {last}.")
        if removal and removal.gaps:
            print(told_of_gaps(removal))
    if not key:
        print("The key in the manifest was believed. Anybody can make such an extract: give the key of the log with --key.")


# ── the database ─────────────────────────────────────────────────────────────────────────────────────────────────

def table(database, name):
    return [row[1] for row in database.execute(f"PRAGMA table_info({name})")]


def lines_of(database):
    """Each line as number, text and link; the text is made as the log makes it: JSON without blanks, in this order."""
    more = [name for name in ("who", "facts") if name in table(database, "history")]
    columns = ", ".join(["id", "message_id", "delivery_id", "at", "what", "why", "link"] + more)
    for number, message, delivery, at, what, why, link, *rest in database.execute(f"SELECT {columns} FROM history ORDER BY id"):
        line = {"number": number, "message": message, "delivery": delivery, "at": at, "what": what, "why": why}
        rest = dict(zip(more, rest))
        if rest.get("who") is not None:
            line["who"] = rest["who"]
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        if rest.get("facts") is not None:  # a JSON object, taken as it is stored
            text = f'{text[:-1]},"facts":{rest["facts"]}}}'
        yield number, text.encode(), link


def seals_of(database, key, sizes):
    """The seals by their number, the last signed head, and the roots of the tree of seals at some sizes."""
    seals, before, tree, roots, head = {}, None, Growing(), {0: sha256()}, None
    stored = database.execute("SELECT number, text, head FROM seal ORDER BY number") if table(database, "seal") else []
    for at, (number, text, signed) in enumerate(stored, 1):
        must(number == at, f"seal {at}", "it is missing")
        seal, place = read_seal(text) if isinstance(text, str) else None, f"seal {number}"
        must(seal and seal.number == number, place, "it is not a seal")
        must(not before or seal.first == before.last + 1, place, "it does not begin where the seal before it ends")
        tree.add(seal.leaf)
        if number in sizes:
            roots[number] = tree.root()
        if signed is not None:  # the head that was signed when this seal was the last
            note = read_note(signed if isinstance(signed, bytes) else signed.encode())
            must(note and (note.size, note.root) == (number, tree.root()), place, "its signed head is not that of the seals")
            must(head is None or head.origin == note.origin, place, "its signed head is that of another log")
            must(key is None or is_signed(note, key), place, "its head is not signed with the key of the log")
            head = note
        seals[number] = before = seal
    return seals, roots, head


def follow_lines(database, seals, chain_heads, gaps):
    """The chain from the first line to the last, and each seal over its lines."""
    begins = {seal.first: seal for seal in seals.values()}
    ends = {seal.last: seal.link for seal in seals.values()}
    number, link, tree, seal, gone = 0, bytes(32), Growing(), None, []
    for found, text, held in lines_of(database):
        following, behind = behind_gaps(number + 1, found, gaps, seals)
        if behind:
            gone += [noted for noted in chain_heads if number < noted < following]
            for noted in [noted for noted in gone if noted in ends]:  # the seal knows the link of its last line
                gone.remove(noted)
                must(chain_heads.pop(noted) == ends[noted], f"line {noted}",
                     "the head that was noted has another link: it was written anew")
            number, link = following - 1, behind
        must(found == number + 1, f"line {number + 1}", "it is missing" if found > number else "it stands twice")
        number, leaf = found, leaf_of(text)
        follows = link_of(link, leaf)
        # A line of an older release has no link; the next one that has one covers it.
        must(held in (None, follows), f"line {number}", "it is not what was written, or one before it that has no link")
        link = follows
        must(chain_heads.pop(number, link) == link, f"line {number}", "the head that was noted has another link: it was written anew")
        seal = begins.get(number, seal)
        if seal and number <= seal.last:
            tree.add(leaf)
            if number == seal.last:
                is_made_of_them = link == seal.link and tree.root() == seal.root
                must(is_made_of_them, f"seal {seal.number}", "its link or its root is not that of its lines")
                tree = Growing()
    must(not seals or number >= seals[len(seals)].last, f"line {number + 1}", "it is missing, and it was sealed")
    for noted in sorted(chain_heads, reverse=True):
        must(noted in gone, f"line {noted}", "it was noted, and is not there: the end was cut off, or an older copy was put back")
        raise CannotJudge(f"line {noted} was noted, and was removed since: compare with a later head")
    return number


def verify_database(file, key, noted, chain_heads):
    address = "file:" + urllib.parse.quote(os.path.abspath(file)) + "?mode=ro"
    try:
        database = sqlite3.connect(address, uri=True)
        database.execute("BEGIN")  # one moment of it, also while the gateway runs
        if not table(database, "history"):
            raise CannotJudge(f"{file} has no table `history`")
        key_bytes = bytes.fromhex(key) if key else None
        seals, roots, head = seals_of(database, key_bytes, {note.size for note in noted})
        origin = head.origin if head else None
        for note in noted:
            size = Note(origin or note.origin, len(seals), roots.get(len(seals)), b"", [])
            judge_noted(note, size, key_bytes, roots, None)
        removal = newest_removal((text for _, text, _ in lines_of(database)), seals, key_bytes)
        last = follow_lines(database, seals, dict(chain_heads), list(removal.gaps) if removal else [])
    except sqlite3.Error as error:
        raise CannotJudge(f"{file}: {error}")
    sealed = seals[len(seals)].last if seals else 0
    print(f"whole: lines to {last} are what was written; {sealed} of them are under {len(seals)} seals.")
    if removal and removal.gaps:
        print(told_of_gaps(removal))
    if not chain_heads and not noted:
        print("Nothing that was noted elsewhere was compared: what was cut off at the end would not be found. Use --head.")
    if (head or noted) and not key:
        print("The signatures of the heads were not verified, nor that of a removal: give the key of the log with --key.")


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────

def read_heads(given):
    """Heads that were noted: signed ones, and ends of the chain as `bindeledd log verify` prints them."""
    noted, chain_heads = [], {}
    for text in given:
        match = re.fullmatch(NUMBER + ":([0-9a-fA-F]{64})", text)
        if match:
            chain_heads[int(match[1])] = bytes.fromhex(match[2])
            continue
        note = read_note(read_all("", text))
        if not note:
            raise CannotJudge(f"{text}: it is not a signed head")
        noted.append(note)
    return noted, chain_heads


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extract", nargs="?", help="the folder of an extract")
    parser.add_argument("--database", help="the file of the store")
    parser.add_argument("--key", help="the public key of the log")
    parser.add_argument("--head", action="append", default=[], help="a head that was noted earlier; may be given again")
    given = parser.parse_args(arguments)
    try:
        if bool(given.extract) == bool(given.database):
            raise CannotJudge("give an extract or a database")
        if given.key and not re.fullmatch("[0-9a-f]{64}", given.key):
            raise CannotJudge("a public key is 64 hexadecimal digits in small letters")
        noted, chain_heads = read_heads(given.head)
        if given.database:
            verify_database(given.database, given.key, noted, chain_heads)
        elif chain_heads:
            raise CannotJudge("the head of an extract is a signed one: give its file")
        else:
            verify_extract(given.extract, given.key, noted)
        return 0
    except Broken as broken:
        print(f"broken: {broken}")
        return 1
    except (CannotJudge, OSError, ImportError, UnicodeDecodeError) as error:
        print(f"cannot judge: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
