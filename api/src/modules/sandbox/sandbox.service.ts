import type { Context } from '../../context.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import type { Organization } from './sandbox.entity.ts';
import type { AdvanceClockInput, CreateSandboxInput } from './sandbox.input.ts';

/** Does what falls due with time, in the order in which it does. */
export interface Due {
  /** All that is due up to and including `until`, and what that causes. Answers how many things were done. */
  runUntil(organizationId: string, until: number): Promise<number>;
}

export interface NewSandbox {
  readonly sandbox: Organization;
  readonly staffToken: string;
  readonly integratorToken: string;
}

export interface AdvancedClock {
  readonly now: number;
  readonly done: number;
}

const MAX_NAME = 200;

export class SandboxService {
  /** Moves of one clock happen one after the other. */
  private readonly moves = new Map<string, Promise<unknown>>();

  async create(context: Context, input: CreateSandboxInput): Promise<Outcome<NewSandbox>> {
    const { organizations, programs, tokens } = context.services;
    const owner = await organizations.find(context.em, context.viewer.organizationId);
    if (input.name.trim() === '' || input.name.length > MAX_NAME) {
      return refused(userError('INVALID', `A name has 1 to ${MAX_NAME} characters`, ['name']));
    }
    if (owner.kind === 'sandbox') return refused(userError('INVALID', 'A sandbox has no sandboxes of its own'));
    const unknown = input.programs.findIndex((key) => !programs.bundledKeys().includes(key));
    if (unknown >= 0) {
      const message = `There is no bundled program ${JSON.stringify(input.programs[unknown])}; there are ${programs.bundledKeys().join(', ')}`;
      return refused(userError('NOT_FOUND', message, ['programs', String(unknown)]));
    }
    const keys = [...new Set(input.programs)];
    return done(
      await inTransaction(context.em, async (transaction) => {
        const sandbox = await organizations.createSandbox(transaction, {
          name: input.name,
          parentId: owner.id,
          startsAt: input.startsAt,
        });
        await programs.createBundled(transaction, sandbox.id, keys);
        const issue = (kind: 'staff' | 'integrator') =>
          tokens.issue(transaction, {
            organizationId: sandbox.id,
            kind,
            name: `${kind} of ${input.name}`,
            affiliateId: null,
            expiresAt: null,
            roles: kind === 'staff' ? [{ role: 'admin', program: null }] : [],
          });
        const [staff, integrator] = [await issue('staff'), await issue('integrator')];
        return { sandbox, staffToken: staff.secret, integratorToken: integrator.secret };
      }),
    );
  }

  /** Does all that falls due on the way, then moves the clock. */
  async advanceClock(context: Context, { to }: AdvanceClockInput): Promise<Outcome<AdvancedClock>> {
    const id = context.viewer.organizationId;
    const earlier = this.moves.get(id) ?? Promise.resolve();
    const move = earlier.catch(() => {}).then(() => this.moveTo(context, to));
    this.moves.set(id, move);
    try {
      return await move;
    } finally {
      if (this.moves.get(id) === move) this.moves.delete(id);
    }
  }

  private async moveTo(context: Context, to: number): Promise<Outcome<AdvancedClock>> {
    const { organizations, due } = context.services;
    const organization = await organizations.find(context.em.fork({ clear: true }), context.viewer.organizationId);
    if (!organization.clock) return refused(userError('INVALID', 'Only the clock of a sandbox can be moved'));
    if (to < organization.clock.getTime()) {
      return refused(userError('INVALID', `A clock never goes back: it stands at ${organization.clock.toISOString()}`, ['to']));
    }
    const count = await due.runUntil(organization.id, to);
    return done({ now: await organizations.moveClock(context.em, organization.id, to), done: count });
  }
}
