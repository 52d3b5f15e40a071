// The texts of a benefit, in the language that the user chose. They come with the pages that show them: nobody else loads them first.
import { benefitEn } from './benefit_en';
import { benefitNl, type BenefitText } from './benefit_nl';
import { useSpeech } from './use_text';
import type { Text } from './nl';

export function useBenefitText(): { benefit: BenefitText; states: Text['states'] } {
  const { language, text: { states } } = useSpeech();
  return { benefit: language === 'en' ? benefitEn : benefitNl, states };
}
