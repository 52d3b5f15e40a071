import { searchOf, type Search } from '../../lib/case_search';
import { useText } from '../../text/use_text';
import { Button } from '../../ui/button';
import { Form, refuse } from '../../ui/form';
import { TextField } from '../../ui/text_field';

/** Finds the cases of one citizen by BSN, of people by the beginning of their surname, or one by its number: digits are a BSN. */
export function CaseSearch({ isSearched, onSearch }: { isSearched: boolean; onSearch: (search: Search | null) => void }) {
  const text = useText();
  const words = text.office.cases;
  return (
    <Form
      isInline
      onSend={async ({ search = '' }) => {
        const found = searchOf(search);
        if (found === 'not_a_bsn') refuse({ field: 'search', code: found, detail: words.notABsn });
        if (found === 'too_short') refuse({ field: 'search', code: found, detail: words.tooShort });
        onSearch(found);
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
