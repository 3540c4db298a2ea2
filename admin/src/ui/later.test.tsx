// @vitest-environment jsdom
import { act, type ComponentType, Suspense } from 'react';
import { expect, it, vi } from 'vitest';
import { render } from '../testing/render.tsx';
import { later } from './later.ts';

const Page = () => <h1>Orders</h1>;

async function shown(Later: ComponentType): Promise<string | null> {
  const { element, remove } = await render(
    <Suspense>
      <Later />
    </Suspense>,
  );
  await act(async () => {});
  const text = element.textContent;
  await remove();
  return text;
}

it('a page comes when somebody comes to it, or before when it is fetched', async () => {
  const read = vi.fn(async () => Page);
  const Later = later(read);
  expect(read).not.toHaveBeenCalled();
  Later.fetch();
  expect(read).toHaveBeenCalledOnce();
  expect(await shown(Later)).toBe('Orders');
});

it('that it could not be fetched before is of no matter', async () => {
  const read = vi.fn(async () => Page).mockRejectedValueOnce(new Error('The network is away'));
  const Later = later(read);
  Later.fetch();
  await act(async () => {});
  expect(await shown(Later)).toBe('Orders');
});
