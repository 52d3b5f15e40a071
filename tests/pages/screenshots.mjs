// Pictures of every page, at a desk and on a phone, light and dark: node tests/pages/screenshots.mjs FOLDER
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { installation } from '../http/client.mjs';
import { launch, sizes, Visitor } from './browser.mjs';
import { goTo, places } from './places.mjs';

const [folder] = process.argv.slice(2);
const where = installation(process.env.KLOUT7_DATA);
mkdirSync(folder, { recursive: true });
const browser = await launch();
const inside = new Map();
for (const place of places) {
  const who = `${place.side} ${place.userName}`;
  if (!inside.has(who)) {
    const one = await Visitor.open(browser, where, place.side);
    if (place.userName) await one.signIn(place.userName);
    inside.set(who, one);
  }
  const { page } = inside.get(who);
  for (const size of ['desk', 'phone']) {
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(sizes[size]);
      await goTo(inside.get(who), place);
      await page.screenshot({ path: join(folder, `${place.name}-${sizes[size].width}-${colorScheme}.png`) });
    }
  }
  console.log(place.name);
}
await browser.close();
