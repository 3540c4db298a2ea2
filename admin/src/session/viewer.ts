import type { Ask } from '../api/client.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';

const viewerDocument = graphql(`
  query Viewer {
    viewer { name kind permissions { permission programs } organization { id name isSandbox } places { id name isSandbox } }
    now
  }
`);

/** Who asks, and what time it is for them. */
export type Viewer = ResultOf<typeof viewerDocument>['viewer'] & { readonly now: string };

export async function readViewer(ask: Ask): Promise<Viewer> {
  const { viewer, now } = await ask(viewerDocument, {});
  return { ...viewer, now };
}
