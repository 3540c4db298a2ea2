import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { type Connection, readPage } from '../../platform/graphql/connection.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Approvable, approvable, type Payload, payload } from '../../platform/graphql/user-error.ts';
import { type Program, ProgramType, programsById } from '../program/index.ts';
import type { Approval } from './approval.entity.ts';
import * as types from './approval.type.ts';
import { APPROVERS } from './kinds.ts';
import { ruleFor, type SecondPersonRule } from './rule.ts';

type Decided = Promise<Payload<'approval', Approval>>;

@Resolver(() => types.ApprovalType)
export class ApprovalResolver {
  @Access(...APPROVERS)
  @Query(() => types.ApprovalConnection, {
    description: 'Acts that need a second person and that you may decide about, the last asked first.',
  })
  approvals(@Ctx() context: Context, @Args(() => types.ApprovalArgs) args: types.ApprovalArgs): Promise<Connection<Approval>> {
    return context.services.approvals.list(context, args, readPage(args, ['id']));
  }

  @Access(...APPROVERS)
  @Mutation(() => types.ApprovalPayload, { description: 'Approves an act that somebody else asked for, and does it, by the rules of now.' })
  async giveApproval(@Ctx() context: Context, @Input(() => types.GiveApprovalInput) input: types.GiveApprovalInput): Decided {
    return payload('approval', await context.services.approvals.approve(context, input.approval, input.reason ?? null));
  }

  @Access(...APPROVERS)
  @Mutation(() => types.ApprovalPayload, { description: 'Turns an act down that waits for a second person.' })
  async refuseApproval(@Ctx() context: Context, @Input(() => types.RefuseApprovalInput) input: types.RefuseApprovalInput): Decided {
    return payload('approval', await context.services.approvals.turnDown(context, input.approval, 'refused', input.reason ?? null));
  }

  @Access(...APPROVERS)
  @Mutation(() => types.ApprovalPayload, { description: 'Takes back what one asked for.' })
  async withdrawApproval(@Ctx() context: Context, @Input(() => types.WithdrawApprovalInput) input: types.WithdrawApprovalInput): Decided {
    return payload('approval', await context.services.approvals.turnDown(context, input.approval, 'withdrawn', input.reason ?? null));
  }

  @Access('setting.manage')
  @Mutation(() => types.SetSecondPersonPayload, { description: 'Says which acts need a second person. That fewer do needs one, too.' })
  async setSecondPerson(
    @Ctx() context: Context,
    @Input(() => types.SetSecondPersonInput) input: types.SetSecondPersonInput,
  ): Promise<Approvable<'secondPersonRule', types.SecondPersonRuleType>> {
    const { value, ...more } = await context.services.approvals.through<SecondPersonRule>(context, 'setSecondPerson', input);
    return approvable('secondPersonRule', { value: value && showRule(value), ...more });
  }

  @Access('program.read')
  @Query(() => [types.SecondPersonRuleType], { description: 'Which acts need a second person in a program.' })
  async secondPersonRules(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) key: string,
  ): Promise<types.SecondPersonRuleType[]> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return [];
    const kinds = Object.values(types.SecondPersonKind);
    const rules = await Promise.all(kinds.map((kind) => ruleFor(context.em, program.organizationId, program.id, kind)));
    return rules.map(showRule);
  }

  @FieldResolver(() => ProgramType, { nullable: true })
  program(@Root() { programId }: Approval, @Ctx() context: Context): Promise<Program> | null {
    return programId === null ? null : context.load(programsById).load(programId);
  }

  @FieldResolver(() => String)
  input(@Root() { input }: Approval): string {
    return JSON.stringify(input);
  }
}

function showRule({ kind, isOn, limits }: SecondPersonRule): types.SecondPersonRuleType {
  return { kind, on: isOn, limits: Object.entries(limits).map(([unit, amount]) => ({ unit, amount })) };
}
