# The command line: exit statuses, languages, and what is said of a slip of the pen.
bats_require_minimum_version 1.5.0

setup() {
	site=$BATS_TEST_TMPDIR/site
	cp -R tests/golden/smallest-site/in "$site"
	cd "$BATS_TEST_TMPDIR" || return
}

# Runs draaiboek; wants this exit status, and nothing on standard output.
fails_with() {
	local wanted=$1
	shift
	run --separate-stderr "$DRAAIBOEK" "$@"
	echo "$stderr"
	[ "$status" -eq "$wanted" ]
	[ -z "$output" ]
}

@test "usage: exit 0, 1 and 2" {
	fails_with 0 check -s site
	[[ $stderr == 'draaiboek: 0 fouten, 0 waarschuwingen' ]]
	echo 'onbekend: x' >>site/content/site.yml
	fails_with 1 check -s site
	fails_with 1 build -s site -o out
	fails_with 2 check -s nergens
	[[ $stderr == *'nergens'* ]]
}

@test "usage: an error of the machine is worse than one of the content" {
	echo 'onbekend: x' >>site/content/site.yml
	echo 'thema: bestaat-niet' >>site/content/site.yml
	fails_with 2 check -s site
	[[ $stderr == *'[theme-unknown]'* ]]
}

@test "usage: a folder that is no site" {
	mkdir leeg
	fails_with 2 build -s leeg -o out
	[[ $stderr == *'leeg'*'[site-missing]'* ]]
	[ ! -e out ]
}

@test "usage: a revision that is not there, and one where there are none" {
	fails_with 2 build -s site --rev main -o out
	[[ $stderr == *'[git-none]'* ]]
	git init -q site
	git -C site add -A
	git -C site commit -q -m x
	fails_with 2 build -s site --rev nergens -o out
	[[ $stderr == *'"nergens"'*'[revision-unknown]'* ]]
	fails_with 2 build -s site --rev 'HEAD:content' -o out
	fails_with 2 build -s site --rev '' -o out
	[ ! -e out ]
}

@test "usage: slips of the pen" {
	fails_with 2 biuld
	[[ $stderr == *'"biuld"'*'build'* ]]
	fails_with 2 build --outptu x
	[[ $stderr == *'--outptu'* ]]
	fails_with 2 build -s
	[[ $stderr == *'-s'* ]]
	fails_with 2 build -j 0
	fails_with 2 build -j vier
	fails_with 2 build --date morgen
	[[ $stderr == *'"morgen"'* ]]
	fails_with 2 build --date 2026-02-30
	fails_with 2 check --format xml
	[[ $stderr == *'"xml"'* ]]
	fails_with 2 check --lang de
	fails_with 2 check een-woord
	[[ $stderr == *'"een-woord"'* ]]
	fails_with 2 check -o out
	fails_with 2 serve -p 70000
	fails_with 2 help biuld
	[[ $stderr == *'biuld'* ]]
	fails_with 2 template
}

@test "usage: without a word, with help and with --help it says how" {
	for words in '' help --help -h; do
		# shellcheck disable=SC2086
		run --separate-stderr "$DRAAIBOEK" $words
		[ "$status" -eq 0 ]
		[ -z "$stderr" ]
		[[ $output == *'draaiboek build'* ]]
	done
	run --separate-stderr "$DRAAIBOEK" help check
	[ "$status" -eq 0 ]
	[[ $output == *'draaiboek check'*'--format'* ]]
}

@test "usage: version" {
	for word in version --version; do
		run --separate-stderr "$DRAAIBOEK" "$word"
		[ "$status" -eq 0 ]
		[[ $output =~ ^draaiboek\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
	done
}

@test "usage: messages are in the site's language, unless --lang says otherwise, in any locale" {
	echo 'onbekend: x' >>site/content/site.yml
	for locale in C C.UTF-8 POSIX nl_NL.UTF-8 zz_ZZ; do
		LC_ALL=$locale LANGUAGE='' fails_with 1 check -s site
		[[ $stderr == *': fout: de sleutel '* ]]
		LC_ALL=$locale LANGUAGE='' fails_with 1 check -s site --lang en
		[[ $stderr == *': error: there is no key '* ]]
	done
	LANGUAGE=en fails_with 1 check -s site
	[[ $stderr == *': fout: '* ]]
	echo 'taal: en' >>site/content/site.yml
	fails_with 1 check -s site
	[[ $stderr == *': error: '* ]]
	fails_with 1 check -s site --lang nl
	[[ $stderr == *': fout: '* ]]
}

@test "usage: messages are sorted, one a line, whatever the number of threads" {
	for i in 9 1 5 3; do
		printf -- '---\ntitel: P\nonbekend: x\n---\n[a](weg.md) [b](weg.md)\n' \
			>"site/playbooks/subsidies/p$i.md"
	done
	fails_with 1 check -q -s site -j 1
	one=$stderr
	fails_with 1 check -q -s site -j 4
	[ "$stderr" = "$one" ]
	[ "$one" = "$(sort -t : -k 1,1 -k 2n -k 3n <<<"$one")" ]
	[ "$(grep -c '' <<<"$one")" -eq 12 ]
}

@test "usage: quiet says errors only" {
	echo 'geldig' >site/playbooks/subsidies/x.md
	printf -- '---\ntitel: Oud\ngeldig-tot: 2020-01-01\n---\nTekst.\n' >site/playbooks/subsidies/x.md
	fails_with 0 check -q -s site
	[ -z "$stderr" ]
	fails_with 0 check -s site
	[[ $stderr == *'[date-expired]'* ]]
}

@test "usage: JSON on standard output, for programs" {
	printf -- '---\ntitel: "a \\"b\\" <c>"\nonbekend: "\\u0007"\n---\n' >site/playbooks/subsidies/x.md
	run --separate-stderr "$DRAAIBOEK" check -s site --format json
	[ "$status" -eq 1 ]
	[ -z "$stderr" ]
	node -e '
		const report = JSON.parse(process.argv[1]);
		const assert = require("node:assert");
		assert.equal(report.errors, 1);
		assert.equal(report.warnings, 0);
		assert.equal(report.messages.length, 1);
		const { path, line, column, level, code, text } = report.messages[0];
		assert.deepEqual([path, line, column, level, code],
			["playbooks/subsidies/x.md", 3, 1, "error", "key-unknown"]);
		assert.match(text, /onbekend/);' "$output"
	run --separate-stderr "$DRAAIBOEK" check -s nergens --format json
	[ "$status" -eq 2 ]
	node -e 'process.exit(JSON.parse(process.argv[1]).messages[0].level === "fatal" ? 0 : 1)' "$output"
}

@test "usage: SARIF on standard output, for code hosts" {
	echo 'onbekend: x' >>site/content/site.yml
	run --separate-stderr "$DRAAIBOEK" check -s site --format sarif
	[ "$status" -eq 1 ]
	[ -z "$stderr" ]
	node -e '
		const { version, runs: [run] } = JSON.parse(process.argv[1]);
		const assert = require("node:assert");
		assert.equal(version, "2.1.0");
		assert.equal(run.results[0].ruleId, "key-unknown");
		assert.equal(run.results[0].locations[0].physicalLocation.artifactLocation.uri,
			"content/site.yml");' "$output"
}

@test "usage: what cannot be printed is not printed" {
	printf -- '---\ntitel: X\n"\\e[31mrood\\n": x\n---\n' >site/playbooks/subsidies/x.md
	fails_with 1 check -q -s site
	[[ $stderr != *$'\e'* ]]
	[ "$(grep -c '' <<<"$stderr")" -eq 1 ]
}

@test "usage: a full standard output is a fault" {
	[ -e /dev/full ] || skip 'no /dev/full'
	run bash -c '"$DRAAIBOEK" version >/dev/full'
	[ "$status" -eq 2 ]
}
