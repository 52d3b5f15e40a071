import { common } from '../lib/api';
import { today } from '../lib/format';
import { go, usePlace, withQuery } from '../lib/router';
import { useSession } from '../lib/session';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { SelectField } from '../ui/select_field';

/** Whose cases are shown: the own, or those of a colleague who handed them over for now. Not there when nobody did. */
export function WhoseCases({ of }: { of: string }) {
  const { office: { cases: text } } = useText();
  const { session } = useSession();
  const place = usePlace();
  const mandates = useLoad((signal) => common.get('/api/v1/mandates', { signal }), []);
  const now = today();
  const colleagues = (mandates.data?.mandates ?? []).filter((one) => one.given_to === session.user && one.starts_on <= now && now <= one.ends_on);
  if (colleagues.length === 0) return null;
  return (
    <SelectField
      name="of" label={text.whose} defaultValue={of} empty={text.mine}
      options={colleagues.map((one) => ({ value: one.given_by, label: text.inPlaceOf(one.given_by_name) }))}
      onChange={(value) => go(withQuery(place, { of: value, after: '' }))}
    />
  );
}
