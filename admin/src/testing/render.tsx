import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** Draws something into the page of a test, and takes it away again. */
export async function render(node: ReactNode): Promise<{ readonly element: HTMLElement; remove(): Promise<void> }> {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const element = document.body.appendChild(document.createElement('div'));
  const root = createRoot(element);
  await act(async () => root.render(node));
  return {
    element,
    async remove() {
      await act(async () => root.unmount());
      element.remove();
    },
  };
}
