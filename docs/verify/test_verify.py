"""The promise of verify.py and verify_database.py: a log that nobody touched is whole, and of every deed the first place is named.

    python3 -m unittest discover docs/verify

The logs are made here, in Python and by the definitions of the standards, without any code of bindeledd.
"""
import base64, contextlib, hashlib, io, json, os, shutil, sqlite3, sys, tempfile, unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import verify
import verify_database

try:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
except ImportError:
    Ed25519PrivateKey = None

ORIGIN = "bindeledd.example/log/test"
LENGTHS = [3, 1, 4, 2]  # lines of each seal: 1 to 3, 4, 5 to 8, 9 to 10


def sha(data):
    return hashlib.sha256(data).digest()


def mth(leaves):
    """RFC 9162, 2.1.1, as it is defined."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha(b"\1" + mth(leaves[:k]) + mth(leaves[k:]))


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def path(m, leaves):
    """RFC 9162, 2.1.3.1, as it is defined."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    return path(m, leaves[:k]) + [mth(leaves[k:])] if m < k else path(m - k, leaves[k:]) + [mth(leaves[:k])]


def subproof(m, leaves, whole=True):
    """RFC 9162, 2.1.4.1, as it is defined."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = split(len(leaves))
    if m <= k:
        return subproof(m, leaves[:k], whole) + [mth(leaves[k:])]
    return subproof(m - k, leaves[k:], False) + [mth(leaves[:k])]


def hexes(digests):
    return [digest.hex() for digest in digests]


def compact(value):
    return json.dumps(value, separators=(",", ":"))


class Log:
    """A log with seals; `story` tells one log from another. Line 9 says of which seals lines were `removed`, if of any."""

    def __init__(self, lengths=LENGTHS, story="as it was", seed=1, removed=()):
        self.removed = removed
        self.key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        self.public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.rows, self.texts, self.links, self.seals = [], [], [], []
        for length in lengths:
            first = len(self.rows) + 1
            for number in range(first, first + length):
                self.add(number, story)
            leaves = self.leaves()[first - 1:]
            self.seals.append(compact({"seal": len(self.seals) + 1, "first": first, "last": len(self.rows),
                                       "link": self.links[-1].hex(), "root": mth(leaves).hex(), "at": 1700000000000}))

    def add(self, number, story):
        # Every third line is of no message, and has the members that came later.
        later = number % 3 == 0
        is_removal = number == 9 and self.removed
        what, facts = ("removed", self.removal()) if is_removal else ("routed", '{"n":1.50,"å":[ ]}')
        row = (number, None if later else number * 7, 5 if number % 2 else None, 1000 + number, what,
               f"{story}: \"ø\" \\ \u2028 \x7f\n\t\x01 {number}", "operator" if later else None, facts if later else None)
        text = (f'{{"number":{number},"message":{"null" if later else number * 7},"delivery":{5 if number % 2 else "null"},'
                f'"at":{1000 + number},"what":"{what}",'
                f'"why":"{story}: \\"ø\\" \\\\ \u2028 \x7f\\n\\t\\u0001 {number}"')
        text += f',"who":"operator","facts":{facts}}}' if later else "}"
        self.rows.append(row)
        self.texts.append(text)
        self.links.append(sha(b"\2" + (self.links[-1] if self.links else bytes(32)) + sha(b"\0" + text.encode())))

    def removal(self, removed=None, key=None):
        """What the line says that some seals were emptied."""
        gaps, signed = [], "bindeledd-removed-1\n"
        for first, last in removed or self.removed:
            lines = [json.loads(self.seals[first - 1])["first"], json.loads(self.seals[last - 1])["last"]]
            root = mth(self.seal_leaves()[first - 1:last]).hex()
            gaps.append({"seals": [first, last], "lines": lines, "root": root})
            signed += f"{first} {last} {lines[0]} {lines[1]} {root}\n"
        signature = (key or self.key).sign(signed.encode()).hex()
        return compact({"removed": "history", "lines": 4, "gaps": gaps, "signature": signature})

    def leaves(self):
        return [sha(b"\0" + text.encode()) for text in self.texts]

    def seal_leaves(self):
        return [sha(b"\0" + seal.encode()) for seal in self.seals]

    def note(self, size=None, origin=ORIGIN):
        size = len(self.seals) if size is None else size
        text = f"{origin}\n{size}\n{base64.b64encode(mth(self.seal_leaves()[:size])).decode()}\n"
        key_id = sha(origin.encode() + b"\n\x01" + self.public)[:4]
        signature = base64.b64encode(key_id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {origin} {signature}\n"

    def extract(self, folder, numbers=None, earlier=None, dropped=0, kind="whole", signed=True):
        """Writes an extract: of some numbers, or the whole log without the lines of the first seals. Or one of before, not signed."""
        os.mkdir(folder)
        whole, lines, proofs, sealed = numbers is None, [], [], []
        for number, text in enumerate(self.seals, 1):
            first, last = json.loads(text)["first"], json.loads(text)["last"]
            leaves = self.leaves()[first - 1:last]
            of_it = [n for n in range(first, last + 1) if (number > dropped if whole else n in numbers)]
            if not whole and not of_it:
                continue
            sealed.append(compact({"text": text, "path": hexes(path(number - 1, self.seal_leaves()))}))
            lines += [self.texts[n - 1] for n in of_it]
            proofs += [compact({"number": n, "seal": number, "path": hexes(path(n - first, leaves))}) for n in of_it]
        files = {"lines.ndjson": lines, "proofs.ndjson": proofs, "seals.ndjson": sealed}
        files = {name: "".join(row + "\n" for row in rows) for name, rows in files.items()}
        files["head.txt"] = self.note()
        if earlier is not None:
            proof = subproof(earlier, self.seal_leaves()) if earlier else []
            files["consistency.json"] = compact({"from": earlier, "path": hexes(proof)})
        asked = {"kind": kind, "from": numbers[0] if kind == "lines" else None,
                 "to": numbers[-1] if kind == "lines" else None, "patient": None}
        manifest = {"format": "bindeledd-extract-2" if signed else "bindeledd-extract-1", "asked": asked, "purpose": "audit", "who": "auditor", "at": 1,
                    "lines": len(lines), "whole": whole, "key": self.public.hex(), "files": {}}
        for name, text in files.items():
            write(folder, name, text)
        write(folder, "manifest.json", json.dumps(manifest))
        digest_again(folder, self.key)

    def database(self, file, without_links=(), seals=True):
        database = sqlite3.connect(file)
        database.execute("PRAGMA synchronous = OFF")
        database.execute("CREATE TABLE history (id INTEGER PRIMARY KEY, message_id, delivery_id, at, what, why, link, who, facts)")
        for row, link in zip(self.rows, self.links):
            held = None if row[0] in without_links else link
            database.execute("INSERT INTO history VALUES (?,?,?,?,?,?,?,?,?)", row[:6] + (held,) + row[6:])
        if seals:
            database.execute("CREATE TABLE seal (number INTEGER PRIMARY KEY, text TEXT, head TEXT)")
            for number, text in enumerate(self.seals, 1):
                database.execute("INSERT INTO seal VALUES (?,?,?)", (number, text, self.note(number)))
        database.commit()
        return database


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
        return file.read()


def rows_of(folder, name):
    """The rows of a file: only a newline ends one."""
    return [row + "\n" for row in read(folder, name).split("\n") if row]


def digest_again(folder, key):
    """What somebody does who changes a file and knows of the manifest, and has the key of the log too."""
    manifest = json.loads(read(folder, "manifest.json"))
    names = [name for name in os.listdir(folder) if not name.startswith("manifest")]
    manifest["files"] = {name: sha(read(folder, name).encode()).hex() for name in names}
    manifest["lines"] = read(folder, "lines.ndjson").count("\n")
    write(folder, "manifest.json", json.dumps(manifest))
    sign_again(folder, key)


def sign_again(folder, key):
    text = read(folder, "manifest.json")
    if '"bindeledd-extract-1"' not in text:
        with open(os.path.join(folder, "manifest.sig"), "wb") as file:
            file.write(key.sign(b"bindeledd-extract-2\n" + text.encode()))


def whole_gaps(seals, removed):
    """Whether these seals are some of the gaps, each as a whole."""
    left = set(seals)
    for first, last in removed:
        if left >= set(range(first, last + 1)):
            left -= set(range(first, last + 1))
    return not left


def run(*arguments, by=verify):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = by.main([str(argument) for argument in arguments])
        except SystemExit as end:  # of argparse
            code = end.code
    return code, (out.getvalue() + err.getvalue()).strip()


@unittest.skipIf(Ed25519PrivateKey is None, "the package `cryptography` is missing")
class Verifier(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.log = Log()
        self.made = 0

    def place(self, name=None):
        self.made += 1
        return os.path.join(self.folder, name or f"made-{self.made}")

    def noted(self, note):
        name = self.place()
        write("", name, note)
        return name

    def assert_says(self, says, code, beginning):
        self.assertEqual(says[0], code, says[1])
        self.assertTrue(says[1].startswith(beginning), f"{says[1]!r} does not begin with {beginning!r}")


class Trees(unittest.TestCase):
    def test_roots_and_proofs_are_those_of_the_definition_for_every_small_tree(self):
        leaves = [sha(bytes([0, number])) for number in range(40)]
        tree = verify_database.Growing()
        for n in range(1, 41):
            tree.add(leaves[n - 1])
            root = mth(leaves[:n])
            self.assertEqual((tree.root(), verify.root_of(leaves[:n])), (root, root))
            for m in range(n):
                proof = path(m, leaves[:n])
                self.assertEqual(verify.root_by(proof, leaves[m], m, n), root)
                for wrong in self.spoilt(proof):
                    self.assertNotEqual(verify.root_by(wrong, leaves[m], m, n), root)
                for other in [*range(m), *range(m + 1, n + 4)]:
                    self.assertNotEqual(verify.root_by(proof, leaves[m], other, n), root)
            for m in range(1, n):
                edge = [mth(leaves[:m])] if m & (m - 1) == 0 else []
                proof, both = edge + subproof(m, leaves[:n]), [mth(leaves[:m]), root]
                self.assertEqual(verify.roots_by(proof, m, n), both)
                for wrong in self.spoilt(proof):
                    self.assertNotEqual(verify.roots_by(wrong, m, n), both)
        self.assertEqual(verify.root_of([]), mth([]))

    @staticmethod
    def spoilt(proof):
        for at in range(len(proof)):
            yield proof[:at] + [bytes(32)] + proof[at + 1:]
            yield proof[:at] + proof[at + 1:]
        yield proof + [bytes(32)]
        yield [bytes(32)] + proof
        if proof:
            yield []

    def test_the_known_answers_of_certificate_transparency(self):
        texts = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        tree = verify.root_of([sha(b"\0" + bytes.fromhex(text)) for text in texts])
        self.assertEqual(tree.hex(), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")


class Heads(Verifier):
    def test_the_reference_note_of_go_is_verified(self):
        key = base64.b64decode("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")[1:]
        text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
        signature = base64.b64decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=")
        note = verify.Note("PeterNeumann", 0, b"", text.encode(), [("PeterNeumann", signature)])
        self.assertTrue(verify.head_is_signed(key, note))
        self.assertFalse(verify.head_is_signed(key, note._replace(text=b"If")))

    def test_a_signature_counts_for_its_own_name_and_key_only(self):
        note = verify.read_note(self.log.note().encode())
        (name, signature), = note.signatures
        for other in [(name + "x", signature), (name, bytes(4) + signature[4:])]:
            self.assertFalse(verify.head_is_signed(self.log.public, note._replace(signatures=[other])), other[0])
            both = note._replace(signatures=[other, (name, signature)])
            self.assertTrue(verify.head_is_signed(self.log.public, both), "that of somebody else is ignored")

    def test_a_seal_is_over_some_lines_and_no_more_than_a_seal_may(self):
        def seal(number, first, last):
            return verify.read_seal(compact({"seal": number, "first": first, "last": last, "link": "0" * 64, "root": "1" * 64, "at": 1}))
        self.assertEqual(seal(1, 1, 65536)[:3], (1, 1, 65536))
        self.assertEqual(seal(2, 7, 7)[:3], (2, 7, 7))
        for bounds in [(1, 1, 65537), (2, 7, 6), (0, 1, 1), (2, 1, 5), (1, 2, 5), (9, 8, 9)]:
            self.assertIsNone(seal(*bounds), bounds)

    def test_only_a_line_of_the_log_itself_tells_of_a_removal(self):
        log = Log(removed=[(1, 1)])
        seals = {number: verify.read_seal(text) for number, text in enumerate(log.seals, 1)}
        line = log.texts[8]
        self.assertEqual(verify.newest_removal([line.encode()], seals, log.public)[0], 9)
        for old, new in [('"message":null', '"message":7'), ('"what":"removed"', '"what":"routed"')]:
            told = line.replace(old, new, 1).replace('"removed":"history"', '"x":{"what":"removed"},"removed":"history"')
            self.assertEqual(verify.newest_removal([told.encode()], seals, log.public), (0, []), new)

    def test_only_the_exact_form_is_a_head(self):
        note = self.log.note()
        self.assertTrue(verify.head_is_signed(self.log.public, verify.read_note(note.encode())))
        witnessed = verify.read_note((note + "— witness.example/w AAAAAAAA\n").encode())
        self.assertTrue(verify.head_is_signed(self.log.public, witnessed), "others are ignored")
        spoilt = note + note.splitlines()[-1][:-8] + "AAAAAAA=\n"
        self.assertFalse(verify.head_is_signed(self.log.public, verify.read_note(spoilt.encode())), "ours must hold")
        for old, new in [("\n4\n", "\n04\n"), ("\n4\n", "\n+4\n"), (ORIGIN, "a b"), (ORIGIN, "a+b"), ("=\n\n", "=\nmore\n\n"),
                         ("=\n\n", "\n\n"), ("\n\n", "\n"), ("— ", "- "), ("\n", "\r\n")]:
            self.assertIsNone(verify.read_note(note.replace(old, new, 1).encode()), new)
        self.assertIsNone(verify.read_note(note[:-1].encode()))
        self.assertIsNone(verify.read_note((note + "more\n").encode()))


class Extracts(Verifier):
    def extract(self, **options):
        folder = self.place()
        self.log.extract(folder, **options)
        return folder

    def deed(self, name, old, new, digest=True, signed_again=True, **options):
        """Makes an extract, does something to a file, and tells what the verifier says. The worst case: with the key of the log."""
        folder = self.extract(**options)
        text = read(folder, name)
        self.assertIn(old, text)
        write(folder, name, text.replace(old, new, 1))
        if digest:
            digest_again(folder, self.log.key)
        elif signed_again:
            sign_again(folder, self.log.key)
        return run(folder, "--key", self.log.public.hex())

    def test_extracts_that_nobody_touched_are_whole(self):
        key = self.log.public.hex()
        for options in [{}, {"numbers": [2, 5, 10]}, {"numbers": [], "earlier": 2},
                        {"numbers": [4, 5, 6], "kind": "lines"}, {"earlier": 0}]:
            self.assert_says(run(self.extract(**options), "--key", key), 0, "whole: ")
        self.assertIn("The key in the manifest was believed", run(self.extract())[1])
        self.log = Log([])
        self.assert_says(run(self.extract()), 0, "whole: 0 lines")

    def test_every_changed_line_is_named(self):
        for number in range(1, 11):
            for options in [{}, {"numbers": [number]}]:
                says = self.deed("lines.ndjson", f" {number}\"", f" {number}!\"", **options)
                self.assertEqual(says, (1, f"broken: line {number}: it is not what was sealed"))

    def test_an_extract_names_what_was_removed(self):
        self.log = Log(removed=[(1, 2)])
        says = run(self.extract(dropped=2), "--key", self.log.public.hex())
        self.assert_says(says, 0, "whole: 6 lines (5 to 10)")
        self.assertIn("Lines 1 to 4 were removed when their time was over, as line 9 says", says[1])
        self.assertEqual(run(self.extract(dropped=1)), (1, "broken: line 1: it is missing"))
        self.log = Log()
        self.assertEqual(run(self.extract(dropped=2)), (1, "broken: line 1: it is missing"))

    def test_every_line_that_is_missing_or_moved_or_twice_is_named(self):
        for number in range(1, 11):
            line = self.log.texts[number - 1] + "\n"
            says = self.deed("lines.ndjson", line, "")
            self.assertEqual(says, (1, f"broken: line {number}: it is missing"))
            says = self.deed("lines.ndjson", line, line + line)
            self.assertEqual(says, (1, f"broken: line {number}: it stands twice or out of order"))
            if number < 10:
                following = self.log.texts[number] + "\n"
                says = self.deed("lines.ndjson", line + following, following + line, numbers=list(range(1, 11)))
                self.assert_says(says, 1, f"broken: line {number + 1}: it has no proof")

    def test_lines_that_are_missing_with_their_proofs_are_found_where_all_were_asked_for(self):
        for options in [{}, {"numbers": list(range(1, 11)), "kind": "lines"}]:
            for number in range(1, 11):
                folder = self.extract(**options)
                for name, begin in (("lines.ndjson", '{"number":%d,'), ("proofs.ndjson", '{"number":%d,')):
                    kept = [row for row in rows_of(folder, name) if not row.startswith(begin % number)]
                    write(folder, name, "".join(kept))
                digest_again(folder, self.log.key)
                says = run(folder)
                self.assert_says(says, 1, f"broken: line {number}: it is missing")

    def test_the_end_cannot_be_left_out(self):
        folder = self.extract()
        for name in ("lines.ndjson", "proofs.ndjson"):
            write(folder, name, "".join(rows_of(folder, name)[:8]))
        digest_again(folder, self.log.key)
        self.assertEqual(run(folder), (1, "broken: line 9: it is missing"))
        for name in ("lines.ndjson", "proofs.ndjson"):
            write(folder, name, "")
        digest_again(folder, self.log.key)
        self.assertEqual(run(folder), (1, "broken: line 1: it is missing"))

    def test_the_end_cannot_be_left_out_with_its_seal(self):
        folder = self.extract()
        for name, kept in (("lines.ndjson", 8), ("proofs.ndjson", 8), ("seals.ndjson", 3)):
            write(folder, name, "".join(rows_of(folder, name)[:kept]))
        digest_again(folder, self.log.key)
        self.assertEqual(run(folder), (1, "broken: seal 4: it is missing"))

    def test_a_seal_that_was_made_falsely_is_found_where_all_lines_are_there(self):
        for number, old in enumerate(self.log.seals[:], 1):
            seal = json.loads(old)
            seal["link"] = "0" * 64
            self.log.seals[number - 1] = compact(seal)
            says = run(self.extract())
            self.assertEqual(says, (1, f"broken: seal {number}: its link is not that of its lines"))
            self.log.seals[number - 1] = old

    def test_proofs_and_seals_cannot_be_changed(self):
        other = Log(story="another story")
        for name, old, new, says in [
            ("proofs.ndjson", '"number":7', '"number":6', "line 7: it has no proof"),
            ("proofs.ndjson", '"number":7,"seal":3', '"number":7,"seal":2', "line 7: the seal that its proof names is not there"),
            ("proofs.ndjson", '"number":7,"seal":3,"path":["', '"number":7,"seal":3,"path":["' + "0" * 64 + '","',
             "line 7: it is not what was sealed"),
            ("proofs.ndjson", '{"number":7', '{"more":1,"number":7', "row 7 of proofs.ndjson: it is not a proof"),
            ("proofs.ndjson", '{"number":7', '{"number":6,"number":7', "row 7 of proofs.ndjson: it is not a proof"),
            ("lines.ndjson", '{"number":7', '{"nummer":7', "row 7 of lines.ndjson: it is not a line of a log"),
            ("lines.ndjson", '{"number":7', '{"number":07', "row 7 of lines.ndjson: it is not a line of a log"),
            ("seals.ndjson", '{"text"', '{"more":1,"text"', "row 1 of seals.ndjson: it is not a seal with its path"),
            ("seals.ndjson", '\\"last\\":8', '\\"last\\":7', "seal 3: it is not under the signed head"),
            ("seals.ndjson", '\\"seal\\":3', '\\"seal\\":2', "seal 2: it stands twice or out of order"),
            ("seals.ndjson", '\\"seal\\":3', '\\"seal\\":4', "seal 3: it is missing"),
            ("seals.ndjson", '\\"first\\":5', '\\"first\\":6', "seal 3: it does not begin where the seal before it ends"),
            ("seals.ndjson", '\\"seal\\":3', '\\"seal\\": 3', "row 3 of seals.ndjson: it is not a seal with its path"),
            ("head.txt", "\n4\n", "\n3\n", "head.txt: it is not signed with the key of the log"),
            ("head.txt", "\n4\n", "\n", "head.txt: it is not a signed head"),
            ("head.txt", self.log.note(), other.note(), "seal 1: it is not under the signed head"),
            ("head.txt", self.log.note(), Log(seed=2).note(), "head.txt: it is not signed with the key of the log"),
        ]:
            self.assertEqual(self.deed(name, old, new), (1, f"broken: {says}"))
        says = self.deed("proofs.ndjson", '"seal":3', '"seal":2', numbers=[7])
        self.assertEqual(says, (1, "broken: line 7: the seal that its proof names is not there"))
        last = rows_of(self.extract(), "proofs.ndjson")[9]
        self.assertEqual(self.deed("proofs.ndjson", last, ""), (1, "broken: row 10 of proofs.ndjson: it is not a proof"))
        says = self.deed("consistency.json", '"from"', '"form"', earlier=2)
        self.assertEqual(says, (1, "broken: consistency.json: it is not a proof of consistency"))
        says = self.deed("lines.ndjson", self.log.texts[9] + "\n", "", numbers=[2, 10])
        self.assertEqual(says, (1, "broken: row 2 of proofs.ndjson: it is the proof of no line"))

    def test_the_manifest_is_held_to_what_it_says(self):
        key = self.log.public.hex()
        for old, new, says in [
            ('"lines": 10', '"lines": 11', "it says another number of lines"),
            (key, Log(seed=2).public.hex(), "it names another key than the one that was given"),
            ('"head.txt"', '"heads.txt"', "it does not name the files of an extract"),
        ]:
            for signed in (True, False):
                says_of_it = self.deed("manifest.json", old, new, digest=False, signed=signed)
                self.assertEqual(says_of_it, (1, f"broken: manifest.json: {says}"))
        says = self.deed("manifest.json", '"whole": false', '"whole": true', digest=False, numbers=[2, 5])
        self.assertEqual(says, (1, "broken: seal 2: it is missing"))
        for old, new, missing in [('"from": 4', '"from": 3', 3), ('"to": 6', '"to": 7', 7)]:
            says = self.deed("manifest.json", old, new, digest=False, numbers=[4, 5, 6], kind="lines")
            self.assertEqual(says, (1, f"broken: line {missing}: it is missing"))
        for name in ("head.txt", "lines.ndjson", "proofs.ndjson", "seals.ndjson", "consistency.json"):
            folder = self.extract(numbers=[], earlier=2)
            manifest = json.loads(read(folder, "manifest.json"))
            manifest["files"][name] = "0" * 64
            write(folder, "manifest.json", json.dumps(manifest))
            sign_again(folder, self.log.key)
            self.assertEqual(run(folder), (1, f"broken: {name}: it is not the file that the manifest names"))
        for old, new in [("bindeledd-extract-2", "bindeledd-extract-3"), ('"whole":', '"hole":'), ("{", ""), (key, key[1:])]:
            for signed in (True, False):
                old, new = (old, new) if signed else (old.replace("-2", "-1"), new)
                says = self.deed("manifest.json", old, new, digest=False, signed=signed)
                self.assert_says(says, 2, "cannot judge: ")

    def test_nobody_but_the_log_can_say_who_asked_what_for_and_when(self):
        says = run(self.extract(), "--key", self.log.public.hex())
        self.assertIn("Signed by the log: who 'auditor' purpose 'audit' at 1 asked {'kind': 'whole'", says[1])
        unsigned = (1, "broken: manifest.json: it is not signed with the key of the log")
        for old, new in [('"auditor"', '"somebody"'), ('"audit"', '"fun"'), ('"at": 1', '"at": 2'), ('"kind": "whole"', '"kind": "patient"'),
                         ('"lines": 10', '"lines": 9'), ('"whole": true', '"whole": false'), ("}", " }")]:
            self.assertEqual(self.deed("manifest.json", old, new, digest=False, signed_again=False), unsigned)
        for place in (0, 31, 63, 64):
            folder = self.extract()
            with open(os.path.join(folder, "manifest.sig"), "r+b") as file:
                signature = bytearray(file.read() + b"x"[:place // 64])
                signature[place] ^= 1
                file.seek(0)
                file.write(signature)
            self.assertEqual(run(folder), unsigned)
        folder = self.extract()
        digest_again(folder, Log(seed=2).key)
        self.assertEqual(run(folder), unsigned)
        os.remove(os.path.join(folder, "manifest.sig"))
        self.assert_says(run(folder), 2, "cannot judge: ")

    def test_an_extract_of_before_is_judged_and_its_manifest_is_nobodys_word(self):
        says = run(self.extract(signed=False), "--key", self.log.public.hex())
        self.assert_says(says, 0, "whole: 10 lines")
        self.assertIn("By its own word only, which nobody has signed (an extract of before): who 'auditor'", says[1])
        # So is one of now that somebody has written as one of before.
        folder = self.extract()
        write(folder, "manifest.json", read(folder, "manifest.json").replace("bindeledd-extract-2", "bindeledd-extract-1"))
        self.assertIn("By its own word only, which nobody has signed", run(folder)[1])
        says = self.deed("lines.ndjson", ' 7"', ' 7!"', signed=False)
        self.assertEqual(says, (1, "broken: line 7: it is not what was sealed"))

    def test_heads_that_were_noted_show_what_was_cut_off_or_written_anew(self):
        for options in [{}, {"numbers": [2, 5], "earlier": 2}]:
            folder = self.extract(**options)
            noted = self.noted(self.log.note(2))
            self.assert_says(run(folder, "--head", noted, "--head", self.noted(self.log.note())), 0, "whole: ")
            other = self.noted(Log(story="another story").note(2))
            anew = "the log no longer begins with it: it was written anew"
            self.assertEqual(run(folder, "--head", other), (1, f"broken: the noted head of 2 seals: {anew}"))
            other = self.noted(Log(story="another story").note())
            self.assertEqual(run(folder, "--head", other), (1, f"broken: the noted head of 4 seals: {anew}"))
            longer = self.noted(Log(LENGTHS + [3]).note())
            self.assert_says(run(folder, "--head", longer), 1, "broken: the noted head of 5 seals: the log is shorter")
            stranger = self.noted(Log(seed=2).note(2))
            self.assert_says(run(folder, "--head", stranger), 1, "broken: the noted head of 2 seals: it is of another log")
            namesake = self.noted(self.log.note(2, "bindeledd.example/log/other"))
            self.assert_says(run(folder, "--head", namesake), 1, "broken: the noted head of 2 seals: it is of another log")
        says = run(self.extract(numbers=[2, 5]), "--head", noted)
        self.assert_says(says, 2, "cannot judge: nothing is wrong in it, but it has no proof from the noted head of 2 seals")
        says = run(self.extract(numbers=[2, 5], earlier=2), "--head", self.noted(self.log.note(3)))
        self.assert_says(says, 2, "cannot judge: nothing is wrong in it, but it has no proof from the noted head of 3 seals")
        says = run(self.extract(numbers=[2, 5], earlier=0), "--head", self.noted(self.log.note(0)))
        self.assert_says(says, 0, "whole: ")
        folder = self.extract(numbers=[2, 5], earlier=2)
        proof = json.loads(read(folder, "consistency.json"))
        write(folder, "consistency.json", compact({"from": 2, "path": proof["path"] + ["0" * 64]}))
        digest_again(folder, self.log.key)
        self.assertEqual(run(folder, "--head", noted), (1, f"broken: the noted head of 2 seals: {anew}"))
        os.remove(os.path.join(folder, "consistency.json"))
        self.assert_says(run(folder, "--head", noted), 2, "cannot judge: ")

    def test_what_cannot_be_read_is_not_judged(self):
        for arguments in [(self.place(),), (self.extract(), "--head", self.place()), (self.extract(), "--head", self.noted("no head")),
                          (self.extract(), "--head", "3:" + "0" * 64)]:
            self.assert_says(run(*arguments), 2, "cannot judge: ")
        database = self.place()
        self.log.database(database).close()
        for arguments in [(self.place(),), (database, "--key", "00"), (database, "--head", self.noted("no head"))]:
            self.assert_says(run(*arguments, by=verify_database), 2, "cannot judge: ")
        for by in (verify, verify_database):
            for arguments in [(), (self.place(), "--key", "no key")]:
                self.assert_says(run(*arguments, by=by), 2, "usage: ")


class Databases(Verifier):
    def judged(self, deed="", *arguments, **options):
        """Makes a database, does something to it, and tells what the verifier says."""
        file = self.place()
        database = self.log.database(file, **options)
        database.executescript(deed)
        database.close()
        return run(file, *arguments, by=verify_database)

    def key(self):
        return ["--key", self.log.public.hex()]

    def test_databases_that_nobody_touched_are_whole(self):
        self.assert_says(self.judged("", *self.key()), 0, "whole: lines to 10 are what was written; 10 of them are under 4 seals")
        self.assertIn("were not verified", self.judged()[1])
        self.assert_says(self.judged(seals=False), 0, "whole: lines to 10 are what was written; 0 of them are under 0 seals")
        self.assert_says(self.judged("DELETE FROM history; DELETE FROM seal"), 0, "whole: lines to 0")
        self.assert_says(self.judged(without_links=(1, 2, 3, 7, 10)), 0, "whole")
        self.log.add(11, "not sealed yet")
        head = f"11:{self.log.links[-1].hex()}"
        self.assert_says(self.judged("", "--head", head, "--head", f"7:{self.log.links[6].hex()}"), 0, "whole: lines to 11")

    def test_every_change_of_a_line_is_found_at_that_line(self):
        for number in range(1, 11):
            for change in ["message_id = 4711", "delivery_id = 4711", "at = at + 1", "what = 'held'", "why = why || '.'",
                           "link = zeroblob(32)", "who = 'somebody'", "facts = '{}'"]:
                for seals in (True, False):
                    says = self.judged(f"UPDATE history SET {change} WHERE id = {number}", seals=seals)
                    self.assert_says(says, 1, f"broken: line {number}: it is not what was written")

    def test_every_line_that_was_removed_added_or_moved_is_found(self):
        for number in range(2, 10):
            says = self.judged(f"DELETE FROM history WHERE id = {number}")
            self.assertEqual(says, (1, f"broken: line {number}: it is missing"))
            closed_up = f"DELETE FROM history WHERE id = {number}; UPDATE history SET id = id - 1 WHERE id > {number}"
            self.assert_says(self.judged(closed_up), 1, f"broken: line {number}: it is not what was written")
            swapped = (f"UPDATE history SET id = -id WHERE id IN ({number}, {number + 1});"
                       f"UPDATE history SET id = 2 * {number} + 1 + id WHERE id < 0")
            self.assert_says(self.judged(swapped), 1, f"broken: line {number}: it is not what was written")
        self.assertEqual(self.judged("DELETE FROM history WHERE id = 1"), (1, "broken: line 1: it is missing"))
        self.assertEqual(self.judged("DELETE FROM history WHERE id = 10"), (1, "broken: line 10: it is missing, and it was sealed"))
        added = "INSERT INTO history SELECT 11, message_id, delivery_id, at, what, why, link, who, facts FROM history WHERE id = 10"
        self.assert_says(self.judged(added), 1, "broken: line 11: it is not what was written")

    def test_a_chain_that_was_made_anew_is_found_by_its_seals_and_by_what_was_noted(self):
        own, self.log = self.log, Log(story="another story")
        self.log.seals = own.seals
        self.assertEqual(self.judged(), (1, "broken: seal 1: its link or its root is not that of its lines"))
        says = self.judged("DELETE FROM seal", "--head", f"7:{own.links[6].hex()}")
        self.assertEqual(says, (1, "broken: line 7: the head that was noted has another link: it was written anew"))
        self.log = Log(story="another story")
        anew = "the log no longer begins with it: it was written anew"
        for size in (2, 4):
            says = self.judged("", "--head", self.noted(own.note(size)))
            self.assertEqual(says, (1, f"broken: the noted head of {size} seals: {anew}"))

    def test_an_end_that_was_cut_off_or_an_older_copy_is_found_by_what_was_noted(self):
        cut = "DELETE FROM history WHERE id > 8; DELETE FROM seal WHERE number > 3"
        self.assert_says(self.judged(cut), 0, "whole")
        self.assertIn("Nothing that was noted elsewhere was compared", self.judged(cut)[1])
        says = self.judged(cut, "--head", self.noted(self.log.note()))
        self.assert_says(says, 1, "broken: the noted head of 4 seals: the log is shorter")
        says = self.judged(cut, "--head", f"10:{self.log.links[9].hex()}")
        self.assert_says(says, 1, "broken: line 10: it was noted, and is not there")
        self.log = Log(removed=[(1, 2)])
        for line, code, begin in [(2, 2, "cannot judge: line 2 was noted, and was removed since"), (3, 0, "whole"), (4, 0, "whole")]:
            says = self.judged("DELETE FROM history WHERE id < 5", "--head", f"{line}:{self.log.links[line - 1].hex()}")
            self.assert_says(says, code, begin)
        says = self.judged("DELETE FROM history WHERE id < 5", "--head", f"3:{self.log.links[1].hex()}")
        self.assertEqual(says, (1, "broken: line 3: the head that was noted has another link: it was written anew"))

    def test_lines_may_be_missing_where_a_signed_line_says_that_they_were_removed_and_nowhere_else(self):
        spans = {1: (1, 3), 2: (4, 4), 3: (5, 8), 4: (9, 10)}
        for removed in [[(1, 1)], [(1, 2)], [(2, 2)], [(1, 1), (3, 3)], [(1, 3)]]:
            self.log = Log(removed=removed)
            gone = [seal for first, last in removed for seal in range(first, last + 1)]
            for seals in [[], [1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]]:
                deed = "; ".join("DELETE FROM history WHERE id BETWEEN {} AND {}".format(*spans[seal]) for seal in seals)
                says = self.judged(deed, *self.key())
                if seals and seals == gone:
                    self.assert_says(says, 0, "whole: lines to 10")
                    self.assertIn("were removed when their time was over, as line 9 says", says[1])
                elif not seals:
                    self.assert_says(says, 0, "whole: lines to 10")
                else:
                    # A gap is as a whole what the line says, or it is not what was removed.
                    self.assertEqual(says[0], 1 if not whole_gaps(seals, removed) else 0, (removed, seals, says))

    def test_a_removal_that_was_forged_is_not_believed(self):
        gone = "DELETE FROM history WHERE id < 5"
        for facts in [Log().removal([(1, 2)], Log(seed=2).key), Log(story="another").removal([(1, 2)]),
                      Log().removal([(1, 2)]).replace('"lines":[1,4]', '"lines":[1,3]'),
                      Log().removal([(1, 2)]).replace('"removed":"history"', '"removed":"content"'), '{"removed":"history"}']:
            self.log = Log(removed=[(1, 2)])
            self.log.removal = lambda facts=facts: facts
            self.log.__init__(removed=[(1, 2)])
            self.assertEqual(self.judged(gone, *self.key()), (1, "broken: line 1: it is missing"), facts)
        self.log = Log(removed=[(1, 1)])
        self.assertEqual(self.judged(gone, *self.key()), (1, "broken: line 4: it is missing"))
        self.log = Log(removed=[(1, 2)])
        self.assert_says(self.judged(gone, *self.key()), 0, "whole")
        changed = gone + "; UPDATE history SET facts = replace(facts, 'history', 'content') WHERE id = 9"
        self.assertEqual(self.judged(changed, *self.key()), (1, "broken: line 1: it is missing"))
        changed = gone + "; UPDATE history SET why = 'x' WHERE id = 9"
        self.assert_says(self.judged(changed, *self.key()), 1, "broken: line 9: it is not what was written")

    def test_seals_and_their_heads_cannot_be_changed(self):
        stranger = Log(seed=2).note(3)
        for deed, says in [
            ("DELETE FROM seal WHERE number = 2", "seal 2: it is missing"),
            ("UPDATE seal SET text = replace(text, '\"at\":', '\"at\":1') WHERE number = 2",
             "seal 2: its signed head is not that of the seals"),
            ("UPDATE seal SET text = 'x' WHERE number = 2", "seal 2: it is not a seal"),
            ("UPDATE seal SET head = replace(head, char(10) || '3' || char(10), char(10) || '2' || char(10)) WHERE number = 3",
             "seal 3: its signed head is not that of the seals"),
            (f"UPDATE seal SET head = '{stranger}' WHERE number = 3", "seal 3: its head is not signed with the key of the log"),
        ]:
            self.assertEqual(self.judged(deed, *self.key()), (1, f"broken: {says}"))

    def test_seals_that_were_made_falsely_are_found(self):
        seal = self.log.seals[2]
        self.log.seals[2] = seal.replace('"first":5', '"first":6')
        says = (1, "broken: seal 3: it does not begin where the seal before it ends")
        self.assertEqual(self.judged("", *self.key()), says)
        self.log.seals[2] = seal
        first, self.log.seals[0] = self.log.seals[0], self.log.seals[0].replace('"first":1', '"first":2')
        self.assertEqual(self.judged("", *self.key()), (1, "broken: seal 1: it is not a seal"))
        self.log.seals[0] = first
        moved = "UPDATE seal SET head = replace(head, 'log/test', 'log/other') WHERE number = 3"
        self.assertEqual(self.judged(moved), (1, "broken: seal 3: its signed head is that of another log"))

    def test_a_database_of_an_older_release_is_read_without_what_came_later(self):
        self.log = Log([2])
        file = self.place()
        database = self.log.database(file, seals=False)
        database.executescript("ALTER TABLE history DROP COLUMN who; ALTER TABLE history DROP COLUMN facts")
        database.close()
        self.assert_says(run(file, by=verify_database), 0, "whole: lines to 2")


if __name__ == "__main__":
    unittest.main()
