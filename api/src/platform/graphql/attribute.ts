import { Field, ObjectType } from 'type-graphql';
import { Part } from './access.ts';

@Part()
@ObjectType('Attribute', { description: 'A fact that only some programs have, as their terms declare it.' })
export class AttributeType {
  @Field(() => String, { description: 'The name, as declared.' })
  name!: string;

  @Field(() => String, { description: 'The value as text: true or false, a country, a number, words.' })
  value!: string;
}

/** Attributes as facts keep them, for the API. */
export function attributesOf(values: Readonly<Record<string, string | number | boolean>> | null | undefined): AttributeType[] {
  return Object.entries(values ?? {}).map(([name, value]) => ({ name, value: String(value) }));
}
