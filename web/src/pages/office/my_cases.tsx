import { office } from '../../lib/api';
import { usePlace } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Empty } from '../../ui/empty';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { OwnCaseList } from '../own_case_list';
import { MyCase } from './my_case';

/** Where a client begins: the only case itself, or which of them. */
export default function MyCases() {
  const { client: text } = useText();
  const after = usePlace().query.get('after') ?? '';
  const page = useLoad((signal) => office.get('/api/v1/cases', { query: { after }, signal }), [after]);
  return (
    <>
      <PageHead title={text.title} />
      <Loaded of={page} rows={6}>
        {({ cases, next }) => {
          const [first] = cases;
          if (!first) return <Empty><p>{text.none}</p><Link class="button" href="/report">{text.report}</Link></Empty>;
          if (cases.length === 1 && after === '' && next === null) return <MyCase id={first.case} />;
          return <><OwnCaseList cases={cases} /><Pager next={next} /></>;
        }}
      </Loaded>
    </>
  );
}
