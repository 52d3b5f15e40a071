#!/usr/bin/env python3
"""Makes the PDF files of this folder: what the scanner has to find, and what it cannot look into."""
import io
import pathlib
import zipfile
import zlib

HERE = pathlib.Path(__file__).parent
# In two parts, so that no scanner takes this file for what it speaks of.
FOUND = b'KLOUT7-STANDARD-' + b'SCANNER-TEST-FILE'


def pdf(attachment: bytes, times: int = 1, trailer: bytes = b'') -> bytes:
    """A PDF with an attachment that was deflated so many times."""
    for _ in range(times):
        attachment = zlib.compress(attachment, 9)
    filters = b'[' + b' '.join([b'/FlateDecode'] * times) + b']'
    head = (b'%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n'
            b'2 0 obj\n<< /Type /EmbeddedFile /Filter ' + filters + b' /Length ' + str(len(attachment)).encode() + b' >>\nstream\n')
    return head + attachment + b'\nendstream\nendobj\n' + trailer + b'\nstartxref\n0\n%%EOF\n'


def zipped(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', zipfile.ZIP_DEFLATED) as into:
        into.writestr(zipfile.ZipInfo('a.bin', (2026, 1, 1, 0, 0, 0)), content)
    return made.getvalue()


PLAIN = b'trailer\n<< /Root 1 0 R >>'
deep = b'what is deep inside'
for _ in range(15):
    deep = zipped(deep)
# A zip that says of itself that a password is needed (APPNOTE 4.4.4, bit 0): in the local and the central header.
locked = bytearray(zipped(b'what cannot be looked at'))
locked[6] |= 1
locked[locked.index(b'PK\x01\x02') + 8] |= 1
PASSWORD = (b'3 0 obj\n<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <' + b'41' * 32 + b'> /U <' + b'42' * 32
            + b'> >>\nendobj\ntrailer\n<< /Root 1 0 R /Size 4 /Encrypt 3 0 R /ID [<4142><4142>] >>')

for name, content in {
    'clean': pdf(b'a letter', trailer=PLAIN),
    'attachment': pdf(FOUND, trailer=PLAIN),
    'zip_in_attachment': pdf(zipped(FOUND), trailer=PLAIN),
    'password': pdf(b'a letter', trailer=PASSWORD),
    'password_in_attachment': pdf(bytes(locked), trailer=PLAIN),
    'too_deep': pdf(deep, trailer=PLAIN),
    'too_large_inside': pdf(bytes(400_000_000), times=2, trailer=PLAIN),
}.items():
    (HERE / f'{name}.pdf').write_bytes(content)
