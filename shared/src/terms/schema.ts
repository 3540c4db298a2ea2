import { spanUnits } from './catalogue/shapes-program.ts';
import { catalogue, type OperandKind, type OperatorEntry, type Property, type Shape, type ValueKind } from './catalogue.ts';
import { countryCodes, currencyCodes } from './codes.ts';
import { patterns } from './read/values.ts';

/** A JSON Schema or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const ref = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });
const text = { type: 'string', minLength: 1, pattern: patterns.text } as const;
const FACT = '^(order|line|click|affiliate|customer)\\.[A-Za-z][A-Za-z0-9-]{0,63}$';

/**
 * JSON Schema (draft 7) of a terms document, for completion and hints in editors. It says no more than the form: what a document
 * means is checked by `validateTerms`, which refuses everything that the schema refuses.
 */
export const termsJsonSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Terms of an affiliate program',
  allOf: [ref('Terms')],
  definitions: {
    ...Object.fromEntries(catalogue.shapes.map((shape) => [shape.name, shapeSchema(shape)])),
    Condition: conditionSchema(),
    FactName: {
      description: 'Name of a fact.',
      anyOf: [{ enum: catalogue.facts.map((fact) => fact.path) }, { type: 'string', pattern: FACT }],
    },
    CountryCode: { description: 'ISO 3166-1 alpha-2.', enum: [...countryCodes] },
    CurrencyCode: { description: 'ISO 4217.', enum: [...currencyCodes] },
  },
};

function shapeSchema(shape: Shape): JsonSchema {
  const entries = Object.entries(shape.properties);
  const groups = shape.oneOf.map((group) => ({ oneOf: group.map((key) => ({ required: [key] })) }));
  return {
    type: 'object',
    description: shape.description,
    properties: Object.fromEntries(entries.map(([key, property]) => [key, propertySchema(property)])),
    required: entries.filter(([, property]) => property.required).map(([key]) => key),
    additionalProperties: false,
    ...(groups.length > 0 ? { allOf: groups } : {}),
  };
}

function propertySchema({ value, description }: Property): JsonSchema {
  return { description, ...valueSchema(value) };
}

function valueSchema(kind: ValueKind): JsonSchema {
  switch (kind.kind) {
    case 'text':
      return text;
    case 'boolean':
      return { type: 'boolean' };
    case 'boolean-or-text':
      return { anyOf: [{ type: 'boolean' }, text] };
    case 'integer':
      return { type: 'integer', minimum: kind.min, maximum: kind.max };
    case 'choice':
      return { enum: [...kind.values] };
    case 'country':
      return ref('CountryCode');
    case 'currency':
      return ref('CurrencyCode');
    case 'fact':
      return ref('FactName');
    case 'list':
      return text;
    case 'zone':
      return { ...text, examples: ['UTC', 'Asia/Shanghai', 'America/New_York'] };
    case 'condition':
      return ref('Condition');
    case 'object':
      return ref(kind.shape);
    case 'variant':
      return variantSchema(kind);
    case 'array':
      return { type: 'array', items: valueSchema(kind.of), minItems: kind.min, maxItems: kind.max };
    case 'map':
      return {
        type: 'object',
        propertyNames: { pattern: patterns[kind.keys] },
        additionalProperties: valueSchema(kind.of),
        maxProperties: kind.max,
      };
    case 'either':
      return { anyOf: [valueSchema(kind.plain), valueSchema(kind.object)] };
    default:
      return { type: 'string', pattern: patterns[kind.kind] };
  }
}

/** `if` and `then` for each variant, so that an editor's complaint is about the one that was meant. */
function variantSchema({ by, shapes }: Extract<ValueKind, { kind: 'variant' }>): JsonSchema {
  const chosen = (value: string) => ({ properties: { [by]: { const: value } }, required: [by] });
  return {
    type: 'object',
    properties: { [by]: { enum: Object.keys(shapes) } },
    required: [by],
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    allOf: Object.entries(shapes).map(([value, shape]) => ({ if: chosen(value), then: ref(shape) })),
  };
}

function conditionSchema(): JsonSchema {
  const parts = { type: 'array', minItems: 1, maxItems: 200, items: ref('Condition') };
  const only = (key: string, description: string, schema: JsonSchema) => ({
    type: 'object',
    properties: { [key]: { description, ...schema } },
    required: [key],
    additionalProperties: false,
  });
  return {
    description: 'all, any or not of other conditions, or a test of one fact.',
    anyOf: [
      only('all', 'All of them hold.', parts),
      only('any', 'One of them holds.', parts),
      only('not', 'It does not hold.', ref('Condition')),
      testSchema(),
    ],
  };
}

function testSchema(): JsonSchema {
  const operators = catalogue.operators.map((operator) => [operator.name, operatorSchema(operator)] as const);
  return {
    type: 'object',
    properties: { fact: ref('FactName'), ...Object.fromEntries(operators) },
    required: ['fact'],
    additionalProperties: false,
    // The fact, and exactly one operator.
    minProperties: 2,
    maxProperties: 2,
  };
}

function operatorSchema({ operand, types, description }: OperatorEntry): JsonSchema {
  return { description: `${description} For facts of type ${types.join(', ')}.`, ...operandSchema(operand) };
}

function operandSchema(operand: OperandKind): JsonSchema {
  const scalar = { anyOf: [text, { type: 'boolean' }, { type: 'integer' }] };
  switch (operand) {
    case 'boolean':
      return { type: 'boolean' };
    case 'decimal':
      return { type: 'string', pattern: patterns.decimal };
    case 'list-name':
      return text;
    case 'list':
      return { anyOf: [text, { type: 'array', items: scalar, minItems: 1, maxItems: 200 }] };
    case 'scalar-or-fact': {
      const other = { type: 'object', properties: { fact: ref('FactName') }, required: ['fact'], additionalProperties: false };
      return { anyOf: [...scalar.anyOf, other] };
    }
    case 'span-of': {
      const units = Object.fromEntries(Object.entries(spanUnits).map(([key, property]) => [key, propertySchema(property)]));
      const properties = { of: ref('FactName'), ...units };
      return { type: 'object', properties, required: ['of'], additionalProperties: false, minProperties: 2, maxProperties: 2 };
    }
  }
}
