import type { components } from '../../api/office';
import { office } from '../../lib/api';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { ChoicesField } from '../../ui/choices_field';
import { Dialog } from '../../ui/dialog';
import { Form, refuse } from '../../ui/form';
import { Loaded } from '../../ui/loaded';

export type Waiting = components['schemas']['WaitingAccount'];

const inFours = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** The account whole, as the bank is asked about it, and the one that it would come instead of. */
function Whole({ one }: { one: Waiting }) {
  const { payments: { accounts: text } } = useText();
  const load = useLoad((signal) => office.get('/api/v1/cases/{case}/payee-accounts', { path: { case: one.case }, signal }), [one.account]);
  return (
    <Loaded of={load} rows={2}>
      {({ accounts }) => {
        const wanted = accounts.find(({ account }) => account === one.account);
        const now = accounts.find(({ state }) => state === 'approved');
        return (
          <dl class="facts">
            <dt>{text.iban}</dt><dd><code>{wanted ? inFours(wanted.iban) : one.masked}</code></dd>
            <dt>{text.holder}</dt><dd>{wanted?.holder ?? one.holder}</dd>
            {now && <><dt>{text.before}</dt><dd><code>{inFours(now.iban)}</code><div class="muted small">{now.holder}</div></dd></>}
          </dl>
        );
      }}
    </Loaded>
  );
}

/** Approves an account by what the bank said of it, or refuses it. */
export function JudgeAccount({ one, onDone, onClose }: { one: Waiting; onDone: (sentence: string) => void; onClose: () => void }) {
  const { payments: { accounts: text }, states } = useText();
  const path = { account: one.account };
  async function send({ how, check = '' }: Record<string, string>): Promise<void> {
    if (how === 'refuse') {
      await office.del('/api/v1/payee-accounts/{account}', { path });
      onDone(text.refused);
      return;
    }
    if (check === '') refuse({ field: 'check', code: 'missing', detail: text.checkMissing });
    await office.post('/api/v1/payee-accounts/{account}/approval', { check: check as components['schemas']['PayeeCheck'] }, { path });
    onDone(text.approved);
  }
  return (
    <Dialog title={text.judgeTitle} onClose={onClose}>
      <div><Badge kind={one.is_first ? 'plain' : 'warn'}>{one.is_first ? text.first : text.changed}</Badge></div>
      <Whole one={one} />
      <p>{text.judgeWhy}</p>
      <Form
        onSend={send}
        buttons={(isBusy) => (
          <>
            <Button kind="primary" how="approve" isBusy={isBusy}>{text.approve}</Button>
            <Button kind="danger" how="refuse" isBusy={isBusy}>{text.refuse}</Button>
            <Button kind="quiet" onClick={onClose}>{states.cancel}</Button>
          </>
        )}
      >
        <ChoicesField name="check" label={text.check} kind="one" choices={text.checks} />
      </Form>
    </Dialog>
  );
}
