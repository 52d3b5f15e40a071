import { medical } from '../../lib/api';
import { day } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { weekNow } from '../../lib/weeks';
import { NotFound } from '../../shell/not_found';
import type { PageProps } from '../../shell/side';
import { useText } from '../../text/use_text';
import { Card } from '../../ui/card';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Loaded } from '../../ui/loaded';
import { PageHead } from '../../ui/page_head';
import { WhoLooked } from '../access_lines';
import { OwnRequest } from './own_request';
import { SentLetters } from './sent_letters';

/** The own medical file of a client: the letters, the notes once the doctor gave them, and who looked. */
export default function OwnFile({ values: { case: id = '', tab } }: PageProps) {
  const { client: text } = useText();
  const file = useLoad((signal) => medical.get('/api/v1/cases/{case}', { path: { case: id }, signal }), [id]);
  const letters = useLoad((signal) => medical.get('/api/v1/cases/{case}/letters', { path: { case: id }, signal }), [id]);
  if (tab !== undefined) return <NotFound />;
  return (
    <>
      <PageHead title={text.file.title} intro={text.file.intro} back={<Link class="back" href="/cases"><Icon name="back" />{text.file.back}</Link>} />
      <Loaded of={file} rows={6}>
        {({ first_sick_day: since }) => (
          <>
            <p class="row"><strong>{text.caseSince(day(since))}</strong><span class="muted numbers">{text.caseWeek(weekNow(since))}</span></p>
            <Card title={text.letters}>
              <p class="muted">{text.file.lettersMean}</p>
              <Loaded of={letters}>{(data) => <SentLetters letters={data.letters} none={text.file.noLetters} />}</Loaded>
            </Card>
            <OwnRequest id={id} />
            <WhoLooked />
          </>
        )}
      </Loaded>
    </>
  );
}
