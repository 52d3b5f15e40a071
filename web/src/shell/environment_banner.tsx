import { useText } from '../text/use_text';

/** So that nobody takes made-up people for real ones, or real ones for made up. */
export function EnvironmentBanner({ name }: { name: string }) {
  const text = useText();
  const sentence = text.environment[name] ?? name;
  return sentence ? <section class="environment" aria-label={text.shell.environment}>{sentence}</section> : null;
}
