import { defineEntity, p } from '@mikro-orm/postgresql';
import type { ViewerKind } from '../../context.ts';

const TokenSchema = defineEntity({
  name: 'Token',
  tableName: 'api_token',
  properties: {
    id: p.uuid().primary(),
    organizationId: p.uuid(),
    kind: p.text().$type<ViewerKind>(),
    affiliateId: p.uuid().nullable(),
    name: p.text(),
    prefix: p.text(),
    secretHash: p.blob().lazy(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
  },
});

/** What opens the API to one caller. The secret itself is stored nowhere. */
export class Token extends TokenSchema.class {}
TokenSchema.setClass(Token);
