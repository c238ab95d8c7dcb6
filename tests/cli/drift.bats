# Drift: which regional texts still stand beside the national text that the region saw, of histories
# that are made here commit by commit. Every commit is made in one second unless a day is named, so
# that no answer comes from the clock.

page=playbooks/regeling/kaart.md
own=content/regios/noord/regeling/kaart.md

setup() {
	repo=$BATS_TEST_TMPDIR/site
	mkdir -p "$repo/content/regios/noord/regeling" "$repo/playbooks/regeling"
	cd "$repo" || return
	git init -q -b main .
	cat >content/site.yml <<-'END'
		titel: Proef
		adres: https://proef.example
		verzamelingen:
		  regeling: {titel: Regelingen}
	END
	echo 'naam: Noord' >content/regios/noord/regio.yml
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' \
		'## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	printf -- '---\ntitel: Lijst\n---\n\nTekst.\n' >playbooks/regeling/lijst.md
	cp playbooks/regeling/lijst.md playbooks/regeling/andere.md
	adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	day=05
}

# The national page; the arguments are its paragraphs.
national() {
	{
		printf -- '---\ntitel: Kaart\n---\n\nInleiding.\n'
		printf '\n%s\n' "$@"
	} >"${file:-$page}"
}

# The adaptation; front matter in $front.
adapt() {
	{
		printf -- '---\n%s---\n' "${front:-}"
		printf '\n%s\n' "$@"
	} >"${file:-$own}"
}

# A commit of all there is, on 2026-01-$day.
commit() {
	git add -A
	GIT_AUTHOR_DATE=2026-01-${day}T12:00:00Z GIT_COMMITTER_DATE=2026-01-${day}T12:00:00Z \
		git commit -q --allow-empty -m "$1"
}

merge() {
	GIT_AUTHOR_DATE=2026-01-${day}T12:00:00Z GIT_COMMITTER_DATE=2026-01-${day}T12:00:00Z \
		git merge -q --no-ff -m "$2" "$1"
}

# What `status` says of the adapted sections: "drift Kosten 2026-01-05 subject", a line for each.
state() {
	"$DRAAIBOEK" status -q --format json --date "$DRAAIBOEK_DATE" "$@" |
		jq -r '.items[] | select(.kind == "drift" or .kind == "orphan" or .kind == "unknown")
			| [.kind, .section, .date // "-", .subject // "-"] | join(" ")'
}

is() {
	diff <(printf '%s' "${1:+$1
}") <(state)
}

# ---- Before and after

@test "drift: an edit before the region's is seen, one after it is not" {
	commit een
	national '## Kosten' 'U krijgt 600 euro per maand.' '## Aanvraag' 'Bel.'
	commit 'Bedrag omhoog'
	is 'drift Kosten 2026-01-05 Bedrag omhoog'
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord volgt'
	is ''
	national '## Kosten' 'U krijgt 601 euro per maand.' '## Aanvraag' 'Bel.'
	commit 'Bedrag weer omhoog'
	is 'drift Kosten 2026-01-05 Bedrag weer omhoog'
}

@test "drift: national and regional text in one commit" {
	commit een
	national '## Kosten' 'U krijgt 600 euro per maand.' '## Aanvraag' 'Bel.'
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Alles'
	is ''
}

@test "drift: the date is that of the last change, of this section" {
	commit een
	day=08
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'Eerste'
	day=09
	national '## Kosten' 'U krijgt 650 euro.' '## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'Tweede'
	day=10
	national '## Kosten' 'U krijgt 650 euro.' '## Aanvraag' 'Mail.'
	commit 'Derde'
	is 'drift Kosten 2026-01-09 Tweede'
}

@test "drift: an edit in another section, the introduction or the front matter is none" {
	commit een
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' \
		'## Aanvraag' 'Mail het loket.'
	sed -i 's/^titel.*/titel: Andere kaart/; s/^Inleiding/Een ander begin/' $page
	commit 'Elders'
	is ''
}

@test "drift: every verb with a target, and sections below it count" {
	national '## Een' 'a' '### Onder een' 'b' '## Twee' 'c' '## Drie' 'd' '## Vier' 'e' '## Vijf' 'f' '## Zes' 'g'
	adapt '## Vervang: Een' x '## Vul aan: Twee' x '## Zet vooraan: Drie' x \
		'## Nieuw na Vier: Nieuw' x '## Nieuw voor Vijf: Ook nieuw' x '## Verberg: Zes' x
	commit een
	national '## Een' 'a' '### Onder een' 'bb' '## Twee' 'cc' '## Drie' 'dd' '## Vier' 'ee' '## Vijf' 'ff' '## Zes' 'gg'
	commit twee
	is "$(printf 'drift %s 2026-01-05 twee\n' Een Twee Drie Vier Vijf Zes)"
	"$DRAAIBOEK" status -q --format json | jq -r '.items[] | select(.kind=="drift") | .verb' |
		diff <(printf '%s\n' Vervang 'Vul aan' 'Zet vooraan' 'Nieuw na' 'Nieuw voor' Verberg) -
}

@test "drift: a page that the region replaces or hides as a whole" {
	front='vervangt-pagina: ja
titel: Eigen
' adapt 'Eigen tekst.'
	commit een
	is ''
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' '## Aanvraag' 'Mail.'
	commit twee
	is 'drift Kaart 2026-01-05 twee'
	front='verberg-pagina: Noord doet dit niet.
' adapt
	commit drie
	is ''
	national '## Kosten' 'Niets.'
	commit vier
	is 'drift Kaart 2026-01-05 vier'
}

# ---- What counts

# Says whether the page with these paragraphs differs, for the region, from the first.
assert_differs() {
	national "${@:2}"
	commit 'Anders'
	if [ "$1" = yes ]; then is 'drift Kosten 2026-01-05 Anders'; else is ''; fi
}

@test "drift: white space, wrapping and blank lines do not count" {
	national '## Kosten' 'Een lange zin met [een link](lijst.md) en **nadruk** erin.' '- een
- twee
  - diep' '> [!Let op]
> Dit is een kader dat over
> twee regels loopt.' '```
code  hier
```' '| a | b |
|---|---|
| 1 | 2 |' '## Aanvraag' Bel.
	commit een
	assert_differs no '## Kosten   ' 'Een lange
zin met [een
link](lijst.md)  en
**nadruk**   erin.  ' '- een

- twee

  - diep' '> [!Let op]
> Dit is een kader dat over twee
> regels
> loopt.' '```
code hier   
```' '|  a |   b |
|---|---|
|1|2   |' '## Aanvraag' Bel.
}

@test "drift: a comment, a mark and another way to write the same do not count" {
	national '## Kosten' '* een *nadruk*' '## Aanvraag' Bel.
	commit een
	assert_differs no '## Kosten <!-- #kosten vast -->' '<!-- nakijken -->' '- een _nadruk_ <!-- ja -->' '## Aanvraag' Bel.
}

@test "drift: a word, a figure, where a link leads, a title, a mark of meaning count" {
	local -a first=('## Kosten' 'U krijgt 10 12 euro, zie [hier](lijst.md "t").[^1]' '- een
- twee' '[^1]: De noot.')
	local -a other
	national "${first[@]}"
	commit een
	for change in 's/10 12/1012/' 's/10 12/10 13/' 's/lijst.md/andere.md/' 's/"t"/"u"/' 's/^- twee/  - twee/' \
		's/De noot/Een noot/' 's/euro/**euro**/' 's/krijgt/krijgt niet/' 's/^- een/- [x] een/' \
		's/^- een$/1. een/'; do
		national "${first[@]}"
		sed -i "$change" $page
		commit Anders
		echo "$change"
		is 'drift Kosten 2026-01-05 Anders'
		national "${first[@]}"
		commit Terug
		is ''
	done
}

@test "drift: the words of the heading count" {
	commit een
	sed -i 's/^## Kosten/## Kosten!/' $page
	commit Anders
	is 'drift Kosten! 2026-01-05 Anders'
}

@test "drift: notes and ids that another section numbers do not count" {
	national '## Aanvraag' 'Bel.' '## Kosten' 'Tekst.[^k]' '> [!Gouden tip]
> Een tip.' '[^k]: Noot.'
	commit een
	national '## Aanvraag' 'Bel.[^b]' '> [!Gouden tip]
> Nog een tip.' '## Kosten' 'Tekst.[^k]' '> [!Gouden tip]
> Een tip.' '[^b]: Eerste.' '[^k]: Noot.'
	commit Elders
	is ''
}

@test "drift: an edit that was reverted" {
	commit een
	national '## Kosten' 'Niets.' '## Aanvraag' 'Bel.'
	commit weg
	is 'drift Kosten 2026-01-05 weg'
	git revert --no-edit HEAD >/dev/null
	is ''
}

# ---- Small commits

@test "drift: klein: before, after and between" {
	commit een
	national '## Kosten' 'U krijgt 500 euro per maand, zie de [lijst](lijst.md).'
	commit 'klein: komma'
	is ''
	national '## Kosten' 'U krijgt 600 euro per maand, zie de [lijst](lijst.md).'
	day=06
	commit 'Bedrag'
	is 'drift Kosten 2026-01-06 Bedrag'
	national '## Kosten' 'U krijgt 600 euro per maand; zie de [lijst](lijst.md).'
	day=07
	commit 'Klein: puntkomma'
	is 'drift Kosten 2026-01-06 Bedrag'
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord volgt'
	is ''
	national '## Kosten' 'U krijgt 600 euro; zie de [lijst](lijst.md).'
	commit 'klein: korter'
	is ''
	national '## Kosten' 'U krijgt 700 euro; zie de [lijst](lijst.md).'
	commit 'kleine wijziging'
	is 'drift Kosten 2026-01-07 kleine wijziging'
}

# ---- Gezien

@test "drift: gezien on the day of the edit or later, and before it" {
	commit een
	day=10
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	day=15
	front='gezien: 2026-01-09
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Noord keek op de negende'
	is 'drift Kosten 2026-01-10 Bedrag'
	front='gezien: "2026-01-10"   # door Anna
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Noord keek op de tiende'
	is ''
	front='gezien: 2026-01-14
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Noord keek op de veertiende'
	is ''
	day=16
	national '## Kosten' 'U krijgt 650 euro.'
	commit 'Weer'
	is 'drift Kosten 2026-01-16 Weer'
}

@test "drift: an edit later on the day of gezien was not seen" {
	commit een
	front='gezien: 2026-01-05
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Gezien'
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-05 Bedrag'
}

@test "drift: gezien on a day to come does not cover that day" {
	commit een
	front='gezien: 2027-01-01
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Gezien'
	day=20
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-20 Bedrag'
	run "$DRAAIBOEK" check --date "$DRAAIBOEK_DATE"
	[[ $output == *"$own:2:9: waarschuwing:"*'[drift-date]'* ]]
}

@test "drift: another text counts as a look, whatever gezien says" {
	commit een
	front='gezien: 2026-01-05
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Gezien'
	day=10
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	day=12
	front='gezien: 2026-01-05
' adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord volgt'
	is ''
}

@test "drift: gezien in a folder counts before it is committed, and so does a change" {
	commit een
	day=10
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-10 Bedrag'
	front='gezien: 2026-01-09
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	is 'drift Kosten 2026-01-10 Bedrag'
	front='gezien: 2026-01-12
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	is ''
	adapt '## Vervang: Kosten' 'In Noord is het 900 euro.'
	is ''
	diff <(echo 'drift Kosten 2026-01-10 Bedrag') <(state --rev HEAD)
}

@test "drift: gezien before an imported history is unknown" {
	front='gezien: 2025-12-01
' adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Overgenomen uit het oude systeem'
	is 'unknown Kosten - -'
	run "$DRAAIBOEK" check --date "$DRAAIBOEK_DATE"
	[[ $output == *"$own:5: waarschuwing:"*'[drift-unknown]'* ]]
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-05 Bedrag'
}

# ---- Headings and pages that move

@test "drift: a heading that is gone, and one that comes back" {
	commit een
	national '## Bedragen' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' '## Aanvraag' 'Bel.'
	commit 'Andere kop'
	is 'orphan Kosten - -'
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' '## Aanvraag' 'Bel.'
	commit 'Terug'
	is ''
	national '## Aanvraag' 'Bel.'
	commit 'Weg'
	is 'orphan Kosten - -'
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel.'
	commit 'Terug, anders'
	is 'drift Kosten 2026-01-05 Terug, anders'
}

@test "drift: a heading that is renamed and keeps its id" {
	national '## Kosten <!-- #kosten -->' 'U krijgt 500 euro.' '## Aanvraag' 'Bel.'
	adapt '## Vervang: #kosten' 'In Noord is het 700 euro.'
	commit een
	national '## Wat kost het? <!-- #kosten -->' 'U krijgt 500 euro.' '## Aanvraag' 'Bel.'
	commit 'klein: andere kop'
	is ''
	national '## Wat krijgt u? <!-- #kosten -->' 'U krijgt 500 euro.' '## Aanvraag' 'Bel.'
	commit 'Andere kop'
	is 'drift Wat krijgt u? 2026-01-05 Andere kop'
}

@test "drift: sections that change places" {
	commit een
	national '## Aanvraag' 'Bel het loket. Dat kan elke dag.' \
		'## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).'
	commit 'Andere volgorde'
	is ''
}

@test "drift: a national page made later than the region's, and one that was away" {
	mv $page "$BATS_TEST_TMPDIR/kaart"
	commit 'Noord was eerst'
	mv "$BATS_TEST_TMPDIR/kaart" $page
	commit 'Landelijk ook'
	is 'drift Kosten 2026-01-05 Landelijk ook'
	adapt '## Vervang: Kosten' 'In Noord is het 900 euro.'
	commit 'Noord volgt'
	is ''
	mv $page "$BATS_TEST_TMPDIR/kaart"
	commit 'Landelijk weg'
	mv "$BATS_TEST_TMPDIR/kaart" $page
	commit 'Landelijk terug'
	is ''
}

@test "drift: an adaptation that was away and came back" {
	commit een
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-05 Bedrag'
	mv $own "$BATS_TEST_TMPDIR/eigen"
	commit 'Noord weg'
	mv "$BATS_TEST_TMPDIR/eigen" $own
	commit 'Noord terug'
	is ''
}

@test "drift: the mode of the adaptation's file is no change of it" {
	commit een
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	chmod +x $own
	commit 'Rechten'
	is 'drift Kosten 2026-01-05 Bedrag'
}

# ---- Pages that get another name

moved=playbooks/regeling/pas.md
moved_own=content/regios/noord/regeling/pas.md

# A first commit, and an edit of Kosten that Noord has not seen; the page is long enough to be known
# again when that section is edited.
edited() {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	day=06
	national '## Kosten' 'U krijgt 600 euro per maand.' "${long[@]}"
	commit 'Bedrag'
	day=10
}
long=('## Aanvraag' 'Bel het loket.' 'Dat kan elke dag.' 'Neem uw pas mee.' 'Het duurt een week.')

@test "drift: page and adaptation renamed together after a national edit" {
	edited
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	is 'drift Kosten 2026-01-06 Bedrag'
	file=$moved_own adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord volgt'
	is ''
}

@test "drift: page and adaptation renamed together without an edit" {
	commit een
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	is ''
	day=10
	file=$moved national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-10 Bedrag'
}

@test "drift: a rename that edits the section counts on its own day" {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	day=10
	git mv $page $moved
	git mv $own $moved_own
	file=$moved national '## Kosten' 'U krijgt 600 euro per maand.' "${long[@]}"
	commit 'Andere naam, ander bedrag'
	is 'drift Kosten 2026-01-10 Andere naam, ander bedrag'
}

@test "drift: a rename that edits another section is none" {
	national "${long[@]}" '## Kosten' 'U krijgt 500 euro per maand.'
	commit een
	git mv $page $moved
	git mv $own $moved_own
	file=$moved national "${long[@]}" 'Of mail.' '## Kosten' 'U krijgt 500 euro per maand.'
	commit 'Andere naam, ander loket'
	is ''
}

@test "drift: pages renamed before the national edit" {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	day=10
	file=$moved national '## Kosten' 'U krijgt 600 euro per maand.' "${long[@]}"
	commit 'Bedrag'
	is 'drift Kosten 2026-01-10 Bedrag'
	"$DRAAIBOEK" diff $moved --regio noord >"$BATS_TEST_TMPDIR/diff"
	grep -q 500 "$BATS_TEST_TMPDIR/diff"
}

@test "drift: an adaptation that follows its page in a later commit" {
	edited
	git mv $page $moved
	commit 'Landelijk andere naam'
	git mv $own $moved_own
	day=12
	commit 'Noord ook'
	is 'drift Kosten 2026-01-06 Bedrag'
}

@test "drift: an adaptation that follows its page later, without an edit or with one between" {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	git mv $page $moved
	commit 'Landelijk andere naam'
	git switch -q -c met
	git mv $own $moved_own
	commit 'Noord ook'
	is ''
	git switch -q main
	day=08
	file=$moved national '## Kosten' 'U krijgt 600 euro per maand.' "${long[@]}"
	commit 'Bedrag'
	day=12
	git mv $own $moved_own
	commit 'Noord later'
	is 'drift Kosten 2026-01-08 Bedrag'
}

@test "drift: a chain of two renames, with the edit before and between" {
	edited
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	git mv $moved playbooks/regeling/bewijs.md
	git mv $moved_own content/regios/noord/regeling/bewijs.md
	day=12
	commit 'Weer een andere'
	is 'drift Kosten 2026-01-06 Bedrag'
	git switch -q -c terug HEAD~1
	day=11
	file=$moved national '## Kosten' 'U krijgt 650 euro per maand.' "${long[@]}"
	commit 'Bedrag weer omhoog'
	git mv $moved $page
	git mv $moved_own $own
	commit 'Eerste naam terug'
	is 'drift Kosten 2026-01-11 Bedrag weer omhoog'
}

@test "drift: a small commit that renames and edits raises nothing" {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	git mv $page $moved
	git mv $own $moved_own
	file=$moved national '## Kosten' 'U krijgt 500 euro, per maand.' "${long[@]}"
	commit 'klein: andere naam'
	is ''
}

@test "drift: a small rename does not hide the edit before it" {
	edited
	git mv $page $moved
	git mv $own $moved_own
	commit 'klein: andere naam'
	is 'drift Kosten 2026-01-06 Bedrag'
}

@test "drift: a rename of the adaptation that only sets gezien" {
	edited
	git mv $page $moved
	git mv $own $moved_own
	front='gezien: 2026-01-05
' file=$moved_own adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Andere naam, gezien'
	is 'drift Kosten 2026-01-06 Bedrag'
	front='gezien: 2026-01-06
' file=$moved_own adapt '## Vervang: Kosten' 'In Noord is het 700 euro.'
	commit 'Gezien'
	is ''
}

@test "drift: the name of now was another page's when the region wrote" {
	sed 's/500/100/' $page >$moved
	edited
	git rm -q $moved
	commit 'Pas weg'
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	is 'drift Kosten 2026-01-06 Bedrag'
	"$DRAAIBOEK" diff $moved --regio noord >"$BATS_TEST_TMPDIR/diff"
	grep -q 500 "$BATS_TEST_TMPDIR/diff"
	[ "$(grep -c 100 "$BATS_TEST_TMPDIR/diff")" -eq 0 ]
}

@test "drift: a national edit by the old name, merged into a rename" {
	national '## Kosten' 'U krijgt 500 euro per maand.' "${long[@]}"
	commit een
	git switch -q -c bedrag
	day=06
	national '## Kosten' 'U krijgt 600 euro per maand.' "${long[@]}"
	commit 'Bedrag'
	git switch -q main
	day=07
	git mv $page $moved
	git mv $own $moved_own
	commit 'Andere naam'
	is ''
	day=08
	merge bedrag 'Voeg samen'
	is 'drift Kosten 2026-01-06 Bedrag'
}

# ---- Branches

@test "drift: a national edit on a branch that is merged after the region's edit" {
	commit een
	git switch -q -c landelijk
	day=06
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'Bedrag'
	git switch -q main
	day=10
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord'
	is ''
	day=12
	merge landelijk 'Voeg samen'
	is 'drift Kosten 2026-01-06 Bedrag'
}

@test "drift: a national edit on a branch that was merged before the region's edit" {
	commit een
	git switch -q -c landelijk
	day=06
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'Bedrag'
	git switch -q main
	commit 'Iets'
	merge landelijk 'Voeg samen'
	day=07
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord'
	is ''
}

@test "drift: the region's edit on a branch beside the national one" {
	commit een
	git switch -q -c noord
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	day=20
	commit 'Noord'
	git switch -q main
	day=06
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'Bedrag'
	merge noord 'Voeg samen'
	is 'drift Kosten 2026-01-06 Bedrag'
}

@test "drift: two branches of the national page, one of them small" {
	commit een
	git switch -q -c bedrag
	national '## Kosten' 'U krijgt 500 euro per maand, zie de [lijst](lijst.md).' \
		'## Aanvraag' 'Bel het loket. Dat kan elke dag.'
	commit 'klein: komma'
	git switch -q main
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' \
		'## Aanvraag' 'Mail het loket. Dat kan elke dag.'
	commit 'Mailen mag'
	merge bedrag 'Voeg samen'
	is ''
	adapt '## Vervang: Kosten' 'x' '## Vul aan: Aanvraag' 'y'
	git add -A
	git commit -q --amend --no-edit
	git switch -q -c verder HEAD^1
	national '## Kosten' 'U krijgt 500 euro per maand. Zie de [lijst](lijst.md).' \
		'## Aanvraag' 'App het loket. Dat kan elke dag.'
	commit 'Appen mag'
	git switch -q main
	merge verder 'Nog eens'
	is 'drift Aanvraag 2026-01-05 Appen mag'
}

@test "drift: a merge that changes the section itself" {
	commit een
	git switch -q -c tak
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Zes'
	git switch -q main
	national '## Kosten' 'U krijgt 700 euro.'
	commit 'Zeven'
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord'
	git merge -q tak >/dev/null || true
	national '## Kosten' 'U krijgt 650 euro.'
	day=08
	commit 'Zes en een half'
	is 'drift Kosten 2026-01-08 Zes en een half'
}

# ---- Other histories

@test "drift: history in one commit is up to date by definition" {
	commit een
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-05 Bedrag'
	git switch -q --orphan nieuw
	git checkout -q main -- .
	commit 'Alles in een keer'
	is ''
	national '## Kosten' 'U krijgt 700 euro.'
	commit 'Bedrag'
	is 'drift Kosten 2026-01-05 Bedrag'
}

@test "drift: a history that was rewritten is followed as it now is" {
	commit een
	national '## Kosten' 'U krijgt 600 euro.'
	commit 'Bedrag'
	adapt '## Vervang: Kosten' 'In Noord is het 800 euro.'
	commit 'Noord'
	is ''
	# The same two edits, the other way round.
	git switch -q -c anders HEAD~2
	git cherry-pick main main~1 >/dev/null
	is 'drift Kosten 2026-01-05 Bedrag'
}

@test "drift: two histories that do not meet where the adaptation was written" {
	mv $own "$BATS_TEST_TMPDIR/eigen"
	commit 'Landelijk'
	git switch -q --orphan noord
	git rm -rfq . 2>/dev/null || true
	mkdir -p "${own%/*}"
	mv "$BATS_TEST_TMPDIR/eigen" $own
	commit 'Noord in een eigen bewaarplaats'
	git switch -q main
	GIT_AUTHOR_DATE=2026-01-05T12:00:00Z GIT_COMMITTER_DATE=2026-01-05T12:00:00Z \
		git merge -q --allow-unrelated-histories -m 'Voeg samen' noord
	is 'unknown Kosten - -'
}

@test "drift: no repository, and a page in no commit" {
	rm -rf .git
	is ''
	git init -q -b main .
	echo x >los
	git add los
	git commit -q -m los
	is ''
}

@test "drift: a shallow clone is refused" {
	commit een
	commit twee
	git clone -q --depth 1 "file://$repo" "$BATS_TEST_TMPDIR/ondiep"
	run "$DRAAIBOEK" status -s "$BATS_TEST_TMPDIR/ondiep"
	[ "$status" -eq 2 ]
	[[ $output == *'[git-shallow]'* ]]
}

@test "drift: 35 regions, each by itself" {
	for i in $(seq 35); do
		mkdir -p "content/regios/regio-$i/regeling"
		echo "naam: Regio $i" >"content/regios/regio-$i/regio.yml"
		file=content/regios/regio-$i/regeling/kaart.md adapt '## Vervang: Kosten' "Tekst $i."
	done
	commit een
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel.'
	commit 'Bedrag'
	[ "$(state | wc -l)" -eq 36 ]
	for i in 3 14 35; do
		file=content/regios/regio-$i/regeling/kaart.md adapt '## Vervang: Kosten' "Tekst $i, nieuw."
		commit "Regio $i"
	done
	[ "$(state | wc -l)" -eq 33 ]
	[ -z "$(state --regio regio-14)" ]
	[ "$(state --regio regio-15)" = 'drift Kosten 2026-01-05 Bedrag' ]
}

@test "drift: check tells the editor where, what and how to mend it" {
	commit een
	day=08
	national '## Kosten' 'U krijgt 600 euro.' '## Aanvraag' 'Bel.'
	commit 'Bedrag omhoog'
	run "$DRAAIBOEK" check --date "$DRAAIBOEK_DATE"
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == "$own:4: waarschuwing: "*'"Kosten"'*2026-01-08*'"Bedrag omhoog"'*"draaiboek diff $page --regio noord"*'gezien: 2026-11-20'*'[drift]'* ]]
}
