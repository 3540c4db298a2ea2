import polyglot from 'ra-i18n-polyglot';
import english from 'ra-language-english';
import type { I18nProvider } from 'react-admin';
import { learnSaid } from './said.ts';

const LOCALES = [
  { locale: 'en', name: 'English' },
  { locale: 'zh', name: '中文' },
];

/** English sentences stand in the pages themselves; other languages are fetched when somebody wants them. */
export async function createWords(language: string): Promise<I18nProvider> {
  const first = language.startsWith('zh') ? 'zh' : 'en';
  const messages = first === 'zh' ? await readChinese() : english;
  const read = (locale: string) => (locale === first ? messages : locale === 'zh' ? readChinese() : english);
  return polyglot(read, first, LOCALES, { allowMissing: true });
}

async function readChinese() {
  const [{ zh }, { zhFrame }, { zhWords }, { zhSaid }, { zhFacts }] = await Promise.all([
    import('./zh.ts'),
    import('./zhFrame.ts'),
    import('./zhWords.ts'),
    import('./zhSaid.ts'),
    import('./zhFacts.ts'),
  ]);
  learnSaid('zh', { ...zhSaid, ...zhFacts });
  return { ...zhFrame, ...zhWords, ...zh };
}
