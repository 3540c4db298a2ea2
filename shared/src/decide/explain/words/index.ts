import type { Language } from '../../../terms/words.ts';
import { en } from './en.ts';
import type { StepWords } from './step.ts';
import { zh } from './zh.ts';

export type { StepWords } from './step.ts';

export const STEP_WORDS: Readonly<Record<Language, StepWords>> = { en, zh };
