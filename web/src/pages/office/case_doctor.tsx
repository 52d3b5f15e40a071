import { useState } from '#fw';
import type { components, paths } from '../../api/office';
import { office, type AnswerOf } from '../../lib/api';
import { useSession } from '../../lib/session';
import { useLoad, type Load } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Form, refuse } from '../../ui/form';
import { Loaded } from '../../ui/loaded';
import { SelectField } from '../../ui/select_field';
import type { Change } from './case_change';

export type Doctors = Load<AnswerOf<paths, '/api/v1/doctors'>>;

/** The doctors a case can be given to, for who gives it where they are shown; nobody else asks. Beside the case, so that neither waits for the other. */
export function useDoctors(areShown: boolean): Doctors {
  const { session } = useSession();
  const gives = areShown && session.role === 'case_manager';
  return useLoad((signal) => (gives ? office.get('/api/v1/doctors', { signal }) : Promise.resolve({ doctors: [] })), [gives]);
}

/** Which doctor has the case, and the way to name one. */
export function CaseDoctor({ file, doctors, change }: { file: components['schemas']['Case']; doctors: Doctors; change: Change }) {
  const { office: { file: text } } = useText();
  const [isDone, setIsDone] = useState(false);
  return (
    <Card title={text.doctor}>
      {isDone && <Alert kind="ok">{text.assigned}</Alert>}
      {file.doctor === null && !isDone && <Alert kind="warn">{text.noDoctor}</Alert>}
      <Loaded of={doctors} rows={1}>
        {(data) => (
          <Form
            onSend={async ({ doctor = '' }) => {
              if (doctor === '') refuse({ field: 'doctor', code: 'missing', detail: text.chooseDoctor });
              await change((headers) => office.put('/api/v1/cases/{case}/doctor', { doctor }, { path: { case: file.case }, headers }));
              setIsDone(true);
            }}
            buttons={(isBusy) => <Button kind={file.doctor === null ? 'primary' : 'plain'} type="submit" isBusy={isBusy}>{file.doctor === null ? text.assign : text.changeDoctor}</Button>}
          >
            <SelectField
              name="doctor" label={text.doctor} empty={text.chooseDoctor} defaultValue={file.doctor ?? ''}
              options={data.doctors.map((one) => ({ value: one.doctor, label: one.name }))}
            />
          </Form>
        )}
      </Loaded>
    </Card>
  );
}
