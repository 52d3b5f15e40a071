import { useText } from '../../text/use_text';
import { SelectField } from '../../ui/select_field';
import { TextField } from '../../ui/text_field';
import { ResponsibleField } from './responsible_field';

const rolesOf = {
  office: ['case_manager', 'benefit_specialist', 'payments', 'employer', 'client', 'privacy_officer', 'security_officer', 'auditor'],
  medical: ['company_doctor', 'insurance_doctor', 'delegated_staff', 'client', 'privacy_officer', 'doctor_auditor'],
};

/** The role of an account, and what belongs to that role. */
export function RoleFields({ side, role, onRole }: { side: 'office' | 'medical'; role: string; onRole: (role: string) => void }) {
  const { manage: { accounts: text }, roles } = useText();
  return (
    <>
      <SelectField
        name="role" label={text.role} empty={text.chooseRole} onChange={onRole}
        options={rolesOf[side].map((one) => ({ value: one, label: roles[one] ?? one }))}
      />
      {role === 'employer' && <TextField name="employer" label={text.employer} maxLength={40} width="medium" />}
      {role === 'client' && <TextField name="person" label={text.person} maxLength={36} />}
      {role === 'delegated_staff' && <ResponsibleField />}
    </>
  );
}
