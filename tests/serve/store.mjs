/*
 * A store that rclone writes to, on the loopback address: `rclone serve webdav` over a folder, which
 * knows neither hashes nor times, behind a proxy that remembers what was asked, and can cut off.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, request } from 'node:http';
import { createServer as createPlain, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

async function freePort() {
  const server = createPlain();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

/*
 * Starts it. `files` is its folder, `asked` the list of { method, path, headers } so far;
 * `gate(entry)` is called for each before it is passed on, and may resolve to false to cut it off.
 * `environment` lets rclone find it under the name `winkel`.
 */
export async function startStore() {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-store-'));
  const files = join(folder, 'files');
  const port = await freePort();
  mkdirSync(files);
  const child = spawn('rclone', ['serve', 'webdav', files, '--addr', `127.0.0.1:${port}`, '--config', '/dev/null', '--dir-cache-time', '0', '-q'], { stdio: 'ignore' });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`rclone serve ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const store = { files, asked: [], gate: () => true };
  const proxy = createServer(async (from, to) => {
    const entry = { method: from.method, path: decodeURIComponent(from.url), headers: from.headers };
    store.asked.push(entry);
    if (!(await store.gate(entry))) {
      from.socket.destroy();
      return;
    }
    const passed = request({ port, host: '127.0.0.1', method: from.method, path: from.url, headers: from.headers }, (answer) => {
      to.writeHead(answer.statusCode, answer.headers);
      answer.pipe(to);
    });
    passed.on('error', () => from.socket.destroy());
    from.pipe(passed);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const config = join(folder, 'rclone.conf');
  writeFileSync(config, `[winkel]\ntype = webdav\nurl = http://127.0.0.1:${proxy.address().port}\nvendor = other\n`);
  store.environment = { RCLONE_CONFIG: config };
  /* As a reader gets it: { status, body }, past the proxy. */
  store.read = (path) =>
    new Promise((resolve, reject) => {
      get(`http://127.0.0.1:${port}/${path}`, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (piece) => (body += piece));
        /* What is replaced while it is sent breaks off: that has no end. */
        answer.on('error', () => {});
        answer.on('close', () => resolve({ status: answer.statusCode, body }));
      }).on('error', reject);
    });
  store.close = async () => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  };
  return store;
}

/*
 * A folder for the front of PATH with an `rclone` that is the real one, but for its call number
 * `$FAILS_AT`, which ends as `$FAILS_WITH` says: a status, or `kill` for a signal in the midst of it.
 */
export function makeFaultyRclone(folder) {
  const script = join(folder, 'rclone');
  const real = (process.env.PATH ?? '').split(':').map((path) => join(path, 'rclone'));
  writeFileSync(
    script,
    `#!/bin/bash
calls=$(( $(cat "$FAILS_COUNT" 2>/dev/null || echo 0) + 1 ))
echo $calls >"$FAILS_COUNT"
for real in ${real.map((path) => `'${path}'`).join(' ')}; do
	[ -x "$real" ] && break
done
[ $calls -eq "\${FAILS_AT:-0}" ] || exec "$real" "$@"
case $FAILS_WITH in
kill) kill -9 $$ ;;
*) echo "rclone: dit ging mis" >&2; exit "$FAILS_WITH" ;;
esac
`,
  );
  chmodSync(script, 0o755);
}
