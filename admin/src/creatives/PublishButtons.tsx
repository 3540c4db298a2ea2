import type { Field, Values } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { PublishButton } from '../ui/PublishButton.tsx';
import type { Sentence } from '../words/words.ts';
import { type NewCreative, publishCreative } from './source.ts';

const FIRST: readonly Field[] = [
  { name: 'title', label: 'Title', required: true },
  { name: 'url', label: 'Leads to', help: 'A page of the merchant; begins with https://', required: true },
];
const BANNER: readonly Field[] = [
  { name: 'image', label: 'Address of the picture', help: 'Begins with https://', required: true },
  { name: 'width', label: 'Width in pixels', kind: 'number', required: true },
  { name: 'height', label: 'Height in pixels', kind: 'number', required: true },
];
const OFFER: readonly Field[] = [{ name: 'code', label: 'Code that customers type in', help: 'Empty: there is none' }];
const LAST: readonly Field[] = [
  { name: 'details', label: 'What else there is to know', kind: 'long' },
  { name: 'validFrom', label: 'From', kind: 'day', help: 'Midnight UTC; empty: at once' },
  { name: 'validUntil', label: 'Until', kind: 'day', help: 'Midnight UTC; empty: for good' },
  { name: 'affiliate', label: 'Affiliate id', help: 'Empty: for all affiliates of the program' },
];

const textIn = (text: string | undefined) => text?.trim() || null;
const numberIn = (text: string | undefined) => (text?.trim() ? Number(text) : null);
const instantIn = (day: string | undefined) => (day ? `${day}T00:00:00Z` : null);

function creativeOf(values: Values, key: string): Omit<NewCreative, 'program' | 'kind'> {
  return {
    id: `office-${key}`,
    title: values['title']?.trim() ?? '',
    url: values['url']?.trim() ?? '',
    image: textIn(values['image']),
    width: numberIn(values['width']),
    height: numberIn(values['height']),
    code: textIn(values['code']),
    details: textIn(values['details']),
    validFrom: instantIn(values['validFrom']),
    validUntil: instantIn(values['validUntil']),
    affiliate: textIn(values['affiliate']),
  };
}

interface Publishing {
  readonly program: string;
  readonly kind: NewCreative['kind'];
  /** What is published, on the button. */
  readonly label: Sentence;
  /** What only this kind says. */
  readonly own: readonly Field[];
}

function Publish({ program, kind, label, own }: Publishing) {
  const run = useAct();
  return (
    <PublishButton
      program={program}
      label={label}
      fields={[...FIRST, ...own, ...LAST]}
      run={(values, key) => run(publishCreative, { ...creativeOf(values, key), program, kind })}
    />
  );
}

export function PublishBanner({ program }: { readonly program: string }) {
  return <Publish program={program} kind="BANNER" label="Publish a banner" own={BANNER} />;
}

export function PublishOffer({ program }: { readonly program: string }) {
  return <Publish program={program} kind="OFFER" label="Publish an offer" own={OFFER} />;
}
