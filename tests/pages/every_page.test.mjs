// Every page of both sides, at a desk, on a phone, in the dark and with forced colours: nothing is wrong there.
import test from 'node:test';
import { installation } from '../http/client.mjs';
import { launch, sizes, Visitor } from './browser.mjs';
import { goTo, places } from './places.mjs';

const where = installation(process.env.KLOUT7_DATA);
let browser;
const inside = new Map();
test.before(async () => { browser = await launch(); });
test.after(async () => { await browser.close(); });

for (const place of places) {
  test(`${place.side} ${place.userName ?? 'anybody'} ${place.path}`, async () => {
    const who = `${place.side} ${place.userName}`;
    if (!inside.has(who)) {
      const one = await Visitor.open(browser, where, place.side);
      if (place.userName) await one.signIn(place.userName);
      inside.set(who, one);
    }
    const visitor = inside.get(who);
    for (const [how, size, media] of [['at a desk', 'desk', {}], ['on a phone', 'phone', {}], ['in the dark', 'desk', { colorScheme: 'dark' }],
      ['with forced colours', 'phone', { forcedColors: 'active' }]]) {
      await visitor.page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
      await visitor.page.setViewportSize(sizes[size]);
      await goTo(visitor, place);
      await visitor.look(`${place.name} ${how}`);
    }
  });
}
