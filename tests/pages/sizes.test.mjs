// How much a browser has to fetch: what it needs for the first page, and all there is.
import assert from 'node:assert/strict';
import test from 'node:test';
import { built, gzipped } from '../../web/build.mjs';

const kilobyte = 1024;

for (const side of ['office', 'medical']) {
  test(`the pages of the ${side} side are small`, async (t) => {
    const files = await built(side);
    const scripts = files.filter((file) => file.path.endsWith('.js'));
    const size = (some) => some.reduce((sum, file) => sum + gzipped(file.content).length, 0);
    const html = files.find((file) => file.path === 'index.html').content.toString();
    const first = scripts.filter((file) => html.includes(file.path));
    assert.ok(first.length > 0 && scripts.length > first.length, 'pages are loaded when somebody goes there');
    t.diagnostic(`${side}: first ${(size(first) / kilobyte).toFixed(1)} KiB of script gzipped, all ${(size(scripts) / kilobyte).toFixed(1)} KiB`);
    assert.ok(size(first) <= 60 * kilobyte);
    assert.ok(size(scripts) <= 150 * kilobyte);
    // Nothing is fetched from elsewhere, and nothing stands in the document that the policy forbids.
    assert.doesNotMatch(html, /https?:\/\/|<style|<script(?![^>]* src=)| style=| on[a-z]+=/);
  });
}
