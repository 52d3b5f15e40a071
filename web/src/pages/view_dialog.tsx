import { useEffect, useRef, useState } from '#fw';
import { ask } from '../lib/api';
import { useLoad } from '../lib/use_load';
import { useText } from '../text/use_text';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Loaded } from '../ui/loaded';
import type { Document } from './document_item';

/** The kinds of which the program draws pages. */
const drawn: readonly (string | null)[] = ['application/pdf', 'image/jpeg', 'image/png', 'image/heic', 'image/tiff'];
export const canShow = (one: Document) => drawn.includes(one.media_type);

interface Page { number: number; pages: number; picture: ImageBitmap }

async function pageOf(document: string, number: number, signal: AbortSignal): Promise<Page> {
  const answer = await ask('get', '/api/v1/documents/{document}/pages/{page}', undefined,
    { path: { document, page: String(number) }, headers: { Accept: 'image/png, application/problem+json' }, signal });
  return { number, pages: Number(answer.headers.get('K7-Pages')), picture: await createImageBitmap(await answer.blob()) };
}

/** The pixels themselves: an <img> would ask for the page once more, and leave a second line in the log. */
function Picture({ picture, label }: { picture: ImageBitmap; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const shown = canvas.current;
    if (!shown) return;
    shown.width = picture.width;
    shown.height = picture.height;
    shown.getContext('2d')?.drawImage(picture, 0, 0);
  }, [picture]);
  return <canvas ref={canvas} class="page-picture" role="img" aria-label={label} />;
}

/** The pages of a document, one at a time, as the program drew them: nothing of the document itself comes into the browser. */
export function ViewDialog({ document: one, onClose }: { document: Document; onClose: () => void }) {
  const { documents: text, states } = useText();
  const [number, setNumber] = useState(1);
  const page = useLoad((signal) => pageOf(one.document, number, signal), [one.document, number]);
  // Known from the first page that came, also while another does not come.
  const known = useRef(1);
  if (page.data) known.current = page.data.pages;
  const pages = known.current;
  const go = (by: 1 | -1) => setNumber((before) => Math.min(known.current, Math.max(1, before + by)));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === 'ArrowRight') go(1);
      if (event.key === 'ArrowLeft') go(-1);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const name = one.file_name ?? '';
  return (
    <Dialog title={name} isWide onClose={onClose}>
      <div class="row">
        {pages > 1 && <Button isOff={number === 1} onClick={() => go(-1)}>{text.previousPage}</Button>}
        {pages > 1 && <Button isOff={number === pages} onClick={() => go(1)}>{text.nextPage}</Button>}
        <span role="status">{page.data && text.page(page.data.number, pages)}</span>
        <a class="button quiet" href={`/api/v1/documents/${one.document}`} download={name}>{text.download}</a>
        <Button kind="primary" onClick={onClose}>{states.close}</Button>
      </div>
      <Loaded of={page} rows={8}>
        {(shown) => <Picture picture={shown.picture} label={text.pageOf(shown.number, shown.pages, name)} />}
      </Loaded>
    </Dialog>
  );
}
