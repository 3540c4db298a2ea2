import { useSay } from '../words/words.ts';
import { RecordLink } from './RecordLink.tsx';
import { Nothing } from './When.tsx';

interface AffiliateLinkProps {
  readonly affiliate: { readonly externalId: string; readonly name: string | null } | null;
}

export function AffiliateLink({ affiliate }: AffiliateLinkProps) {
  const say = useSay();
  if (!affiliate) return <Nothing words={say('nobody')} />;
  return <RecordLink resource="affiliates" id={affiliate.externalId} words={affiliate.name ?? affiliate.externalId} />;
}
