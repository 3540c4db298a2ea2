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
const MARK_SUB = `${MARK}-sub`;
const OFF = `[${MARK}=off]`;
const SUB = `[${MARK_SUB}]`;
const DIRECTED = '[dir=ltr],[dir=rtl]';
/** What the page says of its links, on them or around them. */
const SAYING = `${OFF},${SUB},${DIRECTED}`;
const LABEL = 'tributary-ad';
const LINKS = 'a[href],area[href]';
const LONGEST_URL = 2000;
const SCHEMES = ['https://', 'http://'];
/** So many links at a time, so that a page with thousands stays quick to the touch. */
const AT_ONCE = 500;
/** So many links share one look at where they are, where it isn't sure that they stand one below the other. */
const MOST_TOGETHER = 50;
/** Each of so few links is asked where it is. */
const FEW = 16;
/** What lays out its content one below the other, in the order in which it is written. */
const FLOW = ['block', 'list-item', 'flow-root', 'inline'];
/** So far above a link, in heights of the window, somebody is near it: who has not moved yet, and who moves. */
const NEAR_AT_REST = 0.05;
const NEAR = 0.2;
/** What somebody does with a link that nobody came near, as programs for the blind do. */
const USES = ['click', 'pointerdown', 'focusin'];
/** What takes links of a whole page along. */
const USES_OF_ALL = ['copy', 'beforeprint'];
/** After what links may stand elsewhere, or in sight, though none of those that are watched says so; changes of the page beside. */
const STIRS = ['scroll', 'resize', 'load', 'click', 'input', 'change', 'transitionend', 'animationend', 'contentvisibilityautostatechange'];
/** What says how things look, and what the page says of its links. */
const TELLING = ['href', 'class', 'style', 'hidden', MARK, MARK_SUB];
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
/** Links that follow each other, from one of a list until before another. */
interface Group {
  readonly links: ArrayLike<Link>;
  readonly from: number;
  readonly to: number;
}
interface Tagged {
  /** As the page had them. */
  readonly href: string;
  readonly rel: string | null;
  /** As they are now. */
  readonly tracked: string;
  /** Null: it needs none. */
  readonly label: HTMLElement | null;
}

const own = document.currentScript;
/** What the page says with the script. */
const said = (name: string) => own?.getAttribute(`data-${name}`) ?? '';
const disclosure = said('disclosure');
const placement = disclosure === 'off' ? 'off' : said('placement');
const language = document.documentElement.lang.slice(0, 2).toLowerCase();
const word = disclosure || (WORDS[language] ?? 'Ad');
/** In the letters of its place, as another font takes longer than all the rest. */
const STYLE = 'line-height:1;color:#595959;background:#fff;border-radius:2px;padding:1px 2px;text-indent:0;white-space:nowrap;';
const INLINE = `${STYLE}font-size:max(10px,.625rem);text-decoration:none;margin-inline-start:.3em`;
/**
 * Above the end of the link, where it takes no room: nothing on the page moves, and nothing reaches over an edge. Drawn smaller, as letters of
 * another size take longer; these it has only where those of its place can't be read, or would hide the line above. The end is on the other
 * side where it is written from right to left.
 */
const above = (isLeftwards: boolean) =>
  `${STYLE}font-size:clamp(14px,1em,20px);position:absolute;pointer-events:none;transform-origin:${isLeftwards ? '100%' : '0'} 0;transform:scale(.7)translate(${isLeftwards ? '' : '-'}100%,-95%)`;
const tagged = new Map<Link, Tagged>();
/** Links of which it isn't known where they are: in the order of the page, of which most need not be asked, and each for itself. */
const lists: Group[] = [];
/** Each with whether somebody is known to be near. */
const waiting = new Map<Link, boolean>();
/** Links that nobody is near, by the first and the last of those that follow each other: these are watched. */
const groups = new Map<Link, Set<Group>>();
/** Those of them that somebody came near. */
const reached = new Set<Link>();
let near: IntersectionObserver | undefined;
/** Of labels, by whether what stands around them is written from right to left. */
const models = new Map<boolean, HTMLElement>();
let isPlanned = false;
let isLookPlanned = false;
let leavesOut = false;
let rest = REST;
/** How often the page gave links back the address that they had. */
const insisted = new WeakMap<Link, number>();
let watching: MutationObserver | undefined;

const isAmong = (host: string, hosts: readonly string[]) => hosts.some((one) => host === one || host.endsWith(`.${one}`));

const schemeOf = (address: string) => SCHEMES.find((one) => address.startsWith(one));

const known = new Map<string, boolean>();

/** Links in drawings say it in another form, those in formulas not at all. */
function read(link: Link): HTMLAnchorElement | HTMLAreaElement {
  if (typeof link.href === 'string') return link as HTMLAnchorElement;
  return Object.assign(document.createElement('a'), { href: link.getAttribute('href') ?? '' });
}

/** Of what is written, down to the end of the host; empty where browsers may find another host behind it, as after more slashes. */
function beginningOf(written: string): string {
  const start = schemeOf(written)?.length ?? 0;
  const first = written[start] ?? ' ';
  return start > 0 && first > ' ' && first !== '/' && first !== '\\' ? written.slice(0, written.indexOf('/', start) + 1) : '';
}

/** Does a link lead to the merchant, in a form that the server takes? */
function isMerchants(link: Link): boolean {
  const written = link.getAttribute('href') ?? '';
  // Pages lead to few hosts, and to have an address read takes longer than to change it: what was found of a host holds for all of its links.
  const beginning = beginningOf(written);
  let found = known.get(beginning);
  if (found === undefined) {
    const { href, origin } = read(link);
    const scheme = schemeOf(origin);
    const host = origin.slice(scheme?.length);
    // Without a user, which stands between them, or a port of its own.
    found = scheme !== undefined && href.startsWith(`${origin}/`) && isAmong(host, CONFIG.hosts) && !isAmong(host, CONFIG.exceptHosts);
    if (beginning !== '') known.set(beginning, found);
  }
  return found;
}

function trackedOf(address: string, sub: string): string {
  return `${CONFIG.link}?to=${encodeURIComponent(address)}&via=tag${sub ? `&sub=${encodeURIComponent(sub)}` : ''}`;
}

/** Areas of pictures and links in drawings or formulas have no place beside them. */
const needsLabel = (link: Link) => placement !== 'off' && link.localName === 'a' && typeof link.href === 'string';

function newLabel(isLeftwards: boolean): HTMLElement {
  let model = models.get(isLeftwards);
  if (model === undefined) {
    model = document.createElement('span');
    model.className = `${LABEL} ${LABEL}-${placement === 'inline' ? 'inline' : 'above'}`;
    model.textContent = word;
    // By hand, which every policy allows; a style sheet would have the whole page looked through for whom it is about.
    model.style.cssText = placement === 'inline' ? INLINE : above(isLeftwards);
    models.set(isLeftwards, model);
  }
  return model.cloneNode(true) as HTMLElement;
}

const firstOf = ({ links, from }: Group) => links[from] as Link;
const lastOf = ({ links, to }: Group) => links[to - 1] as Link;

function watch(group: Group): void {
  // Who listens twice listens once.
  if (groups.size === 0) listenToStirs();
  for (const end of [firstOf(group), lastOf(group)]) {
    const known = groups.get(end);
    if (known === undefined) groups.set(end, new Set([group]));
    // A list that comes back is watched once.
    else if ([...known].some((other) => firstOf(other) === firstOf(group) && lastOf(other) === lastOf(group))) continue;
    else known.add(group);
    near?.observe(end);
  }
}

/** What is watched by one of its ends has to be looked at anew. */
function dissolveAt(end: Link): void {
  for (const group of groups.get(end) ?? []) {
    lists.push(group);
    for (const one of [firstOf(group), lastOf(group)]) {
      groups.get(one)?.delete(group);
      if (groups.get(one)?.size) continue;
      groups.delete(one);
      near?.unobserve(one);
    }
  }
}

/** Does the browser leave it out until somebody comes near (`content-visibility`)? */
function isLeftOut(element: Element): boolean {
  const isSo = element.checkVisibility?.({ contentVisibilityAuto: true }) === false && element.checkVisibility();
  if (isSo) leavesOut = true;
  return isSo;
}

const isNowhere = (element: Element, { width }: DOMRectReadOnly) => width === 0 && !isLeftOut(element);

/** To ask where something is that is left out has the browser make it ready, each time. */
const boxOf = (link: Link) => (leavesOut && isLeftOut(link) ? undefined : link.getBoundingClientRect());

/** Down to where somebody is near, in pixels. */
const nearTo = () => window.innerHeight * (1 + (near === undefined ? NEAR_AT_REST : NEAR));

/** Is somebody near a link, or is it nowhere to be seen? */
function isDue(link: Link, box: DOMRect | undefined, bottom: number, width: number): boolean {
  if (box === undefined || box.width === 0) return box !== undefined && isNowhere(link, box);
  return box.top < bottom && box.right > 0 && box.left < width;
}

/** Do those between two links stand below the first, as far as can be said without asking each? */
function isBelow(first: Link, last: Link): boolean {
  const { top } = first.getBoundingClientRect();
  if (last.getBoundingClientRect().top < top) return false;
  let at: Element = first;
  let up = first.parentElement;
  for (; up !== null; at = up, up = up.parentElement) {
    const style = getComputedStyle(up);
    // Columns begin above again; what is a flex box, a grid or a table has an order of its own.
    const isFlow = FLOW.includes(style.display) && style.columns.startsWith('auto') && style.columns.endsWith('auto');
    if (!isFlow || !style.writingMode.startsWith('h')) return false;
    if (up.contains(last)) break;
    // What is higher than the place that it takes, as in a box that is scrolled or folded, has others follow it further up.
    if (!isInFlow(up, style) || up.getBoundingClientRect().bottom < top) return false;
  }
  // The columns of something around them have it in several pieces.
  if (up === null || up.getClientRects().length > 1) return false;
  let end: Element = last;
  while (end.parentElement !== up && end.parentElement !== null) end = end.parentElement;
  // Among few, one may lie over the page; many are made alike.
  let left = FEW;
  for (let next = at.nextElementSibling; next !== null && next !== end && left > 0; next = next.nextElementSibling) left--;
  if (left === 0) return isInFlow(end);
  for (let next: Element | null = end; next !== null && next !== at; next = next.previousElementSibling) if (!isInFlow(next)) return false;
  return true;
}

function isInFlow(element: Element, { position, float } = getComputedStyle(element)): boolean {
  return float === 'none' && (position === 'static' || position === 'relative');
}

const isSeenTo = (link: Link) => !link.isConnected || tagged.has(link) || waiting.has(link);

/**
 * Looks for the first link of a list that is far below. Where all that follow are so, too, they are watched, and of those before it a few are
 * changed as they are, many are asked; otherwise each half is looked at by itself.
 */
function divide({ links, from, to }: Group): void {
  while (from < to && isSeenTo(links[from] as Link)) from++;
  while (from < to && isSeenTo(links[to - 1] as Link)) to--;
  let far = from;
  // Most pages begin with what is near.
  for (let [step, end] = [FEW, to]; to - from > FEW && far < end; step *= 2) {
    const middle = Math.min(far + step, (far + end) >> 1);
    if (isFar(links[middle] as Link)) end = middle;
    else far = middle + 1;
  }
  const rest = { links, from: far, to };
  // Its middle tells of large boxes that lie over the page from deep within.
  const isAllFar = to - far > FEW && isFar(lastOf(rest)) && isFar(links[(far + to) >> 1] as Link);
  const isRestFar = isAllFar && isBelow(firstOf(rest), lastOf(rest));
  if (isRestFar) watch(rest);
  else if (to - from > FEW) {
    const middle = (from + to) >> 1;
    divide({ links, from, to: middle });
    divide({ links, from: middle, to });
    return;
  }
  const isFew = isRestFar && far - from < MOST_TOGETHER;
  for (let index = from; index < (isRestFar ? far : to); index++) waiting.set(links[index] as Link, isFew);
}

/** So far below that nobody is near; not if the browser leaves it out or shows it nowhere, and not if somebody is said to be near. */
function isFar(link: Link): boolean {
  if (reached.has(link) || isLeftOut(link)) return false;
  const { top, width } = link.getBoundingClientRect();
  return top >= nearTo() && width > 0;
}

/** Those links that somebody is near, or that are nowhere to be seen. The others are watched, many together. */
function settle(links: Iterable<Link>): Link[] {
  const [bottom, width] = [nearTo(), window.innerWidth];
  const found: Link[] = [];
  let group: Link[] = [];
  let place: Element | null | undefined;
  let above = 0;
  const close = () => {
    if (group.length > 0) watch({ links: group, from: 0, to: group.length });
  };
  for (const link of links) {
    if (!link.isConnected) continue;
    const box = boxOf(link);
    const isReached = reached.delete(link);
    // One that was changed has its label to be taken along.
    if (isReached || tagged.has(link) || isDue(link, box, bottom, width)) {
      found.push(link);
      continue;
    }
    if (groups.has(link)) continue;
    const top = box?.top ?? above;
    const at = link.parentElement?.parentElement;
    // What goes up again is another column, of which somebody may come near sooner.
    if (group.length === MOST_TOGETHER || place !== at || top < above) {
      close();
      group = [];
      place = at;
      // Whether this page leaves out what is far is known before hundreds are asked where they are.
      isLeftOut(link);
    }
    group.push(link);
    above = top;
  }
  close();
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
  if (href === null || !link.isConnected || !isMerchants(link)) return;
  const address = read(link).href;
  if (address.length > LONGEST_URL) return;
  // Most pages say nothing.
  const saying = link.closest(SAYING);
  if (saying?.closest(OFF)) return;
  const tracked = trackedOf(address, saying?.closest(SUB)?.getAttribute(MARK_SUB) ?? said('sub'));
  const rel = link.getAttribute('rel');
  const label = needsLabel(link) ? newLabel(saying?.closest(DIRECTED)?.matches('[dir=rtl]') === true) : null;
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

const linksOf = ({ links, from, to }: Group) => Array.from({ length: to - from }, (_, index) => links[from + index] as Link);

/** All that are watched, each once. */
const linksOfAll = () => new Set([...new Set([...groups.values()].flatMap((known) => [...known]))].flatMap(linksOf));

/** What is done here is not news. */
function change(links: Iterable<Link>): void {
  if (watching === undefined) return;
  notice(watching.takeRecords());
  watching.disconnect();
  for (const link of links) tag(link);
  observe(watching);
}

/** Everything as the page had it. */
function untag(): void {
  watching?.disconnect();
  watching = undefined;
  near?.disconnect();
  near = undefined;
  for (const [link, known] of tagged) takeBack(link, known);
  for (const known of [groups, waiting, reached]) known.clear();
  lists.length = 0;
}

function collect(root: Document | Element): void {
  if (root instanceof Element && root.matches(LINKS)) waiting.set(root as Link, false);
  const links = root.querySelectorAll<Link>(LINKS);
  if (links.length > 0) lists.push({ links, from: 0, to: links.length });
}

function plan(): void {
  if (isPlanned || waiting.size + lists.length === 0) return;
  isPlanned = true;
  // With the next picture, which has to find out where everything is anyway; what nobody sees is not made ready.
  requestAnimationFrame(work);
}

/** Observers say in no order whom somebody came near. */
function inOrder(found: Group[]): Group[] {
  if (reached.size === 0 || found.length === 1) return found;
  const tops = new Map(found.map((list) => [list, firstOf(list)?.getBoundingClientRect().top ?? 0]));
  return found.sort((one, other) => (tops.get(one) ?? 0) - (tops.get(other) ?? 0));
}

function work(): void {
  isPlanned = false;
  if (watching === undefined) return;
  for (const list of inOrder(lists.splice(0))) {
    if (placement === 'inline') for (const link of linksOf(list)) waiting.set(link, false);
    else divide(list);
  }
  const due: Link[] = [];
  const asked: Link[] = [];
  // Who has gone on past thousands sees the last of them.
  const isPast = waiting.size > AT_ONCE && (reached.size > 0 || window.scrollY > window.innerHeight);
  for (const [link, isNear] of isPast ? [...waiting].reverse() : waiting) {
    waiting.delete(link);
    // Labels that take room are there before somebody comes near; one that was changed may lead elsewhere now, or have lost its label.
    if (isNear || placement === 'inline') due.push(link);
    else if (isMerchants(link) || tagged.has(link)) asked.push(link);
    if (due.length + asked.length === AT_ONCE) break;
  }
  if (isPast) asked.reverse();
  if (asked.length > 0) due.push(...settle(asked));
  change(due);
  if (waiting.size === 0) reached.clear();
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
  const [bottom, width] = [nearTo(), window.innerWidth];
  const due: Link[] = [];
  for (const link of linksOfAll()) {
    if (!tagged.has(link) && isMerchants(link) && isDue(link, boxOf(link), bottom, width)) due.push(link);
  }
  change(due);
  rest = Math.max(REST, (performance.now() - start) * REST_TIMES);
}

/** A page on which nothing stirs needs no watching: the first to stir begins it. */
function watchEnds(): void {
  near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        // What is not shown says nothing of where the others are.
        if (groups.has(target as Link) && (isIntersecting || isNowhere(target, boundingClientRect))) {
          reached.add(target as Link);
          dissolveAt(target as Link);
        }
      }
      plan();
    },
    { rootMargin: `9999999px 0px ${NEAR * 100}%` },
  );
  for (const end of groups.keys()) near.observe(end);
}

/** The first pointer to come is somebody: menus that come out under it say nothing else. */
function wake(): void {
  if (near === undefined) planLook();
}

function planLook(): void {
  if (isLookPlanned || groups.size === 0) return;
  if (near === undefined) watchEnds();
  isLookPlanned = true;
  setTimeout(requestAnimationFrame, rest, look);
}

function notice(records: readonly MutationRecord[]): void {
  if (records.length > 0) planLook();
  for (const { attributeName, target, addedNodes, removedNodes } of records) {
    const element = target as Element;
    // Other elements have addresses, too.
    if (attributeName === 'href' && (tagged.has(element as Link) || element.matches(LINKS))) waiting.set(element as Link, false);
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
    if (link.isConnected) {
      // It was moved, and its label was not.
      if (tagged.has(link)) waiting.set(link, false);
      continue;
    }
    const known = tagged.get(link);
    if (known !== undefined) takeBack(link, known);
    dissolveAt(link);
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
  change([...waiting.keys(), ...lists.flatMap(linksOf), ...linksOfAll()]);
}

function listen(): void {
  for (const name of USES) document.addEventListener(name, use, true);
  for (const name of USES_OF_ALL) window.addEventListener(name, useAll, true);
}

function listenToStirs(): void {
  for (const name of STIRS) (name === 'resize' ? window : document).addEventListener(name, planLook, true);
  document.addEventListener('pointerover', wake, true);
}

function start(): void {
  if (watching !== undefined) return;
  listen();
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
  const [consent, consentEvent, refusalEvent] = ['consent', 'consent-event', 'refusal-event'].map(said);
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
