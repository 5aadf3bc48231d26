# The commands of the project. Each installs from Debian's packages what it needs and is not there.
.PHONY: build demo test quick soak bench conformance format lint clean
PEER ?= sim
RECORDINGS ?= tests/recordings

build:
	@tools/setup build
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target syncline -- -j$$(nproc)

demo: build
	@tools/demo $(PEER) $(if $(ONCE),--once)

test:
	@tools/setup test
	@tools/test

quick:
	@tools/setup test
	@tools/test quick

# Simulated schedules of the whole product: make soak N=1000000 SEED=1
N ?= 100000
SEED ?= 1
soak: build
	@build/release/bin/syncline simulate --seed $(SEED) --count $(N)

bench:
	@tools/setup build
	@tools/bench

conformance:
	@tools/setup build
	@cmake --preset release >/dev/null
	@cmake --build --preset release --target conformance -- -j$$(nproc) >/dev/null
	@build/release/bin/conformance --recordings $(RECORDINGS)

format:
	@tools/setup test
	@tools/format

lint:
	@tools/setup lint
	@tools/rooms
	@tools/format --check
	@tools/tidy

clean:
	@rm -rf build .demo
