// The texts in the language that the user chose, and the way to choose the other.
import { createContext, useContext } from '#fw';
import { language, type Language } from '../lib/language';
import { en } from './en';
import { nl, type Text } from './nl';

export const textIn = (chosen: Language): Text => (chosen === 'en' ? en : nl);

export interface Speech { text: Text; language: Language; choose: (chosen: Language) => void }
export const SpeechContext = createContext<Speech>({ text: textIn(language.current), language: language.current, choose: () => undefined });
export const useSpeech = (): Speech => useContext(SpeechContext);
export const useText = (): Text => useSpeech().text;
