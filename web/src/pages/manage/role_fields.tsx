import { useState } from '#fw';
import { common } from '../../lib/api';
import { useLoad } from '../../lib/use_load';
import { useText } from '../../text/use_text';
import { SelectField } from '../../ui/select_field';
import { TextField } from '../../ui/text_field';

const rolesOf = {
  office: ['case_manager', 'benefit_specialist', 'payments', 'employer', 'client', 'privacy_officer', 'security_officer', 'auditor'],
  medical: ['company_doctor', 'insurance_doctor', 'delegated_staff', 'client', 'privacy_officer', 'doctor_auditor'],
};

/** The role of an account, and what belongs to that role. */
export function RoleFields({ side }: { side: 'office' | 'medical' }) {
  const { manage: { accounts: text }, roles } = useText();
  const [role, setRole] = useState('');
  const users = useLoad((signal) => common.get('/api/v1/users', { signal }), []);
  const doctors = (users.data?.users ?? []).filter((one) => !one.is_closed && ['company_doctor', 'insurance_doctor'].includes(one.role));
  return (
    <>
      <SelectField
        name="role" label={text.role} empty={text.chooseRole} onChange={setRole}
        options={rolesOf[side].map((one) => ({ value: one, label: roles[one] ?? one }))}
      />
      {role === 'employer' && <TextField name="employer" label={text.employer} maxLength={40} width="medium" />}
      {role === 'client' && <TextField name="person" label={text.person} maxLength={36} />}
      {role === 'delegated_staff' && (
        <SelectField
          name="responsible" label={text.responsible} empty={text.chooseDoctor}
          options={doctors.map((one) => ({ value: one.user, label: one.display_name }))}
        />
      )}
    </>
  );
}
