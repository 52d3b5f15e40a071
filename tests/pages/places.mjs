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

/** Goes to a page and waits until it is whole; whose first case is opened where one belongs in the address. */
export async function goTo(visitor, { path, heading }) {
  let address = path;
  if (path.includes('{case}')) {
    await visitor.go('/cases');
    const link = visitor.page.locator('tbody a, .things a[href^="/cases/"]').first();
    await link.waitFor();
    address = path.replace('{case}', new URL(await link.evaluate((one) => one.href)).pathname.split('/').at(-1));
  }
  await visitor.go(address);
  if (heading) await visitor.page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await visitor.page.locator('.skeleton').first().waitFor({ state: 'detached' });
}
