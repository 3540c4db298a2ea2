import { defineEntity, p } from '@mikro-orm/postgresql';

const ProgramSchema = defineEntity({
  name: 'Program',
  tableName: 'program',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    key: p.text(),
    name: p.text(),
    unit: p.text(),
  },
});

/** An affiliate program of one organization. What it pays and when stands in its terms. */
export class Program extends ProgramSchema.class {}
ProgramSchema.setClass(Program);
