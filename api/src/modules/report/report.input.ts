import { ArgsType, Field, registerEnumType } from 'type-graphql';
import { PageArgs } from '../../platform/graphql/connection.ts';

export const DIMENSIONS = ['total', 'day', 'affiliate', 'link', 'sub-id', 'country', 'channel'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const ReportDimension = {
  TOTAL: 'total',
  DAY: 'day',
  AFFILIATE: 'affiliate',
  LINK: 'link',
  SUB_ID: 'sub-id',
  COUNTRY: 'country',
  CHANNEL: 'channel',
} as const satisfies Record<string, Dimension>;
registerEnumType(ReportDimension, {
  name: 'ReportDimension',
  description: 'By what a report adds up.',
  valuesConfig: {
    TOTAL: { description: 'All in one row.' },
    DAY: { description: 'By day of the program’s time zone.' },
    AFFILIATE: { description: 'By affiliate.' },
    LINK: { description: 'By link, by the caller’s id.' },
    SUB_ID: { description: 'By the affiliate’s own mark.' },
    COUNTRY: { description: 'By country: of the click, or where the order goes when it came without one.' },
    CHANNEL: { description: 'By channel of the click.' },
  },
});

export const ReportSort = { KEY: 'key', CLICKS: 'clicks', ORDERS: 'orders', COMMISSION: 'commission' } as const;
registerEnumType(ReportSort, {
  name: 'ReportSort',
  description: 'In which order the rows of a report come.',
  valuesConfig: {
    KEY: { description: 'By what they are of, the first first.' },
    CLICKS: { description: 'Most clicks first.' },
    ORDERS: { description: 'Most orders first.' },
    COMMISSION: { description: 'Most commission first.' },
  },
});

@ArgsType()
export class ReportArgs extends PageArgs {
  @Field(() => String, { description: 'The key of the program.' })
  program!: string;

  @Field(() => ReportDimension, { description: 'By what it adds up.' })
  by!: Dimension;

  @Field(() => String, { description: 'The first day, such as `2026-03-01`, in the program’s time zone.' })
  from!: string;

  @Field(() => String, { description: 'The last day; 366 days at most.' })
  to!: string;

  @Field(() => String, { nullable: true, description: 'Only of this affiliate.' })
  affiliate?: string | null;

  @Field(() => ReportSort, { nullable: true, description: 'In which order; left out: by what they are of.' })
  sort?: (typeof ReportSort)[keyof typeof ReportSort] | null;
}
