// Who is reported sick by clicking: one list for all tests of pages, so that nobody is reported twice.
import { reports } from '../http/made_up.mjs';

export const report = reports(4);
