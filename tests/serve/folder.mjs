/*
 * A publishing folder made by hand, as `draaiboek publish` leaves one, for what a server makes of it:
 * releases with compressed files beside the others, the assets of all of them, previews.
 */
import { existsSync, linkSync, mkdirSync, mkdtempSync, chmodSync, readFileSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-publish-'));
  chmodSync(folder, 0o755);
  return folder;
}

/* The files below a folder, as { path: bytes }. */
export function filesOf(top, below = '') {
  return readdirSync(join(top, below), { withFileTypes: true }).reduce((files, entry) => {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      return Object.assign(files, filesOf(top, path));
    }
    return Object.assign(files, { [path]: readFileSync(join(top, path)) });
  }, {});
}

const gzip = { level: 1 };
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } };

/* Adds a release of these files, { path: text or bytes }, and makes it the current one of the folder. */
export function addRelease(folder, id, files) {
  const release = join(folder, 'releases', id);
  for (const [path, text] of Object.entries({ ...files, MANIFEST: 'draaiboek-release 1\n' })) {
    const file = join(release, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (/\.(html|css|js|json|xml|svg|txt)$/.test(path)) {
      writeFileSync(`${file}.gz`, gzipSync(text, gzip));
      writeFileSync(`${file}.br`, brotliCompressSync(text, brotli));
    }
  }
  mkdirSync(join(folder, 'assets'), { recursive: true });
  for (const name of readdirSync(join(release, 'assets'))) {
    if (!existsSync(join(folder, 'assets', name))) {
      linkSync(join(release, 'assets', name), join(folder, 'assets', name));
    }
  }
  symlinkSync(`releases/${id}`, join(folder, '.current.tmp'));
  renameSync(join(folder, '.current.tmp'), join(folder, 'current'));
}
