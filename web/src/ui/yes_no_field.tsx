import { useText } from '../text/use_text';
import { SelectField } from './select_field';
import type { FieldProps } from './field';

/** Yes, no, or not known. */
export function YesNoField(field: FieldProps) {
  const { states } = useText();
  return <SelectField {...field} empty={states.unknown} options={[{ value: 'true', label: states.yes }, { value: 'false', label: states.no }]} />;
}
