"""Seals what may name somebody, each with that person's own key; the one place that knows keys.

A master key lies in a file beside the database, never in it. With it a key a person is wrapped,
and that key seals the person's fields (AES-256-GCM). The row that a field stands in is
authenticated with it: what is moved to another row does not open there. Whoever destroys a
person's key has erased everything that was sealed with it, also in copies that nobody can reach.

What has to be found is found by its mark, an HMAC with a key of its own (a blind index).
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from hmac import digest
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.fault import DatabaseFault

_KEY, _NONCE = 32, 12  # bytes, of AES-256 and of GCM
_MARK = 15  # bytes of a mark: 120 bits, twenty letters
_AT_HAND = 20_000  # keys that are kept unwrapped
_HEAD = (
    "# The key of Linli's database. Without it names, doors and telephone numbers cannot be read.\n"
    "# Keep a copy apart from the database and its backups; show it to nobody.\n"
)


class BrokenSealError(Exception):
    """A field does not open: another key, another row, or it was changed."""


class Key:
    """The key of one person."""

    def __init__(self, raw: bytes) -> None:
        self._cipher = AESGCM(raw)

    def seal(self, row: str, words: str) -> str:
        """Return `words` sealed for the field named by `row`, such as `people.name/1/17`."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, words.encode(), row.encode())
        return urlsafe_b64encode(sealed).decode()

    def open(self, row: str, sealed: str) -> str:
        """Return the words; raises BrokenSealError."""
        try:
            raw = urlsafe_b64decode(sealed)
            return self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], row.encode()).decode()
        except (InvalidTag, ValueError):
            raise BrokenSealError(row.partition("/")[0]) from None


class Vault:
    """Wraps and unwraps the keys of people with the master key, and marks what has to be found."""

    def __init__(self, master: bytes) -> None:
        self._wrap, self._index = Key(_derived(master, b"wrap")), _derived(master, b"index")
        self.house = Key(_derived(master, b"house"))  # seals what is nobody's own
        self._unwrapped = lru_cache(_AT_HAND)(self._unwrap)

    def new_key(self, community_id: int, person_id: int) -> str:
        """Make a key for the person and return it wrapped, as it is kept."""
        raw = urlsafe_b64encode(AESGCM.generate_key(8 * _KEY)).decode()
        return self._wrap.seal(_of(community_id, person_id), raw)

    def key(self, community_id: int, person_id: int, wrapped: str) -> Key:
        """Return the person's key; raises BrokenSealError when it was wrapped with another."""
        return self._unwrapped(community_id, person_id, wrapped)

    def _unwrap(self, community_id: int, person_id: int, wrapped: str) -> Key:
        return Key(urlsafe_b64decode(self._wrap.open(_of(community_id, person_id), wrapped)))

    def mark(self, field: str, words: str) -> str:
        """Return the mark by which `words` are found among the values of `field`."""
        found = digest(self._index, f"{field}\0{words}".encode(), "sha256")
        return urlsafe_b64encode(found[:_MARK]).decode()


def _of(community_id: int, person_id: int) -> str:
    return f"keys/{community_id}/{person_id}"


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=b"linli " + purpose).derive(master)


def open_vault(file: Path) -> tuple[Vault, bool]:
    """Return the vault of the key file, and whether the file was made just now.

    A new file is forced to disk before anything is sealed with it. Raises DatabaseFault when the
    file cannot be read, or is none.
    """
    try:
        made = not file.exists()
        if made:
            _make(file)
        return Vault(_read(file)), made
    except OSError as error:
        raise DatabaseFault(f"{file} cannot be used: {error.strerror}.") from None


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    said = _HEAD + urlsafe_b64encode(AESGCM.generate_key(8 * _KEY)).decode() + "\n"
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as new:
        new.write(said)
        new.flush()
        os.fsync(new.fileno())
    unfinished.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(file: Path) -> bytes:
    lines = [one for one in file.read_text("ascii", "replace").split("\n") if one.strip()]
    try:
        (said,) = (one for one in lines if not one.startswith("#"))
        master = urlsafe_b64decode(said.strip())
    except ValueError:
        master = b""
    if len(master) != _KEY:
        raise DatabaseFault(f"{file} is no key file of Linli: put your copy of it back.")
    return master
