import { FieldResolver, Resolver, Root } from 'type-graphql';
import { PostAdjustmentPayload } from '../intake/index.ts';
import { CloseProgramPayload, PublishTermsPayload } from '../program/index.ts';
import { ApproveWithdrawalPayload } from '../withdrawal/index.ts';
import type { Approval } from './approval.entity.ts';
import { ApprovalType, WAITS } from './approval.type.ts';

interface Answered {
  readonly approval: Approval | null;
}

/** What acts of other modules answer where they wait for a second person. */
@Resolver(() => PublishTermsPayload)
export class PublishTermsApprovalResolver {
  @FieldResolver(() => ApprovalType, { nullable: true, description: WAITS })
  approval(@Root() { approval }: Answered): Approval | null {
    return approval;
  }
}

@Resolver(() => CloseProgramPayload)
export class CloseProgramApprovalResolver {
  @FieldResolver(() => ApprovalType, { nullable: true, description: WAITS })
  approval(@Root() { approval }: Answered): Approval | null {
    return approval;
  }
}

@Resolver(() => ApproveWithdrawalPayload)
export class ApproveWithdrawalApprovalResolver {
  @FieldResolver(() => ApprovalType, { nullable: true, description: WAITS })
  approval(@Root() { approval }: Answered): Approval | null {
    return approval;
  }
}

@Resolver(() => PostAdjustmentPayload)
export class PostAdjustmentApprovalResolver {
  @FieldResolver(() => ApprovalType, { nullable: true, description: WAITS })
  approval(@Root() { approval }: Answered): Approval | null {
    return approval;
  }
}
