import { StatusChip } from '../ui/StatusChip.tsx';
import { ENROLLMENT_TONES, type Enrollment, whyStatus } from './source.ts';

/** Where an affiliate stands in a program, and why. */
export function EnrollmentChip({ enrollment }: { readonly enrollment: Enrollment }) {
  return <StatusChip status={enrollment.status} tone={ENROLLMENT_TONES[enrollment.status]} why={whyStatus(enrollment)} />;
}
