import { levelOf, sectionOf, type Abilities, type Section } from './ability_values';
import { useSpeech } from '../../text/use_text';
import { Badge } from '../../ui/badge';

/** What a list says, and only that: what is not there is normal. */
export function AbilityList({ list, sections }: { list: Abilities; sections: readonly Section[] }) {
  const { language, text: { medical: { abilities: text } } } = useSpeech();
  const words = (one: { words_nl: string; words_en: string }) => (language === 'en' ? one.words_en : one.words_nl);
  return (
    <div class="stack abilities">
      {sections.map((section, i) => {
        const limited = section.items.filter(({ item }) => levelOf(list, item) !== 'normal');
        const { explanation = '', for_work: forWork } = sectionOf(list, section.section);
        const hasHours = section.section === 'working_hours';
        if (limited.length === 0 && !explanation && !forWork && !hasHours) return null;
        return (
          <section key={section.section} class="stack close">
            <h3>{text.section(i, words(section))}</h3>
            {limited.length > 0 && (
              <ul class="things">
                {limited.map((one) => {
                  const level = levelOf(list, one.item);
                  return <li key={one.item}><div>{words(one)}</div><Badge kind={level === 'limited' ? 'warn' : 'bad'}>{text.levels[level]}</Badge></li>;
                })}
              </ul>
            )}
            {hasHours && (
              <dl class="facts">
                <dt>{text.hoursPerDay}</dt><dd>{list.hours_per_day ?? text.noLimit}</dd>
                <dt>{text.hoursPerWeek}</dt><dd>{list.hours_per_week ?? text.noLimit}</dd>
                <dt>{text.nights}</dt><dd>{text.nightsChoices[String(list.nights_possible)]}</dd>
              </dl>
            )}
            {explanation && <div><strong class="small">{text.explanation}</strong><p class="pre">{explanation}</p></div>}
            {forWork && <div><strong class="small">{text.forWork}</strong><p class="pre">{forWork}</p></div>}
          </section>
        );
      })}
      <p class="muted">{list.levels.length === 0 ? text.allNormal : text.restNormal}</p>
    </div>
  );
}
