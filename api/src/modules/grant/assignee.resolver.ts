import { Arg, Ctx, Field, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { holdsIn, type Permission } from '../../access/index.ts';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { forbidden } from '../../platform/graphql/errors.ts';
import { type Assignee, assigneesOf } from './assignee.ts';

/** Work that can be handed over, by the permission that doing it takes. */
const AssignedWork = { CASES: 'case.settle', REQUESTS: 'request.answer' } as const satisfies Record<string, Permission>;
type AssignedWork = (typeof AssignedWork)[keyof typeof AssignedWork];
registerEnumType(AssignedWork, {
  name: 'AssignedWork',
  description: 'Work that can be handed to somebody of staff.',
  valuesConfig: { CASES: { description: 'Suspected breaches.' }, REQUESTS: { description: 'What affiliates ask.' } },
});

@Access('actor.read')
@ObjectType('Assignee', { description: 'Somebody of staff to whom work can be handed.' })
class AssigneeType {
  @Field(() => String, { description: 'Opaque.' })
  id!: string;

  @Field(() => String, { description: 'The name.' })
  name!: string;
}

@Resolver(() => AssigneeType)
export class AssigneeResolver {
  @Access('case.settle', 'request.answer')
  @Query(() => [AssigneeType], {
    description: 'Members of staff who may do such work in a program, by name, 200 at most; for those who may do it themselves.',
  })
  async assignees(
    @Ctx() context: Context,
    @Arg('program', () => String, { description: 'The key of the program.' }) key: string,
    @Arg('work', () => AssignedWork, { description: 'What is to be handed over.' }) work: AssignedWork,
  ): Promise<Assignee[]> {
    const program = await context.services.programs.find(context, key);
    if (program === undefined) return [];
    if (!holdsIn(context.viewer.grants, [work], program.id)) throw forbidden();
    return assigneesOf(context.em, program, work);
  }
}
