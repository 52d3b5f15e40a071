// Signing in by clicking: the first time with what two administrators handed out, then with an app, a passkey and a recovery
// code; and what a user does with the own account.
import assert from 'node:assert/strict';
import test from 'node:test';
import { administrators, installation, oneTimeCode, signedIn } from '../http/client.mjs';
import { launch, sizes, Visitor } from './browser.mjs';

const where = installation(process.env.KLOUT7_DATA);
const ownPassword = 'Zeven blauwe fietsen 7!';
const button = (page, name) => page.getByRole('button', { name, exact: true });
const faultAt = (page, label) => page.locator('.field', { has: page.getByLabel(label, { exact: true }) }).locator('.fault');

/** What somebody new gets from two administrators. */
async function invite(side, userName, role) {
  const [first, second] = await Promise.all(administrators[side].map((name) => signedIn(where, side, name)));
  const proposed = await first.post('/api/v1/account-proposals',
    { kind: 'invite', user_name: userName, display_name: 'P. Agina', role, e_mail: `${userName}@example.org` });
  assert.equal(proposed.status, 201, proposed.text);
  const approved = await second.post(`/api/v1/account-proposals/${proposed.json.proposal}/approval`);
  assert.equal(approved.status, 200, approved.text);
  return { password: proposed.json.welcome_password, code: `${proposed.json.first_half} ${approved.json.second_half}` };
}

/** An authenticator in this browser that says yes by itself. */
async function addAuthenticator(visitor) {
  const cdp = await visitor.context.newCDPSession(visitor.page);
  await cdp.send('WebAuthn.enable', { enableUI: false });
  await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
    isUserVerified: true, automaticPresenceSimulation: true } });
}

let browser;
test.before(async () => { browser = await launch(); });

for (const side of ['office', 'medical']) {
  const role = side === 'office' ? 'case_manager' : 'company_doctor';
  const userName = `pagina.${side}.${Date.now() % 100000}`;

  test(`on the ${side} side somebody new comes in, chooses a password and a factor, and comes back with each`, async () => {
    const given = await invite(side, userName, role);
    const visitor = await Visitor.open(browser, where, side);
    const { page } = visitor;
    await addAuthenticator(visitor);
    await visitor.go('/cases');  // wherever one goes, one signs in first
    await visitor.look('signing in');

    await button(page, 'Aanmelden').click();
    assert.match(await page.locator('.summary').innerText(), /3 velden[\s\S]*gebruikersnaam[\s\S]*wachtwoord[\s\S]*code/);
    await page.getByRole('link', { name: /gebruikersnaam/ }).click();
    await page.waitForFunction(() => document.activeElement.name === 'user_name');
    await visitor.look('signing in with nothing');

    const password = page.getByLabel('Wachtwoord', { exact: true });
    await visitor.fillSignIn(userName, 'Dit is niet het wachtwoord 1');
    assert.equal(await password.getAttribute('type'), 'password');
    await page.getByRole('button', { name: 'Toon het wachtwoord' }).click();
    assert.equal(await password.getAttribute('type'), 'text');
    await page.getByRole('button', { name: 'Verberg het wachtwoord' }).click();
    assert.equal(await password.getAttribute('type'), 'password');
    await page.getByLabel('Code', { exact: true }).fill('123456');
    await button(page, 'Aanmelden').click();
    await page.locator('.summary', { hasText: 'klopt niet' }).waitFor();

    // Pasting is welcome.
    await visitor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate((text) => navigator.clipboard.writeText(text), given.password);
    await password.fill('');
    await password.focus();
    await page.keyboard.press('Control+V');
    assert.equal(await password.inputValue(), given.password);
    await page.getByLabel('Code', { exact: true }).fill(given.code);
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Kies een eigen wachtwoord' }).waitFor();
    await visitor.look('the first password');
    assert.equal(await button(page, 'Afmelden').count(), 1);
    await page.getByLabel('Welkomstwachtwoord').fill(given.password);
    await page.getByLabel('Nieuw wachtwoord').fill('Kort1');
    assert.match(await page.locator('.meter').innerText(), /Zestien tekens of meer\s*: nog niet/);
    await button(page, 'Wachtwoord opslaan').click();
    await faultAt(page, 'Nieuw wachtwoord').waitFor();
    assert.equal(await page.getByLabel('Welkomstwachtwoord').inputValue(), given.password, 'what was typed stays');
    await page.getByLabel('Nieuw wachtwoord').fill(ownPassword);
    assert.doesNotMatch(await page.locator('.meter').innerText(), /nog niet/);
    await button(page, 'Wachtwoord opslaan').click();

    await page.getByRole('heading', { name: 'Stel een tweede factor in' }).waitFor();
    await button(page, 'App toevoegen').click();
    await page.getByRole('img', { name: 'QR-code voor uw app' }).waitFor();
    await visitor.look('the first factor');
    const secret = (await page.locator('code').innerText()).replaceAll(' ', '');
    await page.getByLabel('Naam', { exact: true }).fill('Mijn telefoon');
    await page.getByLabel('De code die uw app nu toont').fill('000000');
    await button(page, 'App toevoegen').click();
    await faultAt(page, 'De code die uw app nu toont').waitFor();
    await page.getByLabel('De code die uw app nu toont').fill(oneTimeCode(secret, Date.now() - 30000));
    await button(page, 'App toevoegen').click();
    await page.getByRole('heading', { name: 'Dossiers' }).waitFor();

    // The own account: a passkey and recovery codes.
    await page.getByRole('link', { name: /Mijn account/ }).click();
    await page.getByRole('heading', { name: 'Mijn account', level: 1 }).waitFor();
    await page.getByText('Mijn telefoon').waitFor();
    await visitor.look('the own account');
    await page.setViewportSize(sizes.phone);
    await visitor.look('the own account on a phone');
    await page.setViewportSize(sizes.desk);
    await button(page, 'Passkey toevoegen').click();
    await page.getByLabel('Naam', { exact: true }).fill('Deze computer');
    await button(page, 'Passkey toevoegen').click();
    await page.getByText('Deze computer').waitFor();
    await button(page, 'Nieuwe herstelcodes maken').click();
    await page.locator('.codes li').first().waitFor();
    const codes = await page.locator('.codes li').allInnerTexts();
    assert.equal(codes.length, 10);
    await visitor.look('the own account with new codes');

    // Back with the passkey, then with a recovery code.
    await button(page, 'Afmelden').click();
    await page.getByRole('heading', { name: 'Aanmelden' }).waitFor();
    await visitor.fillSignIn(userName, ownPassword);
    await button(page, 'Aanmelden met passkey').click();
    await page.getByRole('heading', { name: 'Dossiers' }).waitFor();
    await button(page, 'Afmelden').click();
    await page.getByRole('heading', { name: 'Aanmelden' }).waitFor();
    await visitor.fillSignIn(userName, ownPassword);
    await page.getByLabel('Code', { exact: true }).fill(codes[3]);
    await button(page, 'Aanmelden').click();
    await page.getByRole('heading', { name: 'Dossiers' }).waitFor();

    // A session of elsewhere is seen, and ended; the notices are seen.
    await visitor.go('/account');
    await page.getByText('U heeft nog 9 herstelcodes.').waitFor();
    await button(page, 'Ik heb ze gezien').click();
    await page.locator('.badge', { hasText: 'Nieuw' }).first().waitFor({ state: 'detached' });
    // Removing a factor asks first, and the focus comes back.
    await page.getByRole('button', { name: 'Verwijderen: Deze computer' }).click();
    await page.getByRole('dialog').waitFor();
    await visitor.look('removing a factor');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement.textContent === 'Verwijderen');
    await page.getByRole('button', { name: 'Verwijderen: Deze computer' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Verwijderen' }).click();
    await page.getByText('Deze computer', { exact: true }).waitFor({ state: 'detached' });

    // The other language, on the same page; chosen for the next visit too.
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    await visitor.go('/account');
    await page.getByRole('heading', { name: 'My account', level: 1 }).waitFor();
    await visitor.look('the own account in English');
    assert.deepEqual(visitor.faults, []);
    await visitor.close();
  });
}

test('a page that breaks every rule is found to do so', async () => {
  const visitor = await Visitor.open(browser, where, 'office');
  await visitor.go('/');
  await visitor.page.evaluate(() => {
    const image = document.createElement('img');
    image.src = 'https://example.org/x.png';
    const wide = document.createElement('div');
    wide.className = 'too-wide';
    wide.style.width = '1000px';
    wide.textContent = 'too wide';
    document.querySelector('main').append(image, wide, document.createElement('input'));
    try { document.querySelector('main').innerHTML += '<b>x</b>'; } catch { /* Trusted Types */ }
  });
  await assert.rejects(visitor.look('a bad page'), (error) => {
    const found = JSON.stringify(error.actual);
    for (const one of ['image-alt', 'label', 'sticks out']) assert.ok(found.includes(one), `${one} in ${found}`);
    return true;
  });
  const faults = visitor.faults.join('\n');
  for (const one of ['policy: img-src', 'policy: require-trusted-types-for']) assert.ok(faults.includes(one), `${one} in ${faults}`);
  await visitor.close();
});
