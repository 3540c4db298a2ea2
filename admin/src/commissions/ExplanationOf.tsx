import { useQuery } from '@tanstack/react-query';
import { Loading, useDataProvider } from 'react-admin';
import type { BackOffice } from '../provider/dataProvider.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Explanation } from './Explanation.tsx';

interface ExplanationOfProps {
  /** Names the order within its program. */
  readonly place: string;
  readonly money?: boolean;
}

/** The explanation of an order, read when it is needed. */
export function ExplanationOf({ place, money = true }: ExplanationOfProps) {
  const provider = useDataProvider<BackOffice>();
  const { data, error, refetch } = useQuery({ queryKey: ['commissions', 'explanation', place], queryFn: () => provider.explain(place) });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading sx={{ minHeight: 240 }} />;
  return <Explanation commission={data} money={money} />;
}
