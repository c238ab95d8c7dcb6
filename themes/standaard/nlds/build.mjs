/*
 * Makes of NL Design System's style sheets the one that this theme begins with, as small as what the
 * templates use of it.
 *
 *   node nlds/build.mjs OUT.css
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import postcss from 'postcss';

import { parts, tokens as tokenSheet, without, withoutSelector } from './parts.mjs';
import { readTokens, resolve } from './resolve.mjs';
import { lay, names, prune } from './select.mjs';

const theme = dirname(dirname(fileURLToPath(import.meta.url)));

const read = (...path) => readFileSync(join(theme, ...path), 'utf8');
const sheet = (...path) => postcss.parse(read(...path), { from: join(...path) });

/* What pages of this theme are made of: what its templates and scripts name. */
function sources() {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(join(theme, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        walk(path);
      } else {
        found.push(read(path));
      }
    }
  };
  ['templates', 'interface', 'js'].forEach(walk);
  return found.join('\n');
}

/* What HTML in the data has besides (see "HTML IN THE DATA" in draaiboek-theme(5)), and what scripts make. */
const elsewhere =
  'a blockquote code figcaption figure h2 h3 h4 h5 h6 hr input li mark ol p table tbody td th thead tr ul';

function vocabulary() {
  const text = sources();
  const tags = new Set([
    ...elsewhere.split(' '),
    ...[...text.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name),
  ]);
  const words = new Set(['checkbox', ...text.match(/[\w-]+/g)]);
  return { has: (name) => words.has(name), hasTag: (name) => tags.has(name) };
}

/* The map of the part, without selectors that no page can have. */
function mapping(part, { has, hasTag }) {
  const found = new Map();
  for (const [name, list] of Object.entries(part.as ?? {})) {
    const there = postcss.list.comma(list).filter((selector) => {
      const needed = names(selector);
      return [...needed.class, ...needed.attribute].every(has) && needed.tag.every(hasTag);
    });
    if (there.length > 0) {
      found.set(name, there);
    }
  }
  return found;
}

/* Values that only say again what the document's text has by itself, or that there is no distance. */
function leaveToInheritance(root, plain, text) {
  root.walkDecls((declaration) => {
    const { prop, value } = declaration;
    if (/^calc\(0 \*/.test(value) || (plain && (value === 'inherit' || text.get(prop) === value))) {
      declaration.remove();
    }
  });
}

/*
 * Start and end of a measure as one, which says the same in less: padding-block-start and -end become
 * padding-block. The second of the two takes the place of both, so nothing between them may set either.
 */
export function joinSides(rule) {
  for (const start of rule.nodes.filter(({ prop }) => prop?.endsWith('-start'))) {
    const whole = start.prop.slice(0, -'-start'.length);
    const both = rule.nodes.filter(({ prop }) => prop?.startsWith(whole));
    const end = both.find(({ prop }) => prop === `${whole}-end`);
    if (end && both.length === 2 && /^(margin|padding)-(block|inline)$/.test(whole)) {
      const values = [start.value, end.value];
      end.prop = whole;
      end.value = values[0] === values[1] ? values[0] : values.join(' ');
      start.remove();
    }
  }
}

function documentText(root) {
  const found = new Map([['text-align', 'start']]);
  root.walkDecls(({ prop, value }) => found.set(prop, value));
  return found;
}

/* The style sheet, as text, before it is made small. */
export function make() {
  const words = vocabulary();
  const live = new Set(readTokens(sheet('css/tokens.css')).keys());
  const ours = readTokens(sheet('nlds/tokens.css'));
  const tokens = new Map([...readTokens(sheet('node_modules', tokenSheet)), ...ours]);
  const out = postcss.root();
  let text = new Map();

  for (const part of parts) {
    const root = sheet('node_modules', part.sheet);
    const as = mapping(part, words);
    root.walkComments((comment) => comment.remove());
    root.walkAtRules('charset', (rule) => rule.remove());
    root.walkDecls((declaration) => {
      if (without(declaration)) {
        declaration.remove();
      }
    });
    root.walkAtRules('media', (rule) => {
      rule.params = rule.params.replace(/screen and \(-ms-high-contrast: active\), /, '');
    });
    prune(root, (name) => words.has(name) || as.has(name), withoutSelector);
    resolve(root, { tokens, ours, live });
    if (text.size === 0) {
      text = documentText(root);
    }
    leaveToInheritance(root, part.plain, text);
    root.walkRules(joinSides);
    lay(root, as, words.has);
    out.append(root.nodes);
  }
  return out.toString();
}

/* Names that components keep to themselves, as short as can be. */
function shortenPrivate(css) {
  const names = new Map();
  return css.replace(/--_[\w-]+/g, (name) => {
    names.set(name, names.get(name) ?? `--_${names.size.toString(36)}`);
    return names.get(name);
  });
}

async function main([out]) {
  const { code } = await transform(shortenPrivate(make()), { loader: 'css', minify: true, legalComments: 'none' });
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `/* NL Design System, EUPL-1.2: see the notices. */\n${code}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}
