# What git's pre-receive hook says of a push: real clones, real pushes, and what is left of them.

setup() {
	. tests/cli/hub.bash
	start_hub
}

teardown() {
	[ -z "${hub:-}" ] || chmod -R u+w "$BATS_TEST_TMPDIR"
}

page=playbooks/subsidies/x.md

edit() {
	sed -i "$1" "$clone/${2:-$page}"
}

# Pushes what is in the clone, as a commit; it has to be taken, or refused and leave nothing.
taken() {
	commit
	push "$@"
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
	says "remote: draaiboek: "
}

refused() {
	local before
	before=$(contents)
	commit
	push "$@"
	[ "$status" -ne 0 ] || { echo "taken: $output"; return 1; }
	says '[remote rejected]'
	says 'remote: draaiboek: fout: de push is geweigerd'
	same "$before"
}

# The repository holds what it held.
same() {
	diff <(echo "$1") <(echo "$(contents)")
}

# Brings something in unseen, as if it was there before the hooks were.
slip_in() {
	commit
	mv "$hub/hooks/pre-receive" "$hub/hooks/aside"
	git -C "$clone" push -q origin HEAD:refs/heads/main
	mv "$hub/hooks/aside" "$hub/hooks/pre-receive"
}

# ---- What is taken

@test "receive: a push that is right is taken, with one line" {
	edit 's/Twee maanden/Drie maanden/'
	taken
	says "draaiboek: main $(git -C "$clone" rev-parse --short=12 HEAD) is in orde: 3 pagina's gecontroleerd"
	[ "$(grep -c '^remote:' <<<"$output")" -eq 1 ]
	[ "$(git -C "$hub" rev-parse main)" = "$(git -C "$clone" rev-parse HEAD)" ]
}

@test "receive: of warnings the editor hears those in what he pushed, five at the most" {
	local i
	for i in 1 2 3 4 5 6 7; do
		printf -- '---\ntitel: Zelfde\n---\n\nTekst.\n' >"$clone/playbooks/subsidies/z$i.md"
	done
	taken
	[ "$(grep -c 'waarschuwing:.*title-twice' <<<"$output")" -eq 5 ]
	says 'en nog 1 waarschuwingen'
	edit 's/Twee maanden/Drie maanden/'
	taken
	says_not waarschuwing
}

@test "receive: the packs of a large push and the loose objects of a small one are seen" {
	git -C "$hub" config receive.unpackLimit 1000
	edit 's/Twee maanden/Drie maanden/'
	taken
	git -C "$hub" config receive.unpackLimit 1
	edit 's/Drie maanden/Vier maanden/'
	taken
}

@test "receive: other branches and tags are kept and not published" {
	push HEAD:refs/heads/los
	[ "$status" -eq 0 ]
	says 'remote: draaiboek: tip: refs/heads/los is bewaard, maar wordt niet gepubliceerd. [receive-kept]'
	push HEAD:refs/tags/v1
	says 'refs/tags/v1 is bewaard'
	push :refs/heads/los
	[ "$status" -eq 0 ]
}

@test "receive: a site in English is spoken to in English" {
	edit '1i taal: en' content/site.yml
	edit 's/Twee maanden/[x](weg.md)/'
	commit
	push
	[ "$status" -ne 0 ]
	says "$page:13:5: error: there is no file \"weg.md\""
	says 'draaiboek: error: the push was refused'
}

# ---- What is refused

@test "receive: errors are named with their place, and nothing stays" {
	edit 's/Twee maanden/[x](weg.md)/'
	refused
	says "remote: $page:13:5: fout: het bestand \"weg.md\" bestaat niet"
	says "draaiboek: main $(git -C "$clone" rev-parse --short=12 HEAD): 1 fout in deze push"
}

@test "receive: fifty errors are shown, and the rest are counted" {
	local i
	for i in {1..60}; do echo "[x](weg$i.md)" >>"$clone/$page"; done
	refused
	[ "$(grep -c 'link-broken' <<<"$output")" -eq 50 ]
	says 'draaiboek: en nog 10 fouten'
	says ': 60 fouten in deze push'
}

@test "receive: control characters of a name do not reach the terminal" {
	cp "$clone/$page" "$clone/playbooks/subsidies/"$'a\033[31mrood\007.md'
	refused
	says 'remote: playbooks/subsidies/a\x1b[31mrood\x07.md: fout: '
	[[ $output != *$'\033'* && $output != *$'\007'* ]]
}

@test "receive: the published branch cannot be deleted" {
	git -C "$clone" checkout -q -b anders
	before=$(contents)
	push :refs/heads/main
	[ "$status" -ne 0 ]
	says 'receive-delete'
	same "$before"
}

@test "receive: a forced push is refused unless the repository allows it" {
	git -C "$clone" commit -q --amend -m 'Anders'
	refused +HEAD:refs/heads/main || true
	says 'een forced push'
	says 'receive-forced'
	git -C "$hub" config draaiboek.terugdraaien true
	push +HEAD:refs/heads/main
	[ "$status" -eq 0 ]
}

@test "receive: what is no commit cannot be published" {
	before=$(contents)
	git -C "$hub" config draaiboek.ref refs/tags/live
	git -C "$clone" tag -a -m x live
	push refs/tags/live
	[ "$status" -ne 0 ]
	says 'receive-kind'
	same "$before"
}

@test "receive: a commit without a site is refused" {
	git -C "$clone" rm -rq .
	refused
	says 'site-missing'
	says_not 'intern:'
}

@test "receive: of two branches in one push, one that is wrong keeps both out" {
	git -C "$clone" branch goed
	edit 's/Twee maanden/[x](weg.md)/'
	commit
	before=$(contents)
	push HEAD:refs/heads/main goed:refs/heads/concept/goed
	[ "$status" -ne 0 ]
	says 'concept/goed'
	says 'is in orde'
	says 'link-broken'
	same "$before"
}

@test "receive: all input is read, also of a push that is refused at once" {
	zero=0000000000000000000000000000000000000000
	id=$(git -C "$hub" rev-parse main)
	{
		echo "$id $zero refs/heads/main"
		for i in {1..3000}; do echo "$zero $id refs/heads/b$i"; done
	} >"$BATS_TEST_TMPDIR/input"
	cd "$hub"
	run bash -c 'set -o pipefail; cat "$1" | GIT_DIR=. "$2" hooks pre-receive' - \
		"$BATS_TEST_TMPDIR/input" "$DRAAIBOEK"
	[ "$status" -eq 1 ]
	says 'receive-delete'
	says 'refs/heads/b3000 is bewaard'
}

@test "receive: what git would never say is an internal fault" {
	cd "$hub"
	for input in 'hallo' 'a b c' "$(printf '%064d %064d refs/heads/main' 0 1)"; do
		run env GIT_DIR=. "$DRAAIBOEK" hooks pre-receive <<<"$input"
		[ "$status" -eq 2 ]
		says 'receive-line'
		says 'fout: intern:'
	done
}

@test "receive: a shallow repository is refused" {
	git -C "$hub" rev-parse main >"$hub/shallow"
	edit 's/Twee maanden/Drie maanden/'
	commit
	push
	[ "$status" -ne 0 ]
	says 'git-shallow'
}

@test "receive: nothing is opened to be written, made, renamed or removed" {
	strace -o /dev/null true 2>/dev/null || skip 'strace may not be used here'
	edit 's/Twee maanden/[x](weg.md)/'
	commit
	sed -i 's|^exec .*|exec strace -f -e trace=%file,ftruncate -o "$BATS_TEST_TMPDIR/trace" "$DRAAIBOEK_RELEASE" hooks pre-receive|' "$hub/hooks/pre-receive"
	push
	says 'link-broken'
	grep -q "incoming-\|tmp_objdir" "$BATS_TEST_TMPDIR/trace"
	run grep -E 'O_WRONLY|O_RDWR|O_CREAT|rename|unlink|mkdir|rmdir|link\(|linkat|truncate|chmod|chown' \
		"$BATS_TEST_TMPDIR/trace"
	output=$(grep -v 'readlink\|/dev/null\|/dev/tty' <<<"$output" || true)
	[ -z "$output" ] || { echo "$output"; return 1; }
}

# ---- Who pays

@test "receive: an error in a region's own file blocks the push that brings it" {
	adapt twente 'Vul aan: Wie belt er?'
	refused
	says 'content/regios/twente/subsidies/x.md:3:1: fout'
	says 'overlay-target'
	says_not "regio's"
}

@test "receive: a national edit does not block on regions, names them and proposes the id" {
	edit 's/## Wie betaalt het?/## Wie betaalt dat dan?/'
	taken
	says "remote: $page:7: waarschuwing: het kopje \"Wie betaalt het?\" is weg. Dat raakt 2 regio's: FoodValley, Twente."
	says 'Is "Wie betaalt dat dan?" het nieuwe kopje? Zet er dan dit achter: <!-- #wie-betaalt-het -->'
	says_not 'fout:'

	# As proposed: the regions' texts are back in their place.
	edit 's/## Wie betaalt dat dan?/& <!-- #wie-betaalt-het -->/'
	taken
	run "$DRAAIBOEK" check -s "$clone"
	[ "$status" -eq 0 ]
	says_not overlay-target
}

@test "receive: the new heading is found by its text, its title, or its place" {
	edit 's/## Wie betaalt het?/## De rekening/'
	taken
	says 'Is "De rekening" het nieuwe kopje?'
	git -C "$clone" revert --no-edit HEAD >/dev/null
	taken
	edit 's/## Wie betaalt het?/## Geld/; s/De gemeente betaalt/Het rijk doet dat/'
	taken
	says "$page:7: waarschuwing"
	says 'Is "Geld" het nieuwe kopje?'
	git -C "$clone" revert --no-edit HEAD >/dev/null
	taken
	edit '/## Wie betaalt/,/betaalt\./d'
	taken
	says "$page: waarschuwing"
	says 'Zet dit achter het kopje waar die tekst hoort: <!-- #wie-betaalt-het -->'
}

@test "receive: a heading that has an id is to be named by it" {
	edit 's/## Wie betaalt het?/## De rekening <!-- #rekening -->/'
	taken
	says 'Is "De rekening" het nieuwe kopje? Dan moeten zij dat noemen als #rekening.'
}

@test "receive: a heading that is there twice is said to be" {
	printf '\n## Wie betaalt het?\n\nNog eens.\n' >>"$clone/$page"
	taken
	says 'staat nu meer dan één keer op deze pagina'
	says "2 regio's: FoodValley, Twente"
}

@test "receive: a national edit says which regions have adapted the section" {
	edit 's/De gemeente betaalt/Het rijk betaalt/'
	taken
	says "remote: $page:7: tip: \"Wie betaalt het?\" is veranderd. Dat raakt 2 regio's: FoodValley, Twente."
	edit 's/Het rijk betaalt\./Het rijk\n  betaalt./'
	taken
	says_not 'tip:'
	edit 's/Twee maanden/Drie maanden/'
	taken
	says_not 'tip:'
}

@test "receive: of a commit that says it is small regions need not hear" {
	edit 's/De gemeente betaalt/De gemeente betaald/'
	commit 'klein: spelling'
	taken
	says_not 'tip:'
	edit 's/De gemeente betaald/De gemeente betaalt/'
	commit 'klein: toch niet'
	edit 's/De gemeente betaalt/Het rijk betaalt/'
	taken
	says "raakt 2 regio's"
	edit 's/## Wie betaalt het?/## Geld/'
	commit 'klein: kopje'
	taken
	says "raakt 2 regio's"
}

@test "receive: adaptations that name a heading by its id, or stand beside it" {
	edit 's/## Wie betaalt het?/& <!-- #rekening -->/'
	adapt foodvalley 'Vervang: #rekening'
	adapt twente 'Nieuw na Wie betaalt het?: Meer geld'
	taken
	says_not waarschuwing
	edit 's/## Wie betaalt het.*/## Geld/'
	taken
	says 'Dat raakt 1 regio: FoodValley.'
	says '<!-- #rekening -->'
	says 'Dat raakt 1 regio: Twente.'
	says 'Is "Geld" het nieuwe kopje? Dan moeten zij dat noemen als #geld.'
	git -C "$clone" revert --no-edit HEAD >/dev/null
	taken
	edit '/## Wie betaalt/,/betaalt\./d'
	taken
	says 'Zet het kopje terug, of laat hun weten waar hun tekst hoort. [touch-nameless]'
}

@test "receive: a page that a region has replaced touches that region" {
	printf -- '---\ntitel: Bij ons\nvervangt-pagina: ja\n---\n\nEigen tekst.\n' \
		>"$clone/content/regios/veluwe/subsidies/x.md"
	taken
	edit 's/Twee maanden/Drie maanden/'
	taken
	says "$page: tip: \"Proefplaatsing\" is veranderd. Dat raakt 1 regio: Veluwe."
}

@test "receive: a national page that goes away does not block on its adaptations" {
	git -C "$clone" rm -q "$page"
	taken
	says "$page: waarschuwing: deze pagina is weg. Dat raakt 2 regio's: FoodValley, Twente."
	says "content/regios/*/subsidies/x.md: waarschuwing: door deze push staat er een fout"
}

@test "receive: a rule that a national page gets does not block on the regions that break it" {
	edit 's/## Wie betaalt het?/& <!-- vast -->/'
	taken
	says "Dat raakt 1 regio: FoodValley. De fout: \"Wie betaalt het?\" ligt vast"
}

@test "receive: an edit that changes a region's file too pays for the errors in it" {
	edit 's/## Wie betaalt het?/## Geld/'
	edit 's/Bij ons/Bij ons hier/' content/regios/twente/subsidies/x.md
	refused
	says 'content/regios/twente/subsidies/x.md:3:1: fout'
	says_not 'foodvalley'
}

@test "receive: a region's edit pays for errors in its other files" {
	printf -- '---\ntitel: Eigen\n---\n\n[x](ander.md#plek)\n' >"$clone/content/regios/veluwe/eigen.md"
	printf -- '---\ntitel: Ander\n---\n\n## Plek\n\nTekst.\n' >"$clone/content/regios/veluwe/ander.md"
	taken
	edit 's/## Plek/## Elders/' content/regios/veluwe/ander.md
	refused
	says 'content/regios/veluwe/eigen.md:5:5: fout'
}

@test "receive: a broken link in a national page that is left alone is paid by who broke it" {
	printf -- '---\ntitel: Y\n---\n\n[x](x.md)\n' >"$clone/playbooks/subsidies/y.md"
	taken
	git -C "$clone" rm -q "$page"
	refused
	says 'playbooks/subsidies/y.md:5:5: fout'
}

@test "receive: errors that were there do not block, and are counted" {
	edit 's/Twee maanden/[x](weg.md)/'
	slip_in
	printf -- '---\ntitel: Y\n---\n\nTekst.\n' >"$clone/playbooks/subsidies/y.md"
	taken
	says 'er stond al eerder 1 fout in; dat houdt deze push niet tegen'
	says 'de site wordt pas vernieuwd als dat is verbeterd'
	says_not link-broken

	# Lines may shift; of equal errors as many are found as there were.
	edit 's/^Waar het om gaat\./&\n\nEn nog iets./'
	taken
	says 'er stond al eerder 1 fout in'
	printf '\n[x](weg.md)\n' >>"$clone/$page"
	refused
	says ': 1 fout in deze push'
	says 'er stond al eerder 1 fout in'
}

@test "receive: errors that a national edit left in regions do not block afterwards" {
	edit 's/## Wie betaalt het?/## Geld/'
	taken
	edit 's/Bij ons/Bij ons hier/' content/regios/twente/subsidies/x.md
	taken
	says 'er stond al eerder 2 fouten in'
	says_not 'de site wordt pas vernieuwd'
	adapt twente 'Vul aan: Geld'
	taken
	says 'er stond al eerder 1 fout in'
}

@test "receive: a region that gives one of the values that many lack is not refused for the rest" {
	edit 's/Twee maanden/Bel {{contact.telefoon}}/'
	slip_in
	printf 'contact: {telefoon: 0318 000 000}\n' >>"$clone/content/regios/twente/regio.yml"
	taken
	says 'er stond al eerder 1 fout in'
}

@test "receive: a region that takes away a value that a national page shows is refused" {
	local region
	for region in foodvalley twente veluwe; do
		printf 'contact: {telefoon: 0318 000 000}\n' >>"$clone/content/regios/$region/regio.yml"
	done
	edit 's/Twee maanden/Bel {{contact.telefoon}}/'
	taken
	edit /contact/d content/regios/twente/regio.yml
	refused
	says "$page:13"
}

@test "receive: of a new repository all errors are the first push's" {
	rm -rf "$hub" "$clone"
	make_hub
	make_site
	adapt twente 'Vul aan: Wie belt er?'
	edit 's/Twee maanden/[x](weg.md)/'
	refused
	says ': 2 fouten in deze push'
}

# ---- Previews

@test "receive: a preview gets the same verdict, beside what is published" {
	edit 's/Twee maanden/[x](weg.md)/'
	refused HEAD:refs/heads/concept/nieuw
	says ': 1 fout in deze push'
	git -C "$clone" reset -q --hard origin/main
	edit 's/Twee maanden/[x](weg.md)/'
	slip_in
	push HEAD:refs/heads/concept/nieuw
	[ "$status" -eq 0 ]
	says "concept/nieuw $(git -C "$clone" rev-parse --short=12 HEAD) is in orde"
	says 'er stond al eerder 1 fout in'

	# From there on it is compared with itself, and may be forced and deleted.
	printf '\n[y](weg2.md)\n' >>"$clone/$page"
	refused HEAD:refs/heads/concept/nieuw
	git -C "$clone" reset -q --hard HEAD~2
	push +HEAD:refs/heads/concept/nieuw
	[ "$status" -eq 0 ]
	push :refs/heads/concept/nieuw
	[ "$status" -eq 0 ]
}

@test "receive: the name of a preview has its rule" {
	local name
	before=$(contents)
	for name in Nieuw a_b a/b -a "$(printf 'a%.0s' {1..64})" é; do
		push "HEAD:refs/heads/concept/$name"
		[ "$status" -ne 0 ] || { echo "taken: $name"; return 1; }
		says 'receive-name'
	done
	same "$before"
	push "HEAD:refs/heads/concept/$(printf 'a%.0s' {1..63})"
	[ "$status" -eq 0 ]
}

# ---- Hostile trees

# tree MODE ID NAME …: writes a tree object as it is told to, and prints its id.
tree() {
	while [ $# -gt 0 ]; do
		printf '%s %s\0' "$1" "$3"
		printf "$(sed 's/../\\x&/g' <<<"$2")"
		shift 3
	done | git -C "$clone" hash-object -t tree -w --literally --stdin
}

id_of() {
	git -C "$clone" rev-parse "${1:-HEAD}"
}

# A commit of the site with this tree for playbooks/subsidies.
graft() {
	local playbooks top
	playbooks=$(tree 40000 "$1" subsidies)
	top=$(tree 40000 "$(id_of HEAD:content)" content 40000 "$playbooks" playbooks)
	git -C "$clone" commit-tree -p HEAD -m 'Vijandig' "$top"
}

blob() {
	git -C "$clone" hash-object -w --stdin
}

# hostile CODE PATH TREE: the tree is refused, with the code and the path, or by git itself.
hostile() {
	local before commit
	before=$(contents)
	commit=$(graft "$3")
	push "$commit:refs/heads/main"
	[ "$status" -ne 0 ] || { echo "taken: $1 $2"; return 1; }
	if [ "$fsck" = false ] || ! grep -q 'fsck error\|unpacker error\|index-pack' <<<"$output"; then
		says "[$1]"
		says "playbooks/subsidies/$2"
	fi
	same "$before" || { echo "left: $1 $2"; return 1; }
}

hostile_trees() {
	local text folder long deep bomb i
	text=$(id_of "HEAD:$page")
	folder=$(id_of HEAD:playbooks/subsidies)
	hostile name-dots .. "$(tree 40000 "$folder" .. 100644 "$text" x.md)"
	hostile name-dots . "$(tree 40000 "$folder" . 100644 "$text" x.md)"
	hostile name-git .git "$(tree 40000 "$folder" .git 100644 "$text" x.md)"
	hostile name-git .GIT "$(tree 40000 "$folder" .GIT 100644 "$text" x.md)"
	hostile name-slash /etc/x "$(tree 100644 "$text" /etc/x 100644 "$text" x.md)"
	hostile name-slash a/b.md "$(tree 100644 "$text" a/b.md 100644 "$text" x.md)"
	hostile name-slash ../../x.md "$(tree 100644 "$text" ../../x.md 100644 "$text" x.md)"
	hostile tree-link link.md "$(tree 120000 "$(blob <<</etc/passwd)" link.md 100644 "$text" x.md)"
	hostile tree-submodule module "$(tree 160000 "$(id_of)" module 100644 "$text" x.md)"
	hostile tree-device pijp "$(tree 10644 "$text" pijp 100644 "$text" x.md)"
	hostile tree-duplicate x.md "$(tree 100644 "$text" x.md 100644 "$text" x.md)"
	hostile tree-unsorted a.md "$(tree 100644 "$text" x.md 100644 "$text" a.md)"
	hostile name-control 'a\x1b[31m.md' "$(tree 100644 "$text" $'a\033[31m.md' 100644 "$text" x.md)"
	hostile name-control 'a\n.md' "$(tree 100644 "$text" $'a\n.md' 100644 "$text" x.md)"
	hostile name-encoding 'caf\xe9.md' "$(tree 100644 "$text" $'caf\xe9.md' 100644 "$text" x.md)"
	hostile name-backslash 'a\b.md' "$(tree 100644 "$text" 'a\b.md' 100644 "$text" x.md)"
	hostile name-windows aux.md "$(tree 100644 "$text" aux.md 100644 "$text" x.md)"
	hostile name-clash x.md "$(tree 100644 "$text" X.md 100644 "$text" x.md)"
	hostile name-clash $'caf\u00e9.md' \
		"$(tree 100644 "$text" $'cafe\u0301.md' 100644 "$text" $'caf\u00e9.md' 100644 "$text" x.md)"
	long=$(printf 'a%.0s' {1..201})
	hostile name-long "$long" "$(tree 100644 "$text" "$long" 100644 "$text" x.md)"
	deep=$folder
	for i in {1..40}; do deep=$(tree 40000 "$deep" diep); done
	hostile tree-depth diep/diep "$(tree 40000 "$deep" diep 100644 "$text" x.md)"
	bomb=$(tree 100644 "$text" a 100644 "$text" b 100644 "$text" c 100644 "$text" d 100644 "$text" e \
		100644 "$text" f 100644 "$text" g 100644 "$text" h 100644 "$text" i 100644 "$text" j)
	for i in {1..9}; do
		bomb=$(tree 40000 "$bomb" a 40000 "$bomb" b 40000 "$bomb" c 40000 "$bomb" d 40000 "$bomb" e \
			40000 "$bomb" f 40000 "$bomb" g 40000 "$bomb" h 40000 "$bomb" i 40000 "$bomb" j)
	done
	hostile tree-entries bom/ "$(tree 40000 "$bomb" bom 100644 "$text" x.md)"
	hostile file-lfs foto.png "$(tree 100644 "$(printf 'version https://git-lfs.github.com/spec/v1\noid sha256:%064d\nsize 12345\n' 0 | blob)" foto.png 100644 "$text" x.md)"
	hostile file-size foto.png "$(tree 100644 "$(head -c 60000000 /dev/zero | blob)" foto.png 100644 "$text" x.md)"
	hostile file-size groot.md "$(tree 100644 "$(head -c 300000 /dev/zero | blob)" groot.md 100644 "$text" x.md)"
}

@test "receive: hostile trees are refused with path and rule when git does not look at them" {
	fsck=false
	git -C "$hub" config receive.fsckObjects false
	hostile_trees
}

@test "receive: hostile trees are refused when git looks first" {
	fsck=true
	hostile_trees
}

# ---- When the program itself cannot go on

# Makes the objects of the repository loose, and cuts the page short.
cut_short() {
	local id file size pack
	mkdir "$BATS_TEST_TMPDIR/packs"
	mv "$hub"/objects/pack/* "$BATS_TEST_TMPDIR/packs"
	for pack in "$BATS_TEST_TMPDIR"/packs/*.pack; do git -C "$hub" unpack-objects -q <"$pack"; done
	id=$(git -C "$hub" rev-parse "main:$page")
	file=$hub/objects/${id:0:2}/${id:2}
	size=$(stat -c %s "$file")
	chmod u+w "$file"
	truncate -s $((size / 2)) "$file"
}

@test "receive: checks that hang are ended, and the file is named" {
	seq -f 'Woord %g is geen ander woord.' 1 4000 >>"$clone/$page"
	taken
	cut_short
	git -C "$hub" config draaiboek.seconden 2
	before=$(contents)
	printf -- '---\ntitel: Y\n---\n\nTekst.\n' >"$clone/playbooks/subsidies/y.md"
	commit
	push
	[ "$status" -ne 0 ]
	says "remote: $page: fout: de controle duurde hier langer dan 2 seconden en is gestopt."
	says 'fout: intern: de push kon niet worden gecontroleerd en is geweigerd'
	same "$before"
}

@test "receive: checks that run out of memory are an internal fault" {
	sed -i 's|^exec .*|ulimit -d 40000; exec "$DRAAIBOEK_RELEASE" hooks pre-receive|' "$hub/hooks/pre-receive"
	for i in {1..300}; do
		{
			printf -- '---\ntitel: Bladzijde %s\n---\n\n' "$i"
			seq -f "Zin %g van $i staat hier." 1 1500
		} >"$clone/playbooks/subsidies/p$i.md"
	done
	commit
	before=$(contents)
	push
	[ "$status" -ne 0 ]
	says 'de controle is hier vastgelopen'
	says 'fout: intern:'
	same "$before"
}

@test "receive: a repository of another user is refused" {
	[ "$(id -u)" -eq 0 ] || skip 'needs root'
	# Where tests are kept is closed to others.
	place=$(mktemp -d /tmp/draaiboek-test-XXXXXX)
	chmod 755 "$place"
	copy_program "$place"
	cp -R "$hub" "$place/hub.git"
	chown -R 12345 "$place/hub.git"
	cd "$place/hub.git"
	id=$(git -C "$clone" rev-parse HEAD)
	run setpriv --reuid 54321 --clear-groups env GIT_DIR=. "$place/draaiboek" hooks pre-receive \
		<<<"$id $id refs/heads/main"
	cd /
	rm -rf "$place"
	[ "$status" -eq 2 ]
	says 'git-owner'
	says 'intern:'
}
