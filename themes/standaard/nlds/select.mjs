/*
 * Leaves of a style sheet of NL Design System the rules for classes that this theme has, and lays
 * them onto selectors of its own. Called by build.mjs.
 */
import parser from 'postcss-selector-parser';

/* The classes that an element must have for the selector to fit; not those in :not(). */
function required(selector) {
  const names = [];
  const walk = (node) => {
    if (node.type === 'class') {
      names.push(node.value);
    } else if (node.value !== ':not') {
      node.nodes?.forEach(walk);
    }
  };
  walk(selector);
  return names;
}

/* Takes out of :not() what is never there. */
function tidyNots(selector, has) {
  selector.walkPseudos((pseudo) => {
    if (pseudo.value !== ':not') {
      return;
    }
    for (const inner of [...pseudo.nodes]) {
      if (!required(inner).every(has)) {
        inner.remove();
      }
    }
    if (pseudo.nodes.length === 0) {
      pseudo.remove();
    } else {
      pseudo.nodes[0].first.spaces.before = '';
    }
  });
}

/* Calls `change(selectors)` with those of each rule; a rule of which nothing is left goes. */
function eachRule(root, change) {
  root.walkRules((rule) => {
    if (/keyframes$/.test(rule.parent.name ?? '')) {
      return;
    }
    const selectors = change(parser().astSync(rule.selector).nodes);
    if (selectors.length === 0) {
      rule.remove();
    } else {
      rule.selector = [...new Set(selectors)].join(', ');
    }
  });
  root.walkAtRules((rule) => {
    if (rule.nodes?.length === 0) {
      rule.remove();
    }
  });
}

/* Drops every selector that asks for a class of which `has(class)` is false. */
export function prune(root, has, without) {
  eachRule(root, (selectors) =>
    selectors
      .filter((selector) => required(selector).every(has) && !without(String(selector)))
      .map((selector) => {
        tidyNots(selector, has);
        return String(selector).trim();
      }),
  );
}

/* What must be on a page for the selector to fit: classes, tags and values of attributes. */
export function names(selector) {
  const found = { class: [], tag: [], attribute: [] };
  const walk = (node) => {
    found[node.type]?.push(node.value);
    if (node.value !== ':not') {
      node.nodes?.forEach(walk);
    }
  };
  walk(parser().astSync(selector));
  return found;
}

/* What stands for a compound selector, of which one class is to be another selector's last compound. */
function replaced(selector, at, other) {
  const copy = selector.clone();
  const target = copy.at(at);
  const insert = other.clone();
  const combinator = insert.nodes.findLastIndex((node) => node.type === 'combinator');
  const last = insert.nodes.slice(combinator + 1);
  const tag = last.some((node) => node.type === 'tag');
  let start = at;

  while (start > 0 && copy.at(start - 1).type !== 'combinator') {
    start--;
  }
  if (combinator >= 0 && start > 0) {
    throw new Error(`${selector}: cannot be laid onto ${other}`);
  }
  if (tag && copy.nodes.slice(start, at).some((node) => node.type === 'tag')) {
    return undefined;
  }
  for (const node of last) {
    if (tag && node.type === 'tag') {
      copy.insertBefore(copy.at(start), node.clone({ spaces: {} }));
    } else {
      copy.insertBefore(target, node.clone({ spaces: {} }));
    }
  }
  target.remove();
  if (combinator >= 0) {
    const front = insert.nodes.slice(0, combinator + 1);
    front.reverse().forEach((node) => copy.prepend(node.clone()));
  }
  return copy;
}

function variants(selector, as) {
  const at = selector.nodes.findIndex((node) => node.type === 'class' && as.has(node.value));
  if (at < 0) {
    return [selector];
  }
  return as
    .get(selector.at(at).value)
    .map((other) => replaced(selector, at, other))
    .filter((copy) => copy !== undefined)
    .flatMap((copy) => variants(copy, as));
}

/* In :where(), but for a pseudo-element, which may not stand there. */
function weightless(selector) {
  const text = String(selector).trim();
  const [, element, pseudo] = text.match(/^(.*?)(::[\w-]+)?$/s);
  return `:where(${element})${pseudo ?? ''}`;
}

/*
 * Lays the rules onto other selectors: `as` leads from a class to a list of selectors, as text. The
 * class itself stays selected when `has(class)`.
 */
export function lay(root, as, has) {
  const parsed = new Map(
    [...as].map(([name, list]) => [name, list.map((text) => parser().astSync(text).first)]),
  );
  eachRule(root, (selectors) =>
    selectors.flatMap((selector) => {
      const itself = required(selector).every(has) ? [String(selector).trim()] : [];
      if (!required(selector).some((name) => as.has(name))) {
        return itself;
      }
      return [...itself, ...variants(selector, parsed).map(weightless)];
    }),
  );
}
