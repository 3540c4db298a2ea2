import type { Level, SectionEntry } from './types.ts';

const everything: Level[] = ['order', 'line', 'click', 'affiliate', 'customer'];
const ofTheClick: Level[] = ['click', 'affiliate'];

/** The places that hold conditions. What a section may read follows from what is known when it is asked. */
export const sections: readonly SectionEntry[] = [
  {
    name: 'derived',
    conditions: 'derived.*.cases.*.when',
    levels: ['order', 'customer'],
    combines: 'first-wins',
    description: 'Facts computed from others.',
  },
  {
    name: 'windows',
    conditions: 'attribution.windows.*.when',
    levels: ofTheClick,
    combines: 'first-wins',
    description: 'How long a click counts.',
  },
  {
    name: 'traffic',
    conditions: 'traffic.*.when',
    levels: ofTheClick,
    combines: 'all-apply',
    description: 'Which clicks may not be attributed, open a case or warn.',
  },
  {
    name: 'qualification',
    conditions: 'qualification.*.rejectWhen',
    levels: ['order', 'customer', 'affiliate', 'click'],
    combines: 'all-apply',
    description: 'Which orders are rejected; the click is the one that won.',
  },
  {
    name: 'exclusions',
    conditions: 'exclusions.*.excludeWhen',
    levels: everything,
    combines: 'first-wins',
    description: 'Which lines earn nothing.',
  },
  {
    name: 'rates',
    conditions: 'rates.*.when',
    levels: everything,
    combines: 'first-wins',
    description: 'What share of a line is earned: the first clause whose condition holds.',
  },
  {
    name: 'adjustments',
    conditions: 'adjustments.*.when',
    levels: ['order', 'customer', 'affiliate', 'click'],
    combines: 'all-apply',
    description: 'What scales the earnings of all lines of an order alike.',
  },
];
