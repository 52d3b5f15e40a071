import { useId, useState } from '#fw';
import { go } from '../lib/router';
import { useText } from '../text/use_text';
import { Dialog } from '../ui/dialog';
import { Icon, type IconName } from '../ui/icon';

export interface Command { label: string; icon: IconName; run: () => void }
export const goingTo = (label: string, icon: IconName, href: string): Command => ({ label, icon, run: () => go(href) });

/** All that can be done from anywhere, found by typing a part of its name (a combobox with a list, WAI-ARIA 1.2). */
export function Palette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const { palette: text } = useText();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = commands.filter((one) => one.label.toLowerCase().includes(typed.trim().toLowerCase()));
  const current = Math.min(at, Math.max(0, found.length - 1));
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  return (
    <Dialog title={text.title} onClose={onClose}>
      <input
        type="text" role="combobox" aria-label={text.label} aria-expanded="true" aria-controls={id} aria-autocomplete="list" autoComplete="off"
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined} value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, current + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, current - 1));
          else if (event.key === 'Enter') run(found[current]);
          else return;
          event.preventDefault();
        }}
      />
      {found.length === 0 && <p class="muted" role="status">{text.nothing}</p>}
      <div id={id} role="listbox" aria-label={text.title} class="palette">
        {found.map((command, i) => (
          // The keys are those of the field above: an option itself never has the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div key={command.label} class="option" id={`${id}-${i}`} role="option" aria-selected={i === current} tabIndex={-1} onClick={() => run(command)}>
            <Icon name={command.icon} /><span>{command.label}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
