# make help says what there is. What a target does beyond a line or two is a script in src/build or tests.

RID ?= linux-x64
PREFIX ?= /usr/local
DESTDIR ?=
FRAMEWORK ?=
export FRAMEWORK

quiet := src/build/quiet
build := $(quiet) build dotnet build -nodeReuse:false --nologo -v q $(if $(FRAMEWORK),-p:Framework=$(FRAMEWORK))

.DEFAULT_GOAL := help
.PHONY: help demo build test test-qemu publish install ipk apk release coverage lint bench lab-kernel check-tmds clean sdk

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: sdk ## see a router's connection move out of the firewall into a flowtable
	@tests/demo

build: sdk ## compile everything (FRAMEWORK=net9.0: for that instead of net10.0)
	@$(build)

test: sdk ## run all tests: those that need no kernel here, the others in the lab's
	@tests/run-all um

test-qemu: sdk ## run the kernel tests in Debian's 6.1 and 6.12 kernels under QEMU; slow
	@tests/run-all 6.1 6.12

publish: sdk ## compile the program to native code: artifacts/RID/flowtabled (RID=linux-x64)
	@tests/lab/install-tools publish
	@src/build/publish $(RID)

install: ## install what publish made, with a systemd unit (DESTDIR=, PREFIX=/usr/local, RID=linux-x64)
	@src/build/install $(RID) $(PREFIX) "$(DESTDIR)"

ipk: sdk ## make OpenWrt's packages for opkg, up to 24.10 (RID=linux-x64, linux-arm64 or linux-arm; ARCH=OpenWrt's name of the target)
	@tests/lab/install-tools publish package
	@openwrt-package/build/package ipk $(RID)

apk: sdk ## make OpenWrt's packages for apk, 25.12 and later (the same; apk 3 in PATH)
	@tests/lab/install-tools publish package
	@openwrt-package/build/package apk $(RID)

release: sdk ## make the archive that OpenWrt's build machines download (the same)
	@tests/lab/install-tools publish package
	@openwrt-package/build/release $(RID)

coverage: sdk ## measure which branches of the parsers the tests take
	@tests/coverage

lint: sdk ## check style, analyzers and scripts
	@tests/lab/install-tools lint
	@$(build)
	@$(quiet) format dotnet format --verify-no-changes --no-restore
	@src/build/scripts | xargs $(quiet) shellcheck shellcheck

bench: publish ## measure size, memory, start and latency of the published program
	@tests/lab/install-tools bench
	@tests/bench/run $(RID)

lab-kernel: ## build the lab's kernel: a Linux that runs as a process (5 minutes, once)
	@tests/lab/build-kernel

check-tmds: sdk ## build and test against the package Tmds.LibC (FEED=directory with the package)
	@tests/check-tmds $(FEED)

clean: ## remove what was built (the lab's kernel stays in ~/.cache/flowtabled)
	@rm -rf artifacts

sdk:
	@src/build/require-sdk
