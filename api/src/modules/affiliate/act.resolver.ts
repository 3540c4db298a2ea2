import { Ctx, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Access } from '../../platform/graphql/access.ts';
import { Input } from '../../platform/graphql/input.ts';
import { type Payload, payload } from '../../platform/graphql/user-error.ts';
import type { ClassRequest, Enrollment } from './affiliate.entity.ts';
import * as inputs from './affiliate.input.ts';
import * as payloads from './affiliate.payload.ts';

type Enrolled = Promise<Payload<'enrollment', Enrollment>>;
type Requested = Promise<Payload<'classRequest', ClassRequest>>;

/** What staff, integrators and affiliates do about enrollments. */
@Resolver()
export class EnrollmentActResolver {
  @Access('application.review')
  @Mutation(() => payloads.EnrollAffiliatePayload, { description: 'Brings an affiliate in as active, through all steps of the terms.' })
  async enrollAffiliate(@Ctx() context: Context, @Input(() => inputs.EnrollAffiliateInput) input: inputs.EnrollAffiliateInput): Enrolled {
    return payload('enrollment', await context.services.joining.enroll(context, input));
  }

  @Access('affiliate.apply', 'own.ask')
  @Mutation(() => payloads.ApplyToProgramPayload, {
    description: 'Applies for an affiliate to join a program. Affiliates apply for themselves, where the program takes sign-ups.',
  })
  async applyToProgram(@Ctx() context: Context, @Input(() => inputs.ApplyToProgramInput) input: inputs.ApplyToProgramInput): Enrolled {
    return payload('enrollment', await context.services.joining.apply(context, input));
  }

  @Access('application.review')
  @Mutation(() => payloads.ApproveApplicationPayload, {
    description: 'Approves an application. Where no contract follows, the affiliate is active.',
  })
  async approveApplication(
    @Ctx() context: Context,
    @Input(() => inputs.ApproveApplicationInput) input: inputs.ApproveApplicationInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.step(context, input, 'approve'));
  }

  @Access('application.review')
  @Mutation(() => payloads.RejectApplicationPayload, { description: 'Rejects an application.' })
  async rejectApplication(
    @Ctx() context: Context,
    @Input(() => inputs.RejectApplicationInput) input: inputs.RejectApplicationInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.reject(context, input, input.reason));
  }

  @Access('application.review')
  @Mutation(() => payloads.SendContractPayload, { description: 'Writes the contract on the terms in force, and notes that it was sent.' })
  async sendContract(@Ctx() context: Context, @Input(() => inputs.SendContractInput) input: inputs.SendContractInput): Enrolled {
    return payload('enrollment', await context.services.enrollments.sendContract(context, input));
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => payloads.SignContractPayload, { description: 'Notes that the contract is signed: the affiliate is active.' })
  async signContract(@Ctx() context: Context, @Input(() => inputs.SignContractInput) input: inputs.SignContractInput): Enrolled {
    return payload('enrollment', await context.services.enrollments.signContract(context, input, input.hash ?? null));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.SuspendEnrollmentPayload, {
    description: 'Takes an affiliate out for the time being: clicks from now on earn nothing.',
  })
  async suspendEnrollment(
    @Ctx() context: Context,
    @Input(() => inputs.SuspendEnrollmentInput) input: inputs.SuspendEnrollmentInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.suspend(context, input, input.reason));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.ReinstateEnrollmentPayload, { description: 'Takes a suspended affiliate up again.' })
  async reinstateEnrollment(
    @Ctx() context: Context,
    @Input(() => inputs.ReinstateEnrollmentInput) input: inputs.ReinstateEnrollmentInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.reinstate(context, input));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.TerminateEnrollmentPayload, { description: 'Ends an enrollment for good. What was earned stays.' })
  async terminateEnrollment(
    @Ctx() context: Context,
    @Input(() => inputs.TerminateEnrollmentInput) input: inputs.TerminateEnrollmentInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.terminate(context, input, input.reason));
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => payloads.AcceptDocumentPayload, { description: 'Accepts a document of the program.' })
  async acceptDocument(@Ctx() context: Context, @Input(() => inputs.AcceptDocumentInput) input: inputs.AcceptDocumentInput): Enrolled {
    return payload('enrollment', await context.services.enrollments.acceptDocument(context, input, input.document, input.version ?? null));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.GrantPermissionPayload, { description: 'Permits a channel from now on.' })
  async grantPermission(@Ctx() context: Context, @Input(() => inputs.GrantPermissionInput) input: inputs.GrantPermissionInput): Enrolled {
    return payload('enrollment', await context.services.enrollments.permit(context, input, input.channel, 'granted'));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.RevokePermissionPayload, { description: 'Permits a channel no longer.' })
  async revokePermission(
    @Ctx() context: Context,
    @Input(() => inputs.RevokePermissionInput) input: inputs.RevokePermissionInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.permit(context, input, input.channel, 'revoked'));
  }

  @Access('affiliate.manage')
  @Mutation(() => payloads.SetQualityFactorPayload, { description: 'Scales what orders earn that are placed from now on.' })
  async setQualityFactor(
    @Ctx() context: Context,
    @Input(() => inputs.SetQualityFactorInput) input: inputs.SetQualityFactorInput,
  ): Enrolled {
    return payload('enrollment', await context.services.enrollments.setQualityFactor(context, input, input.factor, input.reason));
  }

  @Access('affiliate.represent', 'own.ask')
  @Mutation(() => payloads.RequestClassPayload, { description: 'Asks for a higher class, where what the terms measure suffices.' })
  async requestClass(@Ctx() context: Context, @Input(() => inputs.RequestClassInput) input: inputs.RequestClassInput): Requested {
    return payload('classRequest', await context.services.classes.request(context, input, input.class));
  }

  @Access('class.decide')
  @Mutation(() => payloads.ApproveClassPayload, { description: 'Gives the class that was asked for, if what it needs is still there.' })
  async approveClass(@Ctx() context: Context, @Input(() => inputs.ApproveClassInput) input: inputs.ApproveClassInput): Requested {
    return payload('classRequest', await context.services.classes.approve(context, input));
  }

  @Access('class.decide')
  @Mutation(() => payloads.RefuseClassPayload, { description: 'Refuses the class that was asked for.' })
  async refuseClass(@Ctx() context: Context, @Input(() => inputs.RefuseClassInput) input: inputs.RefuseClassInput): Requested {
    return payload('classRequest', await context.services.classes.refuse(context, input, input.reason ?? null));
  }
}
