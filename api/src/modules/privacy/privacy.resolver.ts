import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { ErasePersonalDataInput, ExportPersonalDataInput } from './privacy.input.ts';
import { ErasePersonalDataPayload, ExportPersonalDataPayload } from './privacy.type.ts';

@Resolver()
export class PrivacyResolver {
  @Access('privacy.answer')
  @Mutation(() => ExportPersonalDataPayload, {
    description: 'Shows all that is known of a customer or an affiliate. Who looked, and why, is kept.',
  })
  async exportPersonalData(
    @Ctx() context: Context,
    @Input(() => ExportPersonalDataInput) input: ExportPersonalDataInput,
  ): Promise<ExportPersonalDataPayload> {
    const { value, errors = [] } = await context.services.privacy.export(context, input);
    return { document: value ?? null, userErrors: errors };
  }

  @Access('privacy.answer')
  @Mutation(() => ErasePersonalDataPayload, {
    description: 'Erases what tells who a customer or an affiliate is. What was decided and booked stays, under the ids that callers gave.',
  })
  async erasePersonalData(
    @Ctx() context: Context,
    @Input(() => ErasePersonalDataInput) input: ErasePersonalDataInput,
  ): Promise<ErasePersonalDataPayload> {
    const { value, errors = [] } = await context.services.privacy.erase(context, input);
    return { erasedAt: value ?? null, userErrors: errors };
  }
}
