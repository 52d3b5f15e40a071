import { office } from '../../lib/api';
import { count, moment } from '../../lib/format';
import { useSession } from '../../lib/session';
import { useLoad } from '../../lib/use_load';
import { NotFound } from '../../shell/not_found';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Table } from '../../ui/table';
import { BankUpload, type BankAnswer } from './bank_upload';
import { HeldPayments } from './held_payments';

function AnswerRow({ answer }: { answer: BankAnswer }) {
  const { payments: { bank: text } } = useText();
  const numbers = [[text.accepted, answer.accepted], [text.rejected, answer.rejected], [text.returned, answer.returned], [text.notOurs, answer.not_ours]] as const;
  return (
    <tr>
      <td class="numbers">{moment(answer.read_at)}<div class="muted small">{answer.kind}, {text.digest} <code>{answer.digest.slice(0, 8)}</code></div></td>
      {numbers.map(([name, value]) => <td key={name} data-label={name} class="amount">{count(value)}</td>)}
    </tr>
  );
}

/** What the bank sent back: a file is read, what it did not pay is decided about, and the files that were read stand below. */
function BankHere() {
  const { payments: { bank: text } } = useText();
  const answers = useLoad((signal) => office.get('/api/v1/bank-answers', { signal }), []);
  const held = useLoad((signal) => office.get('/api/v1/held-payments', { signal }), []);
  const heads = [text.readAt, ...[text.accepted, text.rejected, text.returned, text.notOurs].map((name) => <span key={name} class="amount">{name}</span>)];
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <div class="stack">
        <BankUpload
          onTaken={() => {
            answers.reload();
            held.reload();
          }}
        />
        <HeldPayments list={held} />
        <Card title={text.files}>
          <Loaded of={answers}>
            {(data) => (data.answers.length === 0 ? <Empty icon="document"><p>{text.noFiles}</p></Empty>
              : <Table heads={heads}>{data.answers.map((one) => <AnswerRow key={one.digest} answer={one} />)}</Table>)}
          </Loaded>
        </Card>
      </div>
    </>
  );
}

export default function Bank() {
  const { session: { role } } = useSession();
  return role === 'payments' ? <BankHere /> : <NotFound />;
}
