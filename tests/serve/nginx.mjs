/*
 * Debian's nginx over a publishing folder, with the configuration that ships: docs/nginx/draaiboek.conf
 * with the name, ports, certificate and folders of a test, and site.conf as it is. It runs as an
 * ordinary user, on free ports of the loopback address.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const shipped = join(dirname(dirname(here)), 'docs/nginx');
const nobody = 65534;
const ordinary = process.getuid() === 0 ? { uid: nobody, gid: nobody } : {};

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/* Resolves when something listens at the port. */
async function listening(port, child) {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    const there = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nginx does not listen');
}

/* The shipped file, with each value that it marks replaced, and nothing else. */
function adapt(text, values) {
  for (const [old, value] of values) {
    if (!text.includes(old)) throw new Error(`draaiboek.conf has no "${old}"`);
    text = text.replaceAll(old, value);
  }
  return text;
}

function certificate(folder) {
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost',
      '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')],
    { stdio: 'pipe' },
  );
  chmodSync(join(folder, 'key.pem'), 0o644);
}

/*
 * Starts nginx over the publishing folder `publish`. `address` is that of the site without TLS,
 * `secure` with it, `plain` what leads from the one to the other. `edit(text)` may change the server's block.
 */
export async function startNginx(publish, { edit = (text) => text } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-nginx-'));
  chmodSync(folder, 0o755);
  const [port, plain, secure] = [await freePort(), await freePort(), await freePort()];
  certificate(folder);
  copyFileSync(join(shipped, 'site.conf'), join(folder, 'site.conf'));
  const site = adapt(readFileSync(join(shipped, 'draaiboek.conf'), 'utf8'), [
    ['    listen [::]:80;\n', ''],
    ['    listen [::]:443 ssl http2;\n', ''],
    ['listen 80;', `listen 127.0.0.1:${plain};`],
    ['listen 443 ssl', `listen 127.0.0.1:${secure} ssl`],
    ['/etc/letsencrypt/live/draaiboek.example/fullchain.pem', join(folder, 'cert.pem')],
    ['/etc/letsencrypt/live/draaiboek.example/privkey.pem', join(folder, 'key.pem')],
    ['/var/lib/letsencrypt;', `${join(folder, 'acme')};`],
    ['/srv/www/draaiboek;', `${publish};`],
    ['/usr/local/share/draaiboek/nginx/site.conf;', `${join(folder, 'site.conf')};`],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;
worker_processes 2;
pid ${folder}/run/pid;
error_log ${folder}/run/error.log info;
events { worker_connections 1024; }
http {
access_log off;
keepalive_requests 100000;
${temporary.map((name) => `${name}_temp_path ${folder}/run/${name};`).join('\n')}
${edit(site)}
server {
    listen 127.0.0.1:${port};
    set $draaiboek ${publish};
    include ${folder}/site.conf;
}
}
`,
  );
  mkdirSync(join(folder, 'run'));
  mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true });
  writeFileSync(join(folder, 'acme/.well-known/acme-challenge/proof'), 'proof');
  if (ordinary.uid) chownSync(join(folder, 'run'), nobody, nobody);
  const child = spawn('/usr/sbin/nginx', ['-p', folder, '-e', join(folder, 'run/error.log'), '-c', join(folder, 'nginx.conf')],
    { ...ordinary, stdio: ['ignore', 'inherit', 'inherit'] });
  await listening(port, child);
  return {
    address: `http://127.0.0.1:${port}/`,
    plain: `http://127.0.0.1:${plain}/`,
    secure: `https://127.0.0.1:${secure}/`,
    log: () => readFileSync(join(folder, 'run/error.log'), 'utf8'),
    async close() {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
