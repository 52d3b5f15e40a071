import { useId, useState } from '#fw';
import { Icon } from './icon';

interface Props { prompt: string; label: string; accept: string; onChoose: (file: File) => void }

/** A place to drag a file to, with a button beside it for who does not drag. */
export function FileDrop({ prompt, label, accept, onChoose }: Props) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      class={isOver ? 'drop over' : 'drop'} role="group" aria-label={label}
      onDragOver={(event) => { event.preventDefault(); setIsOver(true); }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const file = event.dataTransfer?.files[0];
        if (file) onChoose(file);
      }}
    >
      <span aria-live="polite">{prompt}</span>
      <input
        id={id} type="file" accept={accept}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onChoose(file);
        }}
      />
      <label class="button" for={id}><Icon name="upload" /><span>{label}</span></label>
    </div>
  );
}
