// Builds the pages of one side and writes them as a C++ source, so that a program and its pages cannot be mixed up.
//
//   node web/build.mjs office --out pages.cpp --function klout7::office::page_files
//
// The source has that function: std::span<EmbeddedFile const> (base/embedded_text.h), each file with its path and its content
// as it is, gzipped and, where that is smaller, compressed with Brotli.
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const web = dirname(fileURLToPath(import.meta.url));

/** The files of a side, by path: index.html and assets/. */
export async function built(side) {
  const made = await build({
    root: web,
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      target: 'es2022',
      write: false,
      cssCodeSplit: false,
      assetsInlineLimit: 0,  // no data: addresses, so that the content security policy need not allow them
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(web, `${side}.html`) },
    },
  });
  return made.output.map((one) => ({
    path: one.fileName === `${side}.html` ? 'index.html' : one.fileName,
    content: Buffer.from(one.type === 'chunk' ? one.code : one.source),
  })).sort((a, b) => (a.path < b.path ? -1 : 1));
}

export const gzipped = (content) => gzipSync(content, { level: 9 });
export const brotli = (content) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });

/** A C++ literal of bytes. An octal escape ends after three digits, so that what follows is never taken into it. */
function literal(bytes) {
  let text = '';
  for (const byte of bytes) {
    if (byte === 0x22 || byte === 0x5c || byte === 0x3f) text += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\${byte.toString(8).padStart(3, '0')}`;
  }
  return `std::string_view{"${text}", ${bytes.length}}`;
}

function source(functionName, files) {
  const parts = functionName.split('::');
  const name = parts.pop();
  const rows = files.map(({ path, content }) => {
    const smaller = (packed) => (packed.length < content.length ? literal(packed) : '{}');
    return `    {"${path}", ${literal(content)}, ${smaller(gzipped(content))}, ${smaller(brotli(content))}},`;
  });
  return `// Made by web/build.mjs.
#include <array>
#include <span>

#include "base/embedded_text.h"

namespace ${parts.join('::')} {

std::span<EmbeddedFile const> ${name}();
std::span<EmbeddedFile const> ${name}() {
  static constexpr auto files = std::to_array<EmbeddedFile>({
${rows.join('\n')}
  });
  return files;
}

}  // namespace ${parts.join('::')}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { positionals: [side], values } = parseArgs({
    allowPositionals: true, options: { out: { type: 'string' }, function: { type: 'string' } },
  });
  if (!side || !values.out || !values.function) {
    console.error('usage: node web/build.mjs office|medical --out FILE.cpp --function NAME');
    process.exit(2);
  }
  const files = await built(side);
  if (!files.some((file) => file.path === 'index.html')) throw new Error('no index.html came out');
  writeFileSync(values.out, source(values.function, files));
}
