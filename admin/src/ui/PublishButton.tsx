import type { ReactNode } from 'react';
import { useListContext } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import type { ActDialogProps } from '../acts/ActDialog.tsx';
import type { Field } from '../acts/ActField.tsx';
import { type Sentence, useSay } from '../words/words.ts';

/** The program that the list is of; empty: none is chosen. */
export function useListedProgram(): string {
  const { filterValues } = useListContext();
  return String(filterValues['program'] ?? '');
}

interface PublishButtonProps {
  readonly program: string;
  /** What is published. */
  readonly label: Sentence;
  readonly intro?: ReactNode;
  readonly fields: readonly Field[];
  readonly run: ActDialogProps['run'];
}

/** Publishes something for the affiliates of a program. */
export function PublishButton({ label, ...act }: PublishButtonProps) {
  const say = useSay();
  return <ActButton needs="PROMOTION_MANAGE" variant="contained" verb={say('Publish')} label={say(label)} title={say(label)} {...act} />;
}
