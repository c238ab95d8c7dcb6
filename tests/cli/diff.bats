# draaiboek diff, and what readers see of drift.
bats_require_minimum_version 1.5.0

setup() {
	top=$PWD
	site=$BATS_TEST_TMPDIR/site
	mkdir -p "$site/content/regios/noord/regeling" "$site/playbooks/regeling"
	cd "$site" || return
	git init -q -b main .
	cat >content/site.yml <<-'END'
		titel: Proef
		adres: https://proef.example
		verzamelingen:
		  regeling: {titel: Regelingen}
	END
	echo 'naam: Noord' >content/regios/noord/regio.yml
	printf -- '---\ntitel: Lijst\n---\n\nTekst.\n' >playbooks/regeling/lijst.md
	page 500 '[de lijst](lijst.md)' 'Bel het loket.' voert
	cat >content/regios/noord/regeling/kaart.md <<-'END'
		## Vervang: #kosten

		In Noord is het 700 euro.

		### Reis

		De gemeente betaalt.

		## Vul aan: Zo vraagt u het aan

		Mailen kan ook.

		## Zet vooraan: Zo vraagt u het aan

		Eerst dit.

		## Verberg: Einde

		In Noord doet het loket dit.

		## Nieuw na Rechten: Spreekuur

		Elke dinsdag.

		## Vul aan: Weg

		Dit hoort nergens.
	END
	commit 2026-01-05 'Eerste versie'
	page 600 '[de lijst](kaart.md)' '**Bel** het loket.' houdt
	commit 2026-03-03 'Bedragen 2026'
}

# The national page: an amount, a link, how to ask, a verb.
page() {
	cat >playbooks/regeling/kaart.md <<-END
		---
		titel: Kaart
		---

		Inleiding.

		## Kosten <!-- #kosten -->

		U krijgt $1 euro, zie $2.

		## Zo vraagt u het aan

		$3

		## Rechten

		U tekent.

		## Einde

		Na afloop $4 u een gesprek.
	END
}

commit() {
	git add -A
	GIT_AUTHOR_DATE=${1}T12:00:00Z GIT_COMMITTER_DATE=${1}T12:00:00Z git commit -q -m "$2"
}

diff_of() {
	"$DRAAIBOEK" diff --date "$DRAAIBOEK_DATE" "$@"
}

# ---- The command

@test "diff: every verb, what changed, and what the region has in its place" {
	run --separate-stderr diff_of -q regeling/kaart --regio noord
	[ "$status" -eq 0 ]
	[ -z "$stderr" ]
	diff -u "$top/tests/cli/diff/kaart.txt" - <<<"$output"
}

@test "diff: a page goes by its file or address, in any form" {
	diff_of -q regeling/kaart --regio noord >"$BATS_TEST_TMPDIR/wanted"
	for name in regeling/kaart/ /regeling/kaart playbooks/regeling/kaart.md \
		./playbooks/regeling/kaart.md content/regios/noord/regeling/kaart.md \
		regio/noord/regeling/kaart/ https://proef.example/regio/noord/regeling/kaart/#kosten \
		regeling/kaart/index.html regeling/kaart.md; do
		echo "$name"
		diff_of -q "$name" --regio noord | diff "$BATS_TEST_TMPDIR/wanted" -
	done
	git clone -q --bare . "$BATS_TEST_TMPDIR/bare.git"
	diff_of -q -s "$BATS_TEST_TMPDIR/bare.git" regeling/kaart --regio noord |
		diff "$BATS_TEST_TMPDIR/wanted" -
}

@test "diff: what is unknown, and what is left out" {
	run diff_of regeling/kart --regio noord
	[ "$status" -eq 2 ]
	[[ $output == *'"regeling/kart"'*'bedoelt u: regeling/kaart/?'*'[page-unknown]'* ]]
	[[ $output != *waarschuwing* ]]
	run diff_of kaart --regio noord
	[[ $output == *'bedoelt u: regeling/kaart/?'* ]]
	run diff_of regeling/kaart --regio nord
	[ "$status" -eq 2 ]
	[[ $output == *'Bedoelt u: noord?'*'[region-unknown]'* ]]
	run diff_of regeling/kaart
	[ "$status" -eq 2 ]
	[[ $output == *'--regio'* ]]
	run diff_of --regio noord
	[ "$status" -eq 2 ]
}

@test "diff: a page that the region leaves as it is, replaces, and hides" {
	run diff_of -q regeling/lijst --regio noord
	[[ $output == *'Noord toont deze pagina zoals zij landelijk is.'* ]]
	printf -- '---\nvervangt-pagina: ja\n---\n\nAnders.\n' >content/regios/noord/regeling/lijst.md
	run diff_of -q regeling/lijst --regio noord
	[[ $output == *'Vervang: Lijst (regel 2)'*'[-Tekst-]{+Anders+}.'* ]]
	printf -- '---\nverberg-pagina: Dit is er niet.\n---\n' >content/regios/noord/regeling/lijst.md
	run diff_of -q regeling/lijst --regio noord
	[[ $output == *'Verberg: Lijst (regel 2)'*'{+Dit is er niet.+}'*'[-Tekst.-]'* ]]
}

@test "diff: colours on a terminal, and none where they are not wanted" {
	command -v script >/dev/null || skip 'no script'
	export TERM=xterm
	run script -qec "$DRAAIBOEK diff -q regeling/kaart --regio noord" /dev/null
	[[ $output == *$'\e[31m500\e[m\e[32m600\e[m'* ]]
	NO_COLOR=1 run script -qec "$DRAAIBOEK diff -q regeling/kaart --regio noord" /dev/null
	[[ $output == *'[-500-]{+600+}'* ]]
	run diff_of -q regeling/kaart --regio noord
	[[ $output != *$'\e'* ]]
}

# ---- For readers

build() {
	"$DRAAIBOEK" build -q --date "$DRAAIBOEK_DATE" -o "$BATS_TEST_TMPDIR/out" "$@"
}

@test "drift: readers see a dated note, once a section, and the difference behind it" {
	sed -i '/^## Vul aan: Weg/,$d' content/regios/noord/regeling/kaart.md
	git add -A
	git commit -q --amend --no-edit --date 2026-03-03T12:00:00Z
	# That was a change of the region's too: it has seen all.
	build
	[ ! -e "$BATS_TEST_TMPDIR/out/regio/noord/regeling/kaart/verschil" ]
	page 650 '[de lijst](kaart.md)' '*Bel* het loket.' houdt
	commit 2026-04-01 'Weer hoger'
	build
	cd "$BATS_TEST_TMPDIR/out/regio/noord/regeling/kaart"
	[ "$(grep -c 'class="verouderd"' index.html)" -eq 2 ]
	grep -q 'De landelijke tekst is op <time datetime="2026-04-01">1 april 2026</time> gewijzigd. De tekst van Noord is daar nog niet op aangepast. <a href="../../regeling/kaart/verschil/#kosten">' index.html
	grep -q '650' verschil/index.html
	grep -q 'name="robots" content="noindex"' verschil/index.html
	grep -q 'id="kosten"' verschil/index.html
	grep -q 'Alleen de opmaak is veranderd' verschil/index.html
	run ! grep -rq 'verouderd"' "$BATS_TEST_TMPDIR/out/regeling"
	[ ! -e "$BATS_TEST_TMPDIR/out/regeling/kaart/verschil" ]
}

@test "drift: the page with the difference is removed when nothing differs any more" {
	sed -i '/^## Vul aan: Weg/,$d' content/regios/noord/regeling/kaart.md
	git reset -q --soft HEAD~1
	git stash -q -- playbooks
	commit 2026-01-06 'Zonder wees'
	git stash pop -q
	commit 2026-03-03 'Bedragen 2026'
	build
	[ -e "$BATS_TEST_TMPDIR/out/regio/noord/regeling/kaart/verschil/index.html" ]
	echo 'Nog een zin.' >>content/regios/noord/regeling/kaart.md
	commit 2026-03-04 'Noord volgt'
	build
	[ ! -e "$BATS_TEST_TMPDIR/out/regio/noord/regeling/kaart/verschil" ]
}

@test "drift: no page of the site may have the address of a difference" {
	printf -- '---\ntitel: Verschil\n---\n' >playbooks/regeling/verschil.md
	run "$DRAAIBOEK" check
	[[ $output == *'playbooks/regeling/verschil.md: fout:'*'[page-reserved]'* ]]
}
