import { formatInstant, READER_ZONE } from '../ui/format.ts';
import { RecordLink } from '../ui/RecordLink.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { useSay } from '../words/words.ts';
import { ageOf } from './age.ts';
import type { CutOff } from './source.ts';

/** When each program takes balances next: in its own zone, and in the reader's. */
export function CutOffs({ cutOffs, now }: { readonly cutOffs: readonly CutOff[]; readonly now: string }) {
  const say = useSay();
  return (
    <SmallTable
      label="Next cut-offs"
      rows={cutOffs}
      keyOf={({ program }) => program.key}
      columns={[
        { label: 'Program', isHead: true, cell: ({ program }) => <RecordLink resource="programs" id={program.key} words={program.name} /> },
        { label: 'In', cell: ({ at }) => ageOf(now, at, say) },
        { label: 'In the program’s zone', cell: ({ at, timeZone }) => formatInstant(at, say.locale, timeZone) },
        { label: 'In your zone', cell: ({ at }) => formatInstant(at, say.locale, READER_ZONE) },
      ]}
    />
  );
}
