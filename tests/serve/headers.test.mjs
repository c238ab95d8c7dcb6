/*
 * What nginx answers with the configuration that ships: headers, types, compressed files, what is
 * kept how long, what is not handed out, previews.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync, linkSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { addRelease, newFolder } from './folder.mjs';
import { startNginx } from './nginx.mjs';

const long = 'woorden die zich laten samenpersen '.repeat(200);
const files = {
  'index.html': `<!doctype html><p>${long}`,
  '404.html': '<!doctype html><h1>Deze pagina is er niet</h1>',
  'subsidies/index.html': `<!doctype html><p>subsidies ${long}`,
  'leeg/geen-index.txt': 'x',
  'atom.xml': '<feed/>',
  'regio/twente/atom.xml': '<feed/>',
  'sitemap.xml': '<urlset/>',
  'robots.txt': 'User-agent: *',
  '.well-known/security.txt': 'Contact: mailto:a@example.org',
  '.well-known/.verborgen': 'geheim',
  '.draaiboek/manifest': 'geheim',
  'zoek/zoek.json': `{"x": "${long}"}`,
  'zoek/opensearch.xml': '<OpenSearchDescription/>',
  'assets/stijl.0123456789abcdef.css': `p { color: red } /* ${long} */`,
  'assets/zoek.0123456789abcdef.js': 'export {};',
  'assets/module.0123456789abcdef.mjs': 'export {};',
  'assets/beeld.0123456789abcdef.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'assets/foto.0123456789abcdef.jpg': 'JFIF',
  'assets/brief.0123456789abcdef.pdf': '%PDF',
  'assets/app.0123456789abcdef.webmanifest': '{}',
};
let folder, server;

before(async () => {
  folder = newFolder();
  addRelease(folder, '000001-111111111111', {
    ...files,
    'assets/stijl.1111111111111111.css': 'p { color: blue }',
  });
  addRelease(folder, '000002-222222222222', files);
  addRelease(join(folder, 'concept/nieuw-plan'), '000001-333333333333', {
    ...files,
    'index.html': '<!doctype html><p>concept',
    '404.html': '<!doctype html><h1>Niet in dit concept</h1>',
    'assets/stijl.3333333333333333.css': 'p { color: green }',
  });
  writeFileSync(join(folder, 'log'), 'geheim');
  writeFileSync(join(folder, 'status.json'), '{"geheim": 1}');
  server = await startNginx(folder);
});

after(async () => {
  const log = server?.log() ?? '';
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
  assert.doesNotMatch(log, /\[(warn|alert|crit|emerg)\]/, log);
});

/* Asks for the path exactly as it stands. Resolves to { status, headers, body }. */
function ask(path, { base = server.address, method = 'GET', headers = {} } = {}) {
  const { protocol, hostname, port } = new URL(base);
  const request = protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers, rejectUnauthorized: false }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () =>
        resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const always = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; " +
    "font-src 'self'; connect-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; " +
    "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  server: 'nginx',
};
const forever = 'public, max-age=31536000, immutable';
const asset = '/assets/stijl.0123456789abcdef.css';

/* path: status, Cache-Control, X-Robots-Tag, Content-Type */
const answers = {
  '/': [200, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/subsidies/': [200, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/subsidies': [301, 'no-cache', undefined, 'text/html'],
  '/index.html': [200, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/geen/pagina/': [404, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/leeg/': [404, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/atom.xml': [200, 'no-cache', undefined, 'application/atom+xml; charset=utf-8'],
  '/regio/twente/atom.xml': [200, 'no-cache', undefined, 'application/atom+xml; charset=utf-8'],
  '/zoek/opensearch.xml': [200, 'no-cache', undefined, 'application/opensearchdescription+xml; charset=utf-8'],
  '/sitemap.xml': [200, 'no-cache', undefined, 'application/xml; charset=utf-8'],
  '/robots.txt': [200, 'no-cache', undefined, 'text/plain; charset=utf-8'],
  '/.well-known/security.txt': [200, 'no-cache', undefined, 'text/plain; charset=utf-8'],
  '/zoek/zoek.json': [200, 'no-cache', undefined, 'application/json; charset=utf-8'],
  [asset]: [200, forever, undefined, 'text/css; charset=utf-8'],
  '/assets/stijl.1111111111111111.css': [200, forever, undefined, 'text/css; charset=utf-8'],
  '/assets/zoek.0123456789abcdef.js': [200, forever, undefined, 'text/javascript; charset=utf-8'],
  '/assets/module.0123456789abcdef.mjs': [200, forever, undefined, 'text/javascript; charset=utf-8'],
  '/assets/beeld.0123456789abcdef.svg': [200, forever, undefined, 'image/svg+xml; charset=utf-8'],
  '/assets/foto.0123456789abcdef.jpg': [200, forever, undefined, 'image/jpeg'],
  '/assets/brief.0123456789abcdef.pdf': [200, forever, undefined, 'application/pdf'],
  '/assets/app.0123456789abcdef.webmanifest': [200, forever, undefined, 'application/manifest+json'],
  '/assets/weg.ffffffffffffffff.css': [404, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/assets/': [404, 'no-cache', undefined, 'text/html; charset=utf-8'],
  '/concept/nieuw-plan/': [200, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/nieuw-plan': [404, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/nieuw-plan/subsidies/': [200, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/nieuw-plan/subsidies': [301, 'no-cache', 'noindex, nofollow', 'text/html'],
  '/concept/nieuw-plan/atom.xml': [200, 'no-cache', 'noindex, nofollow', 'application/atom+xml; charset=utf-8'],
  '/concept/nieuw-plan/assets/stijl.3333333333333333.css': [200, forever, 'noindex, nofollow', 'text/css; charset=utf-8'],
  '/%63oncept/nieuw-plan/': [200, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/nieuw-plan/geen/': [404, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/weg/': [404, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
  '/concept/': [404, 'no-cache', 'noindex, nofollow', 'text/html; charset=utf-8'],
};

describe('every answer has its headers', () => {
  for (const [path, [status, cache, robots, type]] of Object.entries(answers)) {
    test(path, async () => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(path, { method });
        assert.equal(answer.status, status);
        const { headers } = answer;
        for (const [name, value] of Object.entries(always)) {
          assert.equal(headers[name], value, name);
        }
        assert.equal(headers['cache-control'], cache);
        assert.equal(headers['x-robots-tag'], robots);
        assert.equal(headers['content-type'], type);
        assert.equal(headers['strict-transport-security'], undefined);
        if (status === 200) {
          assert.match(headers.etag, /^"/);
        }
        if (method === 'GET' && headers['content-length']) {
          assert.equal(answer.body.length, Number(headers['content-length']));
        }
      }
    });
  }

  test('HSTS with TLS, and only there; without it everything leads there but the proof for certbot', async () => {
    const secure = await ask('/', { base: server.secure });
    assert.equal(secure.status, 200);
    assert.equal(secure.headers['strict-transport-security'], 'max-age=31536000');
    const plain = await ask('/subsidies/?a=b', { base: server.plain });
    assert.equal(plain.status, 301);
    assert.equal(plain.headers.location, 'https://draaiboek.example/subsidies/?a=b');
    const proof = await ask('/.well-known/acme-challenge/proof', { base: server.plain });
    assert.equal(String(proof.body), 'proof');
  });
});

test('a folder without its slash leads to it, on the host and the port that was asked', async () => {
  assert.equal((await ask('/subsidies?q=1')).headers.location, '/subsidies/?q=1');
  assert.equal((await ask('/concept/nieuw-plan/subsidies')).headers.location, '/concept/nieuw-plan/subsidies/');
  assert.equal((await ask('//example.org/..//subsidies')).headers.location, '/subsidies/');
});

describe('compressed files', () => {
  const accepts = [
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (body) => body],
    ['br;q=0, gzip;q=0', undefined, (body) => body],
    ['gzip;q=1.0, br;q=0.8', 'br', brotliDecompressSync],
    ['deflate,BR;q=0.001', 'br', brotliDecompressSync],
    ['br;q=0.000, gzip', 'gzip', gunzipSync],
    ['bro, xbr, br-x', undefined, (body) => body],
    [undefined, undefined, (body) => body],
  ];
  for (const path of ['/', asset, '/zoek/zoek.json', '/concept/nieuw-plan/subsidies/', '/index.html']) {
    for (const [accept, encoding, unpack] of accepts) {
      test(`${path} for ${accept}`, async () => {
        const headers = accept ? { 'Accept-Encoding': accept } : {};
        const answer = await ask(path, { headers });
        assert.equal(answer.headers['content-encoding'], encoding);
        assert.equal(answer.headers.vary, 'Accept-Encoding');
        assert.equal(answer.body.length, Number(answer.headers['content-length']));
        const plain = await ask(path);
        assert.deepEqual(unpack(answer.body), plain.body);
        assert.equal(answer.headers['content-type'], plain.headers['content-type']);
      });
    }
  }

  test('each has its own ETag, and what has not changed is not sent again', async () => {
    const tags = new Set();
    for (const accept of ['br', 'gzip', 'identity']) {
      const headers = { 'Accept-Encoding': accept };
      const { etag } = (await ask('/', { headers })).headers;
      tags.add(etag);
      const again = await ask('/', { headers: { ...headers, 'If-None-Match': etag } });
      assert.equal(again.status, 304);
      assert.equal(again.body.length, 0);
      assert.equal(again.headers['cache-control'], 'no-cache');
      assert.equal(again.headers['content-security-policy'], always['content-security-policy']);
      const other = await ask('/', { headers: { ...headers, 'If-None-Match': '"x"' } });
      assert.equal(other.status, 200);
    }
    assert.equal(tags.size, 3);
  });
});

test('only GET and HEAD', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'PROPFIND', 'TRACE']) {
    for (const path of ['/', asset, '/geen/']) {
      const answer = await ask(path, { method });
      assert.equal(answer.status, 405, `${method} ${path}`);
      if (method !== 'TRACE') {
        assert.equal(answer.headers.allow, 'GET, HEAD');
        assert.equal(answer.headers['content-security-policy'], always['content-security-policy']);
      }
    }
  }
});

describe('what is not handed out', () => {
  const hidden = [
    '/.draaiboek/manifest',
    '/.well-known/.verborgen',
    '/.git/config',
    '/MANIFEST',
    '/concept/nieuw-plan/MANIFEST',
    '/concept/nieuw-plan/.draaiboek/manifest',
    '/index.html.gz',
    '/index.html.br',
    `${asset}.br`,
    '/current/index.html',
    '/releases/000001-111111111111/index.html',
    '/log',
    '/status.json',
    '/concept/nieuw-plan/releases/000001-333333333333/index.html',
    '/concept/nieuw-plan/current/index.html',
    '/concept/../log',
    '/assets/../log',
    '/assets/..%2flog',
    '/%2e%2e/log',
    '/assets/%2e%2e/log',
    '/concept/nieuw-plan/../../log',
    '/concept/nieuw-plan/assets/../../../log',
    '/concept/%2e%2e/log',
    '/concept/nieuw-plan/%2e%2e/%2e%2e/log',
  ];
  for (const path of hidden) {
    test(path, async () => {
      const { status, body } = await ask(path);
      assert.ok(status === 404 || status === 400, `${status}`);
      assert.doesNotMatch(String(body), /geheim|draaiboek-release/);
    });
  }

  test('no link out of a release, a preview or the assets is followed', async () => {
    const outside = join(folder, 'buiten');
    mkdirSync(outside);
    writeFileSync(join(outside, 'index.html'), 'geheim');
    writeFileSync(join(outside, 'index.html.gz'), 'geheim');
    const places = {
      '/naar-buiten/': 'current/naar-buiten',
      '/concept/nieuw-plan/naar-buiten/': 'concept/nieuw-plan/current/naar-buiten',
    };
    for (const [path, place] of Object.entries(places)) {
      symlinkSync(outside, join(folder, place));
      const { status, body } = await ask(path);
      assert.equal(status, 404);
      assert.doesNotMatch(String(body), /geheim/);
    }
    const single = {
      '/pad.html': 'current/pad.html',
      '/assets/pad.html': 'assets/pad.html',
      '/concept/nieuw-plan/assets/pad.html': 'concept/nieuw-plan/assets/pad.html',
    };
    for (const [path, place] of Object.entries(single)) {
      symlinkSync(join(outside, 'index.html'), join(folder, place));
      const { status, body } = await ask(path);
      assert.equal(status, 404);
      assert.doesNotMatch(String(body), /geheim/);
    }
    for (const [ending, encoding] of [['gz', 'gzip'], ['br', 'br']]) {
      linkSync(join(folder, 'current/robots.txt'), join(folder, `current/half-${ending}.txt`));
      symlinkSync(join(outside, 'index.html'), join(folder, `current/half-${ending}.txt.${ending}`));
      const { body } = await ask(`/half-${ending}.txt`, { headers: { 'Accept-Encoding': encoding } });
      assert.doesNotMatch(String(body), /geheim/);
    }
  });
});

test('a page that is not there is that of the preview, or of the site', async () => {
  assert.match(String((await ask('/geen/')).body), /Deze pagina is er niet/);
  assert.match(String((await ask('/assets/geen.js')).body), /Deze pagina is er niet/);
  assert.match(String((await ask('/.verborgen')).body), /Deze pagina is er niet/);
  assert.match(String((await ask('/concept/nieuw-plan/geen/')).body), /Niet in dit concept/);
  assert.match(String((await ask('/concept/nieuw-plan/assets/geen.js')).body), /Niet in dit concept/);
  assert.match(String((await ask('/concept/weg/geen/')).body), /Deze pagina is er niet/);
});

test('previews can ask for a password, and the site does not', async () => {
  const users = join(folder, 'gebruikers');
  const hash = createHash('sha1').update('geheim').digest('base64');
  writeFileSync(users, `anna:{SHA}${hash}\n`);
  const closed = await startNginx(folder, {
    edit: (text) =>
      text
        .replace('#auth_basic $draaiboek_realm;', 'auth_basic $draaiboek_realm;')
        .replace('#auth_basic_user_file /etc/nginx/draaiboek.users;', `auth_basic_user_file ${users};`),
  });
  try {
    const base = closed.secure;
    assert.equal((await ask('/', { base })).status, 200);
    const path = '/concept/nieuw-plan/';
    assert.equal((await ask(path, { base })).status, 401);
    assert.equal((await ask(`${path}assets/stijl.3333333333333333.css`, { base })).status, 401);
    const headers = { Authorization: `Basic ${Buffer.from('anna:geheim').toString('base64')}` };
    assert.equal((await ask(path, { base, headers })).status, 200);
  } finally {
    await closed.close();
  }
});
