import { medical } from '../../lib/api';
import { usePlace } from '../../lib/router';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Empty } from '../../ui/empty';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { Pager } from '../../ui/pager';
import { OwnCaseList } from '../own_case_list';

/** The medical files of the client who looks. */
export default function OwnFiles() {
  const { client: { file: text } } = useText();
  const after = usePlace().query.get('after') ?? '';
  const page = useLoad((signal) => medical.get('/api/v1/cases', { query: { after }, signal }), [after]);
  return (
    <>
      <PageHead title={text.title} intro={text.intro} />
      <Loaded of={page}>
        {({ cases, next }) => (cases.length === 0 ? <Empty icon="folder"><p>{text.none}</p></Empty> : <><OwnCaseList cases={cases} /><Pager next={next} /></>)}
      </Loaded>
    </>
  );
}
