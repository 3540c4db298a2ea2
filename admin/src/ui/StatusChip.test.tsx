// @vitest-environment jsdom
import { act } from 'react';
import { CoreAdminContext } from 'react-admin';
import { expect, it } from 'vitest';
import { render } from '../testing/render.tsx';
import { createWords } from '../words/provider.ts';
import { SayProvider } from '../words/SayProvider.tsx';
import { StatusChip } from './StatusChip.tsx';

const words = await createWords('en');

it('a status says why it is so to whoever points at it or comes to it with the keyboard, and to those who listen', async () => {
  const { element, remove } = await render(
    <CoreAdminContext i18nProvider={words}>
      <SayProvider>
        <StatusChip status="PENDING" tone="waiting" why="Not shipped yet" />
      </SayProvider>
    </CoreAdminContext>,
  );
  const chip = element.querySelector<HTMLElement>('[tabindex="0"]')!;
  expect([chip.textContent, chip.getAttribute('aria-description')]).toEqual(['Pending', 'Not shipped yet']);
  const told = () => document.querySelector('[role=tooltip]')?.textContent;
  expect(told()).toBeUndefined();
  await act(async () => chip.focus());
  expect(told()).toBe('Not shipped yet');
  await act(async () => chip.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })));
  await act(async () => new Promise((resolve) => setTimeout(resolve, 400)));
  expect(told()).toBeUndefined();
  await remove();
});
