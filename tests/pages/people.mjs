// Who is reported sick by clicking: one list for all tests of pages, so that nobody is reported twice.
import { reports } from '../http/made_up.mjs';

export const report = reports(4);

/** Names the doctor of a case, from a page where its case manager is signed in: with the version that the case has now. */
export async function nameDoctor(page, id, name) {
  const status = await page.evaluate(async ([path, wanted]) => {
    const seen = await fetch(path);
    const { doctors } = await (await fetch('/api/v1/doctors')).json();
    const { doctor } = doctors.find((one) => one.name === wanted);
    const answer = await fetch(`${path}/doctor`, {
      method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': seen.headers.get('ETag') }, body: JSON.stringify({ doctor }),
    });
    return answer.status;
  }, [`/api/v1/cases/${id}`, name]);
  if (status !== 204) throw new Error(`naming the doctor of a case: ${status}`);
}
