import { useSpeech } from '../text/use_text';

/** Shows the same page in the other language; says so in that language. */
export function LanguageButton() {
  const { text, choose } = useSpeech();
  return (
    <button type="button" class="button quiet" lang={text.language.otherCode} onClick={() => choose(text.language.otherCode)}>
      {text.language.other}
    </button>
  );
}
