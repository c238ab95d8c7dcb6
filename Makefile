# Draaiboek: the program, the site, the tests. `make help` lists what can be made.
#
#   VARIANT=release|debug|san   how the program is compiled; each has its own folder in build/
#   TEST=name                   only the tests that have this in their name
#   CC=clang                    gcc when left out
#   V=1                         show the compiler's command lines

VERSION = 0.1.0
VARIANT ?= release
PREFIX ?= /usr/local
FUZZ_TIME ?= 60
DATE ?=
PORT ?=
# The dictionary that the table of compounds is made of: NAME.aff and NAME.dic of Hunspell.
HUNSPELL ?= /usr/share/hunspell/nl

ifeq ($(origin CC),default)
CC = gcc
endif
# As many at a time as there are processors; the makes that this one starts share in that.
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc)
endif
MAKEFLAGS += --no-builtin-rules

run = $(if $(V),,@echo '$1 $@';)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:

# ---- How to compile

PACKAGES = libcmark-gfm libgit2 libcjson yaml-0.1 libutf8proc libmicrohttpd \
	nettle zlib libbrotlienc libqrencode
CPPFLAGS_ALL := -Igenerator -D_POSIX_C_SOURCE=200809L -D_XOPEN_SOURCE=700 \
	-DDRAAIBOEK_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lcmark-gfm-extensions -lstemmer \
	-linotifytools -lm
# Contracting a*b+c into one instruction would round the search index's weights differently.
CFLAGS_ALL = -std=c11 -pthread -ffp-contract=off -fPIE -Wall -Wextra -Wpedantic -Wshadow \
	-Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef $(flags_$(VARIANT))
LDFLAGS_ALL = -pie -pthread -Wl,--as-needed $(link_$(VARIANT))

# Small functions in one room are called a million times from another: gcc inlines across them. This
# and -O3 take an eighth off the time of a large site.
across = $(if $(findstring gcc,$(CC)),-flto=auto)
flags_release = -O3 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong $(across)
link_release = -Wl,-z,relro,-z,now $(across)
flags_debug = -Og -g
flags_san = -O1 -g -fno-omit-frame-pointer -Werror $(link_san)
link_san = -fsanitize=address,undefined -fno-sanitize-recover=all
# make test and make fuzz set this one, together with CC=clang.
flags_fuzz = -O1 -g -fno-omit-frame-pointer -Werror -fsanitize=fuzzer-no-link,address
link_fuzz = -fsanitize=fuzzer,address

# ---- What there is

B = build/$(VARIANT)
SOURCES := $(filter-out generator/tools/%,$(sort $(wildcard generator/*/*.c)))
OBJECTS = $(SOURCES:generator/%.c=$B/%.o)
C_FILES := $(sort $(wildcard generator/*.c generator/*/*.[ch] tests/*/*.[ch]))
MAN := $(sort $(wildcard docs/man/*.[15]))

named = $(if $(TEST),$(foreach file,$1,$(if $(findstring $(TEST),$(notdir $(file))),$(file))),$1)
UNITS = $(patsubst tests/%.c,$B/%,$(call named,$(sort $(wildcard tests/unit/test_*.c))))
FUZZERS = $(patsubst tests/fuzz/%.c,$B/%,$(call named,$(sort $(wildcard tests/fuzz/fuzz_*.c))))
# Programs that tests in Node talk to.
TOOL_SOURCES := $(wildcard tests/*/*_tool.c)
TOOLS = $(patsubst %.c,$B/tests/%,$(notdir $(TOOL_SOURCES)))
vpath %_tool.c $(sort $(dir $(TOOL_SOURCES)))

THEME := themes/standaard
# Each is made of several modules.
SCRIPTS := build/share/$(THEME)/js/search.js \
	$(patsubst $(THEME)/search/%,build/share/$(THEME)/js/%,$(wildcard $(THEME)/search/search-*.js)) \
	$(patsubst $(THEME)/interface/%,build/share/$(THEME)/js/%, \
	$(filter-out %/search-start.js,$(wildcard $(THEME)/interface/search-*.js))) \
	$(patsubst $(THEME)/interface/page-%,build/share/$(THEME)/js/%, \
	$(wildcard $(THEME)/interface/page-*.js))
STAGED := $(addprefix build/share/,$(shell find themes -type d -name node_modules -prune -o \
	-type d \( -path '$(THEME)/search' -o -path '$(THEME)/interface' -o -path '$(THEME)/nlds' \) -prune -o \
	-type f ! -name 'package*.json' ! -name bundle.mjs ! -name '.*' -print)) \
	$(SCRIPTS) build/share/$(THEME)/site/offline.js build/share/$(THEME)/css/nlds.css \
	build/share/$(THEME)/site/licenties.txt \
	build/share/taal/samenstellingen build/share/taal/LICENTIE \
	$(patsubst content/%,build/share/%,$(wildcard content/soorten/*.yml)) \
	$(patsubst docs/%,build/share/%,$(wildcard docs/nginx/*.conf)) \
	$(patsubst po/%.po,build/share/locale/%/LC_MESSAGES/draaiboek.mo,$(wildcard po/*.po))
NOT_STAGED = $(filter-out $(STAGED),$(shell find build/share -type f 2>/dev/null))

# ---- The program

.PHONY: all program
all: program share ## the program, build/draaiboek, and what it needs beside it (default)

# A hard link: whoever runs the old program keeps it, and the newest VARIANT made is what stands here.
program: $B/draaiboek
	@[ $< -ef build/draaiboek ] || ln -f $< build/draaiboek

$B/draaiboek: $B/main.o $B/libdraaiboek.a
	$(call run,link)$(CC) $(LDFLAGS_ALL) $(LDFLAGS) -o $@ $^ $(LIBS)
	@ln -sfn ../share $B/share

# Made anew each time, so that the object of a file that is gone does not stay in it.
$B/libdraaiboek.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$B/%.o: generator/%.c Makefile | libraries
	@mkdir -p $(@D)
	$(call run,compile)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS) -MMD -MP -c -o $@ $<

.PHONY: libraries
libraries:
	@pkg-config --exists --print-errors $(PACKAGES) || \
		{ echo 'Libraries are missing. Run: make deps' >&2; exit 1; }

-include $(OBJECTS:.o=.d) $B/main.d $(UNITS:=.d) $(FUZZERS:=.d) $(TOOLS:=.d)

# ---- What the program needs beside it: the theme, the page types, the translations

.PHONY: share
share: $(STAGED) build/package.json
	@rm -f $(NOT_STAGED)

# The site's scripts are modules; Node 18 has to be told so when a test imports one.
build/package.json:
	@echo '{ "type": "module" }' >$@

build/share/themes/%: themes/%
	@mkdir -p $(@D)
	@cp $< $@

# The page types of this repository are the built-in ones of every other site.
build/share/soorten/%: content/soorten/%
	@mkdir -p $(@D)
	@cp $< $@

MODULES := $(THEME)/bundle.mjs $(wildcard $(THEME)/search/*.js $(THEME)/interface/*.js) \
	$(THEME)/node_modules/.installed

# How nginx serves a site that draaiboek publishes.
build/share/nginx/%: docs/nginx/%
	@mkdir -p $(@D)
	@cp $< $@

build/share/$(THEME)/js/search.js: $(THEME)/search/search.js $(MODULES)
	@mkdir -p $(@D)
	node $(THEME)/bundle.mjs $< $@

# Parts of the search that a question may do without.
build/share/$(THEME)/js/search-%.js: $(THEME)/search/search-%.js $(MODULES)
	@mkdir -p $(@D)
	node $(THEME)/bundle.mjs $< $@

build/share/$(THEME)/js/search-%.js: $(THEME)/interface/search-%.js $(MODULES)
	@mkdir -p $(@D)
	node $(THEME)/bundle.mjs $< $@

# The service worker has to stand at the site's root.
build/share/$(THEME)/site/offline.js: $(THEME)/interface/offline.js $(MODULES)
	@mkdir -p $(@D)
	node $(THEME)/bundle.mjs $< $@

# A module for each thing that a page can do besides: interface/page-NAME.js becomes js/NAME.js.
build/share/$(THEME)/js/%.js: $(THEME)/interface/page-%.js $(MODULES)
	@mkdir -p $(@D)
	node $(THEME)/bundle.mjs $< $@

# What the theme takes of NL Design System, as small as what its templates and scripts use of it.
build/share/$(THEME)/css/nlds.css: $(wildcard $(THEME)/nlds/*) $(THEME)/css/tokens.css $(THEME)/node_modules/.installed \
		$(shell find $(THEME)/templates $(THEME)/interface $(THEME)/js -type f)
	@mkdir -p $(@D)
	node $(THEME)/nlds/build.mjs $@

# The licences of what a site is sent out with; the making ends at one that the theme may not have.
build/share/$(THEME)/site/licenties.txt: $(THEME)/nlds/notices.mjs $(THEME)/package-lock.json LICENSE \
		generator/tools/compounds.licence $(THEME)/node_modules/.installed
	@mkdir -p $(@D)
	node $(THEME)/nlds/notices.mjs $@ LICENSE generator/tools/compounds.licence

# What can begin and end a Dutch compound, from the dictionary of Debian's hunspell-nl.
build/share/taal/samenstellingen: build/tools/compounds $(wildcard $(HUNSPELL).aff $(HUNSPELL).dic)
	@mkdir -p $(@D)
	build/tools/compounds $(HUNSPELL).aff $(HUNSPELL).dic >$@

build/share/taal/LICENTIE: generator/tools/compounds.licence
	@mkdir -p $(@D)
	@cp $< $@

# By itself, the same in every VARIANT: what it makes is shared by all.
COMPOUNDS := generator/tools/compounds.c generator/language/compound_table.c generator/base/text.c \
	generator/base/mem.c
build/tools/compounds: $(COMPOUNDS) $(wildcard $(COMPOUNDS:.c=.h)) Makefile
	@mkdir -p $(@D)
	$(call run,compile)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) -std=c11 -Wall -Wextra -Wpedantic -Wshadow \
		-Wconversion $(flags_release) -o $@ $(COMPOUNDS)

build/share/locale/%/LC_MESSAGES/draaiboek.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

%/node_modules/.installed: %/package-lock.json
	cd $* && npm ci --include=dev --ignore-scripts --no-audit --no-fund
	@touch $@

# ---- The site

.PHONY: site serve check
site: ## the site of this repository, in build/site
	@.ci/deps build theme
	+@$(MAKE) --no-print-directory all
	build/draaiboek build -s . -o build/site $(if $(DATE),--date $(DATE)) $(ARGS)

serve: ## the site in a browser, made anew on every save; PORT=number
	@.ci/deps build theme
	+@$(MAKE) --no-print-directory all
	build/draaiboek serve -s . $(if $(PORT),-p $(PORT)) $(ARGS)

check: all lint ## the checks of the content and of the code's form
	build/draaiboek check -s . $(ARGS)

# ---- Tests

.PHONY: test test-programs unit-programs fuzz-programs tools golden faults fuzz bench
test: ## all tests; TEST=name for some
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory test-programs
	@tests/run $(TEST)

# What the kinds of tests that are to run need: unit, golden, cli, node, fuzz.
test-programs: KINDS = $(shell tests/run --kinds $(TEST))
test-programs: share
	+@$(if $(filter node,$(KINDS)),$(MAKE) --no-print-directory tests/node_modules/.installed)
	+@$(if $(filter node cli,$(KINDS)),$(MAKE) --no-print-directory VARIANT=release program)
	+@$(if $(filter node,$(KINDS)),$(MAKE) --no-print-directory VARIANT=san tools build/faults/cut)
	+@$(if $(filter node cli golden,$(KINDS)),$(MAKE) --no-print-directory VARIANT=san build/san/draaiboek)
	+@$(if $(filter unit,$(KINDS)),$(MAKE) --no-print-directory VARIANT=san unit-programs)
	+@$(if $(filter fuzz,$(KINDS)),$(MAKE) --no-print-directory VARIANT=fuzz CC=clang fuzz-programs)

unit-programs: $(UNITS)
fuzz-programs: $(FUZZERS)
tools: $(TOOLS)

define make_test_program
@mkdir -p $(@D)
$(call run,compile)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) $(CFLAGS_ALL) $(CFLAGS) -MMD -MP -MF $@.d \
	$(LDFLAGS_ALL) $(LDFLAGS) -o $@ $< $B/libdraaiboek.a $(LIBS)
endef

$B/unit/%: tests/unit/%.c $B/libdraaiboek.a
	$(make_test_program) -lcmocka

$B/fuzz_%: tests/fuzz/fuzz_%.c $B/libdraaiboek.a
	$(make_test_program)

$B/tests/%: %.c $B/libdraaiboek.a
	$(make_test_program)

faults: ## kill draaiboek, let its calls fail, cut its power: at every point, some minutes
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory test-programs TEST=faults/
	@FAULTS=full NODE_SECONDS=7200 tests/run faults/

.PHONY: promises lighthouse screenshots
promises: ## what readers are promised, on every kind of page; make test takes a part of them
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory test-programs TEST=browser/
	@for test in browser/pages browser/layout browser/order browser/paper serve/browser; do \
		PAGES=full NODE_SECONDS=3600 tests/run $$test || exit 1; \
	done

lighthouse: ## Lighthouse over every kind of page; make test takes a part of them
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory test-programs TEST=serve/lighthouse
	@LIGHTHOUSE=full NODE_SECONDS=3600 tests/run serve/lighthouse

screenshots: ## every kind of page, at three widths, light, dark and on paper, in build/screenshots
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory VARIANT=release program share
	+@$(MAKE) --no-print-directory tests/node_modules/.installed
	@PAGES=full node tests/browser/screenshots.mjs $(ARGS)

golden: ## show what golden tests would now say, and ask before that becomes what is wanted
	+@$(MAKE) --no-print-directory VARIANT=san build/san/draaiboek share
	@tests/golden/update $(TEST)

fuzz: ## look for inputs that break a parser, FUZZ_TIME seconds each; TEST=name for one
	@.ci/deps build test
	+@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang fuzz-programs
	@tests/fuzz/run $(FUZZ_TIME) $(TEST)

bench: ## how fast it is, beside Hugo and lunr; SIZE=regions|pages, RUNS=number
	@.ci/deps build theme bench
	+@$(MAKE) --no-print-directory VARIANT=release all build/bench/corpus build/bench/measure \
		tests/node_modules/.installed
	@tests/bench/run

.PHONY: bench-history
bench-history: ## how fast the log is read, beside git's own; RUNS=, COMMITS=, FILES=number
	@.ci/deps build
	+@$(MAKE) --no-print-directory VARIANT=release build/bench/history
	@tests/bench/history

.PHONY: search-quality search-bytes search-speed
search-quality: ## how well the search answers, beside others; ARGS='--only draaiboek'
	@.ci/deps build theme
	+@$(MAKE) --no-print-directory tests/node_modules/.installed \
		tests/search/peers/node_modules/.installed
	+@$(MAKE) --no-print-directory VARIANT=release program share
	@node tests/search/quality.mjs $(ARGS)

search-bytes: ## how much a search fetches, on small and large sites
	@.ci/deps build theme
	+@$(MAKE) --no-print-directory VARIANT=release program share build/bench/corpus
	@node tests/search/bytes.mjs $(ARGS)

search-speed: ## how long a reader waits for what he types, on a slow processor
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory tests/node_modules/.installed
	+@$(MAKE) --no-print-directory VARIANT=release program share build/bench/corpus
	@node tests/search/speed.mjs $(ARGS)

# What does harm to a program from outside; it needs nothing of draaiboek.
build/faults/%: tests/faults/%.c Makefile
	@mkdir -p $(@D)
	$(call run,compile)$(CC) $(CPPFLAGS_ALL) $(CPPFLAGS) -std=c11 -Wall -Wextra -Wpedantic -Wshadow \
		-Wconversion -Wstrict-prototypes -Wmissing-prototypes -O1 -g -o $@ $<

build/bench/%: tests/bench/%.c $B/libdraaiboek.a
	@mkdir -p $(@D)
	$(call run,compile)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $B/libdraaiboek.a $(LIBS)

# ---- The code's form

.PHONY: lint layers format compdb
lint: ## layout, layers, man pages, translations, static analysis
	@tests/lint

layers: ## who includes whom, against generator/layers.txt
	@tests/layers && echo 'layers: as in generator/layers.txt'

format: ## lay out the C files
	clang-format -i $(C_FILES)

compdb: ## build/compile_commands.json, for editors
	@mkdir -p build
	@{ echo '['; sep=; for file in generator/main.c $(SOURCES); do \
		printf '%s{"directory": "%s", "file": "%s", "command": "%s"}' "$$sep" '$(CURDIR)' "$$file" \
			'$(subst ",\\\",$(CC) $(subst ',,$(CPPFLAGS_ALL)) $(CFLAGS_ALL) -c) '"$$file"; \
		sep=",$$(printf '\n ')"; done; echo ']'; } >build/compile_commands.json

# ---- The machine

.PHONY: deps install clean help
deps: ## install what is missing: Debian packages and npm packages
	@.ci/deps build theme test
	+@$(MAKE) --no-print-directory $(THEME)/node_modules/.installed \
		tests/node_modules/.installed

install: all ## into PREFIX (/usr/local), below DESTDIR
	install -D -m755 $B/draaiboek $(DESTDIR)$(PREFIX)/bin/draaiboek
	cd build/share && find . -type f -exec \
		install -D -m644 {} $(abspath $(DESTDIR)$(PREFIX))/share/draaiboek/{} \;
	@for page in $(MAN); do \
		install -D -m644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; \
	done

clean: ## remove build/
	rm -rf build

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile
