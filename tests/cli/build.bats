# draaiboek build: the same bytes from everywhere, what it touches, what it refuses.

setup() {
	site=$BATS_TEST_TMPDIR/site
	out=$BATS_TEST_TMPDIR/out
	cp -R tests/golden/regions/in "$site"
	git init -q -b main "$site"
	commit 2026-01-05T12:00:00+01:00 'Eerste versie'
	printf '\nNog een zin.\n' >>"$site/playbooks/stappen/ander.md"
	commit 2026-03-09T23:30:00-05:00 'klein: een zin erbij' Bram
	cd "$BATS_TEST_TMPDIR" || return
}

commit() {
	git -C "$site" add -A
	GIT_AUTHOR_DATE=$1 GIT_COMMITTER_DATE=$1 GIT_AUTHOR_NAME=${3:-Anna} \
		git -C "$site" commit -q -m "$2"
}

build() {
	"$DRAAIBOEK_RELEASE" build -q --date "$DRAAIBOEK_DATE" "$@"
}

# Every file of a folder with its hash.
hashes() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2)
}

assert_same() {
	diff <(hashes "$1") <(hashes "$2")
}

# ---- The same bytes

@test "build: a folder, a revision and a bare repository give the same bytes" {
	git clone -q --bare "$site" bare.git
	build -s site -o folder
	build -s site --rev HEAD -o revision
	build -s bare.git --rev main -o bare
	build -s bare.git -o bare-head
	(cd site && build -o ../inside)
	assert_same folder revision
	assert_same folder bare
	assert_same folder bare-head
	assert_same folder inside
	grep -q '9 maart 2026' folder/stappen/ander/index.html
}

@test "build: a site in a folder of a repository gives the same bytes too" {
	mkdir outer
	cp -R site outer/site
	rm -rf outer/site/.git
	git init -q -b main outer
	git -C outer add -A
	GIT_AUTHOR_DATE=2026-02-01T12:00:00Z GIT_COMMITTER_DATE=2026-02-01T12:00:00Z \
		git -C outer commit -q -m 'Alles'
	build -s outer/site -o folder
	build -s outer/site --rev main -o revision
	assert_same folder revision
	grep -q '1 februari 2026' folder/stappen/plan/index.html
}

@test "build: what is not committed is built from a folder, and not from a revision" {
	build -s site --rev HEAD -o before
	printf '\nNiet vastgelegd.\n' >>site/playbooks/stappen/ander.md
	build -s site --rev HEAD -o revision
	build -s site -o folder
	assert_same before revision
	grep -q 'Niet vastgelegd' folder/stappen/ander/index.html
}

@test "build: an older revision gives the older text and its date" {
	build -s site --rev HEAD~1 -o old
	grep -q '5 januari 2026' old/stappen/ander/index.html
	! grep -q 'Nog een zin' old/stappen/ander/index.html
}

@test "build: time zone, locale, umask, threads and the folder's name do not matter" {
	build -s site -o one
	TZ=Pacific/Auckland build -s site -o two
	TZ=America/Los_Angeles LC_ALL=C LANG=C build -s site -o three
	LC_ALL=tr_TR.UTF-8 LANGUAGE=en build -s site -o four
	(umask 077 && build -s site -o five)
	build -s site -j 1 -o six
	build -s site -j 4 -o seven
	build -s "$PWD/site/" -o "$PWD/deep/er/eight"
	for other in two three four five six seven deep/er/eight; do
		assert_same one "$other"
	done
}

@test "build: the order in which a folder lists its files does not matter" {
	build -s site -o one
	mkdir other
	(cd site && find . -path ./.git -prune -o -type f -print | sort -r) | while read -r file; do
		mkdir -p "other/$(dirname "$file")"
		cp "site/$file" "other/$file"
	done
	cp -R site/.git other/.git
	build -s other -o two
	assert_same one two
}

@test "build: without git there is a site without dates" {
	rm -rf site/.git
	build -s site -o out
	[ -s out/stappen/plan/index.html ]
	! grep -rq 'maart 2026' out/stappen
}

@test "build: a repository without a commit is read as a folder" {
	rm -rf site/.git
	git init -q site
	build -s site -o out
	[ -s out/stappen/plan/index.html ]
}

@test "build: the day of the build is what dates are held against" {
	run "$DRAAIBOEK" build -s site -o out --date 2026-11-19
	[ "$status" -eq 0 ]
	[[ $output != *'[date-review]'* ]]
	run "$DRAAIBOEK" build -s site -o out --date 2026-11-20
	[ "$status" -eq 0 ]
	[[ $output == *'content/regios/twente/stappen/plan.md:5:15: waarschuwing: '*'[date-review]'* ]]
}

# ---- What it touches

@test "build: a second build touches nothing" {
	build -s site -o out
	find out -type f ! -path 'out/.draaiboek/*' -exec touch -d 2020-01-01 {} +
	run "$DRAAIBOEK_RELEASE" build -s site -o out --date "$DRAAIBOEK_DATE"
	[ "$status" -eq 0 ]
	[[ $output == *'0 bestanden gewijzigd, 0 verwijderd'* ]]
	[ -z "$(find out -type f -newermt 2020-01-02 ! -path 'out/.draaiboek/*')" ]
}

@test "build: a change touches only what it changes" {
	build -s site -o out
	find out -type f ! -path 'out/.draaiboek/*' -exec touch -d 2020-01-01 {} +
	sed -i 's/^Welkom in/Hallo in/' site/content/index.md
	build -s site -o out
	touched=$(cd out && find . -name '*.html' -newermt 2020-01-02 | sort | tr '\n' ' ')
	[ "$touched" = './index.html ./regio/ijssel/index.html ./regio/salland/index.html ./regio/twente/index.html ' ]
}

@test "build: a page that is gone is removed, with its folder" {
	build -s site -o out
	[ -e out/regio/twente/agenda/index.html ]
	git -C site rm -q content/regios/twente/agenda.md
	build -s site -o out
	[ ! -e out/regio/twente/agenda ]
	[ -e out/regio/twente/index.html ]
}

@test "build: files of others in the folder stay" {
	build -s site -o out
	mkdir -p out/regio/twente/agenda
	echo van-mij >out/CNAME
	echo van-mij >out/regio/twente/agenda/notitie.txt
	git -C site rm -q content/regios/twente/agenda.md
	build -s site -o out
	[ ! -e out/regio/twente/agenda/index.html ]
	[ "$(cat out/CNAME out/regio/twente/agenda/notitie.txt | sort -u)" = van-mij ]
}

@test "build: a folder of someone else is not written to" {
	mkdir out
	echo belangrijk >out/index.html
	run build -s site -o out
	[ "$status" -eq 2 ]
	[[ $output == *'[output-foreign]'* ]]
	[ "$(hashes out)" = "$(mkdir clean && echo belangrijk >clean/index.html && hashes clean)" ]
}

@test "build: the site's own folder is not written to" {
	for folder in site site/content .; do
		run build -s site -o "$folder"
		[ "$status" -eq 2 ]
	done
	[ -z "$(git -C site status --porcelain)" ]
}

@test "build: without -o the site is in build/site of the site" {
	build -s site
	[ -s site/build/site/index.html ]
	build -s site
	build -s site --rev HEAD -o out
	assert_same site/build/site out
}

@test "build: an error leaves what was built before as it was" {
	build -s site -o out
	hashes out >before
	find out -exec touch -h -d 2020-01-01 {} +
	echo '[weg](nergens.md)' >>site/playbooks/stappen/plan.md
	sed -i 's/^Welkom/Hallo/' site/content/index.md
	run "$DRAAIBOEK" build -s site -o out --date "$DRAAIBOEK_DATE"
	[ "$status" -eq 1 ]
	[[ $output == *'[link-broken]'* ]]
	[[ $output == *'niets gewijzigd'* ]]
	[ "$(hashes out)" = "$(cat before)" ]
	[ -z "$(find out -newermt 2020-01-02)" ]
}

@test "build: an error writes nothing where nothing was" {
	echo '[weg](nergens.md)' >>site/playbooks/stappen/plan.md
	run build -s site -o out
	[ "$status" -eq 1 ]
	[ ! -e out ]
}

@test "build: one file that cannot be read spoils nothing but itself" {
	printf 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n' \
		>site/playbooks/stappen/ander.md
	printf 'a: [\n' >site/content/begrippen.yml
	printf '\xff\n' >>site/playbooks/stappen/weg.md
	echo '[weg](weg-ermee.md)' >>site/playbooks/stappen/plan.md
	run "$DRAAIBOEK" check -s site --date "$DRAAIBOEK_DATE"
	[ "$status" -eq 1 ]
	[[ $output == *'content/begrippen.yml:'*'[yaml-bracket]'* ]]
	[[ $output == *'playbooks/stappen/ander.md: '*'[file-lfs]'* ]]
	[[ $output == *'playbooks/stappen/plan.md:'*'[link-broken]'* ]]
	[[ $output == *'playbooks/stappen/weg.md:'*'[not-utf8]'* ]]
}

@test "build: a file is published when a page leads to it, once, and not for a draft" {
	for name in een twee drie vier; do
		printf '<svg xmlns="http://www.w3.org/2000/svg"><title>%s</title></svg>' "$name" \
			>"site/content/$name.svg"
	done
	mkdir site/playbooks/stappen/kopie
	cp site/content/een.svg site/playbooks/stappen/kopie/een.svg
	printf '\n![Een](kopie/een.svg) en [twee](../../content/twee.svg)\n' >>site/playbooks/stappen/ander.md
	printf -- '---\ntitel: Concept\nconcept: ja\n---\n![Drie](../../content/drie.svg)\n' \
		>site/playbooks/stappen/concept.md
	build -s site -o out
	[ "$(cd out/assets && ls | grep -cE '^(een|twee)\.')" -eq 2 ]
	[ "$(cd out/assets && ls | grep -cE '^(drie|vier)\.')" -eq 0 ]
}

@test "build: a link out of the site is no file of it" {
	echo geheim >secret.md
	ln -s ../../../secret.md site/playbooks/stappen/geheim.md
	run build -s site -o out
	[ "$status" -eq 1 ]
	[[ $output == *'playbooks/stappen/geheim.md: '*'[tree-link]'* ]]
	[[ $output != *geheim$'\n'* ]]
}

@test "build: a reader never finds a file half written" {
	build -s site -o out
	[ -z "$(find out -name '*.tmp*' -o -name '*~')" ]
	[ "$(stat -c %a out/index.html)" = 644 ]
	[ "$(stat -c %a out/stappen)" = 755 ]
}
