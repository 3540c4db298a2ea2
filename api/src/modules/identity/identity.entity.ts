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
    personId: p.uuid().nullable(),
    name: p.text(),
    prefix: p.text(),
    secretHash: p.blob().lazy(),
    createdAt: p.datetime(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    lastUsedAt: p.datetime().nullable(),
    lastUsedFrom: p.text().nullable(),
    replacesId: p.uuid().nullable(),
    memberId: p.uuid().nullable(),
    scopes: p.array().columnType('text[]').nullable(),
    programIds: p.array().columnType('uuid[]').nullable(),
  },
});

/** What opens the API to one caller. The secret itself is stored nowhere. */
export class Token extends TokenSchema.class {}
TokenSchema.setClass(Token);
