#!/usr/bin/env python3
"""Makes the files of this folder, good and bad ones of every type, and expected.tsv: what the gate says of each."""
import base64
import io
import pathlib
import struct
import zipfile
import zlib

HERE = pathlib.Path(__file__).parent
WHEN = (2026, 1, 1, 0, 0, 0)
EXPECTED: list[tuple[str, str, str]] = []


def put(name: str, content: bytes, verdict: str, why: str) -> None:
    (HERE / name).write_bytes(content)
    EXPECTED.append((name, verdict, why))


def zipped(parts: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as into:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            into.writestr(info, content)
    return made.getvalue()


# --- pictures

def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def png(width: int = 2, height: int = 2) -> bytes:
    rows = (b'\0' + bytes(3 * min(width, 2))) * min(height, 2)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def segment(marker: int, data: bytes) -> bytes:
    return bytes([0xff, marker]) + struct.pack('>H', len(data) + 2) + data


# Eight by eight, grey: one quantisation table, two Huffman tables of one code each.
JPEG = (b'\xff\xd8' + segment(0xe0, b'JFIF\0\1\1\0\0\1\0\1\0\0') + segment(0xdb, b'\0' + b'\1' * 64)
        + segment(0xc0, struct.pack('>BHHB', 8, 8, 8, 1) + b'\1\x11\0')
        + segment(0xc4, b'\0' + b'\1' + bytes(15) + b'\0') + segment(0xc4, b'\x10' + b'\1' + bytes(15) + b'\0')
        + segment(0xda, b'\1\1\0\0\x3f\0') + b'\x3f' + b'\xff\xd9')
CAMERA_NOTE = b'\0\0\1\x0a' + b'\x0e\0\0\0' + b'Image_UTC_Data1700000000000' + b'SEFH' + bytes(20) + b'\x18\0\0\0' + b'SEFT'
TIFF = (b'II*\0' + struct.pack('<I', 8) + struct.pack('<H', 3)
        + struct.pack('<HHII', 256, 3, 1, 1) + struct.pack('<HHII', 257, 3, 1, 1) + struct.pack('<HHII', 273, 4, 1, 50)
        + struct.pack('<I', 0) + b'\0')


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack('>I', len(data) + 8) + kind + data


HEIC = box(b'ftyp', b'heic\0\0\0\0mif1heic') + box(b'meta', bytes(40)) + box(b'mdat', bytes(100))

put('good.png', png(), 'png', 'a picture')
put('good.jpg', JPEG, 'jpeg', 'a picture')
put('camera_note.jpg', JPEG + CAMERA_NOTE, 'jpeg', 'as cameras of Samsung end them')
put('two_pictures.jpg', JPEG + JPEG, 'jpeg', 'a picture and its preview, as cameras write them')
put('good.tiff', TIFF, 'tiff', 'a picture')
put('good.heic', HEIC, 'heic', 'a picture')
put('cut_off.png', png()[:-1], 'malformed', 'a byte of its end is missing')
put('altered.png', png().replace(b'IDAT\x78', b'IDAT\x79'), 'malformed', 'a checksum is wrong')
put('huge.png', png(60000, 60000), 'limit', 'more pixels than any picture has')
put('behind.png', png() + b'MZ', 'disguised', 'a file stands behind it')
put('cut_off.jpg', JPEG[:-2], 'malformed', 'its end is missing')
put('behind.jpg', JPEG + b'MZ', 'disguised', 'a file stands behind it')
put('zip_behind.jpg', JPEG + zipped({'a.txt': b'a'}), 'disguised', 'a ZIP file stands behind it')
put('film_behind.heic', HEIC + box(b'mpvd', b'a film'), 'disguised', 'a film stands behind it')
put('behind.heic', HEIC + b'MZ', 'disguised', 'a file stands behind it')
put('film.heic', HEIC.replace(b'meta', b'moov'), 'disguised', 'a film, not a picture')
put('loop.tiff', TIFF[:46] + struct.pack('<I', 8) + b'\0', 'malformed', 'its directory follows itself')
put('cut_off.tiff', TIFF[:30], 'malformed', 'its directory is not there')
put('pdf_inside.tiff', TIFF + b'%PDF-1.7\n%%EOF', 'disguised', 'a PDF for programs that look further')

# --- PDF


def pdf(*objects: bytes, trailer: bytes = b'/Root 1 0 R') -> bytes:
    out = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n' % number + content + b'\nendobj\n'
    begin = len(out)
    out += b'xref\n0 %d\n0000000000 65535 f \n' % (len(objects) + 1)
    out += b''.join(b'%010d 00000 n \n' % place for place in places)
    return out + b'trailer\n<< /Size %d ' % (len(objects) + 1) + trailer + b' >>\nstartxref\n%d\n%%%%EOF\n' % begin


def stream(content: bytes, keys: bytes = b'') -> bytes:
    return b'<< /Length %d ' % len(content) + keys + b' >>\nstream\n' + content + b'\nendstream'


def deflated(content: bytes, keys: bytes = b'') -> bytes:
    return stream(zlib.compress(content), b'/Filter /FlateDecode ' + keys)


def object_stream(*objects: tuple[int, bytes], filters: bytes = b'/Filter /FlateDecode') -> bytes:
    pairs, body = b'', b''
    for number, content in objects:
        pairs += b'%d %d ' % (number, len(body))
        body += content + b' '
    content = pairs + body
    packed_content = zlib.compress(content) if filters else content
    return stream(packed_content, filters + b' /Type /ObjStm /N %d /First %d' % (len(objects), len(pairs)))


CATALOG = b'<< /Type /Catalog /Pages 2 0 R >>'
PAGES = b'<< /Type /Pages /Kids [3 0 R] /Count 1 >>'
PAGE = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [5 0 R] >>'
TEXT = deflated(b'BT /F1 12 Tf (een brief) Tj ET')
LINK = b'<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (https://www.uwv.nl/) >> >>'
GOOD = pdf(CATALOG, PAGES, PAGE, TEXT, LINK)


def with_catalog(more: bytes) -> bytes:
    return pdf(CATALOG[:-2] + more + b' >>', PAGES, PAGE, TEXT, LINK)


ACTION = b'<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
FETCH = b'<< /S /URI /URI (https://a.example/) >>'
put('good.pdf', GOOD, 'pdf', 'a page with a link to the web')
put('opens_at_page.pdf', with_catalog(b'/OpenAction [3 0 R /FitH 842]'), 'pdf', 'opens at a page')
put('goes_to_page.pdf', with_catalog(b'/OpenAction << /S /GoTo /D [3 0 R /Fit] >>'), 'pdf', 'opens at a page')
put('object_stream.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, object_stream((6, LINK), (7, b'[1 2]'))), 'pdf', 'objects in an object stream')
put('updated.pdf', GOOD + b'6 0 obj\n<< /Title (nieuw) >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n', 'pdf', 'changed after it was made')
put('javascript.pdf', with_catalog(b'/OpenAction ' + ACTION), 'scripts', 'a script when it opens')
put('javascript_escaped.pdf', with_catalog(b'/OpenAction << /S /Java#53cript /#4a#53 (1) >>'), 'scripts', 'its name written otherwise')
put('javascript_in_object_stream.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, object_stream((6, b'[1]'), (7, ACTION))), 'scripts', 'a script in an object stream')
put('javascript_in_plain_object_stream.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, object_stream((6, ACTION), filters=b'')), 'scripts',
    'a script in an object stream that is not packed')
put('filter_elsewhere.pdf', pdf(CATALOG, PAGES, PAGE, b'/ASCIIHexDecode', stream(b'7 0 [1]', b'/Filter [4 0 R] /Type /ObjStm /N 1 /First 4')), 'malformed',
    'which filter an object stream has stands elsewhere')
put('other_filter.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, object_stream((6, b'[1]'), filters=b'/Filter /ASCIIHexDecode')), 'malformed',
    'an object stream that is not looked into')
put('parts_elsewhere.pdf', pdf(CATALOG[:-2] + b'/OpenAction 7 0 R >>', PAGES, PAGE, b'1', object_stream((7, FETCH)).replace(b'/N 1', b'/N 4 0 R')), 'malformed',
    'how many objects are in an object stream stands elsewhere')
put('object_in_stream.pdf', pdf(CATALOG, PAGES, PAGE, stream(b'xx\n7 0 obj\n' + ACTION + b'\nendobj\n'), LINK), 'disguised', 'an object where a stream should be')
put('object_in_text.pdf', with_catalog(b'/Title (7 0 obj << /A 1 >> endobj)'), 'disguised', 'an object where a text should be')
put('object_in_comment.pdf', GOOD.replace(b'startxref', b'%7 %x\n%0 \n%\nobj << /A 1 >>\nstartxref'), 'disguised', 'an object between comments')
put('object_with_sign.pdf', pdf(CATALOG, PAGES, PAGE, stream(b'7 +0 obj' + b'[1] endobj'), LINK), 'disguised', 'an object whose numbers have a sign')
put('trailer_in_stream.pdf', pdf(CATALOG, PAGES, PAGE, stream(b'\ntrailer << /Root 7 0 R >>'), LINK), 'disguised', 'another trailer where a stream should be')
put('additional_action.pdf', with_catalog(b'/AA << /WC 9 0 R >>'), 'scripts', 'an action when it closes')
put('launch.pdf', with_catalog(b'/OpenAction << /S /Launch /F (cmd.exe) >>'), 'scripts', 'starts a program')
put('form_script.pdf', with_catalog(b'/AcroForm << /XFA 9 0 R >>'), 'scripts', 'a form with scripts')
put('fetches.pdf', with_catalog(b'/OpenAction ' + FETCH), 'external_links', 'fetches when it opens')
put('fetches_elsewhere.pdf', pdf(CATALOG[:-2] + b'/OpenAction 5 0 R >>', PAGES, PAGE, TEXT, FETCH), 'external_links',
    'fetches when it opens, by an object of its own')
put('fetches_in_object_stream.pdf', pdf(CATALOG[:-2] + b'/OpenAction 7 0 R >>', PAGES, PAGE, TEXT, object_stream((6, b'[1]'), (7, FETCH))),
    'external_links', 'fetches when it opens, by an object of an object stream')
put('file_link.pdf', GOOD.replace(b'(https://www.uwv.nl/)', b'(file://server/share)'), 'external_links', 'a link to a server of files')
put('script_link.pdf', GOOD.replace(b'(https://www.uwv.nl/)', b'(javascript:alert)'), 'external_links', 'a link that is a script')
put('other_document.pdf', GOOD.replace(b'/S /URI', b'/S /GoToR'), 'external_links', 'opens another document')
put('sends_form.pdf', GOOD.replace(b'/S /URI', b'/S /SubmitForm'), 'external_links', 'sends what was typed')
put('file_of_stream.pdf', pdf(CATALOG, PAGES, PAGE, stream(b'', b'/F (a.bin)'), LINK), 'external_links', 'a stream whose bytes are elsewhere')
put('attachment.pdf', with_catalog(b'/Names << /EmbeddedFiles << /Names [(a) 9 0 R] >> >>'), 'embedded_files', 'a file inside')
put('attached_file.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, b'<< /Type /Filespec /EF << /F 4 0 R >> >>'), 'embedded_files', 'a file inside')
PASSWORD = pdf(CATALOG, PAGES, PAGE, TEXT, LINK, trailer=b'/Root 1 0 R /Encrypt 9 0 R')
put('password.pdf', PASSWORD, 'encrypted', 'a password')
put('password_without_startxref.pdf', PASSWORD.replace(b'startxref\n', b''), 'encrypted', 'a password, and no place of the table: ClamAV passes it')
put('not_at_start.pdf', b'\n' + GOOD, 'unknown_type', 'something stands before it')
put('zip_behind.pdf', GOOD + zipped({'a.txt': b'a'}), 'disguised', 'a ZIP file stands behind it')
put('zip_around_end.pdf', GOOD[:-6] + zipped({'a.txt': b'a'})[:-2] + struct.pack('<H', 6) + b'%%EOF\n', 'disguised',
    'a ZIP file whose comment is the end of the PDF')
put('cut_off.pdf', GOOD[:-8], 'malformed', 'its end is missing')
put('bomb.pdf', pdf(CATALOG, PAGES, PAGE, TEXT, deflated(bytes(3 << 20), b'/Type /ObjStm /N 1 /First 4')), 'limit', 'an object stream of 3 MiB')
put('deep.pdf', with_catalog(b'/A ' + b'[' * 300 + b']' * 300), 'limit', 'arrays in arrays')

# --- office documents

XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006/'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
OLE = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(500)


def types(main_part: str, main_type: str, more: str = '') -> bytes:
    return XML + (f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
                  'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
                  f'<Override PartName="/{main_part}" ContentType="application/vnd.openxmlformats-officedocument.{main_type}+xml"/>{more}</Types>').encode()


def relations(*rows: tuple[str, str, str]) -> bytes:
    def one(i: int, kind: str, target: str, mode: str) -> str:
        return f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"' + (f' TargetMode="{mode}"' if mode else '') + '/>'
    inner = ''.join(one(i, *row) for i, row in enumerate(rows))
    return XML + f'<Relationships xmlns="{PACKAGE}relationships">{inner}</Relationships>'.encode()


def document(inner: bytes = b'<w:p><w:r><w:t>Een brief &amp; meer</w:t></w:r></w:p>') -> bytes:
    return XML + b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + inner + b'</w:body></w:document>'


DOCX_TYPES = types('word/document.xml', 'wordprocessingml.document.main')
STYLES = (('styles', 'styles.xml', ''),)


def docx_parts(main: bytes = document(), links: tuple = STYLES, **more: bytes) -> dict[str, bytes]:
    return {
        '[Content_Types].xml': DOCX_TYPES,
        '_rels/.rels': relations(('officeDocument', 'word/document.xml', '')),
        'word/document.xml': main,
        'word/_rels/document.xml.rels': relations(*links),
        'word/styles.xml': XML + b'<w:styles xmlns:w="w"><!-- no <tag> --><w:style w:type="paragraph"/></w:styles>',
        'word/media/image1.png': png(),
        **more,
    }


def docx(main: bytes = document(), links: tuple = STYLES, **more: bytes) -> bytes:
    return zipped(docx_parts(main, links, **more))


XLSX_PARTS = {
    '[Content_Types].xml': types('xl/workbook.xml', 'spreadsheetml.sheet.main'),
    '_rels/.rels': relations(('officeDocument', 'xl/workbook.xml', '')),
    'xl/workbook.xml': XML + b'<workbook xmlns="x"><sheets><sheet name="Blad1" sheetId="1" r:id="r0" xmlns:r="r"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations(('worksheet', 'worksheets/sheet1.xml', '')),
    'xl/worksheets/sheet1.xml': XML + b'<worksheet xmlns="x"><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
    'xl/printerSettings/printerSettings1.bin': 'Printer'.encode('utf-16-le') + bytes(40),
}
ODF = (b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       b'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"')
MANIFEST = b'<manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/"/></manifest:manifest>'


def odt(inner: bytes = b'<text:p>Een brief</text:p>', manifest: bytes = MANIFEST, scripts: bytes = b'<office:scripts/>', kind: bytes = b'text',
        **more: bytes) -> bytes:
    content = (XML + b'<office:document-content ' + ODF + b'>' + scripts + b'<office:body><office:text>' + inner
               + b'</office:text></office:body></office:document-content>')
    meta = XML + b'<office:document-meta ' + ODF + b'><meta:template xmlns:meta="m" xlink:href="/C:/Sjablonen/brief.ott"/></office:document-meta>'
    return zipped({'mimetype': b'application/vnd.oasis.opendocument.' + kind, 'content.xml': content, 'meta.xml': meta,
                   'Configurations2/accelerator/current.xml': b'', 'Pictures/a.png': png(), 'Thumbnails/thumbnail.png': png(),
                   'META-INF/manifest.xml': XML + manifest, **more}, stored=('mimetype',))


class Pipe(io.RawIOBase):
    """Where nobody can go back to write the sizes."""

    def __init__(self) -> None:
        super().__init__()
        self.made = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.made += bytes(data)
        return len(data)


def streamed(parts: dict[str, bytes]) -> bytes:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, 'w', zipfile.ZIP_DEFLATED) as into:
        for name, content in parts.items():
            with into.open(zipfile.ZipInfo(name, WHEN), 'w') as entry:
                entry.write(content)
    return bytes(pipe.made)


def changed(content: bytes, at: int, byte: int) -> bytes:
    return content[:at] + bytes([byte]) + content[at + 1:]


WEB_LINKS = (*STYLES, ('hyperlink', 'https://www.uwv.nl/', 'External'), ('hyperlink', 'mailto:a@b.example', 'External'))
put('good.docx', docx(links=WEB_LINKS), 'docx', 'a letter with links to the web')
put('good.xlsx', zipped(XLSX_PARTS), 'xlsx', 'a table')
put('good.odt', odt(b'<text:p><text:a xlink:href="https://www.uwv.nl/">UWV</text:a><draw:image xlink:href="Pictures/a.png"/></text:p>'), 'odt',
    'a letter with a picture and a link to the web')
put('streamed.docx', streamed(docx_parts()), 'docx', 'sizes behind each part')
put('macro.docx', docx(**{'word/vbaProject.bin': OLE}), 'macros', 'a program')
put('macro_type.docx', docx(**{'[Content_Types].xml': types('word/document.xml', 'wordprocessingml.document.main',
                                                           '<Default Extension="png" ContentType="application/vnd.ms-office.vbaProject"/>')}),
    'macros', 'a program under the name of a picture')
put('macro_enabled.docx', docx(**{'[Content_Types].xml': DOCX_TYPES.replace(
    b'openxmlformats-officedocument.wordprocessingml.document.main', b'ms-word.document.macroEnabled.main')}), 'macros', 'of the kind with programs')
put('macro_relation.docx', docx(links=(('vbaProject', 'media/image1.png', ''),)), 'macros', 'a program by its relationship')
put('active_x.docx', docx(**{'word/activeX/activeX1.xml': XML + b'<a/>'}), 'macros', 'a control')
put('dde.docx', docx(document(b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>D</w:instrText></w:r>'
                              b'<w:r><w:instrText>DEAUTO c:\\\\a.exe</w:instrText></w:r></w:p>')), 'macros', 'a field that starts a program, in two parts')
put('dde_simple.docx', docx(document(b'<w:p><w:fldSimple w:instr=" &#68;DE excel a b"/></w:p>')), 'macros', 'a field that starts a program')
put('dde_reference.docx', docx(document(b'<w:p><w:r><w:instrText>D&#68;EAUTO c:</w:instrText></w:r></w:p>')), 'malformed', 'a field whose word is hidden')
put('include.docx', docx(document(b'<w:p><w:fldSimple w:instr="INCLUDEPICTURE https://a.example/a.png"/></w:p>')), 'external_links', 'a field that fetches')
put('template.docx', docx(links=(('attachedTemplate', 'https://a.example/a.dotm', 'External'),)), 'external_links', 'a template from elsewhere')
put('template_inside.docx', docx(links=(('attachedTemplate', 'a.xml', ''),)), 'external_links', 'a template, whatever it says of where')
put('remote_picture.docx', docx(links=(('image', 'https://a.example/a.png', 'External'),)), 'external_links', 'a picture from elsewhere')
put('remote_object.docx', docx(links=(('oleObject', 'https://a.example/a', 'External'),)), 'external_links', 'an object from elsewhere')
put('file_link.docx', docx(links=(('hyperlink', 'file:///\\\\server\\a', 'External'),)), 'external_links', 'a link to a server of files')
put('no_mode.docx', docx(links=(('image', 'https://a.example/a.png', ''),)), 'external_links', 'from elsewhere without saying so')
put('script_link.docx', docx(links=(('hyperlink', 'java&#x73;cript:alert(1)', 'External'),)), 'external_links', 'a link that is a script')
put('hidden_main.docx', docx(**{'word/other': document(b'<w:object><o:OLEObject xmlns:o="o"/></w:object>')}), 'embedded_files',
    'an object in XML of a name without an ending')
put('object.docx', docx(**{'word/embeddings/oleObject1.bin': OLE}), 'embedded_files', 'an object')
put('object_as_picture.docx', docx(**{'word/media/image2.png': OLE}), 'embedded_files', 'an object under the name of a picture')
put('program_as_picture.docx', docx(**{'word/media/image2.png': b'MZ' + bytes(100)}), 'embedded_files', 'a program under the name of a picture')
put('zip_inside.docx', docx(**{'word/media/image2.png': zipped({'a.txt': b'a'})}), 'embedded_files', 'an archive inside')
put('script_inside.docx', docx(**{'word/media/a.js': b'alert(1)'}), 'embedded_files', 'a file of another kind')
put('web_page_inside.docx', docx(links=(('aFChunk', 'media/a.xml', ''),)), 'embedded_files', 'a part in another format')
put('script.docx', docx(**{'word/media/a.svg': b'<svg><script>1</script></svg>'}), 'scripts', 'a script in a picture')
put('script_attribute.docx', docx(**{'word/media/a.svg': b'<svg onload="1"/>'}), 'scripts', 'a script in a picture')
put('style_sheet.docx', docx(XML + b'<?xml-stylesheet href="a.xsl"?><a/>'), 'scripts', 'a style sheet that can be a script')
put('entities.docx', docx(XML + b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><a>&c;</a>'), 'malformed', 'entities')
put('utf16.docx', docx('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode('utf-16')), 'malformed', 'an encoding that is not looked into')
put('utf7.docx', docx(b'<?xml version="1.0" encoding="UTF-7"?><a/>'), 'malformed', 'an encoding that is not looked into')
put('deep_xml.docx', docx(document(b'<a>' * 400 + b'</a>' * 400)), 'limit', 'tags in tags')
put('open_tag.docx', docx(document(b'<a>')), 'malformed', 'a tag that is not closed')
put('long_tag.docx', docx(document(b'<a b="' + b''.join(b'%d' % i + bytes(range(97, 123)) * 8 for i in range(5000)) + b'"/>')), 'limit', 'a tag of more than a MiB')
put('bomb.docx', docx(**{'word/media/image2.bmp': bytes(2_000_000)}), 'limit', 'more than 250 times as long as packed')
put('text_bomb.docx', docx(document(b'<w:t>' + b'a' * 3_000_000 + b'</w:t>')), 'limit', 'text that is more than 250 times as long as packed')
put('no_main.docx', zipped({'a.txt': b'a'}), 'unknown_type', 'an archive')
put('template_kind.docx', docx(**{'[Content_Types].xml': types('word/document.xml', 'wordprocessingml.template.main')}), 'unknown_type', 'a template')
put('slides.pptx', docx(**{'[Content_Types].xml': types('ppt/presentation.xml', 'presentationml.presentation.main')}), 'unknown_type', 'slides')
put('before.docx', b'MZ' + docx(), 'unknown_type', 'a program stands before it')
put('behind.docx', docx() + b'MZ', 'disguised', 'a file stands behind it')
put('commented.docx', docx()[:-2] + b'\2\0MZ', 'disguised', 'a comment behind its directory')
put('cut_off.docx', docx()[:-30], 'malformed', 'its directory is not there')
put('parent.docx', docx(**{'../a.xml': XML + b'<a/>'}), 'malformed', 'a name that leads out of the file')
put('absolute.docx', docx(**{'/a.xml': XML + b'<a/>'}), 'malformed', 'a name that leads out of the file')
put('twice.docx', docx(**{'word/DOCUMENT.xml': XML + b'<a/>'}), 'disguised', 'two parts of one name')
at = docx().index(b'PK\1\2')
put('gap.docx', docx()[:at] + b'hidden' + docx()[at:-6] + struct.pack('<IH', at + 6, 0), 'disguised', 'bytes of no part')
second = docx().index(b'PK\3\4', 4)
between = bytearray(docx()[:second] + b'hidden' + docx()[second:-6] + struct.pack('<IH', at + 6, 0))
entry = at + 6
while between[entry:entry + 4] == b'PK\1\2':
    offset, = struct.unpack_from('<I', between, entry + 42)
    struct.pack_into('<I', between, entry + 42, offset + (6 if offset >= second else 0))
    entry += 46 + sum(struct.unpack_from('<HHH', between, entry + 28))
put('gap_between.docx', bytes(between), 'disguised', 'bytes between two parts')
put('two_names.docx', changed(docx(), docx().index(b'word/styles.xml'), ord('W')), 'malformed', 'its headers name a part differently')
put('password.docx', changed(docx(), at + 8, 1), 'encrypted', 'a part with a password')
put('password_office.docx', OLE, 'unknown_type', 'a document with a password lies in a file of another kind')
put('altered.docx', changed(zipped(docx_parts(), stored=('word/media/image1.png',)), zipped(docx_parts(), stored=('word/media/image1.png',)).index(b'IDAT'), 0),
    'malformed', 'a part is not what its checksum says')
put('macro_sheet.xlsx', zipped({**XLSX_PARTS, 'xl/macrosheets/sheet1.xml': XML + b'<a/>'}), 'macros', 'a sheet with a program')
put('other_book.xlsx', zipped({**XLSX_PARTS, 'xl/externalLinks/externalLink1.xml': XML + b'<a/>'}), 'external_links', 'values of another file')
put('connection.xlsx', zipped({**XLSX_PARTS, 'xl/_rels/workbook.xml.rels': relations(('connections', 'connections.xml', ''))}), 'external_links', 'a database')
put('dde.xlsx', zipped({**XLSX_PARTS, 'xl/a.xml': XML + b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}), 'external_links',
    'a program asked for values')
put('formula.xlsx', zipped({**XLSX_PARTS, 'xl/worksheets/sheet1.xml': XLSX_PARTS['xl/worksheets/sheet1.xml'].replace(b'<v>1', b'<f>SUM(B1:B9)&amp;"dde"</f><v>1')}), 'xlsx',
    'a formula')
put('fetching_formula.xlsx', zipped({**XLSX_PARTS, 'xl/worksheets/sheet1.xml': XLSX_PARTS['xl/worksheets/sheet1.xml'].replace(
    b'<v>1', b'<f>_xlfn.WEBSERVICE("https://a.example/"&amp;B1)</f><v>1')}), 'external_links', 'a formula that fetches')
put('basic.odt', odt(**{'Basic/Standard/Module1.xml': XML + b'<a/>'}), 'macros', 'a program')
put('scripts.odt', odt(**{'Scripts/python/a.py': b'import os'}), 'scripts', 'a script')
put('event.odt', odt(scripts=b'<office:scripts><office:event-listeners><script:event-listener xmlns:script="s"/></office:event-listeners></office:scripts>'),
    'scripts', 'a script when it opens')
put('macro_link.odt', odt(b'<text:a xlink:href="vnd.sun.star.script:a.b"/>'), 'macros', 'a link that starts a program')
put('remote_picture.odt', odt(b'<draw:image xlink:href="https://a.example/a.png"/>'), 'external_links', 'a picture from elsewhere')
put('section.odt', odt(b'<text:section><text:section-source xlink:href="../a.odt"/></text:section>'), 'external_links', 'a part from elsewhere')
put('server_link.odt', odt(b'<text:a xlink:href="file://server/a"/>'), 'external_links', 'a link to a server of files')
put('object.odt', odt(**{'Object 1': OLE}), 'embedded_files', 'an object')
put('plugin.odt', odt(b'<draw:plugin xlink:href="a"/>'), 'embedded_files', 'a part for another program')
put('password.odt', odt(manifest=MANIFEST.replace(b'"/"/>', b'"/"><manifest:encryption-data/></manifest:file-entry>')), 'encrypted', 'a password')
put('slides.odp', odt(kind=b'presentation'), 'unknown_type', 'slides')

# --- e-mail

HEADERS = (b'From: Jan <jan@a.example>\r\nTo: UWV <u@b.example>\r\nSubject: ziek\r\nDate: Fri, 2 Jan 2026 10:00:00 +0100\r\n'
           b'MIME-Version: 1.0\r\n')


def part(content: bytes, *headers: bytes) -> bytes:
    return b'\r\n'.join(headers) + b'\r\n\r\n' + content + b'\r\n'


def group(*parts: bytes, kind: bytes = b'mixed', boundary: bytes = b'=_abc') -> bytes:
    body = b''.join(b'--' + boundary + b'\r\n' + one for one in parts) + b'--' + boundary + b'--\r\n'
    return b'Content-Type: multipart/' + kind + b';\r\n boundary="' + boundary + b'"\r\n\r\n' + body


def packed(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b'\n', b'\r\n').rstrip()


WORDS = part(b'Beste', b'Content-Type: text/plain; charset=utf-8')
PICTURE = part(packed(png()), b'Content-Type: image/png; name="logo.png"', b'Content-Transfer-Encoding: base64', b'Content-ID: <a>')
put('good.eml', HEADERS + b'\r\nIk ben ziek.\r\n', 'eml', 'a mail')
put('parts.eml', HEADERS + group(WORDS, part(b'<p>Beste</p>', b'Content-Type: text/html'), PICTURE, kind=b'related'), 'eml', 'a mail with a picture')
put('attachment.eml', HEADERS + group(WORDS, part(packed(GOOD), b'Content-Type: application/pdf; name="a.pdf"', b'Content-Transfer-Encoding: base64')),
    'embedded_files', 'a file inside')
put('program_name.eml', HEADERS + group(WORDS, part(b'echo', b'Content-Type: text/plain', b'Content-Disposition: attachment; filename="a.bat"')),
    'embedded_files', 'a program that says it is text')
put('other_name.eml', HEADERS + group(WORDS, part(b'echo', b'Content-Type: text/plain', b"Content-Disposition: attachment; filename*=utf-8''a.bat")),
    'embedded_files', 'a name in a form that programs read differently')
put('program_as_picture.eml', HEADERS + group(WORDS, PICTURE.replace(packed(png()), packed(b'MZ' + bytes(60)))), 'embedded_files',
    'a program that says it is a picture')
put('mail_inside.eml', HEADERS + group(WORDS, part(HEADERS, b'Content-Type: message/rfc822')), 'embedded_files', 'a mail inside')
put('old_attachment.eml', HEADERS + b'\r\nbegin 644 a.exe\r\nM\r\nend\r\n', 'embedded_files', 'a file in the text')
put('two_types.eml', HEADERS + group(WORDS, part(b'', b'Content-Type: text/plain', b'Content-type: application/pdf')), 'malformed', 'two types for one part')
put('same_boundary.eml', HEADERS + group(group(WORDS)), 'malformed', 'one boundary for two groups')
put('cut_off.eml', (HEADERS + group(WORDS))[:-12], 'malformed', 'its end is missing')
put('encrypted.eml', HEADERS + b'Content-Type: application/pkcs7-mime\r\n\r\nAAAA\r\n', 'encrypted', 'an encrypted mail')
deep = WORDS
for level in range(10):
    deep = group(deep, boundary=b'%dx' % level)
put('deep.eml', HEADERS + deep, 'limit', 'groups in groups')

# --- text, and what is none of them

put('good.txt', 'Verslag van het gesprek: één keer\nper week.\n'.encode(), 'text', 'text in UTF-8')
put('windows.txt', 'Verslag: één keer per week, € 10\r\n'.encode('cp1252'), 'text', 'text in Windows-1252')
put('table.csv', b'naam;dagen\r\nJansen;5\r\n', 'text', 'a table as text')
put('empty.txt', b'', 'unknown_type', 'nothing')
put('utf16.txt', 'Verslag'.encode('utf-16'), 'unknown_type', 'text in UTF-16')
put('zero.txt', b'Verslag\0', 'unknown_type', 'text with a zero byte')
put('neither.txt', b'\xe9\x81', 'unknown_type', 'neither UTF-8 nor Windows-1252')
put('page.html', b'<!DOCTYPE html><html><body><script>alert(1)</script></body></html>', 'unknown_type', 'a web page')
put('rich.txt', b'{\\rtf1 brief}', 'unknown_type', 'a document of another kind')
put('script.sh', b'#!/bin/sh\nrm -rf /\n', 'unknown_type', 'a script')
put('program.exe', b'MZ\x90\0' + bytes(100), 'unknown_type', 'a program')
put('picture.gif', b'GIF89a\1\0\1\0\0\0\0;', 'unknown_type', 'a picture of another kind')
put('archive.zip', zipped({'brief.txt': b'a'}), 'unknown_type', 'an archive')
put('archive.rar', b'Rar!\x1a\7\0' + bytes(20), 'unknown_type', 'an archive')

(HERE / 'expected.tsv').write_text('file\tsays\twhy\n' + ''.join('\t'.join(row) + '\n' for row in EXPECTED))
