# The pages that compare regions, where they need a history: what the nation changed since, and when
# a region last changed its own; and who has none of these pages.

setup() {
	site=$BATS_TEST_TMPDIR/site
	out=$BATS_TEST_TMPDIR/out
	mkdir -p "$site/content/regios/noord/regeling" "$site/content/regios/zuid" "$site/playbooks/regeling"
	cd "$site" || return
	git init -q -b main .
	cat >content/site.yml <<-'END'
		titel: Proef
		adres: https://proef.example
		verzamelingen:
		  regeling: {titel: Regelingen}
	END
	echo 'naam: Noord' >content/regios/noord/regio.yml
	echo 'naam: Zuid' >content/regios/zuid/regio.yml
	national '500 euro'
	printf -- '## Vervang: Kosten\n\nIn Noord is het anders.\n' >content/regios/noord/regeling/kaart.md
	commit 05 'Begin'
}

national() {
	printf -- '---\ntitel: Kaart\n---\n\n## Kosten\n\nU krijgt %s.\n\n## Aanvraag\n\nBel.\n' "$1" \
		>playbooks/regeling/kaart.md
}

commit() {
	git add -A
	GIT_AUTHOR_DATE=2026-01-$1T12:00:00Z GIT_COMMITTER_DATE=2026-01-$1T12:00:00Z \
		git commit -q -m "$2"
}

build() {
	"$DRAAIBOEK" build -q -s . -o "$out" --date "$DRAAIBOEK_DATE"
}

@test "compare: a section that drifted says so, with the way to the difference" {
	build
	! grep -q 'stand-veranderd"><a' "$out/vergelijk/regeling/kaart/index.html"
	national '600 euro'
	commit 06 'Bedrag omhoog'
	build
	grep -F 'stand-veranderd"><a href="../../../regio/noord/regeling/kaart/verschil/#kosten">' \
		"$out/vergelijk/regeling/kaart/index.html"
	[ -f "$out/regio/noord/regeling/kaart/verschil/index.html" ]
	grep -q 'id="kosten"' "$out/regio/noord/regeling/kaart/verschil/index.html"
	grep -F '"Noord";"Kosten";"Eigen tekst";"In Noord is het anders.";;"2026-01-06";"2026-01-05";' \
		"$out/vergelijk/regeling/kaart/kaart-per-regio.csv"
	grep -q 'verschil/#kosten' "$out/regio/noord/vergelijk/index.html"
}

@test "compare: a text whose section is gone has a place in the table of a preview" {
	printf -- '---\ntitel: Kaart\n---\n\n## Prijs\n\nAnders.\n' >playbooks/regeling/kaart.md
	commit 07 'Andere kop'
	! build
	git clone -q --bare . "$BATS_TEST_TMPDIR/bare.git"
	"$DRAAIBOEK" publish -q --repo "$BATS_TEST_TMPDIR/bare.git" --to "$BATS_TEST_TMPDIR/www" \
		--date "$DRAAIBOEK_DATE"
	page=$BATS_TEST_TMPDIR/www/current/vergelijk/regeling/kaart/index.html
	grep -q 'stand-verweesd"><a href="../../../regio/noord/regeling/kaart/#kosten' "$page"
	grep -q 'id="kosten"' "$BATS_TEST_TMPDIR/www/current/regio/noord/regeling/kaart/index.html"
}

@test "compare: a site without regions has none of it, nor a theme without the templates" {
	build
	[ -f "$out/vergelijk/index.html" ]
	[ -f "$out/regio/zuid/vergelijk/index.html" ]
	rm -r content/regios
	build
	[ ! -e "$out/vergelijk" ]
	! grep -rq vergelijk/ "$out" --include='*.html'
	git checkout -q content/regios
	echo 'thema: kaal' >>content/site.yml
	mkdir -p themes
	cp -R "$(dirname "$DRAAIBOEK")/share/themes/standaard" themes/kaal
	rm themes/kaal/templates/vergelijk-regio.mustache
	build
	[ ! -e "$out/vergelijk" ]
	[ ! -e "$out/regio/zuid/vergelijk" ]
	! grep -rq 'href="[^"]*vergelijk/' "$out" --include='*.html'
}

@test "compare: a page that nobody touched has no page that compares" {
	printf -- '---\ntitel: Lijst\n---\n\n## Kop\n\nTekst.\n' >playbooks/regeling/lijst.md
	build
	[ ! -e "$out/vergelijk/regeling/lijst" ]
	! grep -q 'vergelijk/regeling' "$out/regeling/lijst/index.html"
	grep -q 'vergelijk/regeling/kaart/' "$out/regeling/kaart/index.html"
	grep -q 'vergelijk/regeling/kaart/' "$out/regio/zuid/regeling/kaart/index.html"
}
