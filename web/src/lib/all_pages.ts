/** All of a list that is asked for page by page, of `most` pages at most: `ask` gives what stands behind `after`, and what to ask with next. */
export async function allPages<T>(ask: (after: string) => Promise<{ items: T[]; next: string | null }>, most = 20): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = '';
  for (let asked = 0; after !== null && asked < most; asked += 1) {
    const page: { items: T[]; next: string | null } = await ask(after);
    all.push(...page.items);
    after = page.next;
  }
  return all;
}
