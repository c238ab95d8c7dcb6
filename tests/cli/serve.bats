# draaiboek serve: what it answers, what comes of a save, and what it leaves behind.

setup() {
	site=$BATS_TEST_TMPDIR/site
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
	mkdir -p "$TMPDIR" "$site"/{content,playbooks/subsidies}
	cat >"$site/content/site.yml" <<'END'
titel: Proef
adres: https://draaiboek.example
verzamelingen:
  subsidies: {titel: Regelingen}
END
	page Eerste
}

teardown() {
	[ -z "${server:-}" ] || { kill -KILL "$server" 2>/dev/null && wait "$server"; } || true
}

page() {
	printf -- '---\ntitel: %s\n---\n\nTekst.\n' "$1" >"$site/playbooks/subsidies/x.md"
}

# Waits until a command succeeds, at most twenty seconds.
eventually() {
	for _ in {1..200}; do
		if "$@"; then return 0; fi
		sleep 0.1
	done
	echo "never: $*"
	cat "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/err"
	return 1
}

# The output of a server before this one must not be taken for its own.
serve() {
	: >"$BATS_TEST_TMPDIR/out"
	"$DRAAIBOEK" serve -s "$site" -p 0 --date 2026-11-20 "$@" \
		>"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	server=$!
	eventually grep -q 'http://localhost:' "$BATS_TEST_TMPDIR/out"
	port=$(sed -n 's|.*http://localhost:\([0-9]*\)/.*|\1|p' "$BATS_TEST_TMPDIR/out")
}

# Sends a request line and headers as they are, and prints the whole reply.
send() {
	local line=$1 host=${2-Host: localhost:$port}
	exec 4<>"/dev/tcp/127.0.0.1/$port"
	printf '%s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n' "$line" "$host" >&4
	timeout 40 cat <&4
	exec 4<&- 4>&-
}

get() {
	send "GET $1" | tr -d '\r\0'
}

status_of() {
	send "$@" | sed -n '1s|HTTP/1.1 \([0-9]*\).*|\1|p'
}

shows() {
	get /subsidies/x/ | grep -q "$1"
}

hides() {
	! shows "$1"
}

version() {
	get / | sed -n 's/.*data-version="\([0-9]*\)".*/\1/p'
}

@test "serve: shows pages, and leads to them" {
	serve
	[ "$(status_of 'GET /')" = 200 ]
	shows '<h1>Eerste</h1>'
	[ "$(status_of 'GET /subsidies/x')" = 302 ]
	get /subsidies/x | grep -qx 'Location: /subsidies/x/'
	[ "$(status_of 'GET /subsidies/x/index.html')" = 200 ]
	[ "$(status_of 'GET /nergens/')" = 404 ]
	get /nergens/ | grep -q '<h1>'
	get /zoek/zoek.json | grep -qx 'Content-Type: application/json'
	get /robots.txt | grep -qx 'Content-Type: text/plain; charset=utf-8'
	get / | grep -q "^Content-Security-Policy: .*frame-ancestors 'none'"
}

@test "serve: refuses hostile requests" {
	serve
	echo geheim >"$BATS_TEST_TMPDIR/tmp/geheim"
	for path in /.. /../geheim /%2e%2e/geheim /..%2fgeheim /a/../../geheim '/a\..\geheim' \
		//etc/passwd /%00 /index.html%00 /%0d%0aX:y http://evil.example/ /%ff /%zz; do
		[ "$(status_of "GET $path")" = 400 ] || { echo "$path"; return 1; }
	done
	for path in /geheim /.draaiboek/ /.draaiboek/manifest /.draaiboek/lock /_draaiboek/ \
		/_draaiboek/x /etc/passwd; do
		[ "$(status_of "GET $path")" = 404 ] || { echo "$path"; return 1; }
	done
	for method in POST PUT DELETE OPTIONS TRACE CONNECT; do
		[ "$(status_of "$method /")" = 405 ] || { echo "$method"; return 1; }
	done
	for host in 'Host: evil.example' 'Host: localhost' "Host: evil.example:$port" \
		"Host: localhost:$port.evil.example" $'Host: localhost:1\r\nHost: localhost:'"$port"; do
		for path in / /_draaiboek/events /_draaiboek/herladen.js; do
			[ "$(status_of "GET $path" "$host")" = 421 ] || { echo "$host"; return 1; }
		done
	done
	[ "$(status_of 'GET /' "Host: 127.0.0.1:$port")" = 200 ]
	[ "$(status_of 'GET /' "Host: [::1]:$port")" = 200 ]
	run send 'HEAD /'
	[[ $output == 'HTTP/1.1 200 '* && $output != *'<html'* ]]
}

@test "serve: follows no link that someone puts in its folder" {
	serve
	folder=$(echo "$TMPDIR"/draaiboek-*)
	[ "$(stat -c %a "$folder")" = 700 ]
	echo geheim >"$BATS_TEST_TMPDIR/geheim"
	rm "$folder/robots.txt"
	ln -s "$BATS_TEST_TMPDIR/geheim" "$folder/robots.txt"
	[ "$(status_of 'GET /robots.txt')" = 404 ]
}

@test "serve: builds on a save, and tells the browser" {
	serve
	before=$(version)
	get "/_draaiboek/events?v=$before" >"$BATS_TEST_TMPDIR/event" 3>&- &
	page Tweede
	eventually shows '<h1>Tweede</h1>'
	wait $!
	after=$(version)
	[ "$before" != "$after" ]
	grep -qx "$after" "$BATS_TEST_TMPDIR/event"
	# Saved by putting a copy in its place, in a new folder, and taken away.
	sed 's/Tweede/Derde/' "$site/playbooks/subsidies/x.md" >"$site/playbooks/subsidies/.x.swp"
	mv "$site/playbooks/subsidies/.x.swp" "$site/playbooks/subsidies/x.md"
	eventually shows '<h1>Derde</h1>'
	mkdir -p "$site/content/regios/foodvalley"
	echo 'naam: FoodValley' >"$site/content/regios/foodvalley/regio.yml"
	found() { [ "$(status_of 'GET /regio/foodvalley/')" = "$1" ]; }
	eventually found 200
	rm -r "$site/content/regios"
	eventually found 404
	grep -q ' gemaakt in ' "$BATS_TEST_TMPDIR/out"
}

@test "serve: does not build when nothing changed" {
	serve
	before=$(version)
	touch "$site/playbooks/subsidies/.x.md.swp" "$site/notities.txt" "$site/content/x.md~"
	sleep 1
	[ "$(grep -c ' gemaakt in ' "$BATS_TEST_TMPDIR/out")" = 1 ]
	[ "$(version)" = "$before" ]
}

@test "serve: keeps the last good site, and says what is wrong" {
	serve
	printf -- '---\ntitel: Kapot <b>\nonzin: x\n---\n' >"$site/playbooks/subsidies/x.md"
	eventually shows 'class="draaiboek-fouten" role="alert" tabindex="0"'
	shows '<code>playbooks/subsidies/x.md:3:1</code> '
	shows '<h1>Eerste</h1>'
	get / | grep -q 'draaiboek-fouten'
	get /_draaiboek/fouten.css | grep -q '^.draaiboek-fouten {'
	grep -q '^playbooks/subsidies/x.md:3:1: fout: .*\[key-unknown\]' "$BATS_TEST_TMPDIR/err"
	grep -q ' niet gemaakt door fouten (1)' "$BATS_TEST_TMPDIR/err"
	page Heel
	eventually shows '<h1>Heel</h1>'
	eventually hides draaiboek-fouten
}

@test "serve: shows messages as text, not as markup" {
	serve
	printf -- '---\ntitel: X\n"<script>x</script>": x\n---\n' >"$site/playbooks/subsidies/x.md"
	eventually shows draaiboek-fouten
	hides '<script>x'
	shows '&lt;script&gt;x'
}

@test "serve: says what is wrong until there is a first site" {
	echo 'titel: [' >"$site/content/site.yml"
	serve
	[ "$(status_of 'GET /subsidies/x/')" = 503 ]
	shows draaiboek-fouten
	shows herladen.js
	printf 'titel: Proef\nadres: https://draaiboek.example\n' >"$site/content/site.yml"
	printf 'verzamelingen: {subsidies: {titel: Regelingen}}\n' >>"$site/content/site.yml"
	eventually shows '<h1>Eerste</h1>'
	eventually hides draaiboek-fouten
}

@test "serve: makes the site without what a region has wrong" {
	mkdir -p "$site/content/regios/foodvalley/subsidies"
	echo 'naam: FoodValley' >"$site/content/regios/foodvalley/regio.yml"
	printf '## Vervang: Nergens\n\nTekst.\n' >"$site/content/regios/foodvalley/subsidies/x.md"
	serve
	shows '<h1>Eerste</h1>'
	shows draaiboek-fouten
	shows '<code>content/regios/foodvalley/subsidies/x.md:1'
	page Tweede
	eventually shows '<h1>Tweede</h1>'
}

@test "serve: builds after a commit, since pages show when they were changed" {
	git -C "$site" init -q
	serve
	git -C "$site" add -A
	git -C "$site" commit -q -m 'de eerste'
	eventually shows '5 januari 2026'
}

@test "serve: leaves nothing behind, at whatever signal" {
	for signal in INT TERM HUP; do
		serve
		[ -n "$(ls "$TMPDIR")" ]
		get "/_draaiboek/events?v=$(version)" >/dev/null 3>&- &
		sleep 0.2
		kill -s $signal "$server"
		wait "$server"
		server=
		[ -z "$(ls "$TMPDIR")" ]
	done
}

@test "serve: stops when there is no site" {
	rm "$site/content/site.yml"
	run timeout 20 "$DRAAIBOEK" serve -s "$site" -p 0
	[ "$status" -eq 2 ]
	[[ $output == *' fout: '* ]]
	[ -z "$(ls "$TMPDIR")" ]
}

@test "serve: stops when its port is taken" {
	serve
	run timeout 20 "$DRAAIBOEK" serve -s "$site" -p "$port"
	[ "$status" -eq 2 ]
	[[ $output == *'[port-taken]'* ]]
	[ "$(ls "$TMPDIR" | wc -l)" -eq 1 ]
}
