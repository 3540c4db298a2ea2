import type { TermsWords } from '../language.ts';
import { sentences } from './clauses.ts';
import { describeCondition } from './condition.ts';
import { factWords } from './facts.ts';
import { dateWords } from './phrases.ts';

export const zh: TermsWords = { clauses: sentences, condition: describeCondition, fact: factWords, dates: dateWords };
