import { FieldReader } from '@tributary/shared/facts';
import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Approvable, approvable, type Outcome, userError } from '../../platform/graphql/user-error.ts';
import { Answer } from './answers.ts';
import { AttributeOrderInput, CorrectOrderInput, PostAdjustmentInput, UndoOrderEventInput, VoidOrderInput } from './correction.input.ts';
import {
  AttributeOrderPayload,
  type Correction,
  CorrectOrderPayload,
  PostAdjustmentPayload,
  UndoOrderEventPayload,
  VoidOrderPayload,
} from './intake.type.ts';

/** Corrections by staff: new facts, kept with who and why. Nothing recorded is changed. */
@Resolver()
export class CorrectionResolver {
  @Access('order.correct')
  @Mutation(() => CorrectOrderPayload, { description: 'Gives an order that was recorded wrongly its right content. It is decided again.' })
  async correctOrder(
    @Ctx() context: Context,
    @Input(() => CorrectOrderInput) { program, order, reason, ...input }: CorrectOrderInput,
  ): Promise<Correction> {
    return needReason(reason) ?? answer(await context.services.intake.correctContent(context, program, order, reason, input));
  }

  @Access('order.correct')
  @Mutation(() => VoidOrderPayload, { description: 'Voids an order that should not have been recorded: it earns nothing.' })
  async voidOrder(@Ctx() context: Context, @Input(() => VoidOrderInput) { program, order, reason }: VoidOrderInput): Promise<Correction> {
    return needReason(reason) ?? answer(await context.services.intake.correct(context, program, { kind: 'voided', order, reason }));
  }

  @Access('order.correct')
  @Mutation(() => UndoOrderEventPayload, { description: 'Undoes an event that was told wrongly, such as a cancellation.' })
  async undoOrderEvent(
    @Ctx() context: Context,
    @Input(() => UndoOrderEventInput) { program, order, kind, event, reason }: UndoOrderEventInput,
  ): Promise<Correction> {
    const undoes = event == null ? { kind } : { kind, id: event };
    return needReason(reason) ?? answer(await context.services.intake.correct(context, program, { kind: 'undone', order, reason, undoes }));
  }

  @Access('order.correct')
  @Mutation(() => AttributeOrderPayload, { description: 'Attributes an order by hand, or to nobody.' })
  async attributeOrder(
    @Ctx() context: Context,
    @Input(() => AttributeOrderInput) { program, order, affiliate, reason }: AttributeOrderInput,
  ): Promise<Correction> {
    return needReason(reason) ?? answer(await context.services.intake.attributeByHand(context, program, order, affiliate, reason));
  }

  @Access('adjustment.post')
  @Mutation(() => PostAdjustmentPayload, { description: 'Posts an adjustment or a bonus: an entry of its own kind with its own lot.' })
  async postAdjustment(
    @Ctx() context: Context,
    @Input(() => PostAdjustmentInput) input: PostAdjustmentInput,
  ): Promise<Approvable<'id', string>> {
    return approvable('id', await context.services.approvals.through<string>(context, 'postAdjustment', input));
  }
}

function needReason(reason: string): Correction | undefined {
  const read = new FieldReader();
  if (reason.trim() === '') read.refuse(['reason'], 'A correction needs a reason.');
  read.text(reason, ['reason'], 1000);
  const { refusal } = read;
  if (refusal === null) return undefined;
  return new Answer({ id: null, repeated: false, userErrors: [userError('INVALID', refusal.message, refusal.path)] });
}

function answer({ value, errors }: Outcome<string>): Correction {
  return new Answer({ id: value ?? null, repeated: false, userErrors: errors ?? [] });
}
