import { catalogue, type Shape, termsJsonSchema, type ValueKind } from '@tributary/shared/terms';
import { Ctx, Query, Resolver } from 'type-graphql';
import type { Context } from '../../context.ts';
import { Open } from '../../platform/graphql/access.ts';
import { type CatalogueShape, TermsCatalogue } from './catalogue.type.ts';

@Resolver()
export class CatalogueResolver {
  @Open()
  @Query(() => TermsCatalogue, { description: 'All that a terms document can say.' })
  termsCatalogue(@Ctx() { services }: Context): TermsCatalogue {
    const { facts, operators, sections, shapes } = catalogue;
    return {
      facts,
      operators,
      sections,
      shapes: shapes.map(showShape),
      jsonSchema: JSON.stringify(termsJsonSchema),
      bundledPrograms: services.programs.bundledKeys(),
    };
  }
}

function showShape({ properties, ...shape }: Shape): CatalogueShape {
  const shown = Object.entries(properties).map(([name, { value, required, description }]) => ({
    name,
    value: inShort(value),
    required: required !== false,
    description,
  }));
  return { ...shape, properties: shown };
}

function inShort(value: ValueKind): string {
  switch (value.kind) {
    case 'object':
      return value.shape;
    case 'variant':
      return Object.values(value.shapes).join(' or ');
    case 'array':
      return `list of ${inShort(value.of)}`;
    case 'map':
      return `${inShort(value.of)} by ${value.keys}`;
    case 'either':
      return `${inShort(value.plain)} or ${inShort(value.object)}`;
    case 'choice':
      return value.values.join(' or ');
    case 'boolean-or-text':
      return 'boolean or text';
    default:
      return value.kind;
  }
}
