import { common } from '../../lib/api';
import { usePlace } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { AccessLines } from '../access_lines';

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
              <AccessLines lines={lines} />
              <Pager next={next} />
            </>
          )}
        </Loaded>
      </Card>
    </>
  );
}
