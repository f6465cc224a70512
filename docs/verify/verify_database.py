#!/usr/bin/env python3
"""Verifies the log in the database of an embedded store of a bindeledd, without bindeledd.

    verify_database.py FILE.db [--key HEX] [--head FILE|NUMBER:LINK ...]

--head  a head that was noted earlier: a file with a signed head, or what `bindeledd log verify` printed

All else is as in verify.py, which has to lie beside this file.
"""
import argparse, json, pathlib, re, sqlite3, sys, urllib.parse
from verify import COUNT, DIGEST, Note, behind_gaps, exit_code, head_is_signed, judge_noted, must, newest_removal, node, \
    read_note, read_seal, root_of, sha256

LINK = f"{COUNT}:(?i:{DIGEST})"
WRITTEN_ANEW = "the head that was noted has another link: it was written anew"


class Growing:
    """A tree of which only the root is wanted: it holds the roots of its full subtrees (RFC 9162, 2.1.1)."""

    def __init__(self):
        self.size, self.full = 0, []

    def add(self, leaf):
        size, self.size = self.size, self.size + 1
        while size & 1:  # as in counting: two subtrees of one size become one
            leaf, size = node(self.full.pop(), leaf), size >> 1
        self.full.append(leaf)

    def root(self):
        root = self.full[-1]
        for left in reversed(self.full[:-1]):
            root = node(left, root)
        return root


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


def seals_of(database, key):
    """The seals by their numbers, and the last signed head. Each seal has the head of the time when it was the last."""
    seals, before, tree, head = {}, None, Growing(), None
    stored = database.execute("SELECT number, text, head FROM seal ORDER BY number") if table(database, "seal") else []
    for at, (number, text, signed) in enumerate(stored, 1):
        must(number == at, f"seal {at}", "it is missing")
        seal, place = read_seal(text) if isinstance(text, str) else None, f"seal {number}"
        must(seal and seal.number == number, place, "it is not a seal")
        must(not before or seal.first == before.last + 1, place, "it does not begin where the seal before it ends")
        tree.add(seal.leaf)
        if signed is not None:
            note = read_note(signed if isinstance(signed, bytes) else signed.encode())
            must(note and (note.size, note.root) == (number, tree.root()), place, "its signed head is not that of the seals")
            must(head is None or head.origin == note.origin, place, "its signed head is that of another log")
            must(key is None or head_is_signed(key, note), place, "its head is not signed with the key of the log")
            head = note
        seals[number] = before = seal
    return seals, head


def follow_lines(database, seals, noted, gaps):
    """The chain from the first line to the last, and each seal over its lines. `noted` are links of lines."""
    begins, ends = {seal.first: seal for seal in seals.values()}, {seal.last: seal.link for seal in seals.values()}
    number, link, leaves, seal, gone = 0, bytes(32), [], None, []
    for found, text, held in lines_of(database):
        following, behind = behind_gaps(number + 1, found, gaps)
        if behind:
            gone += [noted_line for noted_line in noted if number < noted_line < following]
            for line in [line for line in gone if line in ends]:  # the seal knows the link of its last line
                gone.remove(line)
                must(noted.pop(line) == ends[line], f"line {line}", WRITTEN_ANEW)
            number, link = following - 1, behind
        must(found == number + 1, f"line {number + 1}", "it is missing" if found > number else "it stands twice")
        number, leaf = found, sha256(b"\0", text)
        link = sha256(b"\2", link, leaf)
        # A line of an older release has no link; the next one that has one covers it.
        must(held in (None, link), f"line {number}", "it is not what was written, or one before it that has no link")
        must(noted.pop(number, link) == link, f"line {number}", WRITTEN_ANEW)
        seal = begins.get(number, seal)
        if seal and number <= seal.last:
            leaves.append(leaf)
            if number == seal.last:
                is_made_of_them = link == seal.link and root_of(leaves) == seal.root
                must(is_made_of_them, f"seal {seal.number}", "its link or its root is not that of its lines")
                leaves = []
    must(not seals or number >= seals[len(seals)].last, f"line {number + 1}", "it is missing, and it was sealed")
    for line in sorted(noted, reverse=True):
        must(line in gone, f"line {line}", "it was noted, and is not there: the end was cut off, or an older copy was put back")
        raise ValueError(f"line {line} was noted, and was removed since: compare with a later head")
    return number


def verify_database(file, key, heads):
    if key is not None and len(key) != 32:
        raise ValueError("a public key is 64 hexadecimal digits")
    noted = [read_note(pathlib.Path(head).read_bytes()) for head in heads if not re.fullmatch(LINK, head)]
    if None in noted:
        raise ValueError("a head that was noted is not a signed head")
    links = {int(match[1]): bytes.fromhex(match[2]) for match in (re.fullmatch(LINK, head) for head in heads) if match}
    database = sqlite3.connect("file:" + urllib.parse.quote(str(pathlib.Path(file).absolute())) + "?mode=ro", uri=True)
    database.execute("BEGIN")  # one moment of it, also while the gateway runs
    if not table(database, "history"):
        raise ValueError(f"{file} has no table `history`")
    seals, head = seals_of(database, key)
    leaves = [seal.leaf for seal in seals.values()]
    for note in noted:
        now = Note(head.origin if head else note.origin, len(seals), root_of(leaves), b"", [])
        judge_noted(note, now, key, leaves, None)
    removal, gaps = newest_removal((text for _, text, _ in lines_of(database)), seals, key)
    last = follow_lines(database, seals, dict(links), list(gaps))
    sealed = seals[len(seals)].last if seals else 0
    print(f"whole: lines to {last} are what was written; {sealed} of them are under {len(seals)} seals.")
    for gap in gaps:
        print(f"Lines {gap[0].first} to {gap[-1].last} were removed when their time was over, as line {removal} says.")
    if not heads:
        print("Nothing that was noted elsewhere was compared: what was cut off at the end would not be found. Use --head.")
    if (head or noted) and not key:
        print("The signatures of the heads were not verified, nor that of a removal: give the key of the log with --key.")


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--key", type=bytes.fromhex)
    parser.add_argument("--head", action="append", default=[])
    given = parser.parse_args(arguments)
    return exit_code(lambda: verify_database(given.file, given.key, given.head))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
