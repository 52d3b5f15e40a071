import { common } from '../../lib/api';
import { moment } from '../../lib/format';
import { usePlace } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';

/** Who looked in the file of the client that asks, in words. */
export default function OwnAccessLog() {
  const { manage: { ownLog: text } } = useText();
  const after = usePlace().query.get('after') ?? '';
  const page = useLoad((signal) => common.get('/api/v1/own-access-log', { query: { after }, signal }), [after]);
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Card>
        <Loaded of={page}>
          {({ lines, next }) => (
            <>
              {lines.length === 0 && <Empty icon="shield"><p>{text.none}</p></Empty>}
              <ul class="things">
                {lines.map((line) => <li key={line.at + line.text}><div>{line.text}</div><span class="muted small numbers">{moment(line.at)}</span></li>)}
              </ul>
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </Card>
    </>
  );
}
