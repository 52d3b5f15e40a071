// Every page of both sides: who sees it, where, and what stands there when it is whole. What a case is called is filled in.
export const places = [
  ['office', null, '/', 'sign-in', 'Aanmelden'],
  ['office', 'casemanager', '/cases', 'cases', 'Dossiers'],
  ['office', 'casemanager', '/cases/{case}', 'case', ''],
  ['office', 'casemanager', '/cases/{case}/letters', 'case-letters', ''],
  ['office', 'casemanager', '/cases/{case}/documents', 'case-documents', ''],
  ['office', 'casemanager', '/cases/{case}/benefit', 'case-benefit', ''],
  ['office', 'casemanager', '/mandates', 'mandates', 'Waarneming'],
  ['office', 'casemanager', '/account', 'account', 'Mijn account'],
  ['office', 'casemanager', '/nowhere', 'not-found', 'Deze pagina is er niet'],
  ['office', 'werkgever', '/home', 'employer-home', 'Overzicht'],
  ['office', 'werkgever3', '/home', 'small-employer-home', 'Overzicht'],
  ['office', 'werkgever', '/cases', 'employer-cases', 'Onze zieke medewerkers'],
  ['office', 'werkgever', '/report', 'sick-report', 'Ziekmelden'],
  ['office', 'werkgever', '/import', 'import', 'Bestand inlezen'],
  ['office', 'client', '/cases', 'client-cases', 'Mijn ziekmelding'],
  ['office', 'client2', '/cases', 'client-case', 'Mijn ziekmelding'],
  ['office', 'client', '/own-log', 'own-log', 'Wie keek in mijn dossier'],
  ['office', 'uitkering', '/cases', 'specialist-cases', 'Dossiers'],
  ['office', 'uitkering', '/cases/{case}', 'specialist-case', ''],
  ['office', 'uitkering', '/cases/{case}/benefit', 'benefit', ''],
  ['office', 'uitkering', '/cases/{case}/benefit-facts', 'benefit-facts', ''],
  ['office', 'uitkering', '/cases/{case}/documents', 'specialist-documents', ''],
  ['office', 'beheer', '/accounts', 'accounts', 'Accounts'],
  ['office', 'beheer', '/proposals', 'proposals', 'Voorstellen'],
  ['office', 'beheer', '/machines', 'machines', 'Koppelingen'],
  ['office', 'auditor', '/log', 'log', 'Logboek'],
  ['office', 'uitkering', '/runs', 'runs', 'Uitkeringsruns'],
  ['office', 'uitkering', '/runs/{run}', 'run', ''],
  ['office', 'uitkering', '/payments', 'payments-read', 'Betalingen'],
  ['office', 'uitkering2', '/payee-accounts', 'payee-accounts', 'Rekeningen'],
  ['office', 'auditor', '/runs', 'runs-of-auditor', 'Uitkeringsruns'],
  ['office', 'betalingen', '/payments', 'payments', 'Betalingen'],
  ['office', 'betalingen', '/payments/{batch}', 'batch', ''],
  ['office', 'betalingen', '/bank', 'bank', 'Bank'],
  ['office', 'betalingen', '/runs/{run}', 'run-of-payments', ''],
  ['office', 'auditor', '/payments', 'payments-of-auditor', 'Betalingen'],
  ['office', 'ciso', '/releases', 'releases', 'Quarantaine'],
  ['medical', null, '/', 'medical-sign-in', 'Aanmelden'],
  ['medical', 'bedrijfsarts', '/cases', 'medical-cases', 'Dossiers'],
  ['medical', 'bedrijfsarts', '/cases/{case}', 'medical-case', ''],
  ['medical', 'bedrijfsarts', '/cases/{case}/abilities', 'medical-abilities', ''],
  ['medical', 'bedrijfsarts', '/cases/{case}/letters', 'medical-letters', ''],
  ['medical', 'bedrijfsarts', '/cases/{case}/documents', 'medical-documents', ''],
  ['medical', 'bedrijfsarts', '/mandates', 'medical-mandates', 'Waarneming'],
  ['medical', 'privacy', '/emergencies', 'emergencies', 'Noodtoegang'],
  ['medical', 'artsauditor', '/releases', 'medical-releases', 'Quarantaine'],
  ['medical', 'accountbeheer', '/accounts', 'medical-accounts', 'Accounts'],
  ['medical', 'client', '/cases', 'own-files', 'Mijn medisch dossier'],
  ['medical', 'client', '/cases/{case}', 'own-file', 'Mijn medisch dossier'],
  ['medical', 'client2', '/cases', 'no-own-files', 'Mijn medisch dossier'],
  ['medical', 'client', '/own-log', 'medical-own-log', 'Wie keek in mijn dossier'],
].map(([side, userName, path, name, heading]) => ({ side, userName, path, name, heading }));

/** Where the first of what is called so in an address stands: the page that lists it, and the link to it. */
const lists = {
  case: ['/cases', 'tbody a, .things a[href^="/cases/"]'],
  run: ['/runs', 'tbody a[href^="/runs/"]'],
  batch: ['/payments', 'tbody a[href^="/payments/"]'],
};

/** Goes to a page and waits until it is whole; the first case, run or batch is opened where one belongs in the address. */
export async function goTo(visitor, { path, heading }) {
  let address = path;
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  if (name) {
    const [list, selector] = lists[name];
    await visitor.go(list);
    const link = visitor.page.locator(selector).first();
    await link.waitFor();
    address = path.replace(`{${name}}`, new URL(await link.evaluate((one) => one.href)).pathname.split('/').at(-1));
  }
  await visitor.go(address);
  if (heading) await visitor.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await visitor.page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
