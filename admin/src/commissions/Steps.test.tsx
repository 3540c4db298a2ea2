// @vitest-environment jsdom
import { CoreAdminContext } from 'react-admin';
import { describe, expect, it } from 'vitest';
import { render } from '../testing/render.tsx';
import { createWords } from '../words/provider.ts';
import { SayProvider } from '../words/SayProvider.tsx';
import type { ExplainedStep } from './explanationSource.ts';
import { Steps } from './Steps.tsx';

const step: ExplainedStep = {
  rule: 'X-03',
  also: ['X-10'],
  subject: 'lamp',
  sentence: 'line lamp: 9% of 1290.00 USD is 11,610 points, cut downwards (X-03, X-10)',
  clauseText: 'amounts are cut downwards, line by line',
  source: 'FAQ',
  assumed: true,
  assumption: 'the direction',
  facts: [
    { name: 'line.left', value: '1290.00' },
    { name: 'line.category', value: null },
  ],
  amountAfter: { value: '11610', unit: 'points' },
};

const draw = async (steps: readonly ExplainedStep[], language = 'en') =>
  render(
    <CoreAdminContext i18nProvider={await createWords(language)}>
      <SayProvider>
        <Steps steps={steps} />
      </SayProvider>
    </CoreAdminContext>,
  );

describe('the steps of an explanation', () => {
  it('show the rule, what it concluded, what it saw, and the money after it', async () => {
    const { element, remove } = await draw([step, { ...step, facts: [], amountAfter: null, assumed: false }]);
    const [first, second] = [...element.querySelectorAll('ol > li')].map((item) => item.textContent ?? '');
    expect([...element.querySelectorAll('li:first-child code')].map((code) => code.textContent)).toEqual(['X-03', 'X-10']);
    expect(first).toContain('Line lamp: 9% of 1290.00 USD is 11,610 points, cut downwards.');
    expect(first).toContain('Saw line.left = 1290.00 · line.category = unknown');
    expect(first).toContain('amounts are cut downwards, line by line (FAQ)');
    expect(first).toContain('Assumed: the direction');
    expect(first).toContain('11,610 points');
    expect(second).not.toMatch(/Saw|Assumed/);
    await remove();
  });

  it('come in the reader’s language, and end as its sentences do', async () => {
    const said = { sentence: '行 lamp：1290.00 USD × 9% 为 11610 points，向下取整 (X-03, X-10)', clauseText: '金额逐行向下取整' };
    const named = { ...step, ...said, sentence: 'maya 于 1 日的点击 k1 胜出 (X-03)', source: null, assumed: false };
    const { element, remove } = await draw([{ ...step, ...said, source: null, assumed: false }, named], 'zh');
    expect(element.textContent).toContain('maya 于 1 日的点击 k1 胜出。');
    expect(element.textContent).toContain('为 11610 points，向下取整。');
    expect(element.textContent).toContain('金额逐行向下取整');
    expect(element.textContent).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
    await remove();
  });

  it('say when there are none', async () => {
    const { element, remove } = await draw([]);
    expect(element.textContent).toBe('No rule had anything to say.');
    await remove();
  });
});
