// The publisher tag. The server makes this file small and puts `CONFIG` in front; on the page it is one script without dependencies.
// It writes no markup, no inline styles and no storage, so that it runs under the strictest policies and needs no consent of its own.

interface TagConfig {
  /** Address of the affiliate's link, whose parameter `to` is a page of the merchant. */
  readonly link: string;
  /** Hosts that links may lead to, with those below them, and hosts that they may not. */
  readonly hosts: readonly string[];
  readonly exceptHosts: readonly string[];
}

interface ConsentData {
  readonly gdprApplies?: boolean;
  readonly eventStatus?: string;
  readonly purpose?: { readonly consents?: Readonly<Record<string, boolean>> };
}

interface PublishersWindow {
  /** Of the Transparency and Consent Framework, version 2. */
  readonly __tcfapi?: (command: 'addEventListener', version: 2, callback: (data: ConsentData, isRead: boolean) => void) => void;
  readonly [name: string]: unknown;
}

declare const CONFIG: TagConfig;

const MARK = 'data-tributary';
const LABEL = 'tributary-ad';
const LINKS = 'a[href],area[href]';
const LONGEST_URL = 2000;
/** As browsers write addresses: without a user or a port of its own. */
const PLAIN = /^https?:\/\/([^/?#:@]+)(?:[/?#]|$)/;
/** So many links at a time, so that a page with thousands stays quick to the touch. */
const AT_ONCE = 500;
/** So many links share one look at where they are. */
const MOST_TOGETHER = 50;
/** So far above a link, in heights of the window, somebody is near it. */
const NEAR = 0.2;
/** What somebody does with a link that nobody came near, as programs for the blind do. */
const USES = ['click', 'auxclick', 'contextmenu', 'pointerdown', 'focusin'];
/** What takes links of a whole page along. */
const USES_OF_ALL = ['copy', 'beforeprint'];
/** What an ad is called, by the language of the page. */
const WORDS: Readonly<Record<string, string>> = {
  en: 'Ad',
  cs: 'Reklama',
  de: 'Anzeige',
  es: 'Publicidad',
  fr: 'Publicité',
  id: 'Iklan',
  it: 'Pubblicità',
  ms: 'Iklan',
  nl: 'Advertentie',
  pl: 'Reklama',
  pt: 'Anúncio',
  ru: 'Реклама',
  th: 'โฆษณา',
  tr: 'Reklam',
  uk: 'Реклама',
  vi: 'Quảng cáo',
  zh: '广告',
};

type Link = HTMLAnchorElement | HTMLAreaElement;
interface Tagged {
  /** As the page had them. */
  readonly href: string;
  readonly rel: string | null;
  /** As they are now. */
  readonly tracked: string;
  /** Null: it needs none. */
  label: HTMLElement | null;
}

const settings = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
const placement = settings['disclosure'] === 'off' ? 'off' : (settings['placement'] ?? 'above');
const language = document.documentElement.lang.slice(0, 2).toLowerCase();
const word = settings['disclosure'] || (WORDS[language] ?? 'Ad');
/** In the letters of its place, as another font takes longer than all the rest. Above the end of the link, where it takes no room: nothing on the page moves, and nothing reaches over an edge. */
const STYLE =
  'font-size:.625rem;line-height:1;color:#595959;background:#fff;border-radius:2px;padding:1px 2px;text-indent:0;text-decoration:none;white-space:nowrap;' +
  (placement === 'inline' ? 'margin-inline-start:.3em' : 'position:absolute;transform:translate(-100%,-95%);pointer-events:none');
const tagged = new Map<Link, Tagged>();
let waiting = new Set<Link>();
/** What the page says of links anywhere. */
const marks = new Set<'sub' | 'off'>();
/** Links to the merchant that follow each other at one place of the page, by those of them that are watched. */
const groups = new Map<Link, Link[]>();
/** A link is changed when somebody comes near: most of a long page is never looked at. Who jumps to its end has passed what is above. */
const near = new IntersectionObserver(
  (entries) => {
    const reached = new Set<Link>();
    const links = new Set<Link>();
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const group = groups.get(target as Link);
      if (group === undefined) continue;
      // What is not shown says nothing of where the others are.
      if (!isIntersecting && boundingClientRect.width > 0) continue;
      reached.add(target as Link);
      for (const link of dissolve(group)) links.add(link);
    }
    change(settle(links, reached));
  },
  { rootMargin: `9999999px 0px ${NEAR * 100}%` },
);
let model: HTMLElement | undefined;
let isPlanned = false;
let watching: MutationObserver | undefined;

const isAmong = (host: string, hosts: readonly string[]) => hosts.some((one) => host === one || host.endsWith(`.${one}`));

const known = new Map<string, boolean>();

/** Does a link lead to the merchant, in a form that the server takes? */
function isMerchants(link: Link): boolean {
  const written = link.getAttribute('href') ?? '';
  // Pages lead to few hosts, and to have an address read takes longer than to change it: what was found of a host holds for all of its links.
  const beginning = written.startsWith('http') ? written.slice(0, written.indexOf('/', 8) + 1) : '';
  let found = known.get(beginning);
  if (found === undefined) {
    const host = PLAIN.exec(link.href)?.[1];
    found = host !== undefined && isAmong(host, CONFIG.hosts) && !isAmong(host, CONFIG.exceptHosts);
    if (beginning !== '') known.set(beginning, found);
  }
  return found;
}

function trackedOf(link: Link, address: string): string {
  const around = marks.has('sub') ? aroundOf(link, 'sub') : null;
  return `${CONFIG.link}?to=${encodeURIComponent(address)}&via=tag${around == null ? subOf(settings['sub']) : subOf(around)}`;
}

const subOf = (sub: string | undefined) => (sub ? `&sub=${encodeURIComponent(sub)}` : '');

/** What stands on a link or around it; pages that say nothing are not searched link by link. */
function aroundOf(link: Link, name: 'sub' | 'off'): string | null | undefined {
  const selector = name === 'off' ? `[${MARK}=off]` : `[${MARK}-sub]`;
  return link.closest(selector)?.getAttribute(name === 'off' ? MARK : `${MARK}-sub`);
}

function findMarks(): void {
  if (document.querySelector(`[${MARK}=off]`) !== null) marks.add('off');
  if (document.querySelector(`[${MARK}-sub]`) !== null) marks.add('sub');
}

/** Areas of pictures have no place beside them. */
const needsLabel = (link: Link) => placement !== 'off' && link.localName === 'a';

function newLabel(): HTMLElement {
  if (model === undefined) {
    model = document.createElement('span');
    model.className = `${LABEL} ${LABEL}-${placement === 'inline' ? 'inline' : 'above'}`;
    model.textContent = word;
    // By hand, which every policy allows; a style sheet would have the whole page looked through for whom it is about.
    model.style.cssText = STYLE;
  }
  return model.cloneNode(true) as HTMLElement;
}

function watch(links: Link[]): void {
  for (const end of [links[0] as Link, links.at(-1) as Link]) {
    groups.set(end, links);
    near.observe(end);
  }
}

function dissolve(links: Link[]): Link[] {
  for (const end of [links[0] as Link, links.at(-1) as Link]) {
    groups.delete(end);
    near.unobserve(end);
  }
  return links;
}

/**
 * Those links that somebody is near, or that are nowhere to be seen. The others are watched, many together: to watch each of hundreds
 * takes longer than to change it.
 */
function settle(links: Iterable<Link>, reached?: ReadonlySet<Link>): Link[] {
  const { innerHeight, innerWidth } = window;
  const found: Link[] = [];
  let group: Link[] = [];
  let place: Element | null | undefined;
  let above = 0;
  for (const link of links) {
    if (!link.isConnected) continue;
    const { top, left, right, width } = link.getBoundingClientRect();
    const isNear = top < innerHeight * (1 + NEAR) && right > 0 && left < innerWidth;
    if (width === 0 || isNear || reached?.has(link)) {
      found.push(link);
      continue;
    }
    const at = link.parentElement?.parentElement;
    // What goes up again is another column, of which somebody may come near sooner.
    if (group.length === MOST_TOGETHER || place !== at || top < above) {
      if (group.length > 0) watch(group);
      group = [];
      place = at;
    }
    group.push(link);
    above = top;
  }
  if (group.length > 0) watch(group);
  return found;
}

const isAsMade = ({ tracked, label }: Tagged, link: Link) =>
  tracked === link.getAttribute('href') && (label === null || label.previousElementSibling === link);

/** Makes one link what it should be; what the page made of it meanwhile counts. */
function tag(link: Link): void {
  const known = tagged.get(link);
  if (known !== undefined) {
    if (isAsMade(known, link)) return;
    takeBack(link, known);
  }
  const href = link.getAttribute('href');
  const address = link.href;
  if (href === null || !link.isConnected || address.length > LONGEST_URL || !isMerchants(link)) return;
  if (marks.has('off') && aroundOf(link, 'off')) return;
  const tracked = trackedOf(link, address);
  const rel = link.getAttribute('rel');
  const label = needsLabel(link) ? newLabel() : null;
  tagged.set(link, { href, rel, tracked, label });
  link.setAttribute('href', tracked);
  link.setAttribute('rel', rel === null ? 'sponsored' : [...new Set(`${rel} sponsored`.trim().split(/\s+/))].join(' '));
  if (label !== null) link.after(label);
}

/** A link as the page had it; where the page has given it another address, that stays. */
function takeBack(link: Link, { href, rel, tracked, label }: Tagged): void {
  tagged.delete(link);
  label?.remove();
  if (link.getAttribute('href') === tracked) link.setAttribute('href', href);
  if (rel === null) link.removeAttribute('rel');
  else link.setAttribute('rel', rel);
}

/** What is done here is not news. */
function change(links: Iterable<Link>): void {
  if (watching === undefined) return;
  findMarks();
  notice(watching.takeRecords());
  for (const link of links) tag(link);
  watching.takeRecords();
}

/** Everything as the page had it. */
function untag(): void {
  watching?.disconnect();
  watching = undefined;
  near.disconnect();
  groups.clear();
  for (const [link, known] of tagged) takeBack(link, known);
  waiting = new Set();
}

function collect(root: Document | Element): void {
  if (root instanceof Element && root.matches(LINKS)) waiting.add(root as Link);
  for (const link of root.querySelectorAll<Link>(LINKS)) waiting.add(link);
}

function plan(): void {
  if (isPlanned || waiting.size === 0) return;
  isPlanned = true;
  // With the next picture, which has to find out where everything is anyway; what nobody sees is not made ready.
  requestAnimationFrame(work);
}

function work(): void {
  isPlanned = false;
  if (watching === undefined) return;
  const links: Link[] = [];
  for (const link of waiting) {
    waiting.delete(link);
    // One that was changed may lead elsewhere now, or have lost its label.
    if ((isMerchants(link) || tagged.has(link)) && links.push(link) === AT_ONCE) break;
  }
  // Labels that take room are there before somebody comes near.
  change(placement === 'inline' ? links : settle(links));
  plan();
}

function notice(records: readonly MutationRecord[]): void {
  for (const { type, target, addedNodes, removedNodes } of records) {
    if (type === 'attributes') waiting.add(target as Link);
    for (const node of addedNodes) if (node instanceof Element && !node.classList.contains(LABEL)) collect(node);
    for (const node of removedNodes) if (node instanceof Element) forget(node);
  }
  plan();
}

/** A link that goes takes its label along, and so does a page that keeps it for later. */
function forget(node: Element): void {
  for (const link of [node, ...node.querySelectorAll(LINKS)] as Link[]) {
    if (link.isConnected) continue;
    const known = tagged.get(link);
    if (known !== undefined) takeBack(link, known);
    const others = groups.get(link);
    if (others !== undefined) for (const other of dissolve(others)) waiting.add(other);
  }
}

function observe(watcher: MutationObserver): void {
  watcher.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
}

/** Whatever is about to be used is changed before. */
function use({ target }: Event): void {
  const link = target instanceof Element ? target.closest<Link>(LINKS) : null;
  if (link !== null && isMerchants(link)) change([link]);
}

function useAll(): void {
  change([...waiting, ...[...groups.values()].flatMap(dissolve)]);
}

function start(): void {
  if (watching !== undefined) return;
  watching = new MutationObserver(notice);
  observe(watching);
  collect(document);
  plan();
}

/** Whoever says that nobody should follow them is not followed. */
function isRefused(): boolean {
  const { doNotTrack } = navigator;
  return (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true || doNotTrack === '1' || doNotTrack === 'yes';
}

/** Starts as soon as the visitor allows it, as the page says how: by a function, an event, or the framework of consent banners. */
async function begin(): Promise<void> {
  if (isRefused()) return;
  const page = window as unknown as PublishersWindow;
  const { consent, consentEvent, refusalEvent } = settings;
  if (refusalEvent) document.addEventListener(refusalEvent, untag);
  if (consentEvent) document.addEventListener(consentEvent, start);
  if (consent) {
    const ask = page[consent];
    if (typeof ask === 'function' && (await (ask as () => unknown)()) === true) start();
  } else if (!consentEvent && page.__tcfapi !== undefined) {
    page.__tcfapi('addEventListener', 2, ({ gdprApplies, eventStatus, purpose }, isRead) => {
      const isSettled = eventStatus === 'tcloaded' || eventStatus === 'useractioncomplete';
      if (isRead && (gdprApplies === false || (isSettled && purpose?.consents?.['1'] === true))) start();
      else if (isRead && isSettled) untag();
    });
  } else if (!consentEvent) {
    start();
  }
}

for (const name of USES) document.addEventListener(name, use, true);
for (const name of USES_OF_ALL) window.addEventListener(name, useAll, true);
void begin();
