/*
 * Puts the values of design tokens in the place of their names. What stays a custom property is what
 * has more than one value: those of css/tokens.css, which differ between light and dark, and those
 * that a rule of a component sets for others. So no token is there that nothing uses, and none is
 * used that is not there. Called by build.mjs.
 */
import parse from 'postcss-value-parser';
import parser from 'postcss-selector-parser';

const nothing = Symbol('a value that a browser would take for absent');

/* Splits var(--name, fallback) in its name and its fallback, which may be undefined. */
function readVar(node) {
  const comma = node.nodes.findIndex((inner) => inner.type === 'div' && inner.value === ',');
  const name = node.nodes.find((inner) => inner.type === 'word').value;
  return [name, comma < 0 ? undefined : parse.stringify(node.nodes.slice(comma + 1)).trim()];
}

/* The value with `read(name, fallback)` in the place of each var(); `nothing` when one of them is. */
export function substitute(value, read) {
  let absent = false;
  const tree = parse(value);
  const visit = (nodes) =>
    nodes.forEach((node, i) => {
      if (node.type === 'function' && node.value === 'var') {
        const found = read(...readVar(node));
        absent ||= found === nothing;
        nodes[i] = { type: 'word', value: String(found) };
      } else if (node.nodes) {
        visit(node.nodes);
      }
    });
  visit(tree.nodes);
  return absent ? nothing : tree.toString();
}

export function used(value) {
  const found = [];
  parse(value).walk((node) => {
    if (node.type === 'function' && node.value === 'var') {
      found.push(readVar(node)[0]);
    }
  });
  return found;
}

/* The custom properties that a style sheet sets, with the declarations that do. */
function definitions(root) {
  const found = new Map();
  root.walkDecls(/^--/, (declaration) => {
    found.set(declaration.prop, [...(found.get(declaration.prop) ?? []), declaration]);
  });
  return found;
}

/* The classes of what a selector selects, leaving its surroundings out. */
function subjects(rule) {
  return parser()
    .astSync(rule.selector)
    .nodes.map((selector) => {
      const from = selector.nodes.findLastIndex((node) => node.type === 'combinator');
      return selector.nodes
        .slice(from + 1)
        .filter((node) => node.type === 'class')
        .map((node) => node.value);
    });
}

/* Whether all that the rule selects is also selected by `.owner`. */
const isPartOf = (rule, owner) =>
  rule.type === 'rule' && subjects(rule).every((classes) => classes.includes(owner));

/*
 * Names that one rule for a single class sets, and that only rules for elements of that class use:
 * there the value can stand in the place of the name.
 */
function inlined(root) {
  const found = new Map();
  for (const [name, [declaration, other]] of definitions(root)) {
    const { selector, parent } = declaration.parent;
    const owner = /^\.([\w-]+)$/.exec(selector)?.[1];
    if (other || !owner || parent.type !== 'root') {
      continue;
    }
    let only = true;
    root.walkDecls((use) => {
      only &&= !used(use.value).includes(name) || isPartOf(use.parent, owner);
    });
    if (only) {
      found.set(name, declaration.value);
    }
  }
  return found;
}

function reader(sets, { tokens, ours, live, inline }) {
  const read = (name, fallback) => {
    if (inline.has(name)) {
      const value = substitute(inline.get(name), read);
      return value === nothing && fallback !== undefined ? substitute(fallback, read) : value;
    }
    if (live.has(name) && !ours.has(name)) {
      return `var(${name})`;
    }
    const token = tokens.get(name);
    const known = token !== undefined && token !== 'initial' ? substitute(token, read) : nothing;
    const rest = known === nothing && fallback !== undefined ? substitute(fallback, read) : known;
    if (sets.has(name)) {
      return rest === nothing ? `var(${name})` : `var(${name},${rest})`;
    }
    return rest;
  };
  return read;
}

/* Removes properties that are set and not used. True when there was one. */
function removeUnused(root, live) {
  const names = new Set();
  let removed = false;
  root.walkDecls((declaration) => used(declaration.value).forEach((name) => names.add(name)));
  root.walkDecls(/^--/, (declaration) => {
    if (!names.has(declaration.prop) && !live.has(declaration.prop)) {
      declaration.remove();
      removed = true;
    }
  });
  return removed;
}

/*
 * Values of the tokens in the place of their names, in all of the style sheet. `tokens` are all of them,
 * `ours` the names that this theme gave a value, `live` those that stay custom properties.
 */
export function resolve(root, { tokens, ours, live }) {
  for (let changed = true; changed; ) {
    const inline = inlined(root);
    const sets = definitions(root);
    const read = reader(sets, { tokens, ours, live, inline });
    changed = false;
    root.walkDecls((declaration) => {
      if (inline.has(declaration.prop)) {
        return;
      }
      const value = substitute(declaration.value, read);
      if (value === nothing) {
        declaration.remove();
        changed = true;
      } else if (value !== declaration.value) {
        declaration.value = value;
        changed = true;
      }
    });
    changed = removeUnused(root, live) || changed;
  }
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) {
      rule.remove();
    }
  });
}

/* The custom properties of a style sheet of tokens, by name. */
export function readTokens(root) {
  const found = new Map();
  root.walkDecls(/^--/, ({ prop, value }) => found.set(prop, value));
  return found;
}
