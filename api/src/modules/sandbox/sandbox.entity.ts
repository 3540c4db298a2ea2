import { defineEntity, p } from '@mikro-orm/postgresql';

/** Owns programs, people and facts. A sandbox is one with a clock of its own. */
export const OrganizationSchema = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    kind: p.text().$type<'live' | 'sandbox'>(),
    parentId: p.uuid().nullable(),
    clock: p.datetime().nullable(),
  },
});
export class Organization extends OrganizationSchema.class {}
OrganizationSchema.setClass(Organization);
