import { useId } from '#fw';
import { Icon } from './icon';

/** Chooses a file. The browser's own control speaks the language of the browser, not of the page: it is there, but not seen. `of` is what it is chosen for. */
export function FileButton({ label, of, accept, onChoose }: { label: string; of?: string; accept: string; onChoose: (file: File) => void }) {
  const id = useId();
  return (
    <div class="file-button">
      <input
        id={id} type="file" accept={accept} class="visually-hidden"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';  // the same file can be chosen again
          if (file) onChoose(file);
        }}
      />
      <label class="button" for={id}><Icon name="upload" /><span>{label}{of !== undefined && <span class="visually-hidden"> {of}</span>}</span></label>
    </div>
  );
}
