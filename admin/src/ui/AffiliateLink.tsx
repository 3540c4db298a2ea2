import { RecordLink } from './RecordLink.tsx';
import { Nothing } from './When.tsx';

interface AffiliateLinkProps {
  readonly affiliate: { readonly externalId: string; readonly name: string | null } | null;
}

export function AffiliateLink({ affiliate }: AffiliateLinkProps) {
  if (!affiliate) return <Nothing words="nobody" />;
  return <RecordLink resource="affiliates" id={affiliate.externalId} words={affiliate.name ?? affiliate.externalId} />;
}
