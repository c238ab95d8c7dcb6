/*
 * The theme's style sheet: what nlds/ makes of NL Design System's, that nothing in the whole is there in
 * vain, and that all of it may be sent out.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { joinSides } from '../../themes/standaard/nlds/build.mjs';
import { faults, notices, packages } from '../../themes/standaard/nlds/notices.mjs';
import { readTokens, resolve, used } from '../../themes/standaard/nlds/resolve.mjs';
import { parts, tokens } from '../../themes/standaard/nlds/parts.mjs';
import { lay, prune } from '../../themes/standaard/nlds/select.mjs';

const top = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const theme = join(top, 'themes/standaard');
const fromTheme = createRequire(pathToFileURL(join(theme, 'package.json')));
const postcss = fromTheme('postcss');
const parser = fromTheme('postcss-selector-parser');

const read = (...path) => readFileSync(join(...path), 'utf8');
const style = (css) => postcss.parse(css);
const flat = (root) => root.toString().replace(/\s+/g, ' ').trim();

function resolved(css, { tokens = {}, ours = {}, live = [] } = {}) {
  const root = style(css);
  const own = new Map(Object.entries(ours));
  resolve(root, {
    tokens: new Map([...Object.entries(tokens), ...own]),
    ours: own,
    live: new Set(live),
  });
  return flat(root);
}

describe('tokens become values', () => {
  test('a token of one value is put in the place of its name, through other tokens', () =>
    assert.equal(
      resolved('.a{color:var(--a-color)}', { tokens: { '--a-color': 'var(--b)', '--b': 'red' } }),
      '.a{color:red}',
    ));

  test('what differs between light and dark stays a property, without its fallback', () =>
    assert.equal(
      resolved('.a{color:var(--a,blue)}', { tokens: { '--a': 'var(--b)' }, live: ['--b'] }),
      '.a{color:var(--b)}',
    ));

  test("the theme's own value goes before a live property", () =>
    assert.equal(
      resolved('.a{color:var(--b)}', { ours: { '--b': 'var(--c)' }, live: ['--b', '--c'] }),
      '.a{color:var(--c)}',
    ));

  test('of a name that is nowhere the fallback stays; without one the declaration goes', () =>
    assert.equal(
      resolved('.a{color:var(--no,var(--neither,red));border:var(--no)}'),
      '.a{color:red}',
    ));

  test('`initial` takes a token away', () =>
    assert.equal(
      resolved('.a{color:var(--a,red);top:var(--a)}', { tokens: { '--a': 'initial' } }),
      '.a{color:red}',
    ));

  test('a rule that is left with nothing goes', () => assert.equal(resolved('.a{top:var(--no)}'), ''));

  test('a property that one class sets for itself is put in its place', () =>
    assert.equal(
      resolved('.a{--_x:1px;top:var(--_x)}.a:hover{left:var(--_x)}'),
      '.a{top:1px}.a:hover{left:1px}',
    ));

  test('one that is set for other elements stays, as does one that two rules set', () => {
    const other = '.a{--_x:1px}.b{left:var(--_x,0)}';
    const twice = '.a{--_x:1px;left:var(--_x)}.a--b{--_x:2px}';
    const inner = '.a{--_x:1px}.a .b{left:var(--_x,0)}';
    for (const css of [other, twice, inner]) {
      assert.equal(resolved(css), css);
    }
  });

  test('one that is set in forced colours only is no value for all', () => {
    const css = '.a{left:var(--_x,0)}@media (forced-colors:active){.a{--_x:1px}}';
    assert.equal(resolved(css), css);
  });

  test('a property that is set and never used goes, and then what only it used', () =>
    assert.equal(resolved('.a{--_x:var(--_y);top:0}.b{--_y:1px;left:0}'), '.a{top:0}.b{left:0}'));

  test('a property whose value is nowhere leaves the fallback where it is used', () =>
    assert.equal(resolved('.a{--_x:calc(1px*var(--no));top:var(--_x,2px)}'), '.a{top:2px}'));
});

describe('rules are left out or laid onto elements', () => {
  const pruned = (css, ...there) => {
    const root = style(css);
    prune(root, (name) => there.includes(name), (selector) => selector.includes(':lang'));
    return flat(root);
  };
  const laid = (css, as, ...there) => {
    const root = style(css);
    lay(root, new Map(Object.entries(as)), (name) => there.includes(name));
    return flat(root);
  };

  test('only selectors of classes that are there stay', () =>
    assert.equal(
      pruned('.a,.b{top:0}.b .a{top:1px}.c:has(.b){top:2px}@media print{.b{top:3px}}', 'a', 'c'),
      '.a{top:0}',
    ));

  test('what is never there need not be excluded', () =>
    assert.equal(
      pruned('.a:not(:disabled,.b){top:0}.a:not(.b){top:1px}', 'a'),
      '.a:not(:disabled){top:0}.a{top:1px}',
    ));

  test('selectors that are not wanted go', () => assert.equal(pruned('.a :lang(ar){top:0}', 'a'), ''));

  test('elements get the look without weight, also their markers', () =>
    assert.equal(
      laid('.a:hover{top:0}.a::marker{top:1px}', { a: ['p', '.b > p'] }),
      ':where(p:hover), :where(.b > p:hover){top:0}:where(p)::marker, :where(.b > p)::marker{top:1px}',
    ));

  test('the class itself stays where a template has it', () =>
    assert.equal(laid('.a{top:0}', { a: ['p'] }, 'a'), '.a, :where(p){top:0}'));

  test('two classes of one element are laid onto what can be both', () =>
    assert.equal(
      laid('.a.b{top:0}', { a: ['p', 'a'], b: ['.x', 'a'] }),
      ':where(p.x), :where(a.x){top:0}',
    ));

  test('a class below another is not laid onto a place of its own', () =>
    assert.throws(() => laid('.a .b{top:0}', { a: ['div'], b: ['.x > p'] }), /cannot be laid/));
});

test('start and end become one measure, but where another of its kind stands in between', () => {
  const joined = (css) => {
    const root = style(css);
    root.walkRules(joinSides);
    return flat(root);
  };
  assert.equal(
    joined('.a{padding-block-end:1px;margin-inline-start:2px;padding-block-start:1px;margin-inline-end:3px}'),
    '.a{padding-block:1px;margin-inline:2px 3px}',
  );
  for (const css of [
    '.a{padding-block-start:1px}',
    '.a{padding-block-start:1px;padding-block:3px;padding-block-end:2px}',
    '.a{border-block-start:0;border-block-end:0}',
  ]) {
    assert.equal(joined(css), css);
  }
});

/* What draaiboek sends out, and what is in it. */
const settings = read(theme, 'thema.yml');
const names = [...settings.matchAll(/^ {2}- ([\w-]+\.css)/gm)].map(([, name]) => name);
const made = (name) => read(top, 'build/share/themes/standaard/css', name);
const sheets = names.map((name) => [name, postcss.parse(made(name))]);

function templates(folder = join(theme, 'templates')) {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) =>
      entry.isDirectory() ? templates(join(folder, entry.name)) : read(folder, entry.name),
    )
    .join('\n');
}

function scripts() {
  return ['interface', 'js', 'js/proef']
    .flatMap((folder) =>
      readdirSync(join(theme, folder))
        .filter((name) => name.endsWith('.js'))
        .map((name) => read(theme, folder, name)),
    )
    .join('\n');
}

const words = new Set(
  `${templates()}${scripts()}${read(top, 'docs/man/draaiboek-theme.5')}`.match(/[\w-]+/g),
);

/* What a template writes before a value: niveau-{{niveau}}. */
const beginnings = [...templates().matchAll(/([\w-]+-)\{\{/g)].map(([, start]) => start);

const canBe = (word) => words.has(word) || beginnings.some((start) => word.startsWith(start));

function classesOf(root) {
  const found = new Set();
  root.walkRules((rule) => {
    if (!/keyframes$/.test(rule.parent.name ?? '')) {
      parser((tree) => tree.walkClasses(({ value }) => found.add(value))).processSync(rule.selector);
    }
  });
  return [...found];
}

describe('in the whole style sheet', () => {
  test('every property that is set is used, and every one that is used is set', () => {
    /* A page with questions has a style sheet of its own, made of them. */
    const set = new Set(['--eis', '--eis-na', '--eis-teken']);
    const asked = new Set();
    for (const [, root] of sheets) {
      root.walkDecls((declaration) => {
        if (declaration.prop.startsWith('--')) {
          set.add(declaration.prop);
        }
        used(declaration.value).forEach((name) => asked.add(name));
      });
    }
    /* A step of the scale that components may use, as all of it. */
    ['--t-3', '--eis', '--eis-na', '--eis-teken'].forEach((name) => asked.add(name));
    assert.deepEqual([...set].filter((name) => !asked.has(name)), [], 'set in vain');
    assert.deepEqual([...asked].filter((name) => !set.has(name)), [], 'used and not there');
  });

  test('every class can be on a page', () => {
    for (const [name, root] of sheets) {
      assert.deepEqual(classesOf(root).filter((word) => !canBe(word)), [], name);
    }
  });

  test('of NL Design System come no colours but by way of css/tokens.css', () => {
    const colours = [];
    sheets
      .find(([name]) => name === 'nlds.css')[1]
      .walkDecls(({ prop, value }) => {
        const found = value.match(/#[\da-f]+\b|\b(rgb|hsl)a?\([^)]*\)/gi) ?? [];
        const seen = found.filter((colour) => !['#0000', 'rgba(0, 0, 0, 0)'].includes(colour));
        colours.push(...seen.map((text) => `${prop}: ${text}`));
      });
    assert.deepEqual(colours, []);
  });

  test('what is to be left out of every sheet is left out', () => {
    const css = sheets.find(([name]) => name === 'nlds.css')[1].toString();
    assert.doesNotMatch(css, /text-size-adjust|-moz-|-ms-|block-size:1em/);
  });

  test('nothing is fetched from elsewhere, and nothing is imported', () => {
    for (const [name, root] of sheets) {
      assert.doesNotMatch(root.toString(), /@import|url\((?!\.\.\/beeld\/)/, name);
    }
  });
});

test("the colours that a region's are held against are those of css/tokens.css", () => {
  const tokens = style(read(theme, 'css/tokens.css'));
  const root = (wanted) => {
    const found = new Map();
    tokens.walkRules(':root', (rule) => {
      if (rule.parent.type === 'root' || rule.parent.params === wanted) {
        readTokens(rule).forEach((value, name) => found.set(name, value));
      }
    });
    return found;
  };
  const value = (all, name) => {
    const text = all.get(name);
    const [, inner] = /^var\((.*)\)$/.exec(text) ?? [];
    return inner ? value(all, inner) : text.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  };
  for (const [ground, query] of [
    ['licht', 'none'],
    ['donker', 'screen and (prefers-color-scheme: dark)'],
  ]) {
    const [, line] = new RegExp(`${ground}: \\{(.*)\\}`).exec(settings);
    const said = Object.fromEntries([...line.matchAll(/([\w-]+): "(#\w+)"/g)].map(([, a, b]) => [a, b]));
    const all = root(query);
    assert.deepEqual(
      said,
      Object.fromEntries(Object.keys(said).map((name) => [name, value(all, `--${name}`)])),
    );
    assert.equal(Object.keys(said).length, 5);
  }
});

describe('licences', () => {
  const lock = JSON.parse(read(theme, 'package-lock.json'));
  const text = { licence: 'EUPL-1.2', text: 'EUROPEAN UNION PUBLIC LICENCE v. 1.2', holders: [] };
  const one = (more) => [{ path: 'x', name: 'x', version: '1', licence: 'EUPL-1.2', ships: true, ...more }];

  test('a package that may be had has no fault', () => assert.deepEqual(faults(one(), () => text), []));

  test('one under no licence, or a house style of an organisation, may not', () => {
    for (const licence of [undefined, 'UNLICENSED', 'SEE LICENSE IN LICENSE.md', 'CC-BY-NC-4.0']) {
      assert.match(faults(one({ licence }), () => text)[0], /not one that this theme may have/);
      assert.match(faults(one({ licence, ships: false }), () => text)[0], /not one/);
    }
  });

  test('nor one of which the text is another', () => {
    const other = { ...text, text: 'All rights reserved' };
    assert.match(faults(one(), () => other)[0], /its text is not EUPL-1.2/);
    assert.match(faults(one(), () => ({ ...text, licence: 'MIT' }))[0], /lock file says EUPL-1.2/);
  });

  test('the notices name each package with its holders, and have each text once', () => {
    const list = [...one(), ...one({ name: 'y', path: 'y' }), ...one({ name: 'tool', ships: false })];
    const found = notices(
      list,
      (path) => ({ ...text, holders: [`Copyright ${path}`] }),
      text.text,
      'Tabel',
    );
    assert.equal(found.split(text.text).length, 2);
    assert.match(found, /- x 1\n {2}Copyright x\n- y 1\n {2}Copyright y\n/);
    assert.match(found, /Tabel/);
    assert.doesNotMatch(found, /tool/);
  });

  test('the notices that go to the site have all that does', () => {
    const found = read(top, 'build/share/themes/standaard/site/licenties.txt');
    const shipped = packages(lock).filter(({ ships }) => ships);
    assert.ok(shipped.length > 20);
    for (const { name, version } of shipped) {
      assert.ok(found.includes(`- ${name} ${version}\n`), name);
    }
    assert.match(found, /Gemeente Utrecht/);
    assert.match(found, /OpenTaal/);
  });
});

describe('packages', () => {
  test('the lock file names no registry', () =>
    assert.doesNotMatch(read(theme, 'package-lock.json'), /"resolved"|registry/));

  test('each is asked for in one version', () => {
    const { dependencies, devDependencies } = JSON.parse(read(theme, 'package.json'));
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
  });

  test('each that goes to the site is used', () => {
    const { dependencies } = JSON.parse(read(theme, 'package.json'));
    const sheets = [tokens, ...parts.map(({ sheet }) => sheet)];
    const unused = Object.keys(dependencies).filter(
      (name) => /-(css|tokens)$/.test(name) && !sheets.some((sheet) => sheet.startsWith(`${name}/`)),
    );
    assert.deepEqual(unused, []);
  });

  test('none has tokens that belong to the house style of an organisation', () => {
    const names = packages(JSON.parse(read(theme, 'package-lock.json'))).map(({ name }) => name);
    assert.deepEqual(
      names.filter((name) => /tokens/.test(name)),
      ['@nl-design-system-unstable/voorbeeld-design-tokens'],
    );
  });
});
