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
const AT_ONCE = 200;
/** So many links share one look at where they are. */
const MOST_TOGETHER = 8;
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
  /** Null: it needs none, or nobody comes near it yet. */
  label: HTMLElement | null;
}

const settings = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};
const placement = settings['disclosure'] === 'off' ? 'off' : (settings['placement'] ?? 'above');
const language = document.documentElement.lang.slice(0, 2).toLowerCase();
const word = settings['disclosure'] || (WORDS[language] ?? 'Ad');
/** Above the end of the link, where it takes no room: nothing on the page moves, and nothing reaches over an edge. */
const STYLE =
  'font:600 .625rem/1 system-ui,sans-serif;color:#595959;background:#fff;border-radius:2px;padding:1px 2px;text-indent:0;text-decoration:none;white-space:nowrap;' +
  (placement === 'inline' ? 'margin-inline-start:.3em' : 'position:absolute;transform:translate(-100%,-95%);pointer-events:none');
const tagged = new Map<Link, Tagged>();
let waiting = new Set<Link>();
/** What the page says of links anywhere. */
const marks = new Set<'sub' | 'off'>();
/** Links that follow each other at one place of the page, by those of them that are watched. */
const groups = new Map<Link, Link[]>();
let group: Link[] = [];
let place: Element | null | undefined;
/** Labels come when somebody comes near: most of a long page is never looked at. Who jumps to its end has passed what is above. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const links = groups.get(target as Link);
      if (links === undefined) continue;
      if (isIntersecting) for (const link of dissolve(links)) addLabel(link);
      // What is not shown says nothing of where the others are.
      else if (links.length > 1 && boundingClientRect.width === 0) for (const link of dissolve(links)) watch([link]);
    }
    watching?.takeRecords();
  },
  { rootMargin: '9999999px 0px 20%' },
);
let isPlanned = false;
let watching: MutationObserver | undefined;

const isAmong = (host: string, hosts: readonly string[]) => hosts.some((one) => host === one || host.endsWith(`.${one}`));

const known = new Map<string, boolean>();

/** Does an address lead to the merchant, in a form that the server takes? */
function isMerchants(address: string): boolean {
  if (address.length > LONGEST_URL) return false;
  // Pages lead to few hosts: what was found of one holds for all of its links.
  const beginning = address.slice(0, address.indexOf('/', 8) + 1) || address;
  let found = known.get(beginning);
  if (found === undefined) {
    const host = PLAIN.exec(beginning)?.[1];
    found = host !== undefined && isAmong(host, CONFIG.hosts) && !isAmong(host, CONFIG.exceptHosts);
    known.set(beginning, found);
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

function addLabel(link: Link): void {
  const known = tagged.get(link);
  if (known === undefined || known.label !== null) return;
  const label = document.createElement('span');
  label.className = `${LABEL} ${LABEL}-${placement === 'inline' ? 'inline' : 'above'}`;
  label.textContent = word;
  // By hand, which every policy allows; a style sheet would have the whole page looked through for whom it is about.
  label.style.cssText = STYLE;
  known.label = label;
  link.after(label);
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

/** To watch each link of hundreds takes longer than to change it. */
function join(link: Link): void {
  const at = link.parentElement?.parentElement;
  if (group.length >= MOST_TOGETHER || place !== at) closeGroup();
  place = at;
  group.push(link);
}

function closeGroup(): void {
  if (group.length > 0) watch(group);
  group = [];
}

/** Makes one link what it should be; what the page made of it meanwhile counts. */
function tag(link: Link): void {
  const known = tagged.get(link);
  const href = link.getAttribute('href');
  if (known !== undefined && known.tracked === href && (known.label === null || known.label.previousElementSibling === link)) return;
  if (known !== undefined) {
    known.label?.remove();
    tagged.delete(link);
    if (known.tracked === href) link.setAttribute('href', known.href);
    else setRel(link, known.rel);
  }
  if (href === null || !link.isConnected) return;
  const address = link.href;
  if (!isMerchants(address) || (marks.has('off') && aroundOf(link, 'off'))) return;
  const tracked = trackedOf(link, address);
  const rel = known !== undefined && known.tracked === href ? known.rel : link.getAttribute('rel');
  tagged.set(link, { href, rel, tracked, label: null });
  link.setAttribute('href', tracked);
  link.setAttribute('rel', rel === null ? 'sponsored' : [...new Set(`${rel} sponsored`.trim().split(/\s+/))].join(' '));
  if (!needsLabel(link)) return;
  if (placement === 'inline') addLabel(link);
  else join(link);
}

function setRel(link: Link, rel: string | null): void {
  if (rel === null) link.removeAttribute('rel');
  else link.setAttribute('rel', rel);
}

/** Everything as the page had it. */
function untag(): void {
  watching?.disconnect();
  watching = undefined;
  near.disconnect();
  groups.clear();
  group = [];
  for (const [link, { href, rel, tracked, label }] of tagged) {
    label?.remove();
    if (link.getAttribute('href') === tracked) link.setAttribute('href', href);
    setRel(link, rel);
  }
  tagged.clear();
  waiting = new Set();
}

function collect(root: Document | Element): void {
  if (root instanceof Element && root.matches(LINKS)) waiting.add(root as Link);
  for (const link of root.querySelectorAll<Link>(LINKS)) waiting.add(link);
}

function plan(): void {
  if (isPlanned || waiting.size === 0) return;
  isPlanned = true;
  setTimeout(work);
}

function work(): void {
  isPlanned = false;
  if (watching === undefined) return;
  notice(watching.takeRecords());
  // What is done now is known already: not to be told of it takes less than to throw it away.
  watching.disconnect();
  let count = 0;
  findMarks();
  for (const link of waiting) {
    if (++count > AT_ONCE) break;
    waiting.delete(link);
    tag(link);
  }
  closeGroup();
  observe(watching);
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
  for (const link of [node, ...node.querySelectorAll(LINKS)]) {
    const known = tagged.get(link as Link);
    if (known === undefined || link.isConnected) continue;
    known.label?.remove();
    tagged.delete(link as Link);
    const others = groups.get(link as Link);
    if (others !== undefined) for (const other of dissolve(others)) if (tagged.has(other)) watch([other]);
    if (link.getAttribute('href') === known.tracked) link.setAttribute('href', known.href);
    setRel(link as Link, known.rel);
  }
}

function observe(watcher: MutationObserver): void {
  watcher.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['href'] });
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

void begin();
