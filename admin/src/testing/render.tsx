import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

interface Rendered {
  readonly element: HTMLElement;
  /** Draws something else in its place. */
  again(node: ReactNode): Promise<void>;
  remove(): Promise<void>;
}

/** Draws something into the page of a test, and takes it away again. */
export async function render(node: ReactNode): Promise<Rendered> {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  await act(async () => root.render(node));
  return {
    element,
    again: (next) => act(async () => root.render(next)),
    async remove() {
      await act(async () => root.unmount());
      element.remove();
    },
  };
}
