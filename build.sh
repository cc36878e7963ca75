#!/usr/bin/env bash
# Sets Emberlab up, builds it, serves it and tests it. `./build.sh help` lists the commands.
#
# What a step makes carries a stamp: a sum of all that it was made from. A step whose stamp still
# fits is left out, so a second run does nothing twice.
#
# EMBERLAB_CACHE moves the slow parts (compiled crates, tools) out of the clone, where a later clone finds
# them again; CHROMIUM and CHROMEDRIVER name a browser and its driver other than those in the PATH, and
# FIREFOX a Firefox.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly WASM=wasm32-unknown-unknown
readonly RELAXED_SIMD=$PWD/.cargo/with-relaxed-simd
# The build for the processors of all browsers has the reference device too; the others only their own.
readonly RELAXED_FEATURES=(--no-default-features --features relaxed-simd)
readonly WEBGPU_FEATURES=(--no-default-features --features webgpu)
# On the GPU the processor only hands out work.
readonly WEBGPU_PROFILE=small
readonly TOOLS=${EMBERLAB_CACHE:-$PWD/.tools}
readonly STAMPS=$PWD/.tools/stamps
readonly LOGS=$PWD/.tools/logs
if [[ -n ${EMBERLAB_CACHE:-} ]]; then
  CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$EMBERLAB_CACHE/target}
fi
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
# Without a terminal, colours are only noise in a log.
[[ -t 1 ]] || export NO_COLOR=1

usage() {
  cat <<'TEXT'
./build.sh COMMAND sets up what is missing and then does one of these:

  serve      builds the page and serves it on http://localhost:8080 (PORT=... for another port)
  test       passes every test: the checks, the core natively and in a browser, the page on every device
             in Chromium and on the CPU in Firefox
  dist       leaves the static site in dist/, ready to be copied to any web server
  check      the fast loop: formatting, lints, types and unit tests
  bench      measures images per second and the time to the first step on each device, what training costs
             the page, and all of it beside TensorFlow.js and jax-js; --with-torch adds PyTorch, --rounds N
             measures N times (3), -g "MLP, batch 64" chooses what to measure (see tests/bench/README.md)
  accuracy   trains every preset on all of MNIST in the real page and checks what it reaches (hours);
             `accuracy -g LeNet` trains those that the name says
  help       prints this
TEXT
}

say() { printf '\n== %s\n' "$*"; }

# Ends with one sentence that says what is missing and how to mend it.
die() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

sum() { if has sha256sum; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

# One sum of the names and contents of all files under the given paths.
sum_of() {
  find "$@" -type f ! -name .stamp | LC_ALL=C sort | while IFS= read -r file; do
    printf '%s\n' "$file"
    cat "$file"
  done | sum | cut -d' ' -f1
}

# once STAMP KEY COMMAND...: runs the command unless STAMP says that it was done for this KEY.
once() {
  local stamp=$1 key=$2
  shift 2
  if [[ -f $stamp && $(<"$stamp") == "$key" ]]; then return; fi
  rm -f "$stamp"
  "$@"
  mkdir -p "$(dirname "$stamp")"
  printf '%s\n' "$key" >"$stamp"
}

# ---- Set-up -------------------------------------------------------------------------------------

need_rust() {
  has cargo || die "Rust is missing: install it with rustup (https://rustup.rs), then run this again."
  local version
  version=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
  if ! has rustup; then
    rustc --version | grep -q "^rustc $version" ||
      die "Rust $version is needed and this is $(rustc --version): install rustup (https://rustup.rs), then run this again."
    [[ -d $(rustc --print sysroot)/lib/rustlib/$WASM ]] ||
      die "Rust's target $WASM is missing: install rustup (https://rustup.rs) or your system's package of it, then run this again."
    return
  fi
  if ! rustup toolchain list | grep -q "^$version"; then
    say "Installing Rust $version"
    rustup toolchain install "$version" --profile minimal --component clippy,rustfmt ||
      die "Rust $version could not be installed: check the network connection, then run \`rustup toolchain install $version\`."
  fi
  if ! rustup target list --installed | grep -qx "$WASM"; then
    say "Installing Rust's WebAssembly target"
    rustup target add "$WASM" ||
      die "Rust's target $WASM could not be installed: check the network connection, then run \`rustup target add $WASM\`."
  fi
}

# Rust's linter and formatter, which only the checks need.
need_rust_checkers() {
  local component
  for component in clippy rustfmt; do
    if cargo "${component/rust/}" --version >/dev/null 2>&1; then continue; fi
    rustup component add "$component" ||
      die "Rust's $component is missing: run \`rustup component add $component\`, or install your system's package of it."
  done
}

need_node() {
  if ! has node || ! has npm; then
    die "Node.js is missing: install version 20.19 or later with npm (https://nodejs.org), then run this again."
  fi
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    die "Node.js 20.19 or later is needed and this is $(node --version): update it (https://nodejs.org), then run this again."
  once node_modules/.stamp "$(sum package-lock.json .npmrc | cut -d' ' -f1 | tr '\n' ' ')$(node --version)" install_packages
}

install_packages() {
  say "Installing the page's packages (npm ci)"
  npm ci --ignore-scripts --no-audit --no-fund ||
    die "The page's packages could not be installed: check the network connection and what npm says above, then run this again."
}

# What the benchmark sets beside Emberlab. Its own sources are checked here and not in `check`: their types
# come with these packages.
need_peers() {
  once tests/bench/peers/node_modules/.stamp "$(sum_of tests/bench/peers/package-lock.json tests/bench/peers/.npmrc)$(node --version)" install_peers
  npx tsc --noEmit -p tests/bench/peers/libraries
}

install_peers() {
  say "Installing the libraries to measure beside (npm ci, 330 MB)"
  npm ci --prefix tests/bench/peers --ignore-scripts --no-audit --no-fund ||
    die "The libraries to measure beside could not be installed: check the network connection and what npm says above, then run this again."
}

# The bindings generator must be of the very version that the crate is, so Cargo.lock decides.
need_wasm_bindgen() {
  local version root
  version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/"/, "", $3); print $3 }' Cargo.lock)
  root=$TOOLS/wasm-bindgen-$version
  if [[ ! -x $root/bin/wasm-bindgen || ! -x $root/bin/wasm-bindgen-test-runner ]]; then
    say "Installing wasm-bindgen $version (about 4 minutes)"
    # Not --locked: its own lock file has named versions that were withdrawn.
    cargo install wasm-bindgen-cli --version "=$version" --root "$root" --target-dir "$TOOLS/build" ||
      die "wasm-bindgen $version could not be installed: check the network connection and what cargo says above, then run this again."
    rm -rf "$TOOLS/build"
  fi
  export PATH=$root/bin:$PATH
}

need_data() {
  node assets/fetch.mjs
  once assets/mnist/.stamp "$(sum_of assets/mnist.json assets/source.mjs assets/shard.mjs)" node assets/shard.mjs
}

find_browser() {
  local name
  for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if has "$name"; then
      CHROMIUM=$(command -v "$name")
      export CHROMIUM
      break
    fi
  done
  CHROMEDRIVER=$(command -v "${CHROMEDRIVER:-chromedriver}") || CHROMEDRIVER=
  [[ -n ${CHROMIUM:-} && -n $CHROMEDRIVER ]]
}

# apt_install WHAT PACKAGE...: installs packages where that can be done without asking.
apt_install() {
  has apt-get || return
  local root=()
  if ((EUID != 0)); then
    has sudo && sudo -n true 2>/dev/null || return
    root=(sudo -n)
  fi
  say "Installing $1 (apt-get)"
  ${root[@]+"${root[@]}"} apt-get update -qq
  ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${@:2}"
}

need_browser() {
  find_browser || { apt_install "Chromium and its driver" chromium chromium-driver; find_browser; } ||
    die "Chromium and chromedriver are needed for this: install both (on Debian: apt-get install chromium chromium-driver), or name them in CHROMIUM and CHROMEDRIVER, then run this again."
  export CHROMEDRIVER
}

# The first that has all of WebDriver BiDi that the tests use.
FIREFOX_LEAST=143

find_firefox() {
  local name version
  for name in "${FIREFOX:-firefox-esr}" firefox /Applications/Firefox.app/Contents/MacOS/firefox; do
    has "$name" || continue
    version=$("$name" --version 2>/dev/null | sed -nE 's/^[^0-9]*([0-9]+).*/\1/p')
    if ((${version:-0} >= FIREFOX_LEAST)); then
      FIREFOX=$(command -v "$name")
      export FIREFOX
      return
    fi
  done
  return 1
}

need_firefox() {
  find_firefox || { apt_install Firefox firefox-esr; find_firefox; } ||
    die "Firefox $FIREFOX_LEAST or newer is needed for this: install it (on Debian: apt-get install firefox-esr), or name it in FIREFOX, then run this again."
}

# ---- Building -----------------------------------------------------------------------------------

# build_core BUILD: one of the three WebAssembly builds, into www/core/BUILD.
build_core() {
  local build=$1 features=() wrapper='' profile=release wasm out=www/core/$1
  case $build in
  cpu-relaxed) wrapper=$RELAXED_SIMD features=("${RELAXED_FEATURES[@]}") ;;
  webgpu) features=("${WEBGPU_FEATURES[@]}") profile=$WEBGPU_PROFILE ;;
  esac
  say "Compiling the $build core (minutes when it is the first time)"
  # All builds write this one file, and cargo would take another's for its own: never let it find one.
  wasm=$CARGO_TARGET_DIR/$WASM/$profile
  rm -f "$wasm/emberlab.wasm" "$wasm/deps/emberlab.wasm"
  # Only as cdylib: the rlib is for native programs and tests.
  RUSTC_WORKSPACE_WRAPPER=$wrapper \
    cargo rustc --profile "$profile" --lib --crate-type cdylib --target "$WASM" ${features[@]+"${features[@]}"}
  rm -rf "$out"
  wasm-bindgen --target web --out-dir "$out" --out-name emberlab "$wasm/emberlab.wasm"
  printf '%s core: %s bytes\n' "$build" "$(wc -c <"$out/emberlab_bg.wasm" | tr -d ' ')"
}

build_cores() {
  need_rust
  need_wasm_bindgen
  local key build
  key=$(sum_of src Cargo.toml Cargo.lock rust-toolchain.toml .cargo)
  for build in cpu cpu-relaxed webgpu; do
    once "www/core/$build/.stamp" "$key" build_core "$build"
  done
}

build_page() {
  say "Building the page"
  rm -rf dist
  npm run --silent build
  mkdir -p dist/data
  cp -R assets/mnist/shards dist/data/mnist
}

dist() {
  need_node
  need_data
  build_cores
  local key
  key=$(sum_of www package.json package-lock.json tsconfig.json vite.config.* assets/mnist/shards)
  [[ -f dist/index.html ]] || rm -f "$STAMPS/dist"
  once "$STAMPS/dist" "$key" build_page
  printf '\ndist/ holds the site: %s in all, of which data %s.\n' "$(size dist)" "$(size dist/data)"
}

size() { du -sh "$1" | cut -f1; }

serve() {
  dist
  printf '\n'
  exec node tests/browser/server.mjs dist
}

# ---- Checking -----------------------------------------------------------------------------------

check() {
  need_rust
  need_rust_checkers
  need_node
  say "Rust: formatting"
  cargo fmt --check || die "Some Rust files are not formatted: run \`cargo fmt\`."
  say "Rust: lints (native and WebAssembly)"
  cargo clippy --quiet --all-targets -- -D warnings
  # The GPU build holds all that the others do but the reference device, which is linted natively.
  cargo clippy --quiet --target "$WASM" "${WEBGPU_FEATURES[@]}" -- -D warnings
  say "Page: types and tables made from the core"
  cargo test --quiet --lib generated ||
    die "www/src/generated is not what the core says: run \`EMBERLAB_GENERATE=1 cargo test generated\`."
  say "Page: types, lints, formatting"
  npm run --silent check
  say "Page: unit tests"
  npm run --silent test:unit
  if has shellcheck; then
    say "Scripts: shellcheck"
    shellcheck build.sh .ci/run .cargo/with-relaxed-simd
  fi
}

test_core() {
  need_rust
  need_data
  say "Core: tests on this machine"
  cargo test
}

test_core_in_browser() {
  need_rust
  need_wasm_bindgen
  need_browser
  say "Core: tests in a headless browser"
  mkdir -p .tools
  # As root Chromium only starts without its sandbox. Every machine has the software GPU.
  local arguments='"no-sandbox", "disable-quic", "no-first-run"'
  arguments+=', "enable-unsafe-webgpu", "use-webgpu-adapter=swiftshader", "enable-unsafe-swiftshader"'
  printf '{"goog:chromeOptions": {"binary": "%s", "args": [%s]}}\n' "$CHROMIUM" "$arguments" >.tools/webdriver.json
  export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/.tools/webdriver.json
  export WASM_BINDGEN_TEST_TIMEOUT=900 WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60
  # As the page's builds are: the crates they depend on are compiled once for both.
  cargo test --release --target "$WASM" --test web --test conformance_web
  RUSTC_WORKSPACE_WRAPPER=$RELAXED_SIMD \
    cargo test --release --target "$WASM" "${RELAXED_FEATURES[@]}" --test kernels --test conformance_web
  cargo test --profile "$WEBGPU_PROFILE" --target "$WASM" "${WEBGPU_FEATURES[@]}" --test kernels_web --test conformance_web
}

# in_browser PROJECT: one of the projects of tests/browser/playwright.config.ts.
in_browser() {
  need_browser
  npx playwright test --config tests/browser/playwright.config.ts --project="$1" "${@:2}"
}

test_page() {
  dist
  need_firefox
  say "Page: tests in headless browsers, on every device"
  in_browser page --project=firefox
}

bench() {
  local choice=()
  while (($#)); do
    case $1 in
    --with-torch)
      export WITH_TORCH=1
      "${PYTHON:-python3}" -c 'import torch' 2>/dev/null ||
        die "${PYTHON:-python3} has no PyTorch: install it (pip install torch), or name another Python in PYTHON."
      ;;
    --rounds)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || die "--rounds needs a number: ./build.sh bench --rounds 3"
      export ROUNDS=$2
      shift
      ;;
    *) choice+=("$1") ;;
    esac
    shift
  done
  dist
  need_peers
  say "Measuring speed (keep the machine quiet)"
  in_browser bench ${choice[@]+"${choice[@]}"}
}

accuracy() {
  dist
  say "Training the presets on all of MNIST"
  in_browser accuracy "$@"
}

# Runs every stage, also after one has failed, and ends with the tests counted over all of them.
run_tests() {
  local stage failed=() uncounted=0 passed=0 lost=0 counts
  rm -rf "$LOGS"
  mkdir -p "$LOGS"
  for stage in check test_core test_core_in_browser test_page; do
    # A process of its own: `set -e` would not hold inside a function whose result is asked for.
    if ! ./build.sh "$stage" 2>&1 | tee "$LOGS/$stage.log"; then
      failed+=("$stage")
      count "$LOGS/$stage.log" | grep -q ' 0$' && uncounted=$((uncounted + 1))
    fi
    counts=$(count "$LOGS/$stage.log")
    passed=$((passed + ${counts% *}))
    lost=$((lost + ${counts#* }))
  done
  if ((${#failed[@]})); then say "Failed: ${failed[*]} (the output of each is in .tools/logs)"; fi
  printf '\n%d passed, %d failed\n' "$passed" "$((lost + uncounted))"
  ((${#failed[@]} == 0))
}

# Sums up the closing lines of cargo test, Vitest and Playwright in a log, as "PASSED FAILED".
count() {
  awk '
    /^test result: / || /^ *Tests +[0-9]/ || /^ +[0-9]+ (passed|failed|interrupted|did not run)/ {
      for (i = 1; i < NF; i++) {
        if ($(i + 1) ~ /^passed/) passed += $i
        if ($(i + 1) ~ /^(failed|interrupted|did)/) failed += $i
      }
    }
    END { print passed + 0, failed + 0 }' "$1"
}

case ${1:-help} in
serve | dist | check | bench | accuracy | test_core | test_core_in_browser | test_page) "$1" "${@:2}" ;;
test) run_tests ;;
help | -h | --help) usage ;;
*)
  usage >&2
  die "There is no command '$1'."
  ;;
esac
