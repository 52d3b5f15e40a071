import { useState } from '#fw';
import { medical } from '../../lib/api';
import { day, moment, today } from '../../lib/format';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Confirm } from '../../ui/confirm';
import { Dialog } from '../../ui/dialog';
import { DialogForm } from '../../ui/dialog_form';
import { Loaded } from '../../ui/loaded';
import { TextAreaField } from '../../ui/text_area_field';

/** What the client asked of this file and what came of it, newest first; for the doctor, who decides. Not there when nothing was asked. */
export function FileRequests({ id }: { id: string }) {
  const { medical: { fileRequest: text } } = useText();
  const requests = useLoad((signal) => medical.get('/api/v1/cases/{case}/file-requests', { path: { case: id }, signal }), [id]);
  const [asked, setAsked] = useState<'give' | 'refuse' | null>(null);
  const close = () => setAsked(null);
  const newest = requests.data?.file_requests[0];
  // Nobody waits for this part of the page, but that it does not come must be seen.
  if (!newest) return requests.error ? <Loaded of={requests}>{() => null}</Loaded> : null;
  const decide = async (decision: 'given' | 'refused', reason?: string) => {
    await medical.post('/api/v1/file-requests/{file_request}/decision', { decision, ...(reason === undefined ? {} : { reason }) }, { path: { file_request: newest.file_request } });
    requests.reload();
  };
  if (newest.decision === 'given') return <Alert kind="info">{text.given(moment(newest.decided_at ?? ''), day(newest.readable_until ?? ''))}</Alert>;
  if (newest.decision === 'refused') return <Alert kind="info">{text.refused(moment(newest.decided_at ?? ''), newest.reason ?? '')}</Alert>;
  return (
    <>
      <Card title={text.title}>
        <div class="row"><span>{text.open(moment(newest.asked_at), day(newest.answer_by))}</span>{newest.answer_by < today() && <Badge kind="bad" icon="clock">{text.late}</Badge>}</div>
        <div class="row">
          <Button kind="primary" onClick={() => setAsked('give')}>{text.give}</Button>
          <Button kind="danger" onClick={() => setAsked('refuse')}>{text.refuse}</Button>
        </div>
      </Card>
      {asked === 'give' && <Confirm title={text.giveTitle} why={text.giveWhy} action={text.give} onConfirm={() => decide('given')} onClose={close} />}
      {asked === 'refuse' && <RefuseDialog onRefuse={(reason) => decide('refused', reason)} onClose={close} />}
    </>
  );
}

/** Asks for the reason, which the client reads. */
function RefuseDialog({ onRefuse, onClose }: { onRefuse: (reason: string) => Promise<void>; onClose: () => void }) {
  const { medical: { fileRequest: text } } = useText();
  return (
    <Dialog title={text.refuseTitle} onClose={onClose}>
      <p>{text.refuseWhy}</p>
      <DialogForm
        action={text.refuse} isHarmful onCancel={onClose}
        onSend={async ({ reason = '' }) => {
          await onRefuse(reason);
          onClose();
        }}
      >
        <TextAreaField name="reason" label={text.reason} hint={text.reasonHint} maxLength={1000} />
      </DialogForm>
    </Dialog>
  );
}
