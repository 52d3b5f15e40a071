// Every page of both sides, at a desk, on a phone, in the dark and with forced colours: nothing is wrong there.
import test from 'node:test';
import { someToPay } from './asked.mjs';
import { sizes, visitorOf } from './browser.mjs';
import { goTo, places } from './places.mjs';

test('there is something to pay', someToPay);
// The log first: it asks for a second factor again when the one that was shown is ten minutes old.
const isLog = ({ path }) => path === '/log';
for (const place of [...places.filter(isLog), ...places.filter((one) => !isLog(one))]) {
  test(`${place.side} ${place.userName ?? 'anybody'} ${place.path}`, async () => {
    const visitor = await visitorOf(place.side, place.userName);
    // Dutch, whatever an earlier story chose.
    await visitor.page.goto(visitor.origin);
    await visitor.page.evaluate(() => localStorage.setItem('k7-language', 'nl'));
    for (const [how, size, media] of [['at a desk', 'desk', {}], ['on a phone', 'phone', {}], ['in the dark', 'desk', { colorScheme: 'dark' }],
      ['with forced colours', 'phone', { forcedColors: 'active' }]]) {
      await visitor.page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media });
      await visitor.page.setViewportSize(sizes[size]);
      await goTo(visitor, place);
      await visitor.look(`${place.name} ${how}`);
    }
  });
}
