import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';

/** Which keys there are. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { keys: text, states } = useText();
  return (
    <Dialog title={text.title} onClose={onClose}>
      <dl class="facts">{text.list.map(([key, what]) => [<dt key={key}><kbd>{key}</kbd></dt>, <dd key={what}>{what}</dd>])}</dl>
      <div class="buttons"><Button kind="primary" onClick={onClose}>{states.close}</Button></div>
    </Dialog>
  );
}
