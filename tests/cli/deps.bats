# .ci/deps: which packages it asks for, and what it says when it cannot.

setup() {
	bin=$BATS_TEST_TMPDIR/bin
	mkdir -p "$bin"
	# Only these programs are there; each test adds what its machine has.
	for name in bash awk grep dirname cat env; do
		ln -s "$(command -v $name)" "$bin/$name"
	done
	log=$BATS_TEST_TMPDIR/log
	: >"$log"
	stub id 'echo 0'
}

stub() {
	printf '#!%s\n%s\n' "$bin/bash" "$2" >"$bin/$1"
	chmod +x "$bin/$1"
}

deps() {
	run env -u DEPS PATH="$bin" LOG="$log" "$bin/bash" .ci/deps "$@"
}

everything='for name in "$@"; do echo "installed $name"; done'

@test "deps: asks for nothing when all is there" {
	stub dpkg-query "$everything"
	stub apt-get 'echo "apt-get $*" >>"$LOG"'
	deps build theme test
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ ! -s "$log" ]
}

@test "deps: asks for what is missing, of the groups that are named" {
	stub dpkg-query 'for name in "$@"; do [ "$name" = libgit2-dev ] || echo "installed $name"; done'
	stub apt-get 'echo "apt-get $*" >>"$LOG"'
	deps build
	[ "$status" -eq 0 ]
	[ "$(cat "$log")" = 'apt-get install -q -y --no-install-recommends libgit2-dev' ]
}

@test "deps: reads the package lists anew when a package is not found" {
	stub dpkg-query 'exit 1'
	stub apt-get 'echo "apt-get $1" >>"$LOG"; [ "$1" = update ] || grep -q update "$LOG"'
	deps bench
	[ "$status" -eq 0 ]
	[ "$(cat "$log")" = $'apt-get install\napt-get update\napt-get install' ]
}

@test "deps: says so when apt-get fails" {
	stub dpkg-query 'exit 1'
	stub apt-get '[ "$1" = update ]'
	deps bench
	[ "$status" -eq 1 ]
	[[ $output == *'could not install hugo'* ]]
}

@test "deps: takes sudo when not root, and else says what to do" {
	stub id 'echo 1000'
	stub dpkg-query 'exit 1'
	stub apt-get 'echo "apt-get $1" >>"$LOG"'
	deps bench
	[ "$status" -eq 1 ]
	[[ $output == *'as root'*'apt-get install'*hugo* ]]
	stub sudo 'echo sudo >>"$LOG"; exec "$@"'
	deps bench
	[ "$status" -eq 0 ]
	[ "$(cat "$log")" = $'sudo\napt-get install' ]
}

@test "deps: leaves a recent Node alone" {
	stub dpkg-query 'exit 1'
	stub apt-get 'echo "$*" >>"$LOG"'
	stub npm ''
	stub node 'exit 0'
	deps theme
	[ "$status" -eq 0 ]
	[ ! -s "$log" ]
	stub node 'exit 1'
	deps theme
	[[ $(cat "$log") == *nodejs* ]]
}

@test "deps: names the packages where there is no Debian, and DEPS=no passes" {
	deps build
	[ "$status" -eq 1 ]
	[[ $output == *'not Debian'*libgit2-dev* ]]
	run env DEPS=no PATH="$bin" "$bin/bash" .ci/deps build
	[ "$status" -eq 0 ]
}
