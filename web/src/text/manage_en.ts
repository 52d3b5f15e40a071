// What the pages of managing accounts, mandates and the log say, in English.
import type { ManageText } from './manage_nl';

export const manageEn: ManageText = {
};
