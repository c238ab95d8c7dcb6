/*
 * What the browser itself has to say of a visit: what it asked for, refused, stored and moved. Read
 * from its own protocol and its network log, so that nothing a page does can stay out of it.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/* Has a page note, before anything of it runs, what its policy refuses and what moves on the screen. */
export function note() {
  window.noted = { refused: [], moved: [] };
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    window.noted.refused.push(`${violatedDirective} ${blockedURI} in ${sourceFile}`),
  );
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const parts = sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.outerHTML?.slice(0, 80) ?? node?.nodeName} from ${place(previousRect)} to ${place(currentRect)}`,
      );
      window.noted.moved.push(`${value}: ${parts.join('; ')}`);
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/*
 * Listens to a page that is still empty. Resolves to { faults(), bytes(kind) }: what went wrong since,
 * as sentences, and how much came of a kind (Document, Script, Stylesheet) with gzip at its best.
 */
export async function listen(page, address) {
  const session = await page.context().newCDPSession(page);
  const faults = [];
  const answers = [];
  session.on('Network.requestWillBeSent', ({ request }) => {
    /* What begins with data: is the browser's own, such as the sign in a field for a date. */
    const asks = !request.url.startsWith('data:') && !request.url.startsWith(address);
    if (asks) faults.push(`asks for ${request.url}`);
  });
  session.on('Network.responseReceivedExtraInfo', ({ headers }) => {
    if (Object.keys(headers).some((name) => name.toLowerCase() === 'set-cookie')) faults.push('is sent a cookie');
  });
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (response.status >= 400) faults.push(`${response.url} gives ${response.status}`);
    answers.push({ requestId, type, encoding: response.headers['Content-Encoding'] ?? response.headers['content-encoding'] });
  });
  session.on('Log.entryAdded', ({ entry }) => faults.push(`log: ${entry.text} ${entry.url ?? ''}`));
  session.on('Audits.issueAdded', ({ issue }) => faults.push(`issue: ${issue.code} ${JSON.stringify(issue.details)}`));
  for (const event of ['domStorageItemAdded', 'domStorageItemUpdated']) {
    session.on(`DOMStorage.${event}`, ({ key }) => faults.push(`stores ${key}`));
  }
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => faults.push(`console: ${message.text()}`));
  for (const domain of ['Network', 'Log', 'Audits', 'DOMStorage']) await session.send(`${domain}.enable`);

  return {
    async faults() {
      const { refused, moved } = await page.evaluate(() => window.noted);
      const { usage, usageBreakdown } = await session.send('Storage.getUsageAndQuota', { origin: new URL(address).origin });
      const stored = usageBreakdown.filter((part) => part.usage > 0).map((part) => `stores ${part.storageType}`);
      if (usage > 0 && stored.length === 0) stored.push(`stores ${usage} bytes`);
      const { cookies } = await session.send('Network.getCookies');
      return [
        ...faults.splice(0),
        ...refused.map((what) => `refused: ${what}`),
        ...moved.map((what) => `things move while it loads: ${what}`),
        ...stored,
        ...cookies.map(({ name }) => `cookie ${name}`),
      ];
    },
    async bytes(kind) {
      let sum = 0;
      for (const { requestId } of answers.filter(({ type }) => type === kind)) {
        const { body, base64Encoded } = await session.send('Network.getResponseBody', { requestId });
        sum += gzipSync(Buffer.from(body, base64Encoded ? 'base64' : 'utf8'), { level: 9 }).length;
      }
      return sum;
    },
    plain: () => answers.filter(({ type, encoding }) => /Document|Script|Stylesheet/.test(type) && !encoding).length,
  };
}

/* What a network log of Chromium (--log-net-log) holds of one kind of event: a line each. */
function events(log, name) {
  const text = readFileSync(log, 'utf8');
  const type = Number(new RegExp(`"${name}":(\\d+)`).exec(text)?.[1]);
  return text
    .split('\n')
    .filter((line) => line.startsWith('{"') && line.includes(`"type":${type}}`))
    .map((line) => JSON.parse(line.replace(/[,\]}]*$/, '}')))
    .map(({ params }) => params ?? {});
}

/*
 * The addresses that pages asked for, in any process, and those that they were opened at. What the
 * browser asks its makers for itself, such as a newer version, has no page that it comes from.
 */
export function askedByPages(log) {
  return events(log, 'URL_REQUEST_START_JOB')
    .filter(({ initiator, request_type: kind }) => initiator && !(initiator === 'not an origin' && kind === 'other'))
    .map(({ url }) => url);
}

/* The names of the cookies that were set. */
export function cookiesSet(log) {
  return events(log, 'COOKIE_STORE_COOKIE_ADDED').map(({ name, domain }) => `${name} of ${domain}`);
}
