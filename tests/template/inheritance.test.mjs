// Parents and blocks, and what their lines and white space become: the cases of inheritance.json.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { render } from './render.mjs';

const cases = JSON.parse(readFileSync(new URL('inheritance.json', import.meta.url), 'utf8'));

for (const one of cases) {
	const text = (lines) => (Array.isArray(lines) ? lines.join('\n') : lines);
	const partials = Object.fromEntries(
		Object.entries(one.partials ?? {}).map(([name, lines]) => [name, text(lines)]));

	test(one.name, () => assert.equal(
		render({ template: text(one.template), data: one.data ?? {}, partials }),
		text(one.want)));
}
