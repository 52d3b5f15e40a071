// What somebody typed in a form and has not sent yet: kept by the program while it is typed, so that the end of a session or of a
// browser loses nothing. Nothing of it stays in the browser.
import { useEffect, useMemo, useState } from '#fw';
import { ask, Refused } from './api';
import { fill, valuesOf, type Values } from './form_values';

/** How long typing must rest before it is kept, and how often it is at most. */
const restMs = 2_000;
const betweenMs = 10_000;
/** What a browser still sends of a page that goes away; more than this it refuses. */
const longestLastWords = 60_000;

/** What there is to tell of a draft. */
export interface Told {
  state: 'nothing' | 'saved' | 'unsaved' | 'refused';
  /** When it was saved last. */
  savedAt?: string;
  /** Why it is refused, in the words of the program. */
  detail?: string;
  /** When that was saved which was filled in again. */
  restored?: string;
}
const nothing: Told = { state: 'nothing' };

/** The values in a draft; of one that another version of the page wrote, what can be used. */
function valuesIn(content: string): Values {
  try {
    const found: unknown = JSON.parse(content);
    return Object.fromEntries(Object.entries(found ?? {}).filter((one): one is [string, string] => typeof one[1] === 'string'));
  } catch {
    return {};
  }
}

/** The draft of one form of one user. It is attached to one form at a time. */
export class Draft {
  told = nothing;
  private form: HTMLFormElement | null = null;
  /** What the form held before anybody typed, and what it holds now. */
  private empty: Values | null = null;
  private typed = '';
  /** What the program has. It must be known whether it has any before something is written over it. */
  private kept: string | null = null;
  private isKnown = false;
  /** Since when there is something to keep, or never; when it was last tried. */
  private changedAt = 0;
  private triedAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** One request after the other, so that what was ended is not saved again by a slow one. */
  private turn: Promise<unknown> = Promise.resolve();
  private listeners = new Set<(told: Told) => void>();

  constructor(private readonly name: string, private readonly caseId: string | undefined) {}

  /** Tells what there is to tell from now on, until what is returned is called. */
  listen(listener: (told: Told) => void): () => void {
    this.listeners.add(listener);
    listener(this.told);
    return () => { this.listeners.delete(listener); };
  }

  /** Fills in what was kept and keeps what is typed, until what is returned is called. */
  attach(form: HTMLFormElement): () => void {
    this.form = form;
    this.empty ??= valuesOf(form);
    this.typed = JSON.stringify(valuesOf(form));
    const look = (): void => this.look();
    const lastWords = (): void => { if (document.visibilityState === 'hidden') this.saveNow(true); };
    form.addEventListener('input', look);
    form.addEventListener('change', look);
    document.addEventListener('visibilitychange', lastWords);
    if (!this.isKnown) this.queue(() => this.restore());
    return () => {
      form.removeEventListener('input', look);
      form.removeEventListener('change', look);
      document.removeEventListener('visibilitychange', lastWords);
      this.saveNow(false);
      this.form = null;
    };
  }

  /** It was sent: nothing of it stays. */
  end(): void {
    this.rest();
    this.typed = JSON.stringify(this.empty);
    this.tell(nothing);
    this.queue(async () => {
      if (this.kept === null) return;
      this.kept = null;
      await this.ask('delete');
    });
  }

  /** Throws it away, and lets begin anew. */
  discard(): void {
    if (this.form && this.empty) fill(this.form, this.empty);
    this.end();
    this.form?.querySelector<HTMLElement>('input, select, textarea')?.focus();
  }

  private ask(method: 'get' | 'put' | 'delete', content?: string, isLast = false): Promise<Response> {
    const isOfCase = this.caseId !== undefined;
    const body = content === undefined ? undefined : JSON.stringify({ content });
    return ask(method, isOfCase ? '/api/v1/cases/{case}/drafts/{form}' : '/api/v1/drafts/{form}', body, {
      path: { form: this.name, ...(isOfCase ? { case: this.caseId ?? '' } : {}) },
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      outlivesPage: isLast && (body?.length ?? 0) < longestLastWords,
    });
  }

  private queue(work: () => Promise<void>): void {
    this.turn = this.turn.then(work).catch(() => undefined);
  }

  private tell(told: Told): void {
    this.told = told;
    for (const listener of this.listeners) listener(told);
  }

  /** Fills in what the program has, but where somebody typed meanwhile. Fails when it cannot be known. */
  private async restore(): Promise<void> {
    let draft: { content: string; saved_at: string } | null = null;
    try {
      draft = await (await this.ask('get')).json() as { content: string; saved_at: string };
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.status !== 404) throw error;
    }
    this.isKnown = true;
    if (!draft) return;
    this.kept = draft.content;
    if (!this.form) return;
    const typed = Object.entries(valuesOf(this.form)).filter(([name, value]) => value !== this.empty?.[name]);
    fill(this.form, { ...valuesIn(draft.content), ...Object.fromEntries(typed) });
    this.typed = JSON.stringify(valuesOf(this.form));
    if (typed.length === 0) this.rest();
    this.tell({ ...this.told, restored: draft.saved_at });
  }

  /** Something may have been typed. */
  private look(): void {
    const typed = this.form ? JSON.stringify(valuesOf(this.form)) : this.typed;
    if (typed === this.typed) return;
    this.typed = typed;
    this.schedule();
  }

  /** To be kept when typing rests, or when it does not for long; never too often. */
  private schedule(): void {
    const now = Date.now();
    this.changedAt ||= now;
    clearTimeout(this.timer);
    const at = Math.max(Math.min(now + restMs, this.changedAt + betweenMs), this.triedAt + betweenMs);
    this.timer = setTimeout(() => this.saveNow(false), at - now);
  }

  /** There is nothing to keep any more. */
  private rest(): void {
    clearTimeout(this.timer);
    this.changedAt = 0;
  }

  private saveNow(isLast: boolean): void {
    if (this.changedAt === 0) return;
    this.rest();
    this.triedAt = Date.now();
    const { typed } = this;
    if (isLast && this.isKnown) void this.save(typed, true);  // nothing runs in a page that is gone
    else this.queue(() => this.save(typed, isLast));
  }

  private async save(typed: string, isLast: boolean): Promise<void> {
    if (typed !== this.typed) return;  // ended, or typed on: then it is to be kept later
    try {
      if (!this.isKnown) {
        await this.restore();
        if (!this.form && this.kept !== null) return;  // what was kept could not be filled in, so it stays
      }
      const content = this.typed;
      if (content === this.kept) return;
      const { saved_at: savedAt } = await (await this.ask('put', content, isLast)).json() as { saved_at: string };
      this.kept = content;
      this.tell({ ...this.told, state: 'saved', savedAt });
    } catch (error) {
      const isRefused = error instanceof Refused && error.problem.status < 500;
      this.tell({ ...this.told, state: isRefused ? 'refused' : 'unsaved', detail: isRefused ? error.fields[0]?.detail ?? '' : '' });
      // What was refused stays so until it is changed.
      if (!isRefused) this.schedule();
    }
  }
}

/** The draft of a form: given to it, and ended by the page when what was typed was sent. */
export const useDraft = (form: string, caseId?: string): Draft => useMemo(() => new Draft(form, caseId), [form, caseId]);

/** What there is to tell of it. */
export function useTold(draft: Draft): Told {
  const [told, setTold] = useState(draft.told);
  useEffect(() => draft.listen(setTold), [draft]);
  return told;
}
