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
/** After what links may stand elsewhere, or in sight, though none of those that are watched says so; changes of the page beside. */
const STIRS = ['scroll', 'resize', 'load', 'click', 'input', 'change', 'transitionend', 'animationend'];
/** What says how things look, and what the page says of its links. */
const TELLING = ['href', 'class', 'style', 'hidden', MARK, `${MARK}-sub`];
/** Milliseconds between two looks at where links are, at least, and how many times as long as a look takes. */
const REST = 100;
const REST_TIMES = 20;
/** A page that gives a link its address back so often wants it so. */
const MOST_TIMES = 10;
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

type Link = HTMLAnchorElement | HTMLAreaElement | SVGAElement;
interface Tagged {
  /** As the page had them. */
  readonly href: string;
  readonly rel: string | null;
  /** As they are now. */
  readonly tracked: string;
  /** Null: it needs none. */
  readonly label: HTMLElement | null;
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
/** Links to the merchant that follow each other at one place of the page, by each of them; the first and the last are watched. */
const groups = new Map<Link, Link[]>();
/** A link is changed when somebody comes near: most of a long page is never looked at. Who jumps to its end has passed what is above. */
const near = new IntersectionObserver(
  (entries) => {
    const reached = new Set<Link>();
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      // What is not shown says nothing of where the others are.
      if (groups.has(target as Link) && (isIntersecting || isNowhere(target, boundingClientRect))) reached.add(target as Link);
    }
    change(settle(reached, reached));
  },
  { rootMargin: `9999999px 0px ${NEAR * 100}%` },
);
let model: HTMLElement | undefined;
let isPlanned = false;
let isLookPlanned = false;
let leavesOut = false;
let rest = REST;
/** How often the page gave links back the address that they had. */
const insisted = new WeakMap<Link, number>();
let watching: MutationObserver | undefined;

const isAmong = (host: string, hosts: readonly string[]) => hosts.some((one) => host === one || host.endsWith(`.${one}`));

const known = new Map<string, boolean>();

/** Links in drawings say it in another form. */
function addressOf({ href }: Link): string {
  return typeof href === 'string' ? href : Object.assign(document.createElement('a'), { href: href.baseVal }).href;
}

/** Does a link lead to the merchant, in a form that the server takes? */
function isMerchants(link: Link): boolean {
  const written = link.getAttribute('href') ?? '';
  // Pages lead to few hosts, and to have an address read takes longer than to change it: what was found of a host holds for all of its links.
  const beginning = written.startsWith('http') ? written.slice(0, written.indexOf('/', 8) + 1) : '';
  let found = known.get(beginning);
  if (found === undefined) {
    const host = PLAIN.exec(addressOf(link))?.[1];
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

/** Areas of pictures and links in drawings have no place beside them. */
const needsLabel = (link: Link) => placement !== 'off' && link instanceof HTMLAnchorElement;

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
  for (const link of links) groups.set(link, links);
  near.observe(links[0] as Link);
  near.observe(links.at(-1) as Link);
}

function dissolve(links: Link[]): Link[] {
  for (const link of links) groups.delete(link);
  near.unobserve(links[0] as Link);
  near.unobserve(links.at(-1) as Link);
  return links;
}

function dissolveAround(link: Link): Link[] {
  const group = groups.get(link);
  return group === undefined ? [] : dissolve(group);
}

/** Does the browser leave it out until somebody comes near (`content-visibility`)? */
function isLeftOut(element: Element): boolean {
  const isSo = element.checkVisibility?.() && !element.checkVisibility({ contentVisibilityAuto: true });
  if (isSo) leavesOut = true;
  return isSo;
}

const isNowhere = (element: Element, { width }: DOMRectReadOnly) => width === 0 && !isLeftOut(element);

/** To ask where something is that is left out has the browser make it ready, each time. */
const boxOf = (link: Link) => (leavesOut && isLeftOut(link) ? undefined : link.getBoundingClientRect());

/** Is somebody near a link, or is it nowhere to be seen? */
function isDue(link: Link, box: DOMRect | undefined, innerHeight: number, innerWidth: number): boolean {
  if (box === undefined || box.width === 0) return box !== undefined && isNowhere(link, box);
  return box.top < innerHeight * (1 + NEAR) && box.right > 0 && box.left < innerWidth;
}

/**
 * Those links that somebody is near, or that are nowhere to be seen. The others are watched, many together: to watch each of hundreds
 * takes longer than to change it.
 */
function settle(asked: Iterable<Link>, reached?: ReadonlySet<Link>): Link[] {
  const { innerHeight, innerWidth } = window;
  const found: Link[] = [];
  let group: Link[] = [];
  let place: Element | null | undefined;
  let above = 0;
  const links = new Set(asked);
  // No link is in two groups: those that are watched with it are settled anew.
  for (const link of links) for (const other of dissolveAround(link)) links.add(other);
  for (const link of links) {
    if (!link.isConnected) continue;
    const box = boxOf(link);
    // One that was changed has its label to be taken along.
    if (isDue(link, box, innerHeight, innerWidth) || tagged.has(link) || reached?.has(link)) {
      found.push(link);
      continue;
    }
    const top = box?.top ?? above;
    const at = link.parentElement?.parentElement;
    // What goes up again is another column, of which somebody may come near sooner.
    if (group.length === MOST_TOGETHER || place !== at || top < above) {
      if (group.length > 0) watch(group);
      group = [];
      place = at;
      // Whether this page leaves out what is far is known before hundreds are asked where they are.
      isLeftOut(link);
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
    if (link.getAttribute('href') === known.href) insisted.set(link, (insisted.get(link) ?? 0) + 1);
    takeBack(link, known);
  }
  if ((insisted.get(link) ?? 0) >= MOST_TIMES) return;
  const href = link.getAttribute('href');
  const address = addressOf(link);
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

/**
 * Whether one of those that are watched together is due, though their ends are not: in a box of its own that was scrolled on, in columns,
 * where the page hides some of them or puts them into another order.
 */
function look(): void {
  isLookPlanned = false;
  if (watching === undefined) return;
  const start = performance.now();
  const { innerHeight, innerWidth } = window;
  const due: Link[] = [];
  for (const group of new Set(groups.values())) {
    const one = group.find((link) => isDue(link, boxOf(link), innerHeight, innerWidth));
    if (one !== undefined) due.push(one);
  }
  change(settle(due));
  rest = Math.max(REST, (performance.now() - start) * REST_TIMES);
}

function planLook(): void {
  if (isLookPlanned || groups.size === 0) return;
  isLookPlanned = true;
  setTimeout(requestAnimationFrame, rest, look);
}

function notice(records: readonly MutationRecord[]): void {
  if (records.length > 0) planLook();
  for (const { attributeName, target, addedNodes, removedNodes } of records) {
    const element = target as Element;
    // Other elements have addresses, too.
    if (attributeName === 'href' && (tagged.has(element as Link) || element.matches(LINKS))) waiting.add(element as Link);
    if (attributeName?.startsWith(MARK)) mark(element);
    for (const node of addedNodes) if (node instanceof Element && !node.classList.contains(LABEL)) collect(node);
    for (const node of removedNodes) if (node instanceof Element) forget(node);
  }
  plan();
}

/** The page says something else of links that are changed already, or no longer says it. */
function mark(root: Element): void {
  for (const [link, known] of tagged) if (root.contains(link)) takeBack(link, known);
  collect(root);
}

/** A link that goes takes its label along, and so does a page that keeps it for later. */
function forget(node: Element): void {
  for (const link of [node, ...node.querySelectorAll(LINKS)] as Link[]) {
    if (link.isConnected) continue;
    const known = tagged.get(link);
    if (known !== undefined) takeBack(link, known);
    for (const other of dissolveAround(link)) waiting.add(other);
  }
}

function observe(watcher: MutationObserver): void {
  watcher.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: TELLING });
}

/** Whatever is about to be used is changed before. */
function use({ target }: Event): void {
  const link = target instanceof Element ? target.closest<Link>(LINKS) : null;
  if (link !== null && isMerchants(link)) change([link]);
}

function useAll(): void {
  change([...waiting, ...[...new Set(groups.values())].flatMap(dissolve)]);
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
for (const name of STIRS) (name === 'resize' ? window : document).addEventListener(name, planLook, true);
for (const name of USES_OF_ALL) window.addEventListener(name, useAll, true);
void begin();
