import type { TermsWords } from '../language.ts';
import { sentences } from './clauses.ts';
import { describeCondition, factWords } from './condition.ts';
import { dateWords } from './phrases.ts';

export const en: TermsWords = { clauses: sentences, condition: describeCondition, fact: factWords, dates: dateWords };
