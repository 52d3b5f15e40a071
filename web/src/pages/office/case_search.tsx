import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Form, refuse } from '../../ui/form';
import { TextField } from '../../ui/text_field';

/** Nine digits that pass the eleven test, as the program will ask of them. */
function isBsn(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i), 0);
  return sum % 11 === 0;
}

/** Finds the cases of one citizen. */
export function CaseSearch({ searched, onSearch }: { searched: string; onSearch: (bsn: string) => void }) {
  const text = useText();
  const words = text.office.cases;
  return (
    <Form
      isInline
      onSend={async ({ bsn = '' }) => {
        const digits = bsn.replaceAll(/[\s.]/g, '');
        if (!isBsn(digits)) refuse({ field: 'bsn', code: 'not_a_bsn', detail: words.searchHint });
        onSearch(digits);
      }}
      buttons={(isBusy) => (
        <>
          <Button type="submit" icon="search" isBusy={isBusy}>{words.search}</Button>
          {searched !== '' && <Button kind="quiet" onClick={() => onSearch('')}>{words.clear}</Button>}
        </>
      )}
    >
      <TextField name="bsn" label={words.searchLabel} hint={words.searchHint} inputMode="numeric" maxLength={15} width="medium" isSearch />
    </Form>
  );
}
