import { StatusChip } from '../ui/StatusChip.tsx';
import { useSay } from '../words/words.ts';
import { ENROLLMENT_TONES, type Enrollment } from './source.ts';

/** Where an affiliate stands in a program, why, and who made it so. */
export function EnrollmentChip({
  enrollment: { status, statusHistory },
}: {
  readonly enrollment: Pick<Enrollment, 'status' | 'statusHistory'>;
}) {
  const say = useSay();
  const last = statusHistory.at(-1);
  const why = last && [say('By %{who}', { who: last.doneBy }), last.reason].filter(Boolean).join(': ');
  return <StatusChip status={status} tone={ENROLLMENT_TONES[status]} why={why} />;
}
