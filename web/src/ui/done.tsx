import { useEffect, useRef, type ComponentChildren } from '#fw';
import { Alert } from './alert';

/** It was done. Takes the focus: what was pressed is often gone by then. */
export function Done({ children }: { children: ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { box.current?.focus(); }, []);
  return <div ref={box} tabIndex={-1} class="summary"><Alert kind="ok">{children}</Alert></div>;
}
