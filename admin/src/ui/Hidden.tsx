import type { ComponentProps } from 'react';

/** For those who listen instead of look. */
export function Hidden({ children, ...more }: ComponentProps<'span'>) {
  return (
    <span className="heard-only" {...more}>
      {children}
    </span>
  );
}
