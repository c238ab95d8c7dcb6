/*
 * A publishing folder made by hand, as `draaiboek publish` leaves one, for what a server makes of it:
 * releases with compressed files beside the others, the assets of all of them, previews.
 */
import { existsSync, linkSync, mkdirSync, mkdtempSync, chmodSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

export function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'draaiboek-publish-'));
  chmodSync(folder, 0o755);
  return folder;
}

/* Adds a release of these files, { path: text }, and makes it the current one of the folder. */
export function addRelease(folder, id, files) {
  const release = join(folder, 'releases', id);
  for (const [path, text] of Object.entries({ ...files, MANIFEST: 'draaiboek-release 1\n' })) {
    const file = join(release, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (/\.(html|css|js|json|xml|svg|txt)$/.test(path)) {
      writeFileSync(`${file}.gz`, gzipSync(text));
      writeFileSync(`${file}.br`, brotliCompressSync(text));
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
