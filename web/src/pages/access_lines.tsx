import { common, type AnswerOf } from '../lib/api';
import type { paths } from '../api/office';
import { moment } from '../lib/format';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Card } from '../ui/card';
import { Empty } from '../ui/empty';
import { Link } from '../ui/link';
import { Loaded } from '../ui/loaded';

type Line = AnswerOf<paths, '/api/v1/own-access-log'>['lines'][number];

/** Who looked in the file of the client, a line each. */
export function AccessLines({ lines }: { lines: readonly Line[] }) {
  const { manage: { ownLog: text } } = useText();
  return (
    <>
      {lines.length === 0 && <Empty icon="shield"><p>{text.none}</p></Empty>}
      <ul class="things">
        {lines.map((line) => <li key={line.at + line.text}><div>{line.text}</div><span class="muted small numbers">{moment(line.at)}</span></li>)}
      </ul>
    </>
  );
}

const newest = 3;

/** The newest of them, and the way to all. */
export function WhoLooked() {
  const { client: text } = useText();
  const page = useLoad((signal) => common.get('/api/v1/own-access-log', { signal }), []);
  return (
    <Card title={text.whoLooked} actions={<Link href="/own-log" label={`${text.allLooks}: ${text.whoLooked}`}>{text.allLooks}</Link>}>
      <Loaded of={page}>{({ lines }) => <AccessLines lines={lines.slice(0, newest)} />}</Loaded>
    </Card>
  );
}
