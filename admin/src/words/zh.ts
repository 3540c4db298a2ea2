import { frame } from './zh/frame.ts';
import { money } from './zh/money.ts';
import { people } from './zh/people.ts';
import { programs } from './zh/programs.ts';
import { promotion } from './zh/promotion.ts';
import { session } from './zh/session.ts';
import { setup } from './zh/setup.ts';

/** By area, so that a sentence stands in one place: where it is said, or with the frame when several areas say it. */
export const areas = { frame, money, people, programs, promotion, session, setup };

/** Every sentence of the pages in Chinese. Its keys are the sentences that pages may say: see `Sentence`. */
export const zh = { ...frame, ...money, ...people, ...programs, ...promotion, ...session, ...setup };
