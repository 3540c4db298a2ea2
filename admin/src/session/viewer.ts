import { HttpError } from 'react-admin';
import type { Ask } from '../api/client.ts';
import { graphql, type ResultOf } from '../api/graphql.ts';

const viewerFragment = graphql(`
  fragment Viewer on Viewer {
    name kind permissions { permission programs } organization { id name isSandbox } places { id name isSandbox }
  }
`);

const viewerDocument = graphql(
  `
  query Viewer {
    viewer { ...Viewer }
    now
    programs(first: 100) { nodes { key name } }
  }
`,
  [viewerFragment],
);

/** For somebody without any role, who may see no programs. */
const bareDocument = graphql(
  `
  query BareViewer { viewer { ...Viewer } now }
`,
  [viewerFragment],
);

/** A program as it is chosen from a list. */
export interface ProgramChoice {
  readonly key: string;
  readonly name: string;
}

/** Who asks, what time it is for them, and which programs there are for them. */
export type Viewer = ResultOf<typeof viewerFragment> & { readonly now: string; readonly programs: readonly ProgramChoice[] };

/** By one request, since every page waits for it. */
export async function readViewer(ask: Ask): Promise<Viewer> {
  try {
    const { viewer, now, programs } = await ask(viewerDocument, {});
    return { ...viewer, now, programs: programs.nodes };
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 403) throw error;
    const { viewer, now } = await ask(bareDocument, {});
    return { ...viewer, now, programs: [] };
  }
}
