import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Part } from '../../platform/graphql/access.ts';
import { UserError } from '../../platform/graphql/user-error.ts';
import { ClassRequestType, EnrollmentType } from './affiliate.type.ts';

interface EnrollmentPayload {
  enrollment: EnrollmentType | null;
  userErrors: UserError[];
}

function enrollmentPayload(name: string, description: string): ClassType<EnrollmentPayload> {
  @Part()
  @ObjectType(name, { description })
  class Payload {
    @Field(() => EnrollmentType, { nullable: true, description: 'The enrollment; null if the act was turned away.' })
    enrollment!: EnrollmentType | null;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  return Payload;
}

function classRequestPayload(name: string, description: string): ClassType<object> {
  @Part()
  @ObjectType(name, { description })
  class Payload {
    @Field(() => ClassRequestType, { nullable: true, description: 'The request; null if the act was turned away.' })
    classRequest!: ClassRequestType | null;

    @Field(() => [UserError], { description: 'Why it was turned away.' })
    userErrors!: UserError[];
  }
  return Payload;
}

export const EnrollAffiliatePayload = enrollmentPayload('EnrollAffiliatePayload', 'An affiliate whom staff brought in.');
export const ApplyToProgramPayload = enrollmentPayload('ApplyToProgramPayload', 'An application.');
export const ApproveApplicationPayload = enrollmentPayload('ApproveApplicationPayload', 'An approved application.');
export const RejectApplicationPayload = enrollmentPayload('RejectApplicationPayload', 'A rejected application.');
export const SendContractPayload = enrollmentPayload('SendContractPayload', 'A contract that was sent.');
export const SignContractPayload = enrollmentPayload('SignContractPayload', 'A contract that is signed.');
export const SuspendEnrollmentPayload = enrollmentPayload('SuspendEnrollmentPayload', 'A suspended enrollment.');
export const ReinstateEnrollmentPayload = enrollmentPayload('ReinstateEnrollmentPayload', 'An enrollment that was taken up again.');
export const TerminateEnrollmentPayload = enrollmentPayload('TerminateEnrollmentPayload', 'An enrollment that has ended.');
export const AcceptDocumentPayload = enrollmentPayload('AcceptDocumentPayload', 'An accepted document.');
export const GrantPermissionPayload = enrollmentPayload('GrantPermissionPayload', 'A permitted channel.');
export const RevokePermissionPayload = enrollmentPayload('RevokePermissionPayload', 'A channel that is permitted no longer.');
export const SetQualityFactorPayload = enrollmentPayload('SetQualityFactorPayload', 'A quality factor.');
export const RequestClassPayload = classRequestPayload('RequestClassPayload', 'A request for a class.');
export const ApproveClassPayload = classRequestPayload('ApproveClassPayload', 'An approved request.');
export const RefuseClassPayload = classRequestPayload('RefuseClassPayload', 'A refused request.');
