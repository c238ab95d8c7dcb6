#!/usr/bin/env bats
# What readers are told of changes: which, where, with what difference, and what stays unknown.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p site/content/regios/noord/regelingen site/content/regios/zuid site/playbooks/regelingen
	cd site || return
	git init -q -b main
	printf 'titel: Site\nadres: https://x.example\nverzamelingen:\n  regelingen: {titel: R, soort: pagina}\n' >content/site.yml
	echo 'naam: Noord' >content/regios/noord/regio.yml
	echo 'naam: Zuid' >content/regios/zuid/regio.yml
	page 'Een tekst van twee regels.'
	printf -- '---\ntitel: Voor\n---\n\nWelkom.\n' >content/index.md
}

page() {
	printf -- '---\ntitel: Een\n%s---\n\n## Kop\n\n%s\n\nDit blijft hetzelfde, en is lang genoeg om de pagina te blijven.\n' \
		"${2:-}" "$1" >playbooks/regelingen/een.md
}

# Each a day after the one before.
commit() {
	day=$((${day:-0} + 1))
	git add -A
	GIT_AUTHOR_DATE="2026-01-0${day}T12:00:00Z" GIT_COMMITTER_DATE="2026-01-0${day}T12:00:00Z" \
		git commit -qm "$1"
}

build() {
	"$DRAAIBOEK" build -q -s . -o ../out --date "$DRAAIBOEK_DATE"
	out=$BATS_TEST_TMPDIR/out
}

# The text of what is new and what went, in order.
difference() {
	grep -oE '<(ins|del)>.*</(ins|del)>' "$1" | sed -E \
		-e 's/<span class="onzichtbaar">[^<]*<\/span>//g' -e 's/<del>/-/g; s/<ins>/+/g; s/<[^>]*>//g'
}

@test "a page tells its last changes, and a page of its own all of them" {
	commit Begin
	page 'Een tekst van drie regels.'
	commit 'Drie & meer'
	build
	grep -q 'href="geschiedenis/#w-[0-9a-f]\{10\}">Drie &amp; meer</a>' "$out/regelingen/een/index.html"
	grep -q '2 januari 2026</time>, door Anna de Vries' "$out/regelingen/een/index.html"
	grep -q 'Alle wijzigingen (2)' "$out/regelingen/een/index.html"
	[ "$(difference "$out/regelingen/een/geschiedenis/index.html")" = '-twee +drie' ]
	grep -q 'id="w-[0-9a-f]\{10\}"' "$out/regelingen/een/geschiedenis/index.html"
	grep -q 'name="robots" content="noindex"' "$out/regelingen/een/geschiedenis/index.html"
	run ! grep -rq 'anna@example' "$out"
	run ! grep -q geschiedenis "$out/sitemap.xml"
	run ! grep -rq geschiedenis "$out/zoek"
}

@test "a commit that starts with klein: is not told, and shows in the next one" {
	commit Begin
	page 'Een tekst van drie regels.'
	commit 'klein: telfout'
	page 'Een tekst van drie lange regels.'
	commit Lang
	page 'Een tekst van vier lange regels.'
	commit 'klein: telfout'
	build
	run ! grep -rq telfout "$out"
	[ "$(difference "$out/regelingen/een/geschiedenis/index.html")" = '-twee +drie lange' ]
	[ "$(grep -c '<entry>' "$out/atom.xml")" -eq 3 ]
}

@test "a page that was renamed keeps its changes, and what it was called is told" {
	commit Begin
	git mv playbooks/regelingen/een.md playbooks/regelingen/nieuw.md
	commit Naam
	build
	grep -q 'ander adres: regelingen/een/' "$out/regelingen/nieuw/geschiedenis/index.html"
	[ "$(grep -c 'class="verandering"' "$out/regelingen/nieuw/geschiedenis/index.html")" -eq 2 ]
}

@test "what was a draft, or in a comment, or beside the site, is never shown" {
	echo 'GEHEIM-1' >notitie.md
	page 'GEHEIM-2' $'concept: ja\n'
	commit Begin
	page 'GEHEIM-3 nog steeds' $'concept: ja\n'
	commit Concept
	page 'Nu op de site. <!-- GEHEIM-4 -->'
	commit Klaar
	page 'Straks op de site. <!-- GEHEIM-5 -->'
	commit Later
	build
	run ! grep -rq GEHEIM "$out"
	[ "$(difference "$out/regelingen/een/geschiedenis/index.html")" = '-Nu +Straks' ]
	[ "$(grep -c 'Dit was een concept' "$out/regelingen/een/geschiedenis/index.html")" -eq 2 ]
	grep -q 'De pagina is nieuw' "$out/regelingen/een/geschiedenis/index.html"
}

@test "a region tells its own changes among the nation's, or leads to those" {
	commit Begin
	printf -- '---\n---\n\n## Vul aan: Kop\n\nVan noord.\n' >content/regios/noord/regelingen/een.md
	commit Noord
	page 'Een tekst van drie regels.'
	commit Drie
	build
	local noord=$out/regio/noord/regelingen/een zuid=$out/regio/zuid/regelingen/een
	grep '<h2>' "$noord/geschiedenis/index.html" | sed 's/<[^>]*>//g' >told
	[ "$(tr '\n' ' ' <told)" = 'Drie Noord Begin ' ]
	grep -q 'id="w-[0-9a-f]*-regio"' "$noord/geschiedenis/index.html"
	[ ! -e "$zuid/geschiedenis" ]
	grep -q 'href="../../../../regelingen/een/geschiedenis/"' "$zuid/index.html"
	grep -q 'href="https://x.example/regelingen/een/geschiedenis/#w-' "$out/regio/zuid/atom.xml"
	grep -q 'href="https://x.example/regio/noord/regelingen/een/geschiedenis/#w-[0-9a-f]*-regio"' \
		"$out/regio/noord/atom.xml"
}

@test "feeds are well-formed, and each of their ids is one" {
	page 'Een <b> & ]]> tekst'
	commit $'Begin <x> & \x01'
	page 'Twee'
	commit Twee
	build
	for feed in "$out/atom.xml" "$out/regio/noord/atom.xml"; do
		if command -v xmllint >/dev/null; then xmllint --noout "$feed"; fi
		[ "$(grep -c '<id>' "$feed")" -eq "$(grep -o '<id>[^<]*' "$feed" | sort -u | wc -l)" ]
	done
}

@test "a page with many changes says which it does not show" {
	for number in $(seq 230); do
		printf 'commit refs/heads/main\ncommitter A <a@x> %d +0000\ndata 1\n%s\n' \
			$((1700000000 + number * 60)) x
		[ "$number" -eq 1 ] && git add -A && printf 'M 100644 inline %s\ndata <<END\n%s\nEND\n' \
			content/site.yml "$(cat content/site.yml)"
		printf 'M 100644 inline playbooks/regelingen/een.md\ndata <<END\n---\ntitel: Een\n---\n\n## Kop\n\nTekst %d.\nEND\n' "$number"
	done | git fast-import --quiet
	git reset -q --hard
	build
	local page=$out/regelingen/een/geschiedenis/index.html
	[ "$(grep -c 'class="verandering"' "$page")" -eq 200 ]
	[ "$(grep -c 'class="verschil"' "$page")" -eq 50 ]
	[ "$(grep -c 'te oud of te groot' "$page")" -eq 150 ]
	grep -q 'Oudere wijzigingen die hier niet staan: 30' "$page"
}

@test "a site without a repository tells no changes" {
	rm -rf .git
	GIT_CEILING_DIRECTORIES=$BATS_TEST_TMPDIR build
	[ ! -e "$out/regelingen/een/geschiedenis" ]
	run ! grep -q 'Wat is er veranderd' "$out/regelingen/een/index.html"
	run ! grep -q '<entry>' "$out/atom.xml"
}
