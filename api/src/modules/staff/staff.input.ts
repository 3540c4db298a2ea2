import { Field, InputType } from 'type-graphql';
import type { Role } from '../../access/index.ts';
import { StaffRole } from '../identity/index.ts';

@InputType({ description: 'Who is to join the staff.' })
export class InviteStaffInput {
  @Field(() => String, { description: 'For people.' })
  name!: string;

  @Field(() => String, { description: 'Where the invitation goes; the member signs in with it.' })
  email!: string;

  @Field(() => [StaffRole], { defaultValue: [], description: 'What the member may do, in all programs. None: nothing yet.' })
  roles!: Role[];
}

@InputType({ description: 'A member of staff to keep out.' })
export class DisableStaffInput {
  @Field(() => String, { description: 'The id of the member.' })
  id!: string;
}

@InputType({ description: 'A member of staff to let in again.' })
export class EnableStaffInput {
  @Field(() => String, { description: 'The id of the member.' })
  id!: string;
}

@InputType({ description: 'A session of one’s own to end.' })
export class EndSessionInput {
  @Field(() => String, { description: 'The id of the session.' })
  id!: string;
}

@InputType({ description: 'A session of any member of staff to end.' })
export class EndStaffSessionInput {
  @Field(() => String, { description: 'The id of the session.' })
  id!: string;
}

@InputType({ description: 'A second factor that was lost.' })
export class RequestFactorResetInput {
  @Field(() => String, { description: 'The id of the member who lost it.' })
  member!: string;

  @Field(() => String, { description: 'How it was made sure that it is this member who asks; for whoever confirms it.' })
  reason!: string;
}

@InputType({ description: 'What becomes of a request to remove a second factor.' })
export class DecideFactorResetInput {
  @Field(() => String, { description: 'The id of the request.' })
  id!: string;

  @Field(() => Boolean, { description: 'Remove the second factor, or turn the request down?' })
  confirm!: boolean;
}
