import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['ZH-Hant-TW,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['en;q=0.5, zh;q=0.7', 'zh'],
  ['de-DE,de;q=0.9,zh;q=0.2', 'zh'],
  ['de-DE,de;q=0.9', 'en'],
  ['zh;q=0', 'en'],
  ['zh;q=none', 'en'],
  ['chinese', 'en'],
  [`${'de,'.repeat(1_000)}zh`, 'en'],
])('who accepts %s reads %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
