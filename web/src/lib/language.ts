// Which language the pages speak: the user's choice, kept in this browser; Dutch at first.
export type Language = 'nl' | 'en';
export const languages: readonly Language[] = ['nl', 'en'];

const key = 'k7-language';
const kept = (() => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;  // a browser that keeps nothing
  }
})();

export const language = {
  current: (kept === 'en' ? 'en' : 'nl') as Language,
  choose(chosen: Language): void {
    language.current = chosen;
    document.documentElement.lang = chosen;
    try {
      localStorage.setItem(key, chosen);
    } catch {
      // Then it is for this visit only.
    }
  },
};
document.documentElement.lang = language.current;
