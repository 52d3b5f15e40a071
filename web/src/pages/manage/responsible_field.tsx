import { common } from '../../lib/api';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Loaded } from '../../ui/loaded';
import { SelectField } from '../../ui/select_field';
import type { User } from './accounts';

const doctors = ['company_doctor', 'insurance_doctor'];

/** All doctors with an open account, on whichever page of the accounts they stand. */
async function openDoctors(signal: AbortSignal): Promise<User[]> {
  const found: User[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: { users: User[]; next: string | null } = await common.get('/api/v1/users', { query: { after }, signal });
    found.push(...page.users.filter((one) => !one.is_closed && doctors.includes(one.role)));
    after = page.next;
  }
  return found;
}

/** The doctor for whom staff works. Asked for only when it shows: each look at the accounts is a line in the log. */
export function ResponsibleField() {
  const { manage: { accounts: text } } = useText();
  const list = useLoad(openDoctors, []);
  return (
    <Loaded of={list} rows={1}>
      {(found) => (
        <SelectField
          name="responsible" label={text.responsible} empty={text.chooseDoctor} hint={found.length === 0 ? text.noDoctors : undefined}
          options={found.map((one) => ({ value: one.user, label: `${one.display_name} (${one.user_name})` }))}
        />
      )}
    </Loaded>
  );
}
