import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Form, refuse } from '../../ui/form';
import { TextField } from '../../ui/text_field';

export type Search = { bsn: string } | { last_name: string } | { number: string };

/** Nine digits that pass the eleven test, as the program will ask of them. */
function isBsn(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || digits === '000000000') return false;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i), 0);
  return sum % 11 === 0;
}

/** Finds the cases of one citizen by BSN, of people by the beginning of their surname, or one by its number: digits are a BSN. */
export function CaseSearch({ isSearched, onSearch }: { isSearched: boolean; onSearch: (search: Search | null) => void }) {
  const text = useText();
  const words = text.office.cases;
  return (
    <Form
      isInline
      onSend={async ({ search = '' }) => {
        const typed = search.trim();
        const digits = typed.replaceAll(/[\s.]/g, '');
        if (/^z[-\d]/i.test(digits)) {
          onSearch({ number: typed });
        } else if (/^\d/.test(digits)) {
          if (!isBsn(digits)) refuse({ field: 'search', code: 'not_a_bsn', detail: words.notABsn });
          onSearch({ bsn: digits });
        } else {
          if ((typed.match(/\p{L}/gu) ?? []).length < 3) refuse({ field: 'search', code: 'too_short', detail: words.tooShort });
          onSearch({ last_name: typed });
        }
      }}
      buttons={(isBusy) => (
        <>
          <Button type="submit" icon="search" isBusy={isBusy}>{words.search}</Button>
          {isSearched && <Button kind="quiet" onClick={() => onSearch(null)}>{words.clear}</Button>}
        </>
      )}
    >
      <TextField name="search" label={words.searchLabel} hint={words.searchHint} maxLength={200} isSearch />
    </Form>
  );
}
